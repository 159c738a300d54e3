import { Packet } from "dns2";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkOf, type IpPrefix } from "../../../src/shared/ip-address.ts";
import { set } from "../../support/answer-rows.ts";
import { addressIn, network } from "../../support/arbitraries.ts";
import { testAnswerer, type Reply } from "../../support/answerer.ts";
import { addressOfNumber, numberOf } from "../../support/leaf-tables.ts";
import { clientSubnet, type QuerySpec } from "../../support/query-packet.ts";
import { ZONE, type ProfileSpec } from "../../support/snapshot.ts";

const { AAAA, TXT } = Packet.TYPE;
const { NOERROR, NXDOMAIN } = Packet.RCODE;

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
    ["geo", "198.51.100.0/24", "192.0.2.1", "1 24 6 c63364"],
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
    ["NODATA for no match", { name: `only.${ZONE}`, ecs: clientSubnet("198.51.100.0/24") }, NOERROR, "1 24 6 c63364"],
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

  // RFC 7871 section 7.2.1: "an Authoritative Nameserver MUST NOT overlap prefixes".
  describe("of a profile with hosts that are names of other profiles", () => {
    const drawn: ProfileSpec = {
      method: "weighted",
      endpoints: { here: { host: `first.${ZONE}` }, there: { host: `geo.${ZONE}` } },
    };
    const ways: Readonly<Record<string, ProfileSpec>> = {
      drawn,
      later: { endpoints: { here: { address: ["192.0.2.7"] }, there: { host: `geo.${ZONE}` } } },
      fallback: {
        whenAllDown: { action: "fallback", target: { kind: "host", host: `geo.${ZONE}` } },
        endpoints: { a: {} },
      },
      aliased: { endpoints: { there: { host: `alias.${ZONE}` } } },
      beneath: { endpoints: { inner: { nested: "later" } } },
      without: { ...drawn, ecs: false },
      // The resolver of the tests is nowhere.
      nearby: {
        ecs: false,
        method: "geographic",
        endpoints: {
          br: { address: ["192.0.2.8"], regions: ["BR"] },
          world: { host: `geo.${ZONE}`, regions: ["WORLD"] },
        },
      },
      off: { endpoints: { here: { address: ["192.0.2.7"] }, there: { host: `geo.${ZONE}`, enabled: false } } },
    };
    const records = [set(`alias.${ZONE}`, `CNAME geo.${ZONE}`)];
    const profiles = { geo: geographic, first: { endpoints: { a: {} } }, ...ways };

    test.for(["drawn", "later", "fallback", "aliased", "beneath"])(
      "%s has one scope, whatever is drawn and up",
      (profile) => {
        for (const random of [0, 0.99]) {
          const changing = testAnswerer({ networks, profiles, records }, { random: () => random });
          const ask = () => changing.ask({ name: `${profile}.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") }).message;
          expect(ask()?.edns?.ecs).toBe("1 24 8 0a0102");
          for (const endpoint of ["later/here", "fallback/a"]) changing.set(endpoint, "degraded");
          expect(ask()?.edns?.ecs).toBe("1 24 8 0a0102");
        }
      },
    );

    test.for(["without", "nearby"])(
      "%s, which does not use the subnet itself, has the scope of those that do",
      (profile) => {
        for (const [random, address] of [
          [0, "192.0.2.1"],
          [0.99, "192.0.2.49"],
        ] as const) {
          const server = testAnswerer({ networks, profiles, records }, { random: () => random });
          const { message } = server.ask({ name: `${profile}.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") });
          expect(message?.answers.at(-1)).toMatch(
            new RegExp(`60 A ${profile === "without" ? address : "192.0.2.49"}$`),
          );
          expect(message?.edns?.ecs).toBe("1 24 8 0a0102");
        }
      },
    );

    test("a profile behind that uses no subnet narrows nothing", () => {
      const silent = { ...profiles, geo: { ...geographic, ecs: false } };
      const { message } = testAnswerer({ networks, profiles: silent, records }, { random: () => 0.99 }).ask({
        name: `drawn.${ZONE}`,
        ecs: clientSubnet("10.1.2.0/24"),
      });
      expect(message?.answers.at(-1)).toBe(`geo.${ZONE} 60 A 192.0.2.1`);
      expect(message?.edns?.ecs).toBe("1 24 0 0a0102");
    });

    test("off has none: the host is out of use", () => {
      const { message } = testAnswerer({ networks, profiles, records }).ask({
        name: `off.${ZONE}`,
        ecs: clientSubnet("10.1.2.0/24"),
      });
      expect(message?.edns?.ecs).toBe("1 24 0 0a0102");
    });
  });

  describe("that is private", () => {
    const profiles = {
      geo: geographic,
      hq: {
        ...geographic,
        endpoints: { ...geographic.endpoints, hq: { address: ["192.0.2.7"], networks: ["192.168.7.0/24"] } },
      },
      outer: { endpoints: { inner: { nested: "hq" } } },
      one: { endpoints: { a: { address: ["192.0.2.9"] } } },
    } satisfies Readonly<Record<string, ProfileSpec>>;
    const places = { germany: { cidrs: ["10.20.0.0/16", "203.0.113.0/24"], country: "DE" } };
    test.for([
      ["is where its resolver is", "geo", "192.168.7.0/24", "203.0.113.5", "192.0.2.49", "1 24 16 c0a807"],
      [
        "is nowhere with a resolver that nobody knows",
        "geo",
        "192.168.7.0/24",
        "8.8.8.8",
        "192.0.2.1",
        "1 24 16 c0a807",
      ],
      [
        "is nowhere with a resolver that is private too",
        "geo",
        "10.99.0.0/24",
        "192.168.7.1",
        "192.0.2.1",
        "1 24 10 0a6300",
      ],
      ["is its own network's", "geo", "10.20.1.0/24", "8.8.8.8", "192.0.2.49", "1 24 16 0a1401"],
      ["is an endpoint's whose networks hold it", "hq", "192.168.7.0/24", "203.0.113.5", "192.0.2.7", "1 24 24 c0a807"],
      ["is that of an endpoint beneath too", "outer", "192.168.7.0/24", "203.0.113.5", "192.0.2.7", "1 24 24 c0a807"],
      [
        "outside of them is where its resolver is",
        "hq",
        "192.168.6.0/24",
        "203.0.113.5",
        "192.0.2.49",
        "1 24 24 c0a806",
      ],
      ["of a resolver in them is theirs", "hq", "10.99.0.0/24", "192.168.7.1", "192.0.2.7", "1 24 10 0a6300"],
      [
        "has scope 0 where the place cannot matter",
        "one",
        "192.168.7.0/24",
        "203.0.113.5",
        "192.0.2.9",
        "1 24 0 c0a807",
      ],
    ] as const)("%s", ([, profile, prefix, peer, address, echoed]) => {
      const { message } = testAnswerer({ networks: places, profiles }).ask(
        { name: `${profile}.${ZONE}`, ecs: clientSubnet(prefix) },
        { peer },
      );
      expect(message?.answers).toEqual([`${profile}.${ZONE} 60 A ${address}`]);
      expect(message?.edns?.ecs).toBe(echoed);
    });
  });

  // Resolvers may take scope 0 as "for everybody", whatever the family.
  test.for([
    ["2001:db8:20::/48", "198.51.100.0/24", "1 24 6 c63364"],
    ["198.51.100.0/24", "2001:db8::/32", "2 32 21 20010db8"],
  ] as const)("has scope 0 for no family while the other is not uniform: %s", ([network, prefix, echoed]) => {
    const server = testAnswerer({
      profiles: {
        geo: {
          method: "geographic",
          endpoints: { hq: { networks: [network] }, world: { regions: ["WORLD"] } },
        },
      },
    });
    expect(server.ask({ name: `geo.${ZONE}`, ecs: clientSubnet(prefix) }).message?.edns?.ecs).toBe(echoed);
  });

  test("where it decides that there is no answer, the answer is kept for seconds", () => {
    const server = testAnswerer({
      networks,
      profiles: {
        only: { method: "geographic", ttl: 50, negativeTtl: 7, endpoints: { de: { regions: ["DE"] } } },
        same: { ttl: 50, endpoints: { a: { address: ["192.0.2.1"] } } },
        resolver: { method: "geographic", ttl: 50, ecs: false, endpoints: { de: { regions: ["DE"] } } },
      },
    });
    const ttlOf = (name: string, type: number): string | undefined =>
      server
        .ask({ name: `${name}.${ZONE}`, type, ecs: clientSubnet("198.51.100.0/24") })
        .message?.authority[0]?.split(" ")[1];
    expect(ttlOf("only", 1)).toBe("7");
    // Nobody ever gets one.
    expect(ttlOf("only", AAAA)).toBe("50");
    expect(ttlOf("same", AAAA)).toBe("50");
    expect(ttlOf("resolver", 1)).toBe("50");
  });

  // RFC 7871 section 7.2.1: the answer "is tailored" to all addresses of the scope.
  test("any other one inside the scope, of any form and length, has the same answer and scope", () => {
    const worlds = fc.uniqueArray(fc.tuple(network, fc.constantFrom("DE", "FR", "BR")), { selector: ([at]) => at });
    const asked = worlds.chain((world) =>
      fc.record({
        world: fc.constant(world),
        address: addressIn(world.map(([at]) => at)),
        length: fc.integer({ min: 1, max: 128 }),
        rest: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
        more: fc.nat({ max: 128 }),
      }),
    );
    const endpoints = Object.fromEntries(
      ["DE", "FR", "WORLD"].map((region, i) => [region, { address: [`192.0.2.${i}`], regions: [region] }]),
    );
    fc.assert(
      fc.property(asked, ({ world, address, length, rest, more }) => {
        const server = testAnswerer({
          networks: Object.fromEntries(world.map(([at, country], i) => [`n${i}`, { cidrs: [at], country }])),
          profiles: { geo: { method: "geographic", endpoints } },
        });
        const ask = ({ address: { family, octets }, length: source }: IpPrefix) => {
          const ecs = Uint8Array.of(0, family === 4 ? 1 : 2, source, 0, ...octets.slice(0, Math.ceil(source / 8)));
          const { answers, edns } = server.ask({ name: `geo.${ZONE}`, ecs }).message!;
          return { answers, scope: Number(edns!.ecs!.split(" ")[2]) };
        };
        const { family } = address;
        const size = address.octets.length * 8;
        const subnet = networkOf(address, Math.min(length, size));
        const told = ask(subnet);
        const host = (1n << BigInt(size - told.scope)) - 1n;
        const inside = addressOfNumber(family, (numberOf(subnet.address) & ~host) | (rest & host));
        expect(ask(networkOf(inside, Math.min(Math.max(told.scope, 1) + more, size)))).toEqual(told);
      }),
      { numRuns: 1000 },
    );
  });

  test("has scope 0 where nobody ever gets an answer", () => {
    const without = testAnswerer({
      networks,
      profiles: {
        v4: { method: "geographic", endpoints: { de: { regions: ["DE"] }, world: { regions: ["WORLD"] } } },
        off: { ...geographic, enabled: false },
      },
    });
    const scopeOf = (name: string, type: number): string | undefined =>
      without.ask({ name: `${name}.${ZONE}`, type, ecs: clientSubnet("10.1.2.0/24") }).message?.edns?.ecs;
    expect(scopeOf("v4", 1)).toBe("1 24 8 0a0102");
    expect(scopeOf("v4", AAAA)).toBe("1 24 0 0a0102");
    expect(scopeOf("v4", 5)).toBe("1 24 0 0a0102");
    expect(scopeOf("off", 1)).toBe("1 24 0 0a0102");
  });
});
