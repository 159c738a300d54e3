import { describe, expect, test } from "vitest";
import type { RecordSet, Zone } from "../../src/routing/snapshot.ts";
import type { RecordData } from "../../src/shared/record-data.ts";
import { testAnswerer, type From, type Reply, type TestAnswerer } from "../support/answerer.ts";
import { clientSubnet, queryPacket, type QuerySpec } from "../support/query-packet.ts";
import type { Message } from "../support/read-message.ts";
import { ip, ZONE, zoneOf, type ProfileSpec } from "../support/snapshot.ts";

const A = 1;
const NS = 2;
const CNAME = 5;
const SOA = 6;
const MX = 15;
const TXT = 16;
const AAAA = 28;
const SRV = 33;
const DS = 43;
const ANY = 255;

const NOERROR = 0;
const SERVFAIL = 2;
const NXDOMAIN = 3;
const REFUSED = 5;

/** Of a negative answer: the TTL is the lesser of the SOA's 300 and its MINIMUM, 60. */
const ZONE_SOA = soaOf(ZONE);

function soaOf(zone: string, ttl = 60): string {
  return `${zone} ${ttl} SOA ns1.${zone} hostmaster.${zone} 1 7200 900 1209600 60`;
}

function set(owner: string, ...records: readonly [RecordData, ...RecordData[]]): RecordSet {
  return { owner, type: records[0].type, ttl: 300, records };
}

function a(owner: string, address: string): RecordSet {
  return set(owner, { type: "A", address: ip(address) });
}

function txt(owner: string, text: string): RecordSet {
  return set(owner, { type: "TXT", strings: [new TextEncoder().encode(text)] });
}

function ns(owner: string, ...targets: readonly [string, ...string[]]): RecordSet {
  const [first, ...others] = targets.map((target): RecordData => ({ type: "NS", target }));
  return set(owner, first!, ...others);
}

type Answered = Partial<Pick<Message, "flags" | "rcode" | "answers" | "authority" | "additional" | "edns">>;

/** One row of a table: what is asked, what must come, and what must be counted for it. */
type Row = readonly [what: string, query: QuerySpec, expected: Answered, counted: readonly string[]];

const nothing = { answers: [], authority: [], additional: [] };

/** An outcome is an answered query or a drop; exactly one is counted for each message. */
function expectOneOutcome({ message, counted }: Reply): void {
  const outcomes = counted.filter((label) => label.startsWith("query ") || label === "event dropped");
  expect(outcomes).toHaveLength(1);
  expect(outcomes[0] === "event dropped").toBe(message === undefined);
}

function expectRow(server: TestAnswerer, [, query, expected, counted]: Row, from?: From): void {
  const reply = server.ask(query, from);
  expect(reply.message).toMatchObject({ flags: "qr aa", rcode: NOERROR, ...nothing, ...expected });
  expect(reply.counted).toEqual(counted.toSorted());
  expectOneOutcome(reply);
  expect(server.exceptions).toEqual([]);
}

