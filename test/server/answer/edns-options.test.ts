import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import { createRateLimitTable } from "../../../src/server/answer/rate-limit.ts";
import type { Identity } from "../../../src/shared/server-settings.ts";
import { NOON, serviceOf, testAnswerer, type From, type TestAnswererOptions } from "../../support/answerer.ts";
import { clientSubnet, ednsOption, octets, wireName, type QuerySpec } from "../../support/query-packet.ts";
import type { RecordSet } from "../../../src/shared/zone.ts";
import { cidr, recordSet, ZONE, type ProfileSpec } from "../../support/snapshot.ts";

const { NOERROR, FORMERR, REFUSED, BADVERS } = Packet.RCODE;
const [NSID, COOKIE, KEEPALIVE] = [3, 10, 11];
const AXFR = 252;

const option = (code: number, data: Uint8Array = new Uint8Array()): QuerySpec => ({
  edns: { data: ednsOption(code, data) },
});

const profiles: Readonly<Record<string, ProfileSpec>> = {
  shop: { endpoints: { a: {} } },
  wild: { names: [`*.wild.${ZONE}`], endpoints: { a: {} } },
  only: { method: "geographic", endpoints: { de: { regions: ["DE"] } } },
  dark: { whenAllDown: { action: "nodata" }, endpoints: { a: {} } },
  fails: { whenAllDown: { action: "servfail" }, endpoints: { a: {} } },
};

const named = serviceOf({ identity: { name: "ns1-fra", version: undefined, whoami: false, allow: [] } });

describe("NSID", () => {
  test("is told to who asks", () => {
    const server = testAnswerer({ profiles }, { service: named });
    expect(server.ask(option(NSID)).message?.edns?.nsid).toBe("ns1-fra");
    expect(server.ask({ edns: {} }).message?.edns?.nsid).toBeUndefined();
    // RFC 5001 section 2.1: "The name server MUST ignore any NSID payload data".
    expect(server.ask(option(NSID, Uint8Array.of(1, 2))).message?.edns?.nsid).toBe("ns1-fra");
  });

  test("is told with a refusal too", () => {
    const server = testAnswerer({ profiles }, { service: named });
    expect(server.ask({ name: "example.org", ...option(NSID) }).message).toMatchObject({
      rcode: REFUSED,
      edns: { nsid: "ns1-fra" },
    });
  });

  test("is not told where the server has no name", () => {
    expect(testAnswerer({ profiles }).ask(option(NSID)).message?.edns?.nsid).toBeUndefined();
  });
});

describe("keepalive", () => {
  const server = testAnswerer({ profiles });

  test("tells over TCP how long a connection may idle", () => {
    const from: From = { transport: "tcp", keepalive: 100 };
    expect(server.ask(option(KEEPALIVE), from).message?.edns?.keepalive).toBe(100);
    expect(server.ask({ edns: {} }, from).message?.edns?.keepalive).toBeUndefined();
  });

  test("is ignored over UDP", () => {
    expect(server.ask(option(KEEPALIVE)).message?.edns?.keepalive).toBeUndefined();
  });
});

describe("a cookie", () => {
  const client = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const server = testAnswerer({ profiles });
  const cookieOf = (spec: QuerySpec, from?: From): string => server.ask(spec, from).message?.edns?.cookie ?? "";

  test("comes back with the server's behind it", () => {
    expect(cookieOf(option(COOKIE, client))).toMatch(/^0102030405060708010000006956/);
    expect(cookieOf(option(COOKIE, client))).toHaveLength(48);
  });

  test("is made for the client's address", () => {
    expect(cookieOf(option(COOKIE, client), { peer: "192.0.2.1" })).not.toBe(
      cookieOf(option(COOKIE, client), { peer: "192.0.2.2" }),
    );
    expect(cookieOf(option(COOKIE, client), { peer: "2001:db8::1" })).toHaveLength(48);
  });

  test("that is wrong gets an answer and a right one", () => {
    const wrong = option(COOKIE, octets(client, new Uint8Array(16)));
    expect(server.ask(wrong).message).toMatchObject({ rcode: NOERROR, answers: [`shop.${ZONE} 60 A 192.0.2.1`] });
    expect(cookieOf(wrong)).toBe(cookieOf(option(COOKIE, client)));
  });

  test("alone, without a question, is answered (RFC 7873 section 5.4)", () => {
    const packet = Uint8Array.of(0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 12, 0, 10, 0, 8);
    const { message, counted } = server.ask(octets(packet, client));
    expect(message).toMatchObject({ id: 7, flags: "qr", rcode: NOERROR, question: undefined, answers: [] });
    expect(message?.edns?.cookie).toHaveLength(48);
    expect(counted).toEqual(["query - other NOERROR"]);
  });

  test.for([1, 7, 9, 15, 41])("of %d octets is malformed", (length) => {
    expect(server.ask(option(COOKIE, new Uint8Array(length)))).toMatchObject({
      message: { rcode: FORMERR, edns: { cookie: undefined } },
      counted: ["query - A FORMERR"],
    });
  });
});

