/** What a geography keeps, and that it does nothing twice. */
import { describe, expect, test } from "vitest";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { allNetworks } from "../../src/geo/load-geo.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import { createCacheBudget, type CacheBudget, type Holder } from "../../src/routing/cache-budget.ts";
import { candidatesFor, candidatesKey } from "../../src/routing/candidates.ts";
import type { FixedCache, Owner } from "../../src/routing/fixed-cache.ts";
import { CLASS, createGeography, createGeographyCaches } from "../../src/routing/geography.ts";
import type { Leaves, LeafTable } from "../../src/routing/leaf-table.ts";
import { LONGEST_RUN as RUN } from "../../src/routing/place-runs.ts";
import { leafTableOf, locationOf, spotOf } from "../support/leaf-tables.ts";
import { cidr, ip, snapshotOf } from "../support/snapshot.ts";

/** The lower half of IPv4 in Germany, the upper half nobody knows where: 65,537 leaves. */
function halvedTable(): { readonly table: LeafTable; readonly halves: Leaves } {
  const table = leafTableOf([["10.0.0.0/8", "DE"]]);
  const [german, other] = ["10.0.0.0", "11.0.0.0"].map((text) => {
    const { leaf } = spotOf(table, ip(text));
    return table.ipv4.places[leaf]!;
  });
  // A network of 16 bits each, but the first is in halves: no network begins where a run of leaves does.
  const starts = Uint32Array.from({ length: 65_537 }, (_, leaf) => (leaf === 1 ? 0x8000 : Math.max(leaf - 1, 0) << 16));
  const halves: Leaves = {
    count: starts.length,
    starts: [starts],
    lengths: new Uint8Array(starts.length).fill(16).fill(17, 0, 2),
    places: starts.map((start) => (start < 0x80000000 ? german! : other!)),
    index: starts,
  };
  return { table, halves };
}

test("orders a place's candidates once for each geography, however many leaves are asked, and how often", () => {
  const countries = ["DE", "FR", "BR", "US", "JP", "ZA"];
  const space = Array.from({ length: 256 }, (_, i) => [`10.${i}.0.0/16`, countries[(i * i) % 6]!] as const);
  const wide = leafTableOf(space);
  const places = 8;
  const table: LeafTable = {
    ...wide,
    places: { ...wide.places, country: wide.places.country.subarray(0, places) },
    ipv4: { ...wide.ipv4, places: wide.ipv4.places.map((place) => place % places) },
  };
  let orderings = 0;
  const endpoints = { eu: { at: "DE" }, us: { at: "US" }, asia: { at: "JP" } };
  const built = snapshotOf({ profiles: { p: { method: "performance", endpoints } } });
  const profile = {
    ...built.profiles[0]!,
    get method() {
      orderings++;
      return "performance" as const;
    },
  };
  // Rooms for all places, and for a tenth of the leaves.
  const caches = createGeographyCaches(table, 20, createCacheBudget(), 512);
  const geographies = Array.from({ length: 20 }, () => createGeography(built, profile, table, caches));
  orderings = 0;
  for (let round = 0; round < 5; round++) {
    for (const geography of geographies) {
      caches.budget.settle();
      for (let leaf = 0; leaf < table.ipv4.count; leaf++) geography.classAndScopeOf(4, leaf);
    }
  }
  expect(orderings).toBeGreaterThan(20);
  expect(orderings).toBeLessThanOrEqual(20 * places);
});

test("takes of the budget what it keeps: an entry and a key for each class, for as long as it keeps them", () => {
  const endpoints = { de: { regions: ["DE"] }, fr: { regions: ["FR"] }, world: { regions: ["WORLD"] } };
  const built = snapshotOf({ profiles: { p: { method: "geographic", endpoints } } });
  const table = leafTableOf([
    ["10.0.0.0/8", "DE"],
    ["11.0.0.0/8", "FR"],
    ["12.0.0.0/8", "DE"],
    ["13.0.0.0/8", "DE-BY"],
  ]);
  const keys = ["DE", "FR", "BR"].map((code) =>
    candidatesKey(
      candidatesFor(built, built.profiles[0]!, {
        address: ip("10.0.0.1"),
        location: locationOf(code),
        placedBy: "client" as const,
      }),
    ),
  );
  const octets = keys.reduce((sum, key) => sum + 64 + key.length, 0);
  let taken = 0;
  let held: Holder | undefined;
  const budget: CacheBudget = {
    take(holder, amount) {
      taken += amount * 1024;
      held = holder;
    },
    giveBack: () => expect.unreachable(),
    settle: () => expect.unreachable(),
  };
  const geography = createGeography(built, built.profiles[0]!, table, createGeographyCaches(table, 1, budget));
  const askAll = (): void => {
    for (let leaf = 0; leaf < table.ipv4.count; leaf++) geography.classOf(4, leaf);
  };
  for (let time = 0; time < 2; time++) askAll();
  expect(taken).toBeCloseTo(octets);
  held!.forget();
  askAll();
  expect(taken).toBeCloseTo(2 * octets);
});

