/**
 * How a profile divides the address space: the class of each leaf (which ordered candidates its clients have) and the
 * ECS scope around it. Worked out for a leaf when it is first asked for and kept: leaves are many and most are never
 * asked. Profiles that place their endpoints alike share one geography (`geographyKey`).
 */
import { createCacheBudget, type CacheBudget } from "./cache-budget.ts";
import { candidatesFor, candidatesKey, placeMatters, type Client } from "./candidates.ts";
import type { Leaves, LeafTable } from "./leaf-table.ts";
import { createPagedCache } from "./paged-cache.ts";
import { placeAt } from "./places.ts";
import { widestBlock } from "./scope.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

export interface Geography {
  /** Where not, there is one class and the scope is 0: the client need not be looked up. */
  readonly placeMatters: boolean;
  /**
   * The class of a leaf: a small number, equal exactly where the ordered candidates are. It is good until the budget
   * is renewed.
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
const MIXED = -2;

/** `budget` bounds what all geographies that share it keep. */
export function createGeography(
  snapshot: Snapshot,
  profile: Profile,
  table: LeafTable,
  budget: CacheBudget = createCacheBudget(),
): Geography {
  if (!placeMatters(snapshot, profile)) {
    return {
      placeMatters: false,
      classOf: () => 0,
      clientOf: () => placeAt(table.places, 0),
      scopeOf: () => 0,
      classAndScopeOf: () => 0,
    };
  }

  const classByKey = new Map<string, number>();
  /** The place that stands for each class. */
  const places: number[] = [];
  let round = budget.round;
  const classByPlace = createPagedCache(budget);
  const classOfPlace = (place: number): number => {
    if (round !== budget.round) {
      classByKey.clear();
      places.length = 0;
      ({ round } = budget);
    }
    const known = classByPlace.get(place);
    if (known !== undefined) return known;
    const klass = place === table.ipv4Inside ? classOfIpv4Inside() : classOfClients(place);
    classByPlace.set(place, place, klass);
    return klass;
  };
  const classOfClients = (place: number): number => {
    const key = candidatesKey(candidatesFor(snapshot, profile, placeAt(table.places, place)));
    let klass = classByKey.get(key);
    if (klass === undefined) {
      klass = places.push(place) - 1;
      classByKey.set(key, klass);
      budget.left -= 1 + key.length / 1024;
    }
    return klass;
  };
  /** No query finds such a leaf, but scopes around it must not reach across it unless all of IPv4 is of one class. */
  const classOfIpv4Inside = (): number => ((ipv4.bothAt(0) & (CLASS - 1)) === 0 ? ipv4.classAt(0) : MIXED);

  const family = (leaves: Leaves): { classAt: (leaf: number) => number; bothAt: (leaf: number) => number } => {
    const classAt = (leaf: number): number => classOfPlace(leaves.places[leaf]!);
    const known = createPagedCache(budget);
    return {
      classAt,
      bothAt(leaf) {
        const cached = known.get(leaf);
        if (cached !== undefined) return cached;
        const { first, last, length } = widestBlock(leaves, leaf, classAt);
        const both = classAt(leaf) * CLASS + length;
        known.set(first, last, both);
        return both;
      },
    };
  };
  const ipv4 = family(table.ipv4);
  const ipv6 = family(table.ipv6);
  const bothOf = (of: 4 | 6, leaf: number): number => (of === 4 ? ipv4 : ipv6).bothAt(leaf);
  return {
    placeMatters: true,
    classOf: (of, leaf) => (of === 4 ? ipv4 : ipv6).classAt(leaf),
    clientOf: (klass) => placeAt(table.places, places[klass]!),
    scopeOf: (of, leaf) => bothOf(of, leaf) & (CLASS - 1),
    classAndScopeOf: bothOf,
  };
}

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
