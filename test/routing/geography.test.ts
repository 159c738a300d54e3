import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scopeAt } from "../../src/geo/find-leaf.ts";
import { createCacheBudget } from "../../src/routing/cache-budget.ts";
import { candidatesFor, candidatesKey } from "../../src/routing/candidates.ts";
import {
  CLASS,
  createGeography,
  createGeographyCaches,
  geographyKey,
  type Geography,
} from "../../src/routing/geography.ts";
import type { LeafTable } from "../../src/routing/leaf-table.ts";
import type { Client } from "../../src/routing/order.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { prefixesOf } from "../../src/shared/ip-range.ts";
import {
  formatIpPrefix,
  networkOf,
  prefixContains,
  type IpAddress,
  type IpPrefix,
} from "../../src/shared/ip-address.ts";
import { SYSTEMS } from "../support/autonomous-systems.ts";
import { addressIn, addressSpace, snapshot } from "../support/arbitraries.ts";
import { addressOfNumber, clientAt, leafTableOf, numberOf, spotOf } from "../support/leaf-tables.ts";
import { asLookedUp, ipv4FormOf, ipv6Form, IPV4_FORMS } from "../support/ipv4-inside.ts";
import { cidr, ip, snapshotOf, type ProfileSpec } from "../support/snapshot.ts";

/**
 * Addresses of every region of the address space: the first of each network that anything is said of and the first
 * behind it; those of IPv4 also inside the forms that IPv6 has for them, the ones of `asked` among those.
 */
function landmarks(networks: readonly string[], asked: readonly IpAddress[]): readonly IpAddress[] {
  const edges = (family: 4 | 6, all: readonly string[]): readonly IpAddress[] => {
    const prefixes = all.map(cidr).filter(({ address }) => address.family === family);
    const numbers = prefixes.flatMap(({ address, length }) => {
      const bits = address.octets.length * 8;
      const behind = numberOf(address) + (1n << BigInt(bits - length));
      return [numberOf(address), behind % (1n << BigInt(bits))];
    });
    return [0n, ...numbers].map((value) => addressOfNumber(family, value));
  };
  const forms = IPV4_FORMS.map(({ network }) => network);
  const ipv4 = edges(4, networks);
  const carriers = [...forms.map((form) => cidr(form).address), ...asked].filter((address) => ipv4FormOf(address));
  const inside = carriers.flatMap((carrier) => ipv4.map((address) => ipv6Form(ipv4FormOf(carrier)!, address, carrier)));
  return [...ipv4, ...edges(6, [...networks, ...forms]), ...inside];
}

function networksOf(space: readonly (readonly [string, string])[], built: Snapshot): readonly string[] {
  const { endpoints, networks } = built;
  return [
    ...space.map(([network]) => network),
    ...networks.flatMap(({ cidrs }) => cidrs.map(formatIpPrefix)),
    ...endpoints.flatMap(({ placement }) => placement.networks.flatMap(prefixesOf).map(formatIpPrefix)),
    ...SYSTEMS.map(([network]) => network),
  ];
}

function isUniform(keys: readonly string[]): boolean {
  return new Set(keys).size <= 1;
}

/** The network that an answer to this address says it holds for. */
function scopeAround(geography: Geography, table: LeafTable, address: IpAddress): IpPrefix {
  const spot = spotOf(table, address);
  return networkOf(address, scopeAt(geography, spot));
}

/** The other half of the next wider network. */
function siblingOf({ address, length }: IpPrefix): IpPrefix {
  const { family, octets } = address;
  const bit = 1n << BigInt(octets.length * 8 - length);
  return { address: addressOfNumber(family, numberOf(address) ^ bit), length };
}

/** What a counterexample is to show: profiles, places of networks, and some addresses. */
const worlds = fc.tuple(snapshot, addressSpace).chain(([built, space]) =>
  fc.record({
    built: fc.constant(built),
    space: fc.constant(space),
    addresses: fc.array(addressIn(networksOf(space, built)), { minLength: 1, maxLength: 4 }),
  }),
);
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function open({ built, space, addresses }: World) {
  const [profile] = built.profiles;
  const table = leafTableOf(space, built);
  /** The client's own address, not the one that stands for its leaf. */
  const keyOf = (address: IpAddress, placedBy: Client["placedBy"] = "client"): string => {
    const { location } = clientAt(table, address);
    return candidatesKey(candidatesFor(built, profile!, { address: asLookedUp(address), location, placedBy }));
  };
  return {
    table,
    marks: landmarks(networksOf(space, built), addresses),
    keyOf,
    geography: createGeography(built, profile!, table),
  };
}