describe("a profile", () => {
  const profiles: Readonly<Record<string, ProfileSpec>> = {
    shop: {
      ttl: 30,
      endpoints: {
        ireland: { address: ["203.0.113.10", "203.0.113.11", "2001:db8:1::10"] },
        virginia: { address: ["198.51.100.20"] },
      },
    },
    host: { endpoints: { cdn: { host: "edge.example.net" } } },
    mixed: { endpoints: { own: { address: ["192.0.2.1"] }, cdn: { host: "edge.example.net" } } },
    outer: { endpoints: { inner: { nested: "shop" }, spare: { address: ["192.0.2.9"] } } },
    off: { enabled: false, endpoints: { a: {} } },
    empty: { endpoints: { a: { enabled: false } } },
    apex: { names: [ZONE], endpoints: { a: {} } },
    long: { ttl: 20, endpoints: { a: { address: ["192.0.2.1"] } }, names: ["a.very.long.gtm.example.com"] },
    secret: { names: [], endpoints: { a: {} } },
  };
  const server = testAnswerer({ profiles });

  test.for<Row>([
    [
      "A: the addresses of the endpoint, with the profile's TTL",
      { type: A },
      { answers: ["shop.gtm.example.com 30 A 203.0.113.10", "shop.gtm.example.com 30 A 203.0.113.11"] },
      ["query shop A NOERROR", "decision shop/ireland preferred"],
    ],
    [
      "AAAA",
      { type: AAAA },
      { answers: ["shop.gtm.example.com 30 AAAA 2001:db8:1:0:0:0:0:10"] },
      ["query shop AAAA NOERROR", "decision shop/ireland preferred"],
    ],
    [
      "CNAME of addresses: NODATA",
      { type: CNAME },
      { authority: [soaOf(ZONE, 30)] },
      ["query shop CNAME NOERROR", "decision shop/- no-family"],
    ],
    ["TXT: NODATA without a decision", { type: TXT }, { authority: [ZONE_SOA] }, ["query shop TXT NOERROR"]],
    ["a type that nobody knows", { type: 65_280 }, { authority: [ZONE_SOA] }, ["query shop other NOERROR"]],
    ["HTTPS: NODATA", { type: 65 }, { authority: [ZONE_SOA] }, ["query shop HTTPS NOERROR"]],
    [
      "ANY: the HINFO of RFC 8482",
      { type: ANY },
      { answers: ['shop.gtm.example.com 3600 HINFO "RFC8482" ""'] },
      ["query shop ANY NOERROR"],
    ],
    [
      "A in another case, echoed",
      { name: "sHOP.gtm.EXAMPLE.com" },
      { answers: ["sHOP.gtm.EXAMPLE.com 30 A 203.0.113.10", "sHOP.gtm.EXAMPLE.com 30 A 203.0.113.11"] },
      ["query shop A NOERROR", "decision shop/ireland preferred"],
    ],
    ...[A, AAAA, CNAME].map((type, i): Row => [
      `${["A", "AAAA", "CNAME"][i]} of a host: CNAME`,
      { name: "host.gtm.example.com", type },
      { answers: ["host.gtm.example.com 60 CNAME edge.example.net"] },
      [`query host ${["A", "AAAA", "CNAME"][i]} NOERROR`, "decision host/cdn preferred"],
    ]),
    [
      "MX of a host: NODATA",
      { name: "host.gtm.example.com", type: MX },
      { authority: [ZONE_SOA] },
      ["query host MX NOERROR"],
    ],
    [
      "AAAA where the best candidate has none: the next that has",
      { name: "mixed.gtm.example.com", type: AAAA },
      { answers: ["mixed.gtm.example.com 60 CNAME edge.example.net"] },
      ["query mixed AAAA NOERROR", "decision mixed/cdn preferred"],
    ],
    [
      "A of a nested profile: its TTL is the asked one's, and each endpoint on the way is counted",
      { name: "outer.gtm.example.com" },
      { answers: ["outer.gtm.example.com 60 A 203.0.113.10", "outer.gtm.example.com 60 A 203.0.113.11"] },
      ["query outer A NOERROR", "decision outer/inner preferred", "decision shop/ireland preferred"],
    ],
    [
      "A of a disabled one: NXDOMAIN",
      { name: "off.gtm.example.com" },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query off A NXDOMAIN", "decision off/- out-of-service"],
    ],
    [
      "A of one without an enabled endpoint: NXDOMAIN",
      { name: "empty.gtm.example.com" },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query empty A NXDOMAIN", "decision empty/- out-of-service"],
    ],
    [
      "A at the apex",
      { name: ZONE },
      { answers: [`${ZONE} 60 A 192.0.2.1`] },
      ["query apex A NOERROR", "decision apex/a preferred"],
    ],
    [
      "SOA at the apex beside it: the zone's, with its own TTL",
      { name: ZONE, type: SOA },
      { answers: [soaOf(ZONE, 300)] },
      ["query apex SOA NOERROR"],
    ],
    [
      "AAAA: a negative answer is kept no longer than the profile's TTL",
      { name: "a.very.long.gtm.example.com", type: AAAA },
      { authority: [soaOf(ZONE, 20)] },
      ["query long AAAA NOERROR", "decision long/- no-family"],
    ],
    [
      "A between it and the apex: the name exists",
      { name: "very.long.gtm.example.com" },
      { authority: [ZONE_SOA] },
      ["query - A NOERROR"],
    ],
    [
      "A below it",
      { name: "www.shop.gtm.example.com" },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - A NXDOMAIN"],
    ],
    [
      "A of one that is only nested: it has no name",
      { name: "secret.gtm.example.com" },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - A NXDOMAIN"],
    ],
  ])("answers %s", (row) => expectRow(server, row));

  test("is found under each of its names", () => {
    const two = testAnswerer({ profiles: { p: { names: [`x.${ZONE}`, `y.${ZONE}`], endpoints: { a: {} } } } });
    for (const name of [`x.${ZONE}`, `y.${ZONE}`]) {
      expect(two.ask({ name }).message?.answers).toEqual([`${name} 60 A 192.0.2.1`]);
    }
  });
});

