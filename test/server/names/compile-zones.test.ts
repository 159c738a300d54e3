import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import type { Zone } from "../../../src/shared/zone.ts";
import { a, replyOf, ns, set, soaOf, txt, type Row } from "../../support/answer-rows.ts";
import { testAnswerer } from "../../support/answerer.ts";
import { clientSubnet } from "../../support/query-packet.ts";
import { ZONE, zoneOf } from "../../support/snapshot.ts";

const { NS, CNAME, SOA, MX, TXT, AAAA, SRV, ANY } = Packet.TYPE;
const DS = 43;
const { NOERROR, NXDOMAIN } = Packet.RCODE;

const ZONE_SOA = soaOf(ZONE);
const nothing = { answers: [], authority: [], additional: [] };

describe("static data", () => {
  const server = testAnswerer({
    records: [
      set(`mail.${ZONE}`, "MX 10 mx1.example.net", "MX 20 ."),
      txt(ZONE, "v=spf1 -all"),
      set(`alias.${ZONE}`, `CNAME ns1.${ZONE}`),
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
      { answers: [`alias.${ZONE} 300 CNAME ns1.${ZONE}`], authority: [soaOf(ZONE)] },
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
  ])("gives %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

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
      set("*.example", "MX 10 host1.example"),
      txt("sub.*.example", "this is not a wildcard"),
      a("host1.example", "192.0.2.1"),
      set("_ssh._tcp.host1.example", "SRV 0 0 22 host1.example"),
      set("_ssh._tcp.host2.example", "SRV 0 0 22 host1.example"),
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
  ])("%s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

  test("that only exist as a name between others answer NODATA", () => {
    const ent = testAnswerer({ zones: [{ ...example, records: [txt("sub.*.example", "deep")] }] });
    expect(ent.ask({ name: "x.example", type: TXT }).message).toMatchObject({
      rcode: NOERROR,
      ...nothing,
      authority: [soa],
    });
  });

  test("with a CNAME answer with it", () => {
    const alias = testAnswerer({ records: [set(`*.${ZONE}`, "CNAME example.net")] });
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
      set(`ns1.${cut}`, "AAAA 2001:db8::61"),
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
  ])("is a referral without AA %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

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
  ])("to a zone of ours gives %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

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

describe.for(["the parent", "the child"])(
  "what a zone says of names in a zone of ours below it, %s listed first,",
  (first) => {
    const inner = `inner.${ZONE}`;
    const zones = [
      zoneOf(ZONE, [
        set(`www.${inner}`, `CNAME x.${ZONE}`),
        set(`deep.${inner}`, `DS 1 13 2 ${"00".repeat(32)}`),
        set(inner, `DS 2 13 2 ${"00".repeat(32)}`),
        a(`x.${ZONE}`, "192.0.2.1"),
      ]),
      zoneOf(inner, [set(`www.${inner}`, `CNAME y.${inner}`), a(`y.${inner}`, "192.0.2.2")]),
      zoneOf(`deep.${inner}`),
    ];
    const server = testAnswerer({ zones: first === "the parent" ? zones : zones.toReversed() });

    test.for<Row>([
      [
        "does not lead its aliases elsewhere",
        { name: `www.${inner}` },
        { answers: [`www.${inner} 300 CNAME y.${inner}`, `y.${inner} 300 A 192.0.2.2`] },
        ["query - A NOERROR"],
      ],
      [
        "is heard of its DS records",
        { name: inner, type: DS },
        { answers: [`${inner} 300 TYPE43 00020d02${"00".repeat(32)}`] },
        ["query - other NOERROR"],
      ],
      [
        "is not heard of the DS records of a zone below that",
        { name: `deep.${inner}`, type: DS },
        { authority: [soaOf(inner)] },
        ["query - other NOERROR"],
      ],
    ])("%s", (row) => {
      expect(server.ask(row[1])).toMatchObject(replyOf(row));
    });
  },
);

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
