/**
 * How a profile divides the address space: the class of each leaf (which ordered candidates its clients have) and the
 * ECS scope around it. Worked out for a leaf when it is asked for: leaves are many and most are never asked. What takes
 * long, the candidates of a place, is kept. Profiles that place their endpoints alike share one geography
 * (`geographyKey`). A sticky profile is one in which every place matters: its clients are told apart by their addresses.
 *
 *   leaves, in address order   │ 5.0/16 │ 5.1/16 │ 5.2/15 │ 5.4/14      │ …     find-leaf.ts: address → leaf
 *   place of each              │ DE     │ DE-BY  │ FR     │ DE          │       places.ts: what is known of its clients
 *   class of each              │ 1      │ 1      │ 3      │ 1           │       a place with the same candidates
 *   scope of each              │ /15    │ /15    │ /15    │ /14         │       scope.ts: grown while the class is the same
 *
 *   query for 5.1.2.3 ─► leaf 5.1/16 ─► `leaves` cache: class and scope in one number
 *                          │ not there: `dear` cache by run (16,384 leaves that one scope holds); else the scope is grown:
 *                          │ the other half of 5.0/15 is leaf 5.0/16, place DE, class 1: alike, so /15 at least;
 *                          │ the other half of 5.0/14 is leaf 5.2/15, place FR, class 3: no, so the scope is /15.
 *                          │ Over long distances place-runs.ts names the distinct places of 64, 1024 or 16,384 leaves.
 *                          └► class of a place: `dear` cache by place; else its candidates, and the first place that
 *                             had the same (`candidatesKey`) stands for the class.
 */
import { createCacheBudget, type CacheBudget } from "./cache-budget.ts";
import { candidatesFor, candidatesKey, placeMatters } from "./candidates.ts";
import { createFixedCache, type FixedCache } from "./fixed-cache.ts";
import { profilesWithin } from "./in-service.ts";
import type { Leaves, LeafTable } from "./leaf-table.ts";
import { orderingOf, type Client } from "./order.ts";
import { createPlaceRuns, LONGEST_RUN, type PlaceRuns } from "./place-runs.ts";
import { placeAt } from "./places.ts";
import { widestBlock } from "./scope.ts";
import type { Profile, Snapshot } from "./snapshot.ts";
import { stickyWithin } from "./sticky-prefix.ts";
import { rangeContains } from "../shared/ip-range.ts";

export interface Geography {
  /** Where not, there is one class and the scope is 0: the client need not be looked up. */
  readonly placeMatters: boolean;
  /**
   * The class of who asks from a leaf himself: a number that is equal exactly where the ordered candidates are, and stands for one of its
   * places. After the geography has forgotten, another place may stand for the class; what `clientOf` gives for either is
   * right for good.
   */
  classOf(family: 4 | 6, leaf: number): number;
  /** A client of the class: its candidates are those of all clients of the class. */
  clientOf(clientClass: number): Client;
  /**
   * Bits of the widest network around a leaf that is of one class, and no wider than the prefix of a sticky profile: the
   * ECS scope, where that is not 0.
   */
  scopeOf(family: 4 | 6, leaf: number): number;
  /**
   * The scope where a whole family is of one class: 0 only if the other is of the same, since resolvers may take 0 as
   * "for everybody", whatever the family (PowerDNS Recursor does).
   */
  leastScope(): number;
  /**
   * The class that a client subnet has, `RESOLVERS` where it has none of its own, and the scope, in one number from one
   * place in memory: class × `CLASS` + scope.
   */
  classAndScopeOf(family: 4 | 6, leaf: number): number;
}

export const CLASS = 256;

/** The class of leaves whose addresses are in several classes. */
const MIXED = -1;
/**
 * The class of private client subnets that no network of the configuration holds. RFC 7871 section 10: the server
 * "SHOULD ignore ADDRESS and look up its answer based on the address of the Recursive Resolver".
 */