describe("static data", () => {
  const server = testAnswerer({
    records: [
      set(
        `mail.${ZONE}`,
        { type: "MX", preference: 10, exchange: "mx1.example.net" },
        { type: "MX", preference: 20, exchange: "" },
      ),
      txt(ZONE, "v=spf1 -all"),
      set(`alias.${ZONE}`, { type: "CNAME", target: `ns1.${ZONE}` }),
      a(`a.b.deep.${ZONE}`, "192.0.2.7"),
      txt(String.raw`odd\.label.${ZONE}`, "one label"),
    ],
  });

  test.for<Row>([
    [
      "a set of several records",
      { name: `mail.${ZONE}`, type: MX },
      { answers: [`mail.${ZONE} 300 MX 10 mx1.example.net`, `mail.${ZONE} 300 MX 20 `] },
      ["query - MX NOERROR"],
    ],
    [
      "data at the apex",
      { name: ZONE, type: TXT },
      { answers: [`${ZONE} 300 TXT "v=spf1 -all"`] },
      ["query - TXT NOERROR"],
    ],
    ["the apex NS set", { name: ZONE, type: NS }, { answers: [`${ZONE} 300 NS ns1.${ZONE}`] }, ["query - NS NOERROR"]],
    [
      "CNAME for CNAME",
      { name: `alias.${ZONE}`, type: CNAME },
      { answers: [`alias.${ZONE} 300 CNAME ns1.${ZONE}`] },
      ["query - CNAME NOERROR"],
    ],
    [
      "CNAME for another type",
      { name: `alias.${ZONE}`, type: AAAA },
      { answers: [`alias.${ZONE} 300 CNAME ns1.${ZONE}`] },
      ["query - AAAA NOERROR"],
    ],
    [
      "CNAME for ANY",
      { name: `alias.${ZONE}`, type: ANY },
      { answers: [`alias.${ZONE} 300 CNAME ns1.${ZONE}`] },
      ["query - ANY NOERROR"],
    ],
    [
      "HINFO for ANY",
      { name: `mail.${ZONE}`, type: ANY },
      { answers: [`mail.${ZONE} 3600 HINFO "RFC8482" ""`] },
      ["query - ANY NOERROR"],
    ],
    ["NODATA for another type", { name: `mail.${ZONE}` }, { authority: [ZONE_SOA] }, ["query - A NOERROR"]],
    ["NODATA for an empty non-terminal", { name: `b.deep.${ZONE}` }, { authority: [ZONE_SOA] }, ["query - A NOERROR"]],
    ["NODATA for another", { name: `deep.${ZONE}`, type: TXT }, { authority: [ZONE_SOA] }, ["query - TXT NOERROR"]],
    [
      "NXDOMAIN below data",
      { name: `x.mail.${ZONE}` },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - A NXDOMAIN"],
    ],
    [
      "NXDOMAIN below the apex",
      { name: `x.${ZONE}` },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - A NXDOMAIN"],
    ],
    [
      "NXDOMAIN for ANY",
      { name: `x.${ZONE}`, type: ANY },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - ANY NXDOMAIN"],
    ],
    [
      "a name below the zone with the zone's SOA in the case asked",
      { name: "x.GTM.Example.com" },
      {
        rcode: NXDOMAIN,
        authority: ["GTM.Example.com 60 SOA ns1.gtm.example.com hostmaster.gtm.example.com 1 7200 900 1209600 60"],
      },
      ["query - A NXDOMAIN"],
    ],
    [
      "no name whose label has a dot in place of two labels",
      { name: `odd.label.${ZONE}`, type: TXT },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query - TXT NXDOMAIN"],
    ],
  ])("gives %s", (row) => expectRow(server, row));

  test("a negative answer has the SOA's own TTL where that is below MINIMUM (RFC 2308 section 3)", () => {
    const zone = zoneOf("example.org");
    const short = testAnswerer({ zones: [{ ...zone, soa: { ...zone.soa, ttl: 7 } }] });
    expect(short.ask({ name: "x.example.org" }).message?.authority).toEqual([soaOf("example.org", 7)]);
  });
});

