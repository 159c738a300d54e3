/**
 * Geographies against a model that knows no caches: class and scope of every leaf by definition, worked out beforehand.
 * Several geographies share caches with far too little room, forget at any time, and are asked in any order. Tables are
 * large enough for runs of leaves of all sizes.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { leafWriter } from "../../src/geo/leaf-writer.ts";
import { placeWriter } from "../../src/geo/place-writer.ts";
import { createCacheBudget } from "../../src/routing/cache-budget.ts";
import { candidatesFor, candidatesKey } from "../../src/routing/candidates.ts";
import { CLASS, createGeography, createGeographyCaches } from "../../src/routing/geography.ts";
import type { Leaves, LeafTable } from "../../src/routing/leaf-table.ts";
import { placeAt } from "../../src/routing/places.ts";
import { createChance, type Chance } from "../fuzz/chance.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { naiveScopes } from "../support/naive-scopes.ts";
import { snapshotOf } from "../support/snapshot.ts";

/** In three groupings. */
const COUNTRIES = ["DE", "FR", "US", "CA", "BR", "AR"];
/** Places of each country, which a profile may or may not tell apart. */
const PLACES_EACH = 12;

const built = snapshotOf({
  profiles: {
    near: { method: "performance", tolerance: 0, endpoints: { de: { at: "DE" }, us: { at: "US" }, br: { at: "BR" } } },
    regions: {
      method: "geographic",
      endpoints: { eu: { regions: ["GEO-EU"] }, us: { regions: ["US"] }, world: { regions: ["WORLD"] } },
    },
    european: { method: "geographic", endpoints: { eu: { regions: ["GEO-EU"] } } },
    nested: {
      method: "geographic",
      endpoints: { br: { regions: ["BR"] }, rest: { regions: ["WORLD"], nested: "near" } },
    },
    everybody: { method: "geographic", endpoints: { world: { regions: ["WORLD"] } } },
  },
});

interface Shape {
  readonly seed: number;
  /** Bits of the longest leaves, less one. */
  readonly depth: number;
  /** Bits of the networks that are of one country each. */
  readonly clumps: number;
  /** One leaf in so many is somewhere else. */
  readonly strangers: number;
}

/** Leaves of `depth` bits and up to four more or less: runs of them begin and end anywhere within a network. */
function leavesOf(
  words: 1 | 4,
  { depth: deepest, clumps, strangers }: Shape,
  chance: Chance,
  fixed: { readonly ipv4Inside: number; readonly known: readonly number[] },
): Leaves {
  const output = leafWriter(words, 2 ** (deepest + 2));
  const start = new Uint32Array(words);
  const visit = (depth: number, country: number): void => {
    if (words === 4 && depth === 5 && chance.below(8) === 0) return output.write(start, depth, fixed.ipv4Inside);
    const here = depth <= clumps ? chance.below(COUNTRIES.length) : country;
    if (depth > deepest || (depth > deepest - 4 && chance.below(4) === 0)) {
      const of = chance.below(strangers) === 0 ? chance.below(COUNTRIES.length) : here;
      return output.write(start, depth, fixed.known[of * PLACES_EACH + chance.below(PLACES_EACH)]!);
    }
    visit(depth + 1, here);
    start[0]! |= 0x80000000 >>> depth;
    visit(depth + 1, here);
    start[0]! &= ~(0x80000000 >>> depth);
  };
  visit(0, 0);
  return output.finish();
}

function tableOf(ipv4: Shape, ipv6: Shape): LeafTable {
  const places = placeWriter(() => 0);
  const ipv4Inside = places.register({ ...locationOf(""), source: "inside" }, 0, new Uint32Array(4), 6);
  const known = COUNTRIES.flatMap((country) =>
    Array.from({ length: PLACES_EACH }, (_, i) => {
      const location = locationOf(country, `${i}`);
      const point = location.point && { ...location.point, latitude: location.point.latitude + i / 4 };
      return places.register({ ...location, point }, 0, new Uint32Array(4), 4);
    }),
  );
  const [four, six] = [ipv4, ipv6].map((shape, i) => {
    const chance = createChance(shape.seed, i);
    return leavesOf(i === 0 ? 1 : 4, shape, chance, { ipv4Inside, known });
  });
  return { places: places.finish(), ipv4Inside, ipv4: four!, ipv6: six! };
}

