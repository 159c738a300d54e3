import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import { replyOf, soaOf, type Row } from "../../support/answer-rows.ts";
import { testAnswerer } from "../../support/answerer.ts";
import { clientSubnet, queryPacket, type QuerySpec } from "../../support/query-packet.ts";
import { ip, ZONE, type ProfileSpec } from "../../support/snapshot.ts";

const { A, AAAA, CNAME, SOA, MX, TXT, NS, ANY } = Packet.TYPE;
const DS = 43;
const { NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, BADVERS } = Packet.RCODE;

const ZONE_SOA = soaOf(ZONE);

describe("a profile", () => {
  const profiles: Readonly<Record<string, ProfileSpec>> = {
    shop: {
      ttl: 30,
      order: "fixed",
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
      "MX of a host: CNAME, which is the answer for every type (RFC 1034 section 3.6.2)",
      { name: "host.gtm.example.com", type: MX },
      { answers: ["host.gtm.example.com 60 CNAME edge.example.net"] },
      ["query host MX NOERROR", "decision host/cdn preferred"],
    ],
    [
      "ANY of a host: CNAME",
      { name: "host.gtm.example.com", type: ANY },
      { answers: ["host.gtm.example.com 60 CNAME edge.example.net"] },
      ["query host ANY NOERROR", "decision host/cdn preferred"],
    ],
    [
      "MX where the best candidate has addresses and the next is a host: NODATA",
      { name: "mixed.gtm.example.com", type: MX },
      { authority: [ZONE_SOA] },
      ["query mixed MX NOERROR", "decision mixed/- no-family"],
    ],
    [
      "ANY of the same: HINFO",
      { name: "mixed.gtm.example.com", type: ANY },
      { answers: ['mixed.gtm.example.com 3600 HINFO "RFC8482" ""'] },
      ["query mixed ANY NOERROR", "decision mixed/- no-family"],
    ],
    [
      "AAAA where the best candidate has other addresses: not the next one's CNAME, which would hold for A too",
      { name: "mixed.gtm.example.com", type: AAAA },
      { authority: [soaOf(ZONE)] },
      ["query mixed AAAA NOERROR", "decision mixed/- no-family"],
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
      "TXT of a disabled one: NXDOMAIN too, since it holds for every type",
      { name: `off.${ZONE}`, type: TXT },
      { rcode: NXDOMAIN, authority: [ZONE_SOA] },
      ["query off TXT NXDOMAIN"],
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
  ])("answers %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

  test("is found under each of its names", () => {
    const two = testAnswerer({ profiles: { p: { names: [`x.${ZONE}`, `y.${ZONE}`], endpoints: { a: {} } } } });
    for (const name of [`x.${ZONE}`, `y.${ZONE}`]) {
      expect(two.ask({ name }).message?.answers).toEqual([`${name} 60 A 192.0.2.1`]);
    }
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
      "a client subnet",
      { name: "example.org", ecs: clientSubnet("192.0.2.0/24") },
      { ...refused, edns: { udpSize: 1232, version: 0, dnssecOk: false, ecs: "1 24 0 c00002" } },
      ["query - A REFUSED"],
    ],
  ])("is refused: %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

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
  const formErr = { flags: "qr", rcode: FORMERR };
  const ecs = (...octets: number[]): QuerySpec => ({ ecs: Uint8Array.from(octets) });
  const edns = { udpSize: 1232, version: 0, dnssecOk: false, ecs: undefined };

  test.for<Row>([
    ...[1, 2, 4, 5, 6, 15].map((opcode): Row => [
      `NOTIMP: opcode ${opcode}`,
      { opcode },
      { flags: "qr", rcode: NOTIMP },
      ["query - other NOTIMP"],
    ]),
    ["FORMERR: two questions", { counts: [2, 0, 0, 0] }, formErr, ["query - other FORMERR"]],
    ["FORMERR: a name with a pointer", { name: Uint8Array.of(0xc0, 12) }, formErr, ["query - other FORMERR"]],
    ["FORMERR: a record that is not there", { counts: [1, 0, 0, 1] }, formErr, ["query - A FORMERR"]],
    ["FORMERR: a client subnet of family 3", ecs(0, 3, 0, 0), { ...formErr, edns }, ["query - A FORMERR"]],
    ["FORMERR: a client subnet with a scope", ecs(0, 1, 0, 1), { ...formErr, edns }, ["query - A FORMERR"]],
    ["BADVERS: EDNS version 1", { edns: { version: 1 } }, { flags: "qr", rcode: BADVERS, edns }, ["query - A BADVERS"]],
  ])("gets %s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

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

  test.for<[what: string, whenAllDown: ProfileSpec["whenAllDown"], expected: Row[2], counted: readonly string[]]>([
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
    expect(server.ask({})).toMatchObject(replyOf([what, {}, expected, counted]));
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
