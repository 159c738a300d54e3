/** The networks of a database, in address order: what query files are drawn from, and what sweeps know to be unknown. */
import type { SearchTree } from "../../../src/geo/search-tree.ts";

export interface Networks {
  readonly count: number;
  /** The first 32 bits of the first address, and in IPv6 the next 32: longer networks than 64 bits are left out. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** Prefix lengths. */
  readonly lengths: Uint8Array;
  /** 1 = the database has a record. */
  readonly known: Uint8Array;
}

export function networksOf({ nodeCount, ipv4Root, ipv6Root, child }: SearchTree, family: 4 | 6): Networks {
  const bits = family === 4 ? 32 : 64;
  const high: number[] = [];
  const low: number[] = [];
  const lengths: number[] = [];
  const known: number[] = [];
  const start = new Uint32Array(2);
  const visit = (node: number, depth: number): void => {
    // IPv4 inside the IPv6 tree is no IPv6, and other branches may lead to it too.
    if (family === 6 && node === ipv4Root) return;
    if (node < nodeCount && depth === bits) return;
    if (node >= nodeCount) {
      high.push(start[0]!);
      low.push(start[1]!);
      lengths.push(depth);
      known.push(node > nodeCount ? 1 : 0);
      return;
    }
    const bit = 0x80000000 >>> (depth & 31);
    visit(child(node, 0), depth + 1);
    start[depth >> 5]! |= bit;
    visit(child(node, 1), depth + 1);
    start[depth >> 5]! &= ~bit;
  };
  visit(family === 4 ? ipv4Root : ipv6Root!, 0);
  return {
    count: lengths.length,
    high: Uint32Array.from(high),
    low: Uint32Array.from(low),
    lengths: Uint8Array.from(lengths),
    known: Uint8Array.from(known),
  };
}
