/**
 * Databases, configured networks and named autonomous systems merged into one leaf table, by walking all their trees in
 * step. A place comes from the longest own network, else the first database that knows the country, else the first that
 * knows anything; its autonomous system is there beside either. Siblings at the same place become one leaf.
 */
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import type { Location } from "../routing/snapshot.ts";
import { asnOf, NO_ASNS, type AsnTree } from "./asn-tree.ts";
import { leafWriter } from "./leaf-writer.ts";
import type { NetworkTree } from "./network-tree.ts";
import type { Database } from "./open-database.ts";
import { placeMarks, type PlaceMarks } from "./place-marks.ts";
import { placeWriter, type PlaceWriter } from "./place-writer.ts";
import { NO_ASN } from "./record-asn.ts";
import { isSpecialPurpose } from "./special-purpose.ts";
import { treesInStep } from "./trees-in-step.ts";

const NOWHERE: Location = {
  country: undefined,
  subdivisions: [],
  grouping: undefined,
  point: undefined,
  asn: undefined,
  source: "no database or network knows the address",
};

const IPV4_INSIDE: Location = { ...NOWHERE, source: "looked up as the IPv4 address inside" };

/** Throws `DamagedDatabase` where only the walk shows that a file is damaged. */
export function buildLeafTable(
  databases: readonly Database[],
  networks: NetworkTree,
  asns: AsnTree = NO_ASNS,
): LeafTable {
  const marks = placeMarks(networks.marks);
  const places = placeWriter(marks.asnOf);
  const ipv4Inside = places.register(IPV4_INSIDE, 0, new Uint32Array(4), 6);
  const sources = { databases, networks, asns, marks, places, ipv4Inside };
  const ipv4 = walk(sources, 4);
  const ipv6 = walk(sources, 6);
  return { places: places.finish(), ipv4Inside, ipv4, ipv6 };
}

interface Sources {
  readonly databases: readonly Database[];
  readonly networks: NetworkTree;
  readonly asns: AsnTree;
  readonly marks: PlaceMarks;
  readonly places: PlaceWriter;
  readonly ipv4Inside: number;
}

function walk({ databases: all, networks, asns, marks, places, ipv4Inside }: Sources, family: 4 | 6): Leaves {
  const { databases, bits, way, nodeCounts, step, branching, countBranch } = treesInStep(all, family);
  const trees = databases.map(({ tree }) => tree);
  const count = trees.length;
  // No two trees need share a branch, and every branch adds one leaf.
  const mostLeaves = trees.reduce((sum, { nodeCount }) => sum + nodeCount, networks.size + asns.size) + 1;
  const output = leafWriter(family === 4 ? 1 : 4, mostLeaves);
  const start = new Uint32Array(bits / 32);

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

  /** `asn`: the node of the autonomous systems. */
  const visit = (
    network: number | undefined,
    asn: number,
    networkMark: number,
    own: Location | undefined,
    depth: number,
  ): void => {
    if (network !== undefined) {
      if (networks.isIpv4Inside(network)) return output.write(start, depth, ipv4Inside);
      const here = networks.mark(network);
      if (here !== undefined) {
        networkMark = here;
        own = networks.location(here) ?? own;
      }
    }
    const at = depth * count;
    if (depth === bits || (asn < 0 && !hasChildren(networks, network))) {
      // What a database says of special-purpose addresses is chance.
      const isNamed = asnOf(asn) !== NO_ASN && !(own !== undefined && isSpecialPurpose(own));
      const mark = isNamed ? marks.of(networkMark, asnOf(asn)) : networkMark;
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
    visit(childOf(networks, network, 0), asn < 0 ? asn : asns.child(asn, 0), networkMark, own, depth + 1);
    start[word]! |= bit;
    step(at, 1);
    visit(childOf(networks, network, 1), asn < 0 ? asn : asns.child(asn, 1), networkMark, own, depth + 1);
    start[word]! &= ~bit;
  };

  visit(networks.root(family), asns.root(family), 0, undefined, 0);
  return output.finish();
}

function childOf(networks: NetworkTree, node: number | undefined, side: 0 | 1): number | undefined {
  return node === undefined ? undefined : networks.child(node, side);
}

function hasChildren(networks: NetworkTree, node: number | undefined): boolean {
  return node !== undefined && (networks.child(node, 0) !== undefined || networks.child(node, 1) !== undefined);
}
