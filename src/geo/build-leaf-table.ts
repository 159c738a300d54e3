/**
 * Databases and configured networks merged into one leaf table, by walking all their trees in step. A place comes from
 * the longest own network, else the first database that knows the country, else the first that knows anything. Siblings
 * at the same place become one leaf.
 */
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import type { Location } from "../routing/snapshot.ts";
import { DamagedDatabase } from "./damaged-database.ts";
import { leafWriter } from "./leaf-writer.ts";
import type { NetworkTree } from "./network-tree.ts";
import type { Database } from "./open-database.ts";
import { placeWriter, type PlaceWriter } from "./place-writer.ts";
import type { SearchTree } from "./search-tree.ts";

const NOWHERE: Location = {
  country: undefined,
  subdivisions: [],
  grouping: undefined,
  point: undefined,
  source: "no database or network knows the address",
};

const IPV4_INSIDE: Location = { ...NOWHERE, source: "looked up as the IPv4 address inside" };

/** Throws `DamagedDatabase` where only the walk shows that a file is damaged. */
export function buildLeafTable(databases: readonly Database[], networks: NetworkTree): LeafTable {
  const places = placeWriter();
  const ipv4Inside = places.register(IPV4_INSIDE, 0, new Uint32Array(4), 6);
  const ipv4 = walk(databases, networks, 4, places, ipv4Inside);
  const ipv6 = walk(databases, networks, 6, places, ipv4Inside);
  return { places: places.finish(), ipv4Inside, ipv4, ipv6 };
}

