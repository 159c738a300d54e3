/**
 * One profile's view of the leaf table: the class of each leaf (which ordered candidates its clients have) and the ECS
 * scope around it. Worked out for a leaf when it is first asked for and kept: leaves are many and most are never asked.
 */
import { candidatesFor, candidatesKey, placeMatters, type Candidates, type Client } from "./candidates.ts";
import type { Leaves, LeafTable } from "./leaf-table.ts";
import { createScopeBudget, createScopeCache, type ScopeBudget } from "./scope-cache.ts";
import { widestBlock } from "./scope.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

export interface Geography {
  /** The class of a leaf: a small number, equal exactly where the ordered candidates are. */
  classOf(family: 4 | 6, leaf: number): number;
  candidatesOf(klass: number): Candidates;
  /** The ECS scope of a leaf, in bits. */
  scopeOf(family: 4 | 6, leaf: number): number;
}

const UNKNOWN = -1;
/** Of leaves whose addresses are in several classes. */
const MIXED = -2;

/** `budget` bounds what all geographies that share it keep of scopes. */
export function createGeography(
  snapshot: Snapshot,
  profile: Profile,
  table: LeafTable,
  budget: ScopeBudget = createScopeBudget(),
): Geography {
  const classes: Candidates[] = [];
  if (!placeMatters(snapshot, profile)) {
    classes.push(candidatesFor(snapshot, profile, table.places[0]!));
    return { classOf: () => 0, candidatesOf: (klass) => classes[klass]!, scopeOf: () => 0 };
  }

  const classByKey = new Map<string, number>();
  const classByPlace = new Int32Array(table.places.length).fill(UNKNOWN);
  const classOfPlace = (place: number): number => {
    const known = classByPlace[place]!;
    if (known !== UNKNOWN) return known;
    const klass = place === table.ipv4Inside ? classOfIpv4Inside() : classOfClient(table.places[place]!);
    classByPlace[place] = klass;
    return klass;
  };
  const classOfClient = (client: Client): number => {
    const candidates = candidatesFor(snapshot, profile, client);
    const key = candidatesKey(candidates);
    let klass = classByKey.get(key);
    if (klass === undefined) {
      klass = classes.push(candidates) - 1;
      classByKey.set(key, klass);
    }
    return klass;
  };
  /** No query finds such a leaf, but scopes around it must not reach across it unless all of IPv4 is of one class. */
  const classOfIpv4Inside = (): number => (ipv4.scopeAt(0) === 0 ? ipv4.classAt(0) : MIXED);

  const family = (leaves: Leaves): { classAt: (leaf: number) => number; scopeAt: (leaf: number) => number } => {
    const classAt = (leaf: number): number => classOfPlace(leaves.places[leaf]!);
    const scopes = createScopeCache(budget);
    return {
      classAt,
      scopeAt(leaf) {
        const known = scopes.get(leaf);
        if (known !== undefined) return known;
        const { first, last, length } = widestBlock(leaves, leaf, classAt);
        scopes.set(first, last, length);
        return length;
      },
    };
  };
  const ipv4 = family(table.ipv4);
  const ipv6 = family(table.ipv6);
  return {
    classOf: (of, leaf) => (of === 4 ? ipv4 : ipv6).classAt(leaf),
    candidatesOf: (klass) => classes[klass]!,
    scopeOf: (of, leaf) => (of === 4 ? ipv4 : ipv6).scopeAt(leaf),
  };
}