describe("wildcards, by the example of RFC 4592 section 2.2.1", () => {
  const example: Zone = {
    ...zoneOf("example"),
    records: [
      txt("*.example", "this is a wildcard"),
      set("*.example", { type: "MX", preference: 10, exchange: "host1.example" }),
      txt("sub.*.example", "this is not a wildcard"),
      a("host1.example", "192.0.2.1"),
      set("_ssh._tcp.host1.example", { type: "SRV", priority: 0, weight: 0, port: 22, target: "host1.example" }),
      set("_ssh._tcp.host2.example", { type: "SRV", priority: 0, weight: 0, port: 22, target: "host1.example" }),
      ns("subdel.example", "ns.example.com", "ns.example.net"),
    ],
  };
  const server = testAnswerer({ zones: [example] });
  const soa = soaOf("example");

  test.for<Row>([
    [
      "answer for a name that does not exist",
      { name: "host3.example", type: MX },
      { answers: ["host3.example 300 MX 10 host1.example"] },
      ["query - MX NOERROR"],
    ],
    ["have NODATA for a type that they lack", { name: "host3.example" }, { authority: [soa] }, ["query - A NOERROR"]],
    [
      "answer below names that do not exist",
      { name: "foo.bar.example", type: TXT },
      { answers: ['foo.bar.example 300 TXT "this is a wildcard"'] },
      ["query - TXT NOERROR"],
    ],
    [
      "leave a name alone that exists",
      { name: "host1.example", type: MX },
      { authority: [soa] },
      ["query - MX NOERROR"],
    ],
    [
      "leave a name below themselves alone",
      { name: "sub.*.example", type: MX },
      { authority: [soa] },
      ["query - MX NOERROR"],
    ],
    [
      "leave names below an empty non-terminal alone",
      { name: "_telnet._tcp.host1.example", type: SRV },
      { rcode: NXDOMAIN, authority: [soa] },
      ["query - SRV NXDOMAIN"],
    ],
    [
      "leave names below a cut alone",
      { name: "host.subdel.example" },
      { flags: "qr", authority: ["subdel.example 300 NS ns.example.com", "subdel.example 300 NS ns.example.net"] },
      ["query - A NOERROR"],
    ],
    [
      "do not answer below themselves",
      { name: "ghost.*.example", type: MX },
      { rcode: NXDOMAIN, authority: [soa] },
      ["query - MX NXDOMAIN"],
    ],
    [
      "are a name that can be asked for",
      { name: "*.example", type: TXT },
      { answers: ['*.example 300 TXT "this is a wildcard"'] },
      ["query - TXT NOERROR"],
    ],
    [
      "answer ANY",
      { name: "host3.example", type: ANY },
      { answers: ['host3.example 3600 HINFO "RFC8482" ""'] },
      ["query - ANY NOERROR"],
    ],
    [
      "leave an empty non-terminal alone",
      { name: "host2.example", type: TXT },
      { authority: [soa] },
      ["query - TXT NOERROR"],
    ],
  ])("%s", (row) => expectRow(server, row));

  test("that only exist as a name between others answer NODATA", () => {
    const ent = testAnswerer({ zones: [{ ...example, records: [txt("sub.*.example", "deep")] }] });
    expect(ent.ask({ name: "x.example", type: TXT }).message).toMatchObject({
      rcode: NOERROR,
      ...nothing,
      authority: [soa],
    });
  });

  test("with a CNAME answer with it", () => {
    const alias = testAnswerer({ records: [set(`*.${ZONE}`, { type: "CNAME", target: "example.net" })] });
    expect(alias.ask({ name: `x.y.${ZONE}` }).message?.answers).toEqual([`x.y.${ZONE} 300 CNAME example.net`]);
  });

  test("leave profiles alone", () => {
    const beside = testAnswerer({
      profiles: { shop: { names: [`a.b.${ZONE}`], endpoints: { a: {} } } },
      records: [txt(`*.${ZONE}`, "wild")],
    });
    expect(beside.ask({ name: `a.b.${ZONE}`, type: TXT }).message?.answers).toEqual([]);
    expect(beside.ask({ name: `b.${ZONE}`, type: TXT }).message).toMatchObject({ rcode: NOERROR, answers: [] });
    expect(beside.ask({ name: `c.b.${ZONE}`, type: TXT }).message).toMatchObject({ rcode: NXDOMAIN });
  });
});