describe("an extended error", () => {
  const server = testAnswerer({ profiles });
  server.set("dark/a", "degraded");
  server.set("fails/a", "degraded");

  test.for<[what: string, spec: QuerySpec, ede: number | undefined]>([
    ["none with an answer", {}, undefined],
    ["none with NODATA", { type: 28 }, undefined],
    ["none with NXDOMAIN", { name: `x.${ZONE}` }, undefined],
    ["Not Authoritative outside our zones", { name: "example.org" }, 20],
    ["Not Authoritative for another class", { class: 4 }, 20],
    ["Not Supported for a transfer", { name: ZONE, type: AXFR }, 21],
    ["Filtered where no endpoint is for the client", { name: `only.${ZONE}` }, 17],
    ["No Reachable Authority where NODATA is said because all are down", { name: `dark.${ZONE}` }, 22],
    ["No Reachable Authority with the SERVFAIL because all are down", { name: `fails.${ZONE}` }, 22],
    ["none in a message that is malformed", { edns: {}, ecs: Uint8Array.of(0, 3, 0, 0) }, undefined],
  ])("is %s", ([, spec, ede]) => {
    expect(server.ask({ edns: {}, ...spec }).message?.edns?.ede).toBe(ede);
  });

  test("is Stale Answer while a newer configuration cannot be loaded", () => {
    const stale = new SharedArrayBuffer(4);
    const reloading = testAnswerer({ profiles }, { service: serviceOf({ stale }) });
    const ask = (spec: QuerySpec = {}) => reloading.ask({ edns: {}, ...spec }).message?.edns?.ede;
    expect(ask()).toBeUndefined();
    new Int32Array(stale)[0] = 1;
    expect(ask()).toBe(3);
    expect(ask({ name: `x.${ZONE}` })).toBe(3);
    expect(ask({ name: `only.${ZONE}` })).toBe(17);
    expect(ask({ name: "example.org" })).toBe(20);
    // A SERVFAIL is no answer that could be stale.
    reloading.set("fails/a", "degraded");
    for (const type of [1, 28, 65]) expect(ask({ name: `fails.${ZONE}`, type })).toBe(22);
    new Int32Array(stale)[0] = 0;
    expect(ask()).toBeUndefined();
  });

  test("is not sent to who has no EDNS", () => {
    expect(server.ask({ name: "example.org" }).message?.edns).toBeUndefined();
  });
});

describe("options of a message that is refused", () => {
  test("are none but those that were asked for with BADVERS", () => {
    const server = testAnswerer({ profiles }, { service: named });
    const { message } = server.ask({ edns: { version: 1, data: ednsOption(NSID, new Uint8Array()) } });
    expect(message).toMatchObject({ rcode: BADVERS, edns: { version: 0, nsid: undefined } });
  });

  test("are none of the message before", () => {
    const server = testAnswerer({ profiles }, { service: named });
    const data = [
      ednsOption(NSID, new Uint8Array()),
      ednsOption(8, clientSubnet("192.0.2.0/24")),
      ednsOption(COOKIE, new Uint8Array(8)),
      ednsOption(KEEPALIVE, new Uint8Array()),
    ];
    const before = server.ask({ edns: { data: octets(...data) } }, { transport: "tcp", keepalive: 100 }).message?.edns;
    expect(before).toMatchObject({ nsid: "ns1-fra", ecs: "1 24 0 c00002", cookie: expect.any(String), keepalive: 100 });
    expect(server.ask({ edns: { version: 1 } }).message?.edns).toEqual({
      udpSize: 1232,
      version: 0,
      dnssecOk: false,
    });
  });
});

