/**
 * How a profile divides the address space: the class of each leaf (which ordered candidates its clients have) and the
 * ECS scope around it. Worked out for a leaf when it is asked for: leaves are many and most are never asked. What takes
 * long, the candidates of a place, is kept. Profiles that place their endpoints alike share one geography
 * (`geographyKey`).
 */
import { createCacheBudget, type CacheBudget } from "./cache-budget.ts";
import { candidatesFor, candidatesKey, placeMatters, type Client } from "./candidates.ts";
import { createFixedCache, type FixedCache } from "./fixed-cache.ts";
import type { Leaves, LeafTable } from "./leaf-table.ts";
import { createPlaceRuns, LONGEST_RUN, type PlaceRuns } from "./place-runs.ts";
import { placeAt } from "./places.ts";
import { widestBlock } from "./scope.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

export interface Geography {
  /** Where not, there is one class and the scope is 0: the client need not be looked up. */
  readonly placeMatters: boolean;
  /**
   * The class of a leaf: the number of one of its places, equal exactly where the ordered candidates are. After the
   * geography has forgotten, another place may stand for the class; what `clientOf` gives for either is right for good.
   */
  classOf(family: 4 | 6, leaf: number): number;
  /** A client of the class: its candidates are those of all clients of the class. */
  clientOf(klass: number): Client;
  /** The ECS scope of a leaf, in bits. */
  scopeOf(family: 4 | 6, leaf: number): number;
  /** Both in one number, from one place in memory: class × `CLASS` + scope. */
  classAndScopeOf(family: 4 | 6, leaf: number): number;
}

export const CLASS = 256;

/** Of leaves whose addresses are in several classes. */
const MIXED = -1;

/** What the geographies of one worker share, so that its memory has a bound however many there are. */
export interface GeographyCaches {
  readonly budget: CacheBudget;
  /** Class by place, and class and scope of the longest runs of leaves: what is dear. */
  readonly dear: FixedCache;
  /** Class and scope by leaf. */
  readonly leaves: FixedCache;
  readonly ipv4: PlaceRuns;
  readonly ipv6: PlaceRuns;
}

/**
 * Rooms of each fixed cache, 16 MiB: all leaves of a country database, or its places for 8,000 geographies. Behind the
 * one for leaves is a walk of a microsecond, so it serves the leaves that are asked again and again.
 */
const ROOMS = 2 ** 21;

export function createGeographyCaches(
  table: LeafTable,
  geographies: number,
  budget: CacheBudget = createCacheBudget(),
  rooms: number = ROOMS,
): GeographyCaches {
  const places = table.places.country.length;
  return {
    budget,
    dear: createFixedCache(geographies * (places + runsOf(table.ipv4) + runsOf(table.ipv6)), rooms),
    leaves: createFixedCache(geographies * (table.ipv4.count + table.ipv6.count), rooms),
    ipv4: createPlaceRuns(table.ipv4, places),
    ipv6: createPlaceRuns(table.ipv6, places),
  };
}

function runsOf({ count }: Leaves): number {
  return Math.ceil(count / LONGEST_RUN);
}

export function createGeography(
  snapshot: Snapshot,
  profile: Profile,
  table: LeafTable,
  caches: GeographyCaches = createGeographyCaches(table, 1),
): Geography {
  const clientOf = (place: number): Client => placeAt(table.places, place);
  if (!placeMatters(snapshot, profile)) {
    return { placeMatters: false, classOf: () => 0, clientOf, scopeOf: () => 0, classAndScopeOf: () => 0 };
  }

  const classByPlace = caches.dear.ownerOf(table.places.country.length);
  const classByKey = new Map<string, number>();
  /** Both at once: while one place is known to stand for a class, no other may. */
  const holder = {
    forget(): void {
      classByKey.clear();
      classByPlace.clear();
    },
  };
  const classOfPlace = (place: number): number => {
    let klass = classByPlace.get(place);
    if (klass === undefined) {
      klass = place === table.ipv4Inside ? classOfIpv4Inside() : classOfClients(place);
      classByPlace.set(place, klass);
    }
    return klass;
  };
  const classOfClients = (place: number): number => {
    const key = candidatesKey(candidatesFor(snapshot, profile, clientOf(place)));
    const klass = classByKey.get(key);
    if (klass !== undefined) return klass;
    classByKey.set(key, place);
    caches.budget.take(holder, (ENTRY_SIZE + key.length) / 1024);
    return place;
  };
  /** No query finds such a leaf, but scopes around it must not reach across it unless all of IPv4 is of one class. */
  const classOfIpv4Inside = (): number =>
    widestBlock(caches.ipv4, 0, classOfPlace).length === 0 ? classOfPlace(table.ipv4.places[0]!) : MIXED;

  const family = (runs: PlaceRuns): { classAt(leaf: number): number; bothAt(leaf: number): number } => {
    const { leaves } = runs;
    const byLeaf = caches.leaves.ownerOf(leaves.count);
    const byRun = caches.dear.ownerOf(runsOf(leaves));
    const classAt = (leaf: number): number => classOfPlace(leaves.places[leaf]!);
    const blockAround = (leaf: number): number => {
      const { first, last, length } = widestBlock(runs, leaf, classOfPlace);
      const both = classAt(leaf) * CLASS + length;
      const end = Math.floor((last + 1) / LONGEST_RUN);
      for (let run = Math.ceil(first / LONGEST_RUN); run < end; run++) byRun.set(run, both);
      return both;
    };
    return {
      classAt,
      bothAt(leaf) {
        let both = byLeaf.get(leaf);
        if (both === undefined) {
          both = byRun.get(Math.floor(leaf / LONGEST_RUN)) ?? blockAround(leaf);
          byLeaf.set(leaf, both);
        }
        return both;
      },
    };
  };
  const ipv4 = family(caches.ipv4);
  const ipv6 = family(caches.ipv6);
  const bothOf = (of: 4 | 6, leaf: number): number => (of === 4 ? ipv4 : ipv6).bothAt(leaf);
  return {
    placeMatters: true,
    classOf: (of, leaf) => (of === 4 ? ipv4 : ipv6).classAt(leaf),
    clientOf,
    scopeOf: (of, leaf) => bothOf(of, leaf) & (CLASS - 1),
    classAndScopeOf: bothOf,
  };
}

/** Octets of a class and the head of its key in a map, about. */
const ENTRY_SIZE = 64;

/**
 * Equal for profiles whose candidates are the same positions for every client: same method, and endpoint by endpoint
 * the same place, regions, networks, rank and nesting. Their classes and scopes are the same, so they share them.
 */
export function geographyKey(snapshot: Snapshot, profile: Profile): string {
  const parts = (at: Profile): unknown => [
    at.method,
    at.tolerance,
    at.whenRegionDown,
    at.enabled,
    at.endpoints.map(({ enabled, point, regions, networks, priority, target }) => [
      enabled,
      point,
      regions,
      networks.map(({ address, length }) => [address.octets.join("."), length]),
      priority,
      target.kind === "profile" ? parts(snapshot.profiles[target.profile]!) : undefined,
    ]),
  ];
  return JSON.stringify(parts(profile));
}
