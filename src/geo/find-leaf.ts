/**
 * From an address to its leaf: the index of the high 16 bits, then a binary search. Called for every query, so
 * addresses are four 32-bit words in one reused array and nothing is allocated.
 */
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";

/** Where an address lies; the caller keeps one and has it filled. */
export interface Spot {
  /** The table that holds the leaf: 4 also for an IPv6 address with an IPv4 address inside. */
  family: 4 | 6;
  leaf: number;
  /** Bits in front of the IPv4 address inside; what a scope of the IPv4 table must be raised by. */
  offset: number;
}

/**
 * Fills `spot` for an address whose first `known` bits are given. IPv4 uses the first of the four words.
 * IPv4 inside IPv6 counts as IPv4 where any of its bits is known.
 */
export function findSpot(table: LeafTable, family: 4 | 6, words: Uint32Array, known: number, spot: Spot): void {
  spot.family = 4;
  spot.offset = 0;
  let ipv4 = words[0]!;
  if (family === 6) {
    spot.offset = embeddedOffset(words);
    if (spot.offset === 0 || known <= spot.offset) {
      spot.family = 6;
      spot.offset = 0;
      spot.leaf = findLeaf6(table.ipv6, words);
      return;
    }
    ipv4 = embeddedIpv4(words, known);
  }
  spot.leaf = findLeaf4(table.ipv4, ipv4);
}

/** A scope in bits of the table that holds the leaf, as bits of the address that was asked for. */
export function raisedScope(scope: number, { offset }: Spot): number {
  // A scope of 0 holds for everyone, whatever form the address has.
  return scope === 0 ? 0 : scope + offset;
}

/** Bits in front of the IPv4 address inside an IPv6 address; 0 = none inside. */
function embeddedOffset(words: Uint32Array): number {
  const high = words[0]!;
  // IPv4-mapped, RFC 4291 section 2.5.5.2.
  if (high === 0) return words[1] === 0 && words[2] === 0xffff ? 96 : 0;
  // 6to4, RFC 3056 section 2.
  if (high >>> 16 === 0x2002) return 16;
  // Teredo, RFC 4380 section 4: the client is in the last 32 bits.
  if (high === 0x20010000) return 96;
  // NAT64's well-known prefix, RFC 6052 section 2.1.
  if (high === 0x0064ff9b) return words[1] === 0 && words[2] === 0 ? 96 : 0;
  return 0;
}

function embeddedIpv4(words: Uint32Array, known: number): number {
  if (words[0]! >>> 16 === 0x2002) return ((words[0]! << 16) | (words[1]! >>> 16)) >>> 0;
  if (words[0] !== 0x20010000) return words[3]!;
  // RFC 4380 section 4: the obfuscated client address, each bit reversed; bits that were not given stay 0.
  const mask = known >= 128 ? 0xffffffff : ~(0xffffffff >>> (known - 96));
  return (~words[3]! & mask) >>> 0;
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

/** Reads up to 16 octets (the rest are zeros) into four words. */
export function readWords(octets: Uint8Array, offset: number, length: number, words: Uint32Array): void {
  words.fill(0);
  for (let i = 0; i < length; i++) words[i >> 2]! |= octets[offset + i]! << (24 - (i & 3) * 8);
}