function walk(
  all: readonly Database[],
  networks: NetworkTree,
  family: 4 | 6,
  places: PlaceWriter,
  ipv4Inside: number,
): Leaves {
  const databases = all.filter(({ tree }) => family === 4 || tree.ipv6Root !== undefined);
  const trees = databases.map(({ tree }) => tree);
  const count = trees.length;
  const nodeCounts = Uint32Array.from(trees, ({ nodeCount }) => nodeCount);
  const bits = family === 4 ? 32 : 128;
  // No two trees need share a branch, and every branch adds one leaf.
  const mostLeaves = trees.reduce((sum, { nodeCount }) => sum + nodeCount, networks.size) + 1;
  const output = leafWriter(family === 4 ? 1 : 4, mostLeaves);
  const start = new Uint32Array(bits / 32);
  /** The way down through all trees: at `depth * count + i` the node of tree i. */
  const way = new Uint32Array((bits + 1) * count);
  /** Branches of each tree that have been walked. */
  const walked = new Uint32Array(count);

  /** A tree whose nodes point backwards would be walked for ever. */
  const countBranch = (i: number): void => {
    if (++walked[i]! > nodeCounts[i]!) throw new DamagedDatabase(databases[i]!.file, "its search tree has a loop");
  };
  /** In an IPv6 tree IPv4 lies in ::/96, which is no form of IPv4 addresses in IPv6 any more (RFC 4291 section 2.5.5.1). */
  const childOf = ({ ipv4Root, nodeCount, child }: SearchTree, node: number, side: 0 | 1): number => {
    const next = child(node, side);
    return next === ipv4Root && next < nodeCount && family === 6 ? nodeCount : next;
  };
  const step = (at: number, side: 0 | 1): void => {
    for (let i = 0; i < count; i++) {
      const node = way[at + i]!;
      way[at + count + i] = node < nodeCounts[i]! ? childOf(trees[i]!, node, side) : node;
    }
  };
  /** The first tree from `from` on that branches here; `count` where none does. */
  const branching = (at: number, from: number): number => {
    let i = from;
    while (i < count && way[at + i]! >= nodeCounts[i]!) i++;
    return i;
  };

  /** Places by database, mark and location; and by mark where nobody knows any. */
  const known: number[][][] = databases.map(() => []);
  const nowhere: number[] = [];
  /** Places of databases without a country. */
  const vague = new Set<number>();
  /** The place that a tree's record gives; -1 = none. */
  const placeIn = (i: number, record: number, mark: number): number => {
    if (record <= nodeCounts[i]!) return -1;
    const location = databases[i]!.locationAt(record);
    if (location < 0) return -1;
    const ofMark = (known[i]![mark] ??= []);
    return (ofMark[location] ??= register(databases[i]!.locations[location]!, mark));
  };
  const register = (location: Location, mark: number): number => {
    const place = places.register(location, mark, start, family);
    if (location.country === undefined) vague.add(place);
    return place;
  };
  /** The one of two databases' places that is taken: the earlier, but where it lacks the country that the later has. */
  const better = (earlier: number, later: number): number => {
    if (earlier < 0) return later;
    return later >= 0 && vague.has(earlier) && !vague.has(later) ? later : earlier;
  };
  const isSettled = (place: number): boolean => place >= 0 && !vague.has(place);
  /** What the trees from `from` to `to` give, behind what those before have given; -1 = nothing. */
  const placeAmong = (before: number, at: number, from: number, to: number, mark: number): number => {
    let place = before;
    for (let i = from; i < to && !isSettled(place); i++) place = better(place, placeIn(i, way[at + i]!, mark));
    return place;
  };
  const nowhereOf = (mark: number): number => (nowhere[mark] ??= places.register(NOWHERE, mark, start, family));

  /**
   * Writes what lies beneath a node of one tree where no network and no other tree branches. `before`: what the trees before
   * it give.
   */
  const descend = (i: number, before: number, at: number, mark: number, depth: number): void => {
    const tree = trees[i]!;
    const { nodeCount, child } = tree;
    const ipv4Root = family === 6 && tree.ipv4Root < nodeCount ? tree.ipv4Root : -1;
    const down = (node: number, below: number): void => {
      if (node >= nodeCount || below === bits) {
        const own = placeIn(i, node, mark);
        const place = count === 1 ? own : placeAmong(better(before, own), at, i + 1, count, mark);
        return output.write(start, below, place < 0 ? nowhereOf(mark) : place);
      }
      countBranch(i);
      const word = below >> 5;
      const bit = (0x80000000 >>> (below & 31)) >>> 0;
      const left = child(node, 0);
      down(left === ipv4Root ? nodeCount : left, below + 1);
      start[word]! |= bit;
      const right = child(node, 1);
      down(right === ipv4Root ? nodeCount : right, below + 1);
      start[word]! &= ~bit;
    };
    down(way[at + i]!, depth);
  };

  const visit = (network: number | undefined, mark: number, own: Location | undefined, depth: number): void => {
    if (network !== undefined) {
      if (networks.isIpv4Inside(network)) return output.write(start, depth, ipv4Inside);
      const here = networks.mark(network);
      if (here !== undefined) {
        mark = here;
        own = networks.location(here) ?? own;
      }
    }
    const at = depth * count;
    if (depth === bits || !hasChildren(networks, network)) {
      if (own !== undefined) return output.write(start, depth, places.register(own, mark, start, family));
      const first = depth === bits ? count : branching(at, 0);
      const place = placeAmong(-1, at, 0, first, mark);
      // Whatever the trees behind say of what lies beneath: the first one that knows a country wins.
      if (isSettled(place) || first === count) return output.write(start, depth, place < 0 ? nowhereOf(mark) : place);
      if (branching(at, first + 1) === count) return descend(first, place, at, mark, depth);
    }
    for (let i = branching(at, 0); i < count; i = branching(at, i + 1)) countBranch(i);
    const word = depth >> 5;
    const bit = (0x80000000 >>> (depth & 31)) >>> 0;
    step(at, 0);
    visit(network === undefined ? undefined : networks.child(network, 0), mark, own, depth + 1);
    start[word]! |= bit;
    step(at, 1);
    visit(network === undefined ? undefined : networks.child(network, 1), mark, own, depth + 1);
    start[word]! &= ~bit;
  };

  for (const [i, { ipv4Root, ipv6Root }] of trees.entries()) way[i] = family === 4 ? ipv4Root : ipv6Root!;
  visit(networks.root(family), 0, undefined, 0);
  return output.finish();
}

function hasChildren(networks: NetworkTree, node: number | undefined): boolean {
  return node !== undefined && (networks.child(node, 0) !== undefined || networks.child(node, 1) !== undefined);
}