export const RESOLVERS = -2;

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
  const count = table.places.country.length;
  /** A class is the number of a place, for clients whose subnet is there, or that and `count`, for those of resolvers there. */
  const clientOf = (clientClass: number): Client =>
    clientClass < count
      ? placeAt(table.places, clientClass, "client")
      : placeAt(table.places, clientClass - count, "resolver");
  const sticky = stickyWithin(snapshot, profile);
  if (sticky === undefined && !placeMatters(snapshot, profile)) {
    const nought = (): number => 0;
    return {
      placeMatters: false,
      classOf: nought,
      clientOf,
      scopeOf: nought,
      leastScope: nought,
      classAndScopeOf: nought,
    };
  }

  const { isPrivate } = table.places;
  const orderings = profilesWithin(snapshot, profile).map((within) => orderingOf(snapshot, within));
  /** Whether a rule is for all of whom only the resolver is known: these have classes of their own. */
  const tellsResolvers = orderings.some(({ fences }) => fences.some(({ clients }) => clients.resolverOnly));
  const classByPlace = caches.dear.ownerOf(tellsResolvers ? 2 * count : count);
  const classByKey = new Map<string, number>();
  /** The classes of private places as those of resolvers that are there; few. */
  const ownClasses = new Map<number, number>();
  /** All at once: while one place is known to stand for a class, no other may. */
  const holder = {
    forget(): void {
      classByKey.clear();
      classByPlace.clear();
      ownClasses.clear();
    },
  };
  /** The class of client subnets at a place: private ones that nobody has placed are their resolver's. */
  const classOfPlace = (place: number): number => {
    let found = classByPlace.get(place);
    if (found === undefined) {
      found = findClass(place);
      classByPlace.set(place, found);
    }
    return found;
  };
  const findClass = (place: number): number => {
    if (place === table.ipv4Inside) return classOfIpv4Inside();
    if (isPrivate[place] === 1 && !isPlaced(place) && !isUniform()) return RESOLVERS;
    return classOfClients(place);
  };
  const classOfClients = (asker: number): number => {
    const key = candidatesKey(candidatesFor(snapshot, profile, clientOf(asker)));
    const found = classByKey.get(key);
    if (found !== undefined) return found;
    classByKey.set(key, asker);
    caches.budget.take(holder, (ENTRY_SIZE + key.length) / 1024);
    return asker;
  };
  /** No query finds such a leaf, but scopes around it must not reach across it unless all of IPv4 is of one class. */
  const classOfIpv4Inside = (): number =>
    sticky === undefined && widestBlock(caches.ipv4, 0, classOfPlace).length === 0
      ? classOfPlace(table.ipv4.places[0]!)
      : MIXED;

  /** The class of clients that are known to be at a place. */
  const classOfKnown = (place: number): number => {
    if (isPrivate[place] !== 1) return classOfPlace(place);
    let found = ownClasses.get(place);
    if (found === undefined) {
      found = classOfClients(place);
      ownClasses.set(place, found);
    }
    return found;
  };

  const classOfResolvers = (place: number): number => {
    let found = classByPlace.get(count + place);
    if (found === undefined) {
      found = classOfClients(count + place);
      classByPlace.set(count + place, found);
    }
    return found;
  };
  /** The class of who asks from a place himself. */
  const ownClassOf = tellsResolvers ? classOfResolvers : classOfKnown;

  const networks = orderings.flatMap(({ placements }) => placements.flatMap(({ placement }) => placement.networks));
  /** Whether one of the endpoints' `networks` holds the place. */
  const isPlaced = (place: number): boolean => {
    const { address } = clientOf(place);
    return networks.some((network) => rangeContains(network, address));
  };

  let uniform: boolean | undefined;
  /** Whether all clients of both families get the same, wherever they and their resolvers are. */
  const isUniform = (): boolean => (uniform ??= sticky === undefined && findUniform());
  const findUniform = (): boolean => {
    const wanted = ownClassOf(table.ipv4.places[0]!);
    const classOf = (place: number): number => {
      if (place === table.ipv4Inside) return wanted;
      const own = ownClassOf(place);
      return tellsResolvers && own !== classOfKnown(place) ? MIXED : own;
    };
    // Else all of IPv4 would be as mixed, and so of one class.
    if (classOf(table.ipv4.places[0]!) === MIXED) return false;
    // IPv4 addresses are a part of IPv6: it is of one class only if that is theirs.
    return widestBlock(caches.ipv4, 0, classOf).length === 0 && widestBlock(caches.ipv6, 0, classOf).length === 0;
  };

  /** `prefix`: bits of an address that the answer depends on beside its class. */
  const family = (runs: PlaceRuns, prefix: number): { classAt(leaf: number): number; bothAt(leaf: number): number } => {
    const { leaves } = runs;
    const byLeaf = caches.leaves.ownerOf(leaves.count);
    const byRun = caches.dear.ownerOf(runsOf(leaves));
    const blockAround = (leaf: number): number => {
      const leafClass = classOfPlace(leaves.places[leaf]!);
      // Where the resolver's address decides, no bit of this one does.
      const shortest = leafClass === RESOLVERS ? 0 : prefix;
      const { first, last, length } = widestBlock(runs, leaf, classOfPlace, shortest);
      const both = leafClass * CLASS + Math.max(length, shortest);
      const end = Math.floor((last + 1) / LONGEST_RUN);
      for (let run = Math.ceil(first / LONGEST_RUN); run < end; run++) byRun.set(run, both);
      return both;
    };
    return {
      classAt: (leaf) => ownClassOf(leaves.places[leaf]!),
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
  const ipv4 = family(caches.ipv4, sticky?.ipv4 ?? 0);
  const ipv6 = family(caches.ipv6, sticky?.ipv6 ?? 0);
  const bothOf = (of: 4 | 6, leaf: number): number => (of === 4 ? ipv4 : ipv6).bothAt(leaf);
  return {
    placeMatters: true,
    classOf: (of, leaf) => (of === 4 ? ipv4 : ipv6).classAt(leaf),
    clientOf,
    scopeOf: (of, leaf) => bothOf(of, leaf) & (CLASS - 1),
    leastScope: () => (isUniform() ? 0 : 1),
    classAndScopeOf: bothOf,
  };
}

/** Octets of a class and the head of its key in a map, about. */
const ENTRY_SIZE = 64;

/**
 * Equal for profiles whose candidates are the same positions for every client, so that they can share classes and
 * scopes: the JSON of exactly what the order of each depends on, and of which of them is nested where.
 */
export function geographyKey(snapshot: Snapshot, profile: Profile): string {
  const within = profilesWithin(snapshot, profile);
  const indexOf = new Map(within.map(({ id }, index) => [id, index]));
  return JSON.stringify(
    [
      stickyWithin(snapshot, profile),
      within.map((at) => {
        const ordering = orderingOf(snapshot, at);
        const nested = ordering.placements.map(({ position }) => {
          const { target } = at.endpoints[position]!;
          return target.kind === "profile" ? (indexOf.get(target.profile) ?? "out of service") : undefined;
        });
        return [ordering, nested];
      }),
    ],
    // A rule's number says for which clients it is: own networks are too many to repeat for each profile.
    (key, value: unknown) => (key === "clients" ? undefined : value),
  );
}
