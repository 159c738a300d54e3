import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raisedScope } from "../../src/geo/find-leaf.ts";
import { candidatesFor, candidatesKey } from "../../src/routing/candidates.ts";
import { createGeography, type Geography } from "../../src/routing/geography.ts";
import type { LeafTable } from "../../src/routing/leaf-table.ts";
import { createScopeBudget } from "../../src/routing/scope-cache.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import {
  formatIpPrefix,
  networkOf,
  prefixContains,
  type IpAddress,
  type IpPrefix,
} from "../../src/shared/ip-address.ts";
import { addressIn, addressSpace, snapshot } from "../support/arbitraries.ts";
import { addressOfNumber, clientAt, leafTableOf, numberOf, spotOf } from "../support/leaf-tables.ts";
import { cidr, ip, snapshotOf, type ProfileSpec } from "../support/snapshot.ts";

/** The forms in which IPv6 carries an IPv4 address, and how far from the left its bits begin. */
const FORMS = [
  { network: "::ffff:0:0/96", at: 96, inverted: false },
  { network: "2002::/16", at: 16, inverted: false },
  { network: "2001::/32", at: 96, inverted: true },
  { network: "64:ff9b::/96", at: 96, inverted: false },
] as const;

/**
 * Addresses of every region of the address space: the first of each network that anything is said of and the first
 * behind it. Those of IPv4 also in each form that IPv6 has for them.
 */
function landmarks(networks: readonly string[]): readonly IpAddress[] {
  const edges = (family: 4 | 6, prefixes: readonly IpPrefix[]): readonly IpAddress[] => {
    const bits = family === 4 ? 32 : 128;
    const numbers = prefixes.flatMap(({ address, length }) => {
      const first = numberOf(address);
      return [first, (first + (1n << BigInt(bits - length))) % (1n << BigInt(bits))];
    });
    return [0n, ...numbers].map((value) => addressOfNumber(family, value));
  };
  const prefixes = networks.map(cidr);
  const ipv4 = edges(
    4,
    prefixes.filter(({ address }) => address.family === 4),
  );
  const ipv6 = edges(6, [
    ...prefixes.filter(({ address }) => address.family === 6),
    ...FORMS.map(({ network }) => cidr(network)),
  ]);
  return [...ipv4, ...ipv6, ...ipv4.flatMap((address) => FORMS.map((form) => insideOf(form, address)))];
}

function insideOf({ network, at, inverted }: (typeof FORMS)[number], { octets }: IpAddress): IpAddress {
  const address = ip(cidr(network).address.octets.length === 16 ? network.slice(0, network.indexOf("/")) : "::");
  address.octets.set(inverted ? octets.map((octet) => octet ^ 0xff) : octets, at / 8);
  return address;
}

function networksOf(space: readonly (readonly [string, string])[], { endpoints }: Snapshot): readonly string[] {
  return [...space.map(([network]) => network), ...endpoints.flatMap(({ networks }) => networks.map(formatIpPrefix))];
}

/** The network that an answer to this address says it holds for. */
function scopeAround(geography: Geography, table: LeafTable, address: IpAddress): IpPrefix {
  const spot = spotOf(table, address);
  return networkOf(address, raisedScope(geography.scopeOf(spot.family, spot.leaf), spot));
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

function open({ built, space }: World) {
  const [profile] = built.profiles;
  const table = leafTableOf(space, built);
  const keyOf = (address: IpAddress): string => candidatesKey(candidatesFor(built, profile!, clientAt(table, address)));
  return {
    table,
    marks: landmarks(networksOf(space, built)),
    keyOf,
    geography: createGeography(built, profile!, table),
  };
}

describe("createGeography", () => {
  test("scopeOf spans addresses with the same ordered candidates alone", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { addresses } = world;
        const { table, marks, keyOf, geography } = open(world);
        for (const address of [...addresses, ...marks]) {
          const scope = scopeAround(geography, table, address);
          const inside = [...marks, ...addresses].filter((other) => prefixContains(scope, other));
          expect(new Set(inside.map(keyOf))).toEqual(new Set([keyOf(address)]));
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
          // Within an IPv6 form of IPv4 addresses the scope ends where those begin.
          if (length === spotOf(table, address).offset) continue;
          const wider = networkOf(address, length - 1);
          const keys = marks.filter((other) => prefixContains(wider, other)).map(keyOf);
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

  test("classOf is equal exactly where the ordered candidates are", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { table, marks, keyOf, geography } = open(world);
        const classes = marks.map((address) => {
          const { family, leaf } = spotOf(table, address);
          return geography.classOf(family, leaf);
        });
        for (const [i, address] of marks.entries()) {
          expect(candidatesKey(geography.candidatesOf(classes[i]!))).toBe(keyOf(address));
          expect(classes.indexOf(classes[i]!)).toBe(marks.findIndex((other) => keyOf(other) === keyOf(address)));
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
        // One page for all caches: everything is forgotten again and again.
        const forgetful = createGeography(built, profile!, table, createScopeBudget(1));
        const backwards = marks.toReversed().map((address) => formatIpPrefix(scopeAround(forgetful, table, address)));
        expect(backwards.toReversed()).toEqual(asked);
      }),
      { numRuns: 100 },
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
});