describe("the class of who asks from a private address himself", () => {
  const endpoints = { de: { regions: ["DE"] }, world: { regions: ["WORLD"] } };
  const built = snapshotOf({ profiles: { p: { method: "geographic", endpoints } } });
  const german = { prefix: cidr("192.0.2.0/24"), location: locationOf("DE") };
  const table = buildLeafTable([], networkTree([german, ...allNetworks(built)]));
  const leafOf = (address: string): number => spotOf(table, ip(address)).leaf;

  test("is worked out once", () => {
    let orderings = 0;
    const profile = {
      ...built.profiles[0]!,
      get method() {
        orderings++;
        return "geographic" as const;
      },
    };
    const geography = createGeography(built, profile, table);
    orderings = 0;
    for (let time = 0; time < 10; time++) geography.classOf(4, leafOf("10.1.2.3"));
    expect(orderings).toBe(1);
  });

  test("is that of others with the same candidates, also after all is forgotten", () => {
    const budget = createCacheBudget(0);
    const geography = createGeography(built, built.profiles[0]!, table, createGeographyCaches(table, 1, budget));
    for (const addresses of [
      ["10.1.2.3", "198.51.100.1"],
      ["198.51.100.1", "10.1.2.3"],
    ]) {
      budget.settle();
      const [first, second] = addresses.map((address) => geography.classOf(4, leafOf(address)));
      expect(first).toBe(second);
      expect(first).not.toBe(geography.classOf(4, leafOf("192.0.2.1")));
    }
  });
});

test("createGeographyCaches has room for all geographies, as far as it goes", () => {
  const table = leafTableOf([["10.0.0.0/8", "DE"]]);
  // Numbers of leaves and places that are powers of two when all are counted, so that one more would not fit.
  const of = (leaves: Leaves, count: number): Leaves => ({ ...leaves, count });
  const places = { ...table.places, country: new Uint32Array(1) };
  const few: LeafTable = { ...table, places, ipv4: of(table.ipv4, 24), ipv6: of(table.ipv6, 40) };
  const many: LeafTable = { ...table, places, ipv4: of(table.ipv4, 8 * RUN), ipv6: of(table.ipv6, 6 * RUN + 1) };
  const lost = (cache: FixedCache, counts: readonly number[]): number => {
    const owners = counts.map((count) => ({ count, owner: cache.ownerOf(count) }));
    const each = (visit: (owner: Owner, index: number) => void): void => {
      for (const { count, owner } of owners) for (let index = 0; index < count; index++) visit(owner, index);
    };
    let missing = 0;
    each((owner, index) => owner.set(index, 1));
    each((owner, index) => (missing += owner.get(index) === undefined ? 1 : 0));
    return missing;
  };
  const leaves = (rooms?: number) => createGeographyCaches(few, 2, createCacheBudget(), rooms).leaves;
  const dear = (rooms?: number) => createGeographyCaches(many, 2, createCacheBudget(), rooms).dear;
  // Of each geography a number for each leaf; and one for each place and each of the longest runs.
  expect(lost(leaves(), [24, 40, 24, 40])).toBe(0);
  expect(lost(leaves(), [24, 40, 24, 40, 1])).toBe(1);
  expect(lost(dear(), [1, 8, 7, 1, 8, 7])).toBe(0);
  expect(lost(dear(), [1, 8, 7, 1, 8, 7, 1])).toBe(1);
  expect(lost(leaves(64), [24, 40, 24, 40])).toBe(64);
  expect(lost(dear(16), [1, 8, 7, 1, 8, 7])).toBe(16);
});

test("scopes of tens of thousands of leaves end where they end, also between runs of leaves", () => {
  const built = snapshotOf({
    profiles: { p: { method: "geographic", endpoints: { de: { regions: ["DE"] }, world: { regions: ["WORLD"] } } } },
  });
  const { table, halves: ipv4 } = halvedTable();
  const starts = ipv4.starts[0]!;
  const geography = createGeography(built, built.profiles[0]!, { ...table, ipv4 });
  const asked = [65_536, 0, 1, 16_384, 32_767, 32_768, 32_769, 49_152, 49_153];
  for (const leaf of [...asked, ...asked.toReversed()]) {
    const half = starts[leaf]! < 0x80000000 ? 0 : 32_769;
    expect(geography.scopeOf(4, leaf)).toBe(1);
    expect(geography.classOf(4, leaf)).toBe(geography.classOf(4, half));
    expect(Math.floor(geography.classAndScopeOf(4, leaf) / CLASS)).toBe(geography.classOf(4, leaf));
  }
  expect(geography.classOf(4, 0)).not.toBe(geography.classOf(4, 65_536));
});

test("scopes are worked out once for the longest runs of leaves, and for each leaf between them", () => {
  const endpoints = { de: { regions: ["DE"] }, world: { regions: ["WORLD"] } };
  const built = snapshotOf({ profiles: { p: { method: "geographic", endpoints } } });
  const { table, halves } = halvedTable();
  let walks = 0;
  const ipv4: Leaves = {
    ...halves,
    get lengths() {
      walks++;
      return halves.lengths;
    },
  };
  const geography = createGeography(built, built.profiles[0]!, { ...table, ipv4 });
  const walksFor = (leaves: readonly number[]): number => {
    walks = 0;
    for (const leaf of leaves) expect(geography.scopeOf(4, leaf)).toBe(1);
    return walks;
  };
  expect(walksFor([RUN, 0, 5, 2 * RUN - 1, 20_000])).toBe(1);
  expect(walksFor([3 * RUN, 60_000, 4 * RUN - 1])).toBe(1);
  // The run in which the halves meet, and the last leaf of all.
  const between = [2 * RUN, 2 * RUN + 1, 3 * RUN - 1, 4 * RUN];
  expect(walksFor(between)).toBe(between.length);
  expect(walksFor([0, RUN, 3 * RUN, ...between])).toBe(0);
});