describe.for(["the parent", "the child"])("a delegation, %s listed first,", (first) => {
  const cut = `sub.${ZONE}`;
  const zones = [
    zoneOf(ZONE, [
      ns(cut, `ns1.${cut}`, "ns.example.net"),
      a(`ns1.${cut}`, "192.0.2.61"),
      set(`ns1.${cut}`, { type: "AAAA", address: ip("2001:db8::61") }),
      ns(`deeper.${cut}`, "ns.deeper.example.net"),
      ns(`bare.${ZONE}`, "ns.example.net"),
      // What the parent says of its child; the child itself knows better.
      ns(`own.${ZONE}`, `ns1.own.${ZONE}`, "ns.stale.example.net"),
      a(`ns1.own.${ZONE}`, "192.0.2.99"),
      a(`gone.own.${ZONE}`, "192.0.2.98"),
      ns(`cut.own.${ZONE}`, "ns.stale.example.net"),
    ]),
    zoneOf(`own.${ZONE}`, [a(`www.own.${ZONE}`, "192.0.2.2"), a(`a.cut.own.${ZONE}`, "192.0.2.3")]),
    zoneOf(`inner.${cut}`),
  ];
  const server = testAnswerer({ zones: first === "the parent" ? zones : zones.toReversed() });
  const referral = {
    flags: "qr",
    authority: [`${cut} 300 NS ns1.${cut}`, `${cut} 300 NS ns.example.net`],
    additional: [`ns1.${cut} 300 A 192.0.2.61`, `ns1.${cut} 300 AAAA 2001:db8:0:0:0:0:0:61`],
  };

  test.for<Row>([
    ["below the cut", { name: `www.${cut}` }, referral, ["query - A NOERROR"]],
    ["below a cut below the cut", { name: `x.deeper.${cut}` }, referral, ["query - A NOERROR"]],
    ["far below the cut", { name: `a.b.c.d.${cut}`, type: TXT }, referral, ["query - TXT NOERROR"]],
    ["at the cut", { name: cut }, referral, ["query - A NOERROR"]],
    ["at the cut for NS", { name: cut, type: NS }, referral, ["query - NS NOERROR"]],
    ["at the cut for ANY", { name: cut, type: ANY }, referral, ["query - ANY NOERROR"]],
    ["for the glue itself", { name: `ns1.${cut}` }, referral, ["query - A NOERROR"]],
    [
      "without glue where the nameserver is elsewhere",
      { name: `x.bare.${ZONE}` },
      { flags: "qr", authority: [`bare.${ZONE} 300 NS ns.example.net`] },
      ["query - A NOERROR"],
    ],
    [
      "with scope 0",
      { name: `x.bare.${ZONE}`, ecs: clientSubnet("192.0.2.0/24") },
      {
        flags: "qr",
        authority: [`bare.${ZONE} 300 NS ns.example.net`],
        edns: { udpSize: 1232, version: 0, dnssecOk: false, ecs: "1 24 0 c00002" },
      },
      ["query - A NOERROR"],
    ],
  ])("is a referral without AA %s", (row) => expectRow(server, row));

  test.for<Row>([
    ["an answer", { name: `www.own.${ZONE}` }, { answers: [`www.own.${ZONE} 300 A 192.0.2.2`] }, ["query - A NOERROR"]],
    [
      "its own NS set",
      { name: `own.${ZONE}`, type: NS },
      { answers: [`own.${ZONE} 300 NS ns1.own.${ZONE}`] },
      ["query - NS NOERROR"],
    ],
    [
      "its own address of the nameserver",
      { name: `ns1.own.${ZONE}` },
      { answers: [`ns1.own.${ZONE} 300 A 192.0.2.53`] },
      ["query - A NOERROR"],
    ],
    [
      "nothing that only the parent has",
      { name: `gone.own.${ZONE}` },
      { rcode: NXDOMAIN, authority: [soaOf(`own.${ZONE}`)] },
      ["query - A NXDOMAIN"],
    ],
    [
      "its own data below a cut that only the parent has",
      { name: `a.cut.own.${ZONE}` },
      { answers: [`a.cut.own.${ZONE} 300 A 192.0.2.3`] },
      ["query - A NOERROR"],
    ],
    [
      "its own SOA",
      { name: `x.inner.${cut}` },
      { rcode: NXDOMAIN, authority: [soaOf(`inner.${cut}`)] },
      ["query - A NXDOMAIN"],
    ],
    [
      "its own apex",
      { name: `inner.${cut}`, type: SOA },
      { answers: [soaOf(`inner.${cut}`, 300)] },
      ["query - SOA NOERROR"],
    ],
  ])("to a zone of ours gives %s", (row) => expectRow(server, row));

  test("whose glue does not fit is truncated (RFC 9471 section 3.1)", () => {
    const targets = Array.from({ length: 12 }, (_, i) => `nameserver-${i}.${cut}`);
    const wide = testAnswerer({
      records: [ns(cut, targets[0]!, ...targets.slice(1)), ...targets.map((target, i) => a(target, `192.0.2.${i}`))],
    });
    expect(wide.ask({ name: `x.${cut}` })).toMatchObject({
      message: { flags: "qr tc", ...nothing },
      counted: ["event truncated", "query - A NOERROR"],
    });
    const { message } = wide.ask({ name: `x.${cut}` }, { transport: "tcp" });
    expect(message).toMatchObject({ flags: "qr", answers: [] });
    expect(message?.authority).toHaveLength(12);
    expect(message?.additional).toHaveLength(12);
  });
});

describe("zones", () => {
  const server = testAnswerer({
    zones: [zoneOf("example.org"), zoneOf("b.a.example.org"), zoneOf("example.com")],
  });

  test.for([
    ["x.example.org", "example.org"],
    ["x.b.a.example.org", "b.a.example.org"],
    ["x.example.com", "example.com"],
  ])("the most specific one answers for %s", ([name, zone]) => {
    expect(server.ask({ name: name! }).message).toMatchObject({ rcode: NXDOMAIN, authority: [soaOf(zone!)] });
  });

  // NXDOMAIN would deny the zone below as well (RFC 8020 section 2).
  test("a name between a zone and a zone of ours below it exists", () => {
    expect(server.ask({ name: "a.example.org" }).message).toMatchObject({
      rcode: NOERROR,
      authority: [soaOf("example.org")],
    });
  });
});

describe("what is not ours", () => {
  const server = testAnswerer({ profiles: { shop: { endpoints: { a: {} } } } });
  const refused = { flags: "qr", rcode: REFUSED };

  test.for<Row>([
    ["a name outside the zones", { name: "www.example.org" }, refused, ["query - A REFUSED"]],
    ["a name above the zone", { name: "example.com" }, refused, ["query - A REFUSED"]],
    ["the root", { name: "", type: NS }, refused, ["query - NS REFUSED"]],
    ["a name that ends in the zone's octets but not at a label", { name: `x${ZONE}` }, refused, ["query - A REFUSED"]],
    ["class CH", { name: "version.bind", type: TXT, class: 3 }, refused, ["query - TXT REFUSED"]],
    ["class CH of a name of ours", { class: 3 }, refused, ["query - A REFUSED"]],
    ["class NONE", { class: 254 }, refused, ["query - A REFUSED"]],
    ["AXFR", { name: ZONE, type: 252 }, refused, ["query - other REFUSED"]],
    ["IXFR", { name: ZONE, type: 251 }, refused, ["query - other REFUSED"]],
    [
      "a client subnet, which is left out",
      { name: "example.org", ecs: clientSubnet("192.0.2.0/24") },
      { ...refused, edns: { udpSize: 1232, version: 0, dnssecOk: false, ecs: undefined } },
      ["query - A REFUSED"],
    ],
  ])("is refused: %s", (row) => expectRow(server, row));

  // RFC 1035 section 6.2: the response should never be authoritative unless it covers all classes.
  test("class ANY gets an answer without AA", () => {
    expect(server.ask({ class: 255 }).message).toMatchObject({
      flags: "qr",
      answers: ["shop.gtm.example.com 60 A 192.0.2.1"],
    });
    expect(server.ask({ class: 255, name: `x.${ZONE}` }).message).toMatchObject({ flags: "qr", rcode: NXDOMAIN });
  });
});

