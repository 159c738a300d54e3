/**
 * From an address to its leaf: the index of the high 16 bits, then a binary search. Called for every query, so
 * addresses are four 32-bit words in one reused array and nothing is allocated.
 */
import type { Geography } from "../routing/geography.ts";
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import { ipv4Inside, ipv4Offset } from "./ipv4-inside.ts";

/** The leaf that an address lies in. The caller keeps one and has it filled. */
export interface Spot {
  /** The family of the leaf: 4 also for an IPv6 address with an IPv4 address inside. */
  family: 4 | 6;
  leaf: number;
  /** Bits in front of the IPv4 address inside; 0 = none inside. */
  offset: number;
  /** The leaf of the IPv6 table that has the address of an IPv4 address inside. */
  around: number;
}

/** Fills `spot`. IPv4 uses the first of the four words; a prefix is looked up as its first address. */
export function findSpot(table: LeafTable, family: 4 | 6, words: Uint32Array, spot: Spot): void {
  spot.offset = family === 6 ? ipv4Offset(words) : 0;
  if (family === 6 && spot.offset === 0) {
    spot.family = 6;
    spot.leaf = findLeaf6(table.ipv6, words);
    return;
  }
  if (spot.offset > 0) spot.around = findLeaf6(table.ipv6, words);
  spot.family = 4;
  spot.leaf = findLeaf4(table.ipv4, family === 4 ? words[0]! : ipv4Inside(words));
}

export function newSpot(): Spot {
  return { family: 4, leaf: 0, offset: 0, around: 0 };
}

/** The scope at the spot, in bits of the address that was asked for. */
export function scopeAt(geography: Pick<Geography, "scopeOf" | "leastScope">, spot: Spot): number {
  const scope = geography.scopeOf(spot.family, spot.leaf);
  if (spot.offset === 0) return scope === 0 ? geography.leastScope() : scope;
  // Where all of IPv4 is of one class, IPv6 around its form may be of the same.
  return scope === 0 ? geography.scopeOf(6, spot.around) : scope + spot.offset;
}

function findLeaf4({ index, starts }: Leaves, address: number): number {
  const start = starts[0]!;
  let low = index[address >>> 16]!;
  let high = index[(address >>> 16) + 1]!;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (start[middle]! <= address) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findLeaf6({ index, starts }: Leaves, words: Uint32Array): number {
  const start = starts[0]!;
  const word = words[0]!;
  let low = index[word >>> 16]!;
  let high = index[(word >>> 16) + 1]!;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const found = start[middle]!;
    if (found < word || (found === word && restAtOrBefore(starts, middle, words))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether the leaf's start is at or before the address, its first word being equal. */
function restAtOrBefore(starts: readonly Uint32Array[], leaf: number, words: Uint32Array): boolean {
  for (let word = 1; word < 4; word++) {
    const start = starts[word]![leaf]!;
    if (start !== words[word]!) return start < words[word]!;
  }
  return true;
}