/** Key of the candidates and scope of every leaf, by family. */
function modelOf(table: LeafTable, profile: number) {
  const count = table.places.country.length;
  const keys = Array.from({ length: count }, (_, place) =>
    candidatesKey(candidatesFor(built, built.profiles[profile]!, placeAt(table.places, place))),
  );
  const ipv4 = Array.from(table.ipv4.places, (place) => keys[place]!);
  // Addresses of IPv6 that are looked up as the IPv4 address inside are alike where all of IPv4 is.
  keys[table.ipv4Inside] = ipv4.every((key) => key === ipv4[0]) ? ipv4[0]! : "mixed";
  const ipv6 = Array.from(table.ipv6.places, (place) => keys[place]!);
  return {
    4: { keys: ipv4, scopes: naiveScopes(table.ipv4, ipv4) },
    6: { keys: ipv6, scopes: naiveScopes(table.ipv6, ipv6) },
  };
}

const shape = fc.record<Shape>({
  seed: fc.nat(),
  depth: fc.integer({ min: 3, max: 16 }),
  clumps: fc.nat({ max: 8 }),
  strangers: fc.constantFrom(3, 100, 3000, 1_000_000),
});

const worlds = fc.record({
  ipv4: shape,
  ipv6: shape,
  rooms: fc.constantFrom(1, 16, 256, 2 ** 16),
  /** KiB; a class takes less than a tenth. */
  budget: fc.constantFrom(0, 0.1, 0.3, 1000),
  /** For how many geographies the caches are made, though there are more. */
  expected: fc.constantFrom(1, built.profiles.length),
  order: fc.nat(),
});

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

const QUERIES = 150;

function ask({ ipv4, ipv6, rooms, budget: size, expected, order }: World): void {
  const table = tableOf(ipv4, ipv6);
  const budget = createCacheBudget(size);
  const caches = createGeographyCaches(table, expected, budget, rooms);
  const geographies = built.profiles.map((profile, id) => ({
    name: profile.name,
    geography: createGeography(built, profile, table, caches),
    model: modelOf(table, id),
    keyOf: (klass: number) =>
      klass === -1 ? "mixed" : candidatesKey(candidatesFor(built, profile, placeAt(table.places, klass))),
  }));
  const chance = createChance(order);
  let family: 4 | 6 = 4;
  let leaf = 0;
  for (let query = 0; query < QUERIES; query++) {
    budget.settle();
    // Of one query: a profile and those that it may lead on to.
    for (let lookup = chance.below(3); lookup >= 0; lookup--) {
      const { name, geography, model, keyOf } = chance.pick(geographies);
      const { count } = family === 4 ? table.ipv4 : table.ipv6;
      const both = geography.classAndScopeOf(family, leaf);
      const klass = chance.below(2) === 0 ? Math.floor(both / CLASS) : geography.classOf(family, leaf);
      const scope = chance.below(2) === 0 ? both & (CLASS - 1) : geography.scopeOf(family, leaf);
      const { keys, scopes } = model[family];
      const wanted = { name, family, leaf, key: keys[leaf], scope: scopes[leaf] };
      expect({ name, family, leaf, key: keyOf(klass), scope }).toEqual(wanted);
      if (chance.below(4) === 0) leaf = (leaf + 1) % count;
    }
    if (chance.below(3) === 0) continue;
    family = chance.below(2) === 0 ? 4 : 6;
    leaf = chance.below(family === 4 ? table.ipv4.count : table.ipv6.count);
  }
}

test("class and scope are what they are by definition, whatever is shared, forgotten, and asked in between", () => {
  fc.assert(fc.property(worlds, ask), { numRuns: 30 });
}, 60_000);
