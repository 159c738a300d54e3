/**
 * Databases and configured networks merged into one leaf table, by walking all their trees in step. A place comes from
 * the longest own network, else the first database that knows the address. Siblings at the same place become one leaf.
 */
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import type { Location } from "../routing/snapshot.ts";
import { addressOfWords } from "../shared/address-words.ts";
import { formatIpAddress } from "../shared/ip-address.ts";
import { DamagedDatabase } from "./damaged-database.ts";
import { leafWriter } from "./leaf-writer.ts";
import type { NetworkTree } from "./network-tree.ts";
import type { Database } from "./open-database.ts";
import { placeWriter, type PlaceWriter } from "./place-writer.ts";

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

  /** Goes down one bit in all trees; false where none of them branches. */
  const branch = (at: number): boolean => {
    let branches = false;
    for (let i = 0; i < count; i++) {
      if (way[at + i]! >= nodeCounts[i]!) continue;
      branches = true;
      // A tree whose nodes point backwards would be walked for ever.
      if (++walked[i]! > nodeCounts[i]!) throw new DamagedDatabase(databases[i]!.file, "its search tree has a loop");
    }
    return branches;
  };
  const step = (at: number, side: 0 | 1): void => {
    for (let i = 0; i < count; i++) {
      const nodeCount = nodeCounts[i]!;
      let next = way[at + i]!;
      if (next < nodeCount) {
        const { ipv4Root, child } = trees[i]!;
        next = child(next, side);
        // In an IPv6 tree IPv4 lies in ::/96, which is no form of IPv4 addresses in IPv6 any more (RFC 4291 section 2.5.5.1).
        if (next === ipv4Root && next < nodeCount && family === 6) next = nodeCount;
      }
      way[at + count + i] = next;
    }
  };
  /** Places by database, mark and location. */
  const known: number[][][] = databases.map(() => []);
  const addressHere = (): string => formatIpAddress(addressOfWords(family, start));
  const placeOf = (at: number, mark: number, own: Location | undefined): number => {
    if (own !== undefined) return places.register(own, mark, start, family);
    for (let i = 0; i < count; i++) {
      const record = way[at + i]!;
      if (record <= nodeCounts[i]!) continue;
      const location = databases[i]!.locationAt(record, addressHere);
      if (location < 0) continue;
      const ofMark = (known[i]![mark] ??= []);
      return (ofMark[location] ??= places.register(databases[i]!.locations[location]!, mark, start, family));
    }
    return places.register(NOWHERE, mark, start, family);
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
    if (depth === bits || !(branch(at) || hasChildren(networks, network))) {
      return output.write(start, depth, placeOf(at, mark, own));
    }
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