describe("a message that is no proper query", () => {
  const server = testAnswerer({ profiles: { shop: { endpoints: { a: {} } } } });
  const formErr = { flags: "qr", rcode: 1 };
  const ecs = (...octets: number[]): QuerySpec => ({ ecs: Uint8Array.from(octets) });
  const edns = { udpSize: 1232, version: 0, dnssecOk: false, ecs: undefined };

  test.for<Row>([
    ...[1, 2, 4, 5, 6, 15].map((opcode): Row => [
      `NOTIMP: opcode ${opcode}`,
      { opcode },
      { flags: "qr", rcode: 4 },
      ["query - other NOTIMP"],
    ]),
    ["FORMERR: two questions", { counts: [2, 0, 0, 0] }, formErr, ["query - other FORMERR"]],
    ["FORMERR: a name with a pointer", { name: Uint8Array.of(0xc0, 12) }, formErr, ["query - other FORMERR"]],
    ["FORMERR: a record that is not there", { counts: [1, 0, 0, 1] }, formErr, ["query - A FORMERR"]],
    ["FORMERR: a client subnet of family 3", ecs(0, 3, 0, 0), { ...formErr, edns }, ["query - A FORMERR"]],
    ["FORMERR: a client subnet with a scope", ecs(0, 1, 0, 1), { ...formErr, edns }, ["query - A FORMERR"]],
    ["BADVERS: EDNS version 1", { edns: { version: 1 } }, { flags: "qr", rcode: 16, edns }, ["query - A BADVERS"]],
  ])("gets %s", (row) => expectRow(server, row));

  test.for<[what: string, packet: Uint8Array]>([
    ["less than a header", queryPacket().slice(0, 11)],
    ["nothing", new Uint8Array()],
    ["an answer", queryPacket({ flags: 0x8180 })],
    ["an answer of another opcode", queryPacket({ flags: 0x8000, opcode: 4 })],
  ])("gets silence and counts a drop: %s", ([, packet]) => {
    expect(server.ask(packet)).toEqual({ message: undefined, counted: ["event dropped"] });
  });

  test("leaves nothing behind for the query that follows", () => {
    const before = server.ask({ edns: {}, ecs: clientSubnet("192.0.2.0/24") });
    for (const spec of [
      ecs(0, 2, 128, 9),
      { opcode: 4 },
      { counts: [0, 0, 0, 0] },
      { edns: { version: 7 } },
    ] as QuerySpec[]) {
      server.ask(spec);
      expect(server.ask({ edns: {}, ecs: clientSubnet("192.0.2.0/24") })).toEqual(before);
      expect(server.ask({}).message).toMatchObject({ edns: undefined, rcode: NOERROR });
    }
  });
});