/** Of clients everywhere, whether their subnet or their resolver is there. */
function bothKeys(world: World): readonly string[] {
  const { marks, keyOf } = open(world);
  return marks.flatMap((address) => [keyOf(address), keyOf(address, "resolver")]);
}

describe("createGeography", () => {
  test("scopeOf spans addresses with the same ordered candidates alone", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { addresses } = world;
        const { table, marks, keyOf, geography } = open(world);
        const all = [...addresses, ...marks].map((address) => ({ address, key: keyOf(address) }));
        for (const { address, key } of all) {
          const scope = scopeAround(geography, table, address);
          const inside = all.filter((other) => prefixContains(scope, other.address));
          expect(new Set(inside.map((other) => other.key))).toEqual(new Set([key]));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("scopeOf is the widest such network: the next wider holds an address with other candidates", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { addresses } = world;
        const { table, marks, keyOf, geography } = open(world);
        for (const address of addresses) {
          const { length } = scopeAround(geography, table, address);
          // One family alone is never "everybody".
          if (length === 1 && spotOf(table, address).offset === 0 && !isUniform(bothKeys(world))) continue;
          // Nothing is wider; or within an IPv6 form of IPv4 addresses the scope ends where those begin.
          if (length === 0 || length === spotOf(table, address).offset) continue;
          const otherHalf = siblingOf(networkOf(address, length));
          const keys = [otherHalf.address, ...marks.filter((other) => prefixContains(otherHalf, other))].map((other) =>
            keyOf(other),
          );
          expect(keys.some((key) => key !== keyOf(address))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("scopes of two addresses are the same network or have nothing in common", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, geography } = open(world);
        const scopes = [...marks, ...world.addresses]
          .filter((address) => spotOf(table, address).offset === 0)
          .map((address) => scopeAround(geography, table, address));
        for (const [i, one] of scopes.entries()) {
          for (const other of scopes.slice(i + 1)) {
            const overlap = prefixContains(one, other.address) || prefixContains(other, one.address);
            expect(!overlap || formatIpPrefix(one) === formatIpPrefix(other)).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("classAndScopeOf tells the class of a client subnet, classOf that of a resolver", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, keyOf, geography } = open(world);
        for (const address of marks) {
          const { family, leaf } = spotOf(table, address);
          const client = geography.clientOf(Math.floor(geography.classAndScopeOf(family, leaf) / CLASS));
          expect(candidatesKey(candidatesFor(world.built, world.built.profiles[0]!, client))).toBe(keyOf(address));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("leastScope is 0 only where all clients are of one class, by their subnets and by their resolvers", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { geography } = open(world);
        expect(geography.leastScope()).toBe(isUniform(bothKeys(world)) ? 0 : 1);
      }),
      { numRuns: 100 },
    );
  });

  test("classOf is equal exactly where the ordered candidates are", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, keyOf, geography } = open(world);
        const classes = marks.map((address) => {
          const { family, leaf } = spotOf(table, address);
          return geography.classOf(family, leaf);
        });
        for (const [i, address] of marks.entries()) {
          const client = geography.clientOf(classes[i]!);
          const key = keyOf(address, "resolver");
          expect(candidatesKey(candidatesFor(world.built, world.built.profiles[0]!, client))).toBe(key);
          expect(classes.indexOf(classes[i]!)).toBe(marks.findIndex((other) => keyOf(other, "resolver") === key));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("scopes are the same in whatever order, and however often, addresses are asked for", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, geography } = open(world);
        const asked = marks.map((address) => formatIpPrefix(scopeAround(geography, table, address)));
        const { built } = world;
        const [profile] = built.profiles;
        // No budget at all: everything is forgotten after each answer, but for what the rooms keep.
        for (const rooms of [1, 4096]) {
          const budget = createCacheBudget(0);
          const forgetful = createGeography(built, profile!, table, createGeographyCaches(table, 1, budget, rooms));
          const backwards = marks.toReversed().map((address) => {
            budget.settle();
            return formatIpPrefix(scopeAround(forgetful, table, address));
          });
          expect(backwards.toReversed()).toEqual(asked);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("profiles of one geographyKey have the same classes and scopes, whatever they answer", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, geography } = open(world);
        const [profile] = world.built.profiles;
        // The same profile again at the end of the snapshot, with other names, addresses and weights.
        const first = world.built.endpoints.length;
        const endpoints = profile!.endpoints.map((endpoint, i) => ({
          ...endpoint,
          id: first + i,
          name: `other-${i}`,
          profile: world.built.profiles.length,
        }));
        const twin = { ...profile!, id: world.built.profiles.length, name: "twin", endpoints };
        const built = {
          ...world.built,
          profiles: [...world.built.profiles, twin],
          endpoints: [...world.built.endpoints, ...endpoints],
        };
        expect(geographyKey(built, twin)).toBe(geographyKey(built, profile!));
        const own = createGeography(built, twin, table);
        const seen = new Map<number, number>();
        for (const address of marks) {
          const { family, leaf } = spotOf(table, address);
          expect(own.scopeOf(family, leaf)).toBe(geography.scopeOf(family, leaf));
          const here = geography.classOf(family, leaf);
          const twins = own.classOf(family, leaf);
          expect(seen.get(here) ?? twins).toBe(twins);
          seen.set(here, twins);
        }
        expect(new Set(seen.values()).size).toBe(seen.size);
      }),
      { numRuns: 60 },
    );
  });

  const space = [
    ["10.0.0.0/8", "DE"],
    ["10.1.0.0/16", "FR"],
    ["10.128.0.0/9", "BR"],
    ["192.0.2.0/24", "DE"],
    ["2001:db8::/32", "BR"],
    ["2001:db8:1::/48", "FR"],
  ] as const;
  const european: ProfileSpec = {
    method: "geographic",
    endpoints: { eu: { regions: ["GEO-EU"] }, world: { regions: ["WORLD"] } },
  };
  test.for<[string, ProfileSpec, string, string]>([
    ["the whole space where the place cannot matter", { endpoints: { a: {} } }, "10.1.2.3", "0.0.0.0/0"],
    ["a country's network", european, "192.0.2.7", "192.0.2.0/24"],
    ["countries of one grouping as one", european, "10.1.2.3", "10.0.0.0/9"],
    ["what nobody knows together with what WORLD takes", european, "10.200.0.1", "10.128.0.0/9"],
    ["what nobody knows, as far as it goes", european, "11.0.0.1", "11.0.0.0/8"],
    ["an IPv6 network", european, "2001:db8:1::1", "2001:db8:1::/48"],
    ["IPv4 inside IPv6, from where it begins", european, "2002:c000:207::1", "2002:c000:200::/40"],
    ["IPv4 mapped into IPv6", european, "::ffff:192.0.2.7", "::ffff:192.0.2.0/120"],
    [
      "a network of an endpoint",
      { ...european, endpoints: { ...european.endpoints, office: { networks: ["10.20.0.0/16"] } } },
      "10.20.1.1",
      "10.20.0.0/16",
    ],
    [
      "what is around a network of an endpoint",
      { ...european, endpoints: { ...european.endpoints, office: { networks: ["10.20.0.0/16"] } } },
      "10.21.1.1",
      "10.21.0.0/16",
    ],
    [
      "all of a single endpoint's world",
      { method: "geographic", endpoints: { world: { regions: ["WORLD"] } } },
      "2001:db8::1",
      "::/0",
    ],
  ])("scopeOf spans %s", ([, profile, address, expected]) => {
    const built = snapshotOf({ profiles: { shop: profile } });
    const table = leafTableOf(space, built);
    const geography = createGeography(built, built.profiles[0]!, table);
    expect(formatIpPrefix(scopeAround(geography, table, ip(address)))).toBe(expected);
  });

  test("all is 0 where the place cannot matter", () => {
    const built = snapshotOf({ profiles: { shop: { endpoints: { a: {} } } } });
    const geography = createGeography(built, built.profiles[0]!, leafTableOf(space, built));
    const { placeMatters } = geography;
    expect({
      placeMatters,
      all: [geography.classOf(4, 3), geography.scopeOf(6, 3), geography.leastScope(), geography.classAndScopeOf(4, 3)],
    }).toEqual({ placeMatters: false, all: [0, 0, 0, 0] });
  });
});