describe("the longest client subnet", () => {
  const networks = {
    munich: { cidrs: ["10.20.30.0/24", "2001:db8:20:30::/64"], country: "DE" },
    rio: { cidrs: ["10.20.30.128/25"], country: "BR" },
  };
  const geo: ProfileSpec = {
    method: "geographic",
    endpoints: {
      de: { address: ["192.0.2.49"], regions: ["DE"] },
      br: { address: ["192.0.2.55"], regions: ["BR"] },
      world: { address: ["192.0.2.1"], regions: ["WORLD"] },
    },
  };
  const answersWith = (ipv4: number, ipv6: number, options: TestAnswererOptions = {}) => {
    const server = testAnswerer(
      { networks, profiles: { geo, resolver: { ...geo, ecs: false } } },
      { service: serviceOf({ longestSubnet: { ipv4, ipv6 } }), ...options },
    );
    return (prefix: string, name = "geo", from: From = {}): readonly (string | undefined)[] => {
      const { message } = server.ask({ name: `${name}.${ZONE}`, ecs: clientSubnet(prefix) }, from);
      return [message?.answers[0]?.split(" ").at(-1), message?.edns?.ecs];
    };
  };

  test.for<[ipv4: number, ipv6: number, prefix: string, address: string, echoed: string]>([
    [32, 128, "10.20.30.200/32", "192.0.2.55", "1 32 25 0a141ec8"],
    [24, 56, "10.20.30.200/32", "192.0.2.49", "1 32 24 0a141ec8"],
    [24, 56, "10.20.30.128/25", "192.0.2.49", "1 25 24 0a141e80"],
    [24, 56, "10.20.30.0/24", "192.0.2.49", "1 24 24 0a141e"],
    [0, 0, "10.20.30.0/24", "192.0.2.1", "1 24 0 0a141e"],
    // Some resolvers take scope 0 as "for everybody, whatever the family".
    [0, 128, "10.20.30.0/24", "192.0.2.1", "1 24 1 0a141e"],
    [32, 0, "2001:db8:20:30::/64", "192.0.2.1", "2 64 1 20010db800200030"],
    [0, 128, "0.0.0.0/0", "192.0.2.1", "1 0 0"],
    [32, 128, "2001:db8:20:30::/64", "192.0.2.49", "2 64 64 20010db800200030"],
    [32, 48, "2001:db8:20:30::/64", "192.0.2.1", "2 64 48 20010db800200030"],
  ])("of %d and %d bits: %s gets %s", ([ipv4, ipv6, prefix, address, echoed]) => {
    expect(answersWith(ipv4, ipv6)(prefix)).toEqual([address, echoed]);
  });

  test("is nothing for a profile that uses none: the resolver's address decides, with scope 0", () => {
    const ask = answersWith(32, 128);
    expect(ask("10.20.30.0/24", "resolver")).toEqual(["192.0.2.1", "1 24 0 0a141e"]);
    expect(ask("198.51.100.0/24", "resolver", { peer: "10.20.30.1" })).toEqual(["192.0.2.49", "1 24 0 c63364"]);
  });

  test("of a private address that nobody knows is replaced by the resolver's, however few bits are used", () => {
    for (const bits of [32, 24, 16]) {
      const [address, echoed] = answersWith(bits, 128)("192.168.1.0/24", "geo", { peer: "10.20.30.1" });
      expect([address, echoed]).toEqual(["192.0.2.49", "1 24 16 c0a801"]);
    }
  });

  test("of no family leaves the choice to the resolver's address", () => {
    const server = testAnswerer({ networks, profiles: { geo } });
    const { message } = server.ask({ name: `geo.${ZONE}`, ecs: Uint8Array.of(0, 0, 0, 0) }, { peer: "10.20.30.1" });
    expect(message).toMatchObject({ answers: [`geo.${ZONE} 60 A 192.0.2.49`], edns: { ecs: "0 0 0" } });
  });
});