describe("the client subnet", () => {
  const networks = {
    germany: { cidrs: ["10.0.0.0/8", "2001:db8:de::/48"], country: "DE" },
    brazil: { cidrs: ["198.51.100.0/24"], country: "BR" },
  };
  const geographic: ProfileSpec = {
    method: "geographic",
    endpoints: {
      de: { address: ["192.0.2.49", "2001:db8::49"], regions: ["DE"] },
      world: { address: ["192.0.2.1", "2001:db8::1"], regions: ["WORLD"] },
    },
  };
  const server = testAnswerer({
    networks,
    profiles: {
      geo: geographic,
      first: { endpoints: { a: {} } },
      some: { method: "weighted", endpoints: { a: {} } },
      outer: { endpoints: { inner: { nested: "geo" } } },
      only: { method: "geographic", endpoints: { de: { regions: ["DE"] } } },
    },
  });

  // The scope is the widest network around the subnet with the same candidates throughout.
  test.for([
    ["geo", "10.1.2.0/24", "192.0.2.49", "1 24 8 0a0102"],
    ["geo", "10.1.0.0/16", "192.0.2.49", "1 16 8 0a01"],
    ["geo", "10.0.0.0/8", "192.0.2.49", "1 8 8 0a"],
    ["geo", "10.1.2.3/32", "192.0.2.49", "1 32 8 0a010203"],
    ["geo", "11.0.0.0/24", "192.0.2.1", "1 24 8 0b0000"],
    ["geo", "8.8.8.0/24", "192.0.2.1", "1 24 7 080808"],
    ["geo", "198.51.100.0/24", "192.0.2.1", "1 24 1 c63364"],
    ["geo", "2001:db8:de::/56", "192.0.2.49", "2 56 48 20010db800de00"],
    ["geo", "2001:db8:df::/56", "192.0.2.1", "2 56 48 20010db800df00"],
    ["geo", "4000::/3", "192.0.2.1", "2 3 2 40"],
    // 6to4 is the IPv4 inside, its scope raised by the 16 bits in front (RFC 3056 section 2).
    ["geo", "2002:a01:200::/40", "192.0.2.49", "2 40 24 20020a0102"],
    ["geo", "0.0.0.0/0", "192.0.2.1", "1 0 0"],
    ["geo", "::/0", "192.0.2.1", "2 0 0"],
    ["first", "10.1.2.0/24", "192.0.2.1", "1 24 0 0a0102"],
    ["some", "10.1.2.0/24", "192.0.2.1", "1 24 0 0a0102"],
    ["outer", "10.1.2.0/24", "192.0.2.49", "1 24 8 0a0102"],
  ] as const)("%s from %s: %s with scope %s", ([profile, prefix, address, echoed]) => {
    const { message } = server.ask({ name: `${profile}.${ZONE}`, ecs: clientSubnet(prefix) });
    expect(message?.answers).toEqual([`${profile}.${ZONE} 60 A ${address}`]);
    expect(message?.edns?.ecs).toBe(echoed);
  });

  test.for<[what: string, spec: QuerySpec, rcode: number, echoed: string]>([
    ["NODATA for no match", { name: `only.${ZONE}`, ecs: clientSubnet("198.51.100.0/24") }, NOERROR, "1 24 1 c63364"],
    ["another type", { name: `geo.${ZONE}`, type: TXT, ecs: clientSubnet("10.1.2.0/24") }, NOERROR, "1 24 0 0a0102"],
    ["NXDOMAIN", { name: `x.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") }, NXDOMAIN, "1 24 0 0a0102"],
    ["static data", { name: `ns1.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") }, NOERROR, "1 24 0 0a0102"],
  ])("%s has a scope too", ([, spec, rcode, echoed]) => {
    expect(server.ask(spec).message).toMatchObject({ rcode, edns: { ecs: echoed } });
  });

  test("wins over the peer's address", () => {
    const { message } = server.ask({ name: `geo.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") }, { peer: "198.51.100.7" });
    expect(message?.answers).toEqual([`geo.${ZONE} 60 A 192.0.2.49`]);
  });

  test.for<[what: string, spec: QuerySpec, echoed: string | undefined]>([
    ["with source 0", { ecs: clientSubnet("0.0.0.0/0") }, "1 0 0"],
    ["with IPv6 source 0", { ecs: clientSubnet("::/0") }, "2 0 0"],
    ["that is not there", { edns: {} }, undefined],
  ])("%s leaves the choice to the peer's address", ([, spec, echoed]) => {
    for (const [peer, address] of [
      ["10.9.9.9", "192.0.2.49"],
      ["2001:db8:de::1", "192.0.2.49"],
      ["2001:db8::1", "192.0.2.1"],
      // A dual-stack socket's way to write an IPv4 peer.
      ["::ffff:10.9.9.9", "192.0.2.49"],
      ["fe80::1%eth0", "192.0.2.1"],
    ] as const) {
      const { message } = server.ask({ name: `geo.${ZONE}`, ...spec }, { peer });
      expect(message?.answers).toEqual([`geo.${ZONE} 60 A ${address}`]);
      expect(message?.edns).toMatchObject({ ecs: echoed });
    }
  });

  test("is not in the reply where the query has none", () => {
    expect(server.ask({ name: `geo.${ZONE}` }, { peer: "10.9.9.9" }).message?.edns).toBeUndefined();
  });

  test("of one family decides for both query types", () => {
    const { message } = server.ask({ name: `geo.${ZONE}`, type: AAAA, ecs: clientSubnet("10.1.2.0/24") });
    expect(message?.answers).toEqual([`geo.${ZONE} 60 AAAA 2001:db8:0:0:0:0:0:49`]);
  });

  test("has the same scope whatever the health", () => {
    const changing = testAnswerer({ networks, profiles: { geo: geographic } });
    const ask = (): Reply => changing.ask({ name: `geo.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") });
    expect(ask().message).toMatchObject({ answers: [`geo.${ZONE} 60 A 192.0.2.49`], edns: { ecs: "1 24 8 0a0102" } });
    changing.set("geo/de", "degraded");
    expect(ask().message).toMatchObject({ answers: [`geo.${ZONE} 60 A 192.0.2.1`], edns: { ecs: "1 24 8 0a0102" } });
  });
});

describe("health", () => {
  test("decides from the very next query on", () => {
    const server = testAnswerer({
      profiles: { shop: { endpoints: { one: { address: ["192.0.2.1"] }, two: { address: ["192.0.2.2"] } } } },
    });
    const ask = (): readonly [string | undefined, string | undefined] => {
      const { message, counted } = server.ask({});
      return [message?.answers[0]?.split(" ").at(-1), counted.find((label) => label.startsWith("decision"))];
    };
    expect(ask()).toEqual(["192.0.2.1", "decision shop/one preferred"]);
    server.set("shop/one", "degraded");
    expect(ask()).toEqual(["192.0.2.2", "decision shop/two failover"]);
    server.set("shop/two", "degraded");
    expect(ask()).toEqual(["192.0.2.1", "decision shop/one all-down"]);
    server.set("shop/two", "online");
    expect(ask()).toEqual(["192.0.2.2", "decision shop/two failover"]);
    server.set("shop/one", "online");
    expect(ask()).toEqual(["192.0.2.1", "decision shop/one preferred"]);
  });

  test.for<[what: string, whenAllDown: ProfileSpec["whenAllDown"], expected: Answered, counted: readonly string[]]>([
    [
      "serveAll",
      { action: "serveAll" },
      { answers: ["shop.gtm.example.com 60 A 192.0.2.1"] },
      ["query shop A NOERROR", "decision shop/one all-down"],
    ],
    [
      "nodata",
      { action: "nodata" },
      { authority: [ZONE_SOA] },
      ["query shop A NOERROR", "decision shop/- refused-all-down"],
    ],
    [
      "servfail",
      { action: "servfail" },
      { rcode: SERVFAIL },
      ["query shop A SERVFAIL", "decision shop/- refused-all-down"],
    ],
    [
      "fallback to a host",
      { action: "fallback", target: { kind: "host", host: "sorry.example.net" } },
      { answers: ["shop.gtm.example.com 60 CNAME sorry.example.net"] },
      ["query shop A NOERROR", "decision shop/- fallback"],
    ],
    [
      "fallback to an address",
      { action: "fallback", target: { kind: "address", ipv4: [ip("192.0.2.99")], ipv6: [] } },
      { answers: ["shop.gtm.example.com 60 A 192.0.2.99"] },
      ["query shop A NOERROR", "decision shop/- fallback"],
    ],
  ])("of a profile that is all down: %s", ([what, whenAllDown, expected, counted]) => {
    const server = testAnswerer({ profiles: { shop: { whenAllDown: whenAllDown!, endpoints: { one: {} } } } });
    server.set("shop/one", "degraded");
    expectRow(server, [what, {}, expected, counted]);
  });
});

describe("chance", () => {
  test.for([
    [0, "192.0.2.1"],
    [0.2499, "192.0.2.1"],
    [0.25, "192.0.2.2"],
    [0.7499, "192.0.2.2"],
    [0.75, "192.0.2.3"],
    [0.9999, "192.0.2.3"],
  ] as const)("%d draws %s by weights 1, 2, 1", ([chance, address]) => {
    const weighted: ProfileSpec = {
      method: "weighted",
      endpoints: {
        a: { address: ["192.0.2.1"], weight: 1 },
        b: { address: ["192.0.2.2"], weight: 2 },
        c: { address: ["192.0.2.3"], weight: 1 },
      },
    };
    const server = testAnswerer({ profiles: { shop: weighted } }, { random: () => chance });
    expect(server.ask({}).message?.answers).toEqual([`shop.gtm.example.com 60 A ${address}`]);
  });

  test("is not drawn where there is one outcome", () => {
    let drawn = 0;
    const random = (): number => {
      drawn++;
      return 0;
    };
    const server = testAnswerer({ profiles: { shop: { endpoints: { a: {}, b: {} } } } }, { random });
    server.ask({});
    expect(drawn).toBe(0);
  });
});

describe("size", () => {
  const many = Array.from({ length: 100 }, (_, i) => `192.0.2.${i}`);
  const server = testAnswerer({ profiles: { shop: { endpoints: { a: { address: many } } } } });

  test("beyond what UDP takes is truncated and counted; TCP has it whole", () => {
    expect(server.ask({ edns: { size: 4096 } })).toMatchObject({
      message: { flags: "qr aa tc", answers: [] },
      counted: ["decision shop/a preferred", "event truncated", "query shop A NOERROR"],
    });
    const whole = server.ask({ edns: { size: 4096 } }, { transport: "tcp" });
    expect(whole.counted).toEqual(["decision shop/a preferred", "query shop A NOERROR"]);
    expect(whole.message?.answers).toHaveLength(100);
  });
});

describe("an exception while answering", () => {
  test("is answered SERVFAIL with nothing repeated, told and counted", () => {
    const server = testAnswerer(
      { profiles: { shop: { method: "weighted", endpoints: { a: {}, b: {} } } } },
      {
        random() {
          throw new Error("out of luck");
        },
      },
    );
    const { message, counted } = server.ask({ id: 9, flags: 0x0110, edns: {} });
    expect(message).toMatchObject({ id: 9, flags: "qr rd", rcode: SERVFAIL, question: undefined, size: 12 });
    expect(counted).toEqual(["event exception"]);
    expect(server.exceptions).toMatchObject([{ message: "out of luck" }]);
    expect(server.ask({ type: DS }).message).toMatchObject({ rcode: NOERROR });
  });
});
