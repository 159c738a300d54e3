/**
 * Databases and configured networks merged into one leaf table, by walking all their trees in step. A place comes from
 * the longest own network, else the first database that knows the address. Siblings at the same place become one leaf.
 */
import type { Client } from "../routing/candidates.ts";
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import type { Location } from "../routing/snapshot.ts";
import { formatIpAddress, type IpAddress } from "../shared/ip-address.ts";
import { leafWriter } from "./leaf-writer.ts";
import type { Database } from "./open-database.ts";
import type { NetworkTree } from "./network-tree.ts";
import type { SearchTree } from "./search-tree.ts";

/** The place of addresses that nobody knows; always the first of a table. */
export const NOWHERE: Location = {
  country: undefined,
  subdivision: undefined,
  point: undefined,
  source: "no database or network knows the address",
};

export function buildLeafTable(databases: readonly Database[], networks: NetworkTree): LeafTable {
  const places = placeRegister();
  places.register(NOWHERE, 0, Uint32Array.of(0), 4);
  const ipv4 = walk(databases, networks, 4, places);
  const ipv6 = walk(databases, networks, 6, places);
  return { places: places.all, ipv4, ipv6 };
}

/** A damaged database: its nodes do not form a tree. */
export class TreeLoop extends Error {}

interface PlaceRegister {
  readonly all: readonly Client[];
  /** The index of the place of this location inside the network of this mark. */
  readonly register: (location: Location, mark: number, start: Uint32Array, family: 4 | 6) => number;
}

function placeRegister(): PlaceRegister {
  const all: Client[] = [];
  const indices = new Map<Location, Map<number, number>>();
  return {
    all,
    register(location, mark, start, family) {
      let byMark = indices.get(location);
      if (byMark === undefined) indices.set(location, (byMark = new Map()));
      let index = byMark.get(mark);
      if (index === undefined) {
        index = all.push({ address: addressOf(start, family), location }) - 1;
        byMark.set(mark, index);
      }
      return index;
    },
  };
}

/** One database's place in the walk. */
interface Cursor {
  readonly database: Database;
  readonly tree: SearchTree;
}

function walk(databases: readonly Database[], networks: NetworkTree, family: 4 | 6, places: PlaceRegister): Leaves {
  const cursors: Cursor[] = databases.flatMap((database) => {
    const root = family === 4 ? database.tree.ipv4Root : database.tree.ipv6Root;
    return root === undefined ? [] : [{ database, tree: database.tree }];
  });
  // Where no two trees share a branch; every branch adds one leaf.
  const mostLeaves = cursors.reduce((sum, { tree }) => sum + tree.nodeCount, networks.size) + 1;
  const output = leafWriter(family === 4 ? 1 : 4, mostLeaves);
  let leaves = 0;
  const start = new Uint32Array(family === 4 ? 1 : 4);

  const branches = (nodes: readonly number[]): boolean => {
    for (let i = 0; i < nodes.length; i++) if (nodes[i]! < cursors[i]!.tree.nodeCount) return true;
    return false;
  };
  const placeOf = (nodes: readonly number[], mark: number, own: Location | undefined): number => {
    if (own !== undefined) return places.register(own, mark, start, family);
    for (let i = 0; i < nodes.length; i++) {
      const { database, tree } = cursors[i]!;
      if (nodes[i]! <= tree.nodeCount) continue;
      const location = database.locationAt(nodes[i]!, () => formatIpAddress(addressOf(start, family)));
      if (location !== undefined) return places.register(location, mark, start, family);
    }
    return places.register(NOWHERE, mark, start, family);
  };
  const step = (node: number, cursor: Cursor, bit: 0 | 1): number => {
    const { tree } = cursor;
    if (node >= tree.nodeCount) return node;
    const child = tree.child(node, bit);
    // Writers alias the IPv4 tree into IPv6 (::ffff:0:0/96, 2002::/16 …); such addresses are looked up as IPv4.
    return family === 6 && child === tree.ipv4Root ? tree.nodeCount : child;
  };
  const visit = (
    nodes: readonly number[],
    network: number | undefined,
    mark: number,
    own: Location | undefined,
    depth: number,
  ): void => {
    if (network !== undefined) {
      const here = networks.mark(network);
      if (here !== undefined) {
        mark = here;
        own = networks.location(here) ?? own;
      }
    }
    if (depth === start.length * 32 || (!branches(nodes) && !hasChildren(networks, network))) {
      // One whose nodes point backwards would be walked for ever.
      if (++leaves > mostLeaves) throw new TreeLoop(cursors.map(({ database }) => database.file).join(", "));
      output.write(start, depth, placeOf(nodes, mark, own));
      return;
    }
    const word = depth >> 5;
    const bit = (0x80000000 >>> (depth & 31)) >>> 0;
    for (const side of [0, 1] as const) {
      if (side === 1) start[word]! |= bit;
      visit(
        nodes.map((node, i) => step(node, cursors[i]!, side)),
        network === undefined ? undefined : networks.child(network, side),
        mark,
        own,
        depth + 1,
      );
    }
    start[word]! &= ~bit;
  };
  const roots = cursors.map(({ tree }) => (family === 4 ? tree.ipv4Root : tree.ipv6Root!));
  visit(roots, networks.root(family), 0, undefined, 0);
  return output.finish();
}

function hasChildren(networks: NetworkTree, node: number | undefined): boolean {
  return node !== undefined && (networks.child(node, 0) !== undefined || networks.child(node, 1) !== undefined);
}

function addressOf(start: Uint32Array, family: 4 | 6): IpAddress {
  const octets = new Uint8Array(start.length * 4);
  const view = new DataView(octets.buffer);
  for (const [i, word] of start.entries()) view.setUint32(i * 4, word);
  return { family, octets };
}