describe("rate limits", () => {
  const rules = {
    responses: 2,
    nodata: 2,
    nxdomains: 1,
    referrals: 1,
    errors: 1,
    amplified: 0,
    all: 0,
    server: 0,
    window: 15,
    slip: 2,
    ipv4Prefix: 24,
    ipv6Prefix: 56,
    entries: 1000,
    exempt: [],
  };

  const identity: Identity = { name: "ns1-fra", version: "1.2", whoami: false, allow: [cidr("0.0.0.0/0")] };

  const accounts = (): SharedArrayBuffer => createRateLimitTable(1000, Uint32Array.of(1, 2), NOON);

  function limited(differences: Partial<typeof rules> = {}, records: readonly RecordSet[] = []) {
    let now = NOON;
    const memory = accounts();
    const server = testAnswerer(
      { profiles, records },
      {
        clock: () => now,
        service: serviceOf({ identity, rateLimit: { rules: { ...rules, ...differences }, memory } }),
      },
    );
    return { ...server, pass: (milliseconds: number) => void (now += milliseconds) };
  }

  test("drop what is over the rate, and send every second of it truncated", () => {
    const server = limited();
    const outcomes = Array.from({ length: 6 }, () => server.ask({}));
    expect(outcomes.map(({ message }) => message?.flags)).toEqual([
      "qr aa",
      "qr aa",
      undefined,
      "qr aa tc",
      undefined,
      "qr aa tc",
    ]);
    expect(outcomes[2]!.counted).toEqual(["decision shop/a preferred", "event limited"]);
    expect(outcomes[3]!.counted).toEqual([
      "decision shop/a preferred",
      "event slipped",
      "event truncated",
      "query shop A NOERROR",
    ]);
    expect(outcomes[3]!.message).toMatchObject({ answers: [], size: 38 });
  });

  test("let a client with a valid cookie through", () => {
    const server = limited({ slip: 1 });
    const client = new Uint8Array(8).fill(7);
    const flags = (data: Uint8Array) => server.ask(option(COOKIE, data)).message;
    const first = flags(client);
    for (let i = 0; i < 5; i++) flags(client);
    expect(flags(client)?.flags).toBe("qr aa tc");
    const proven = Uint8Array.from(Buffer.from(first!.edns!.cookie!, "hex"));
    for (let i = 0; i < 5; i++) expect(flags(proven)?.flags).toBe("qr aa");
  });

  test("give a limited client the cookie that lets it through", () => {
    const server = limited({ slip: 1 });
    for (let i = 0; i < 5; i++) server.ask({});
    const { message } = server.ask(option(COOKIE, new Uint8Array(8)));
    expect(message?.flags).toBe("qr aa tc");
    expect(message?.edns?.cookie).toHaveLength(48);
  });

  test("truncate to the question and the cookie, whatever else was asked for", () => {
    const server = testAnswerer(
      { profiles },
      {
        service: { ...named, rateLimit: { rules: { ...rules, errors: 1, slip: 1 }, memory: accounts() } },
      },
    );
    const data = octets(ednsOption(NSID, new Uint8Array()), ednsOption(COOKIE, new Uint8Array(8)));
    const ask = () => server.ask({ name: "example.org", edns: { data } }).message;
    expect(ask()).toMatchObject({ flags: "qr", edns: { nsid: "ns1-fra", ede: 20 } });
    expect(ask()).toMatchObject({ flags: "qr tc", edns: { nsid: undefined, ede: undefined } });
    expect(ask()?.edns?.cookie).toHaveLength(48);
  });

  test("do not hold over TCP", () => {
    const server = limited();
    for (let i = 0; i < 10; i++) expect(server.ask({}, { transport: "tcp" }).message?.flags).toBe("qr aa");
  });

  test("count random names of a zone as one, also below several names that exist", () => {
    const server = limited({ slip: 0 });
    const names = ["random1", "random2", "random3.shop", "random4.ns1", "random5.only"];
    const outcomes = names.map((name) => server.ask({ name: `${name}.${ZONE}` }).message?.rcode);
    expect(outcomes).toEqual([3, undefined, undefined, undefined, undefined]);
  });

  test("count random names that a wildcard of a profile covers as one", () => {
    const server = limited({ slip: 0 });
    const names = ["random1", "random2", "a.random3", "random4", "b.random5"];
    const outcomes = names.map((name) => server.ask({ name: `${name}.wild.${ZONE}` }).message?.flags);
    expect(outcomes).toEqual(["qr aa", "qr aa", undefined, undefined, undefined]);
  });

  test("count names of ours, answers of other kinds and other networks apart", () => {
    const server = limited({ slip: 0 });
    for (let i = 0; i < 5; i++) server.ask({});
    expect(server.ask({}).message).toBeUndefined();
    expect(server.ask({ name: `ns1.${ZONE}` }).message).toBeDefined();
    expect(server.ask({ type: 28 }).message).toBeDefined();
    expect(server.ask({}, { peer: "198.51.100.1" }).message).toBeDefined();
    expect(server.ask({}, { peer: "192.0.2.7" }).message).toBeUndefined();
  });

  test("count refusals and malformed messages of a network together", () => {
    const server = limited({ slip: 0 });
    expect(server.ask({ name: "example.org" }).message?.rcode).toBe(REFUSED);
    expect(server.ask({ name: "example.net" }).message).toBeUndefined();
    expect(server.ask({ counts: [2, 0, 0, 0] }).message).toBeUndefined();
  });

  test("count names of class CH together, whatever was asked for before", () => {
    const server = limited({ slip: 0 });
    const askChaos = (name: string, peer: string) => server.ask({ name, type: 16, class: 3 }, { peer }).message?.flags;
    // The closest name that is known of this one lies four labels up.
    server.ask({ name: `a.b.c.d.${ZONE}` });
    const names = ["id.server", "version.server", "hostname.bind"];
    const flags = names.map((name) => askChaos(name, "198.51.100.1"));
    expect(flags).toEqual(["qr aa", "qr aa", undefined]);
  });

  test("end when the flood has ended", () => {
    const server = limited({ slip: 0, window: 2 });
    for (let i = 0; i < 100; i++) server.ask({});
    server.pass(1000);
    expect(server.ask({}).message).toBeUndefined();
    server.pass(4000);
    expect(server.ask({}).message?.flags).toBe("qr aa");
  });

  describe("of answers that are much larger than their query", () => {
    const NONE = { responses: 0, nodata: 0, nxdomains: 0, referrals: 0, errors: 0 };
    const QUERY_SIZE = 12 + wireName(`t.${ZONE}`).length + 4;
    /** An answer for TXT of t has so many octets. */
    const withText = (size: number, differences: Partial<typeof rules> = {}) =>
      limited({ ...NONE, amplified: 2, ...differences }, [
        recordSet(`t.${ZONE}`, `TXT "${"x".repeat(size - QUERY_SIZE - 13)}"`),
      ]);

    test("hold from five times its octets on, and one octet more", () => {
      const just = withText(5 * QUERY_SIZE);
      const more = withText(5 * QUERY_SIZE + 1);
      const ask = (server: typeof just) =>
        Array.from({ length: 6 }, () => server.ask({ name: `t.${ZONE}`, type: 16 }).message);
      expect(ask(just).map((message) => [message?.flags, message?.size])).toEqual(
        Array.from({ length: 6 }, () => ["qr aa", 5 * QUERY_SIZE]),
      );
      expect(ask(more).map((message) => message?.flags)).toEqual([
        "qr aa",
        "qr aa",
        undefined,
        "qr aa tc",
        undefined,
        "qr aa tc",
      ]);
    });

    test("are counted as others are", () => {
      const server = withText(200);
      const outcomes = Array.from({ length: 4 }, () => server.ask({ name: `t.${ZONE}`, type: 16 }).counted);
      expect(outcomes[2]).toEqual(["event limited"]);
      expect(outcomes[3]).toEqual(["event slipped", "event truncated", "query - TXT NOERROR"]);
    });

    test("count all names of a network together, and neither small answers nor TCP nor who has a cookie", () => {
      const server = withText(200, { slip: 0 });
      const large = (from: From = {}, spec: QuerySpec = {}) =>
        server.ask({ ...spec, name: `t.${ZONE}`, type: 16 }, from).message?.flags;
      const proven = server.ask(option(COOKIE, new Uint8Array(8))).message!.edns!.cookie!;
      for (let i = 0; i < 5; i++) large();
      expect(large()).toBeUndefined();
      expect(server.ask({}).message?.flags).toBe("qr aa");
      expect(large({ transport: "tcp" })).toBe("qr aa");
      expect(large({ peer: "198.51.100.1" })).toBe("qr aa");
      expect(large({}, option(COOKIE, Buffer.from(proven, "hex")))).toBe("qr aa");
    });
  });

  test("send all without a cookie to TCP when the server is under pressure", () => {
    const server = limited({ responses: 0, nodata: 0, server: 10 });
    const peers = Array.from({ length: 30 }, (_, i) => `198.51.${i}.1`);
    const flags = peers.map((peer) => server.ask({}, { peer }).message?.flags);
    expect(flags.filter((one) => one === "qr aa")).toHaveLength(10);
    expect(flags.filter((one) => one === "qr aa tc")).toHaveLength(20);
  });
});
