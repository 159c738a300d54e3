/** Copies of octets with one change. Places outside are moved inside. */
import type { Chance } from "./chance.ts";

/** `remove` octets at `at` give way to `insert`. */
export function replaced(octets: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  const start = Math.min(at, octets.length);
  const end = Math.min(start + remove, octets.length);
  const result = new Uint8Array(octets.length - (end - start) + insert.length);
  result.set(octets.subarray(0, start));
  result.set(insert, start);
  result.set(octets.subarray(end), start + insert.length);
  return result;
}

export function withOctet(octets: Uint8Array, at: number, value: number): Uint8Array {
  const result = octets.slice();
  result[at] = value;
  return result;
}

export function withUint16(octets: Uint8Array, at: number, value: number): Uint8Array {
  const result = octets.slice();
  result[at] = value >> 8;
  result[at + 1] = value;
  return result;
}

export const NONE = new Uint8Array();

/** Limits of lengths and types of labels, and numbers of families, types and options. */
const NASTY = [0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 15, 16, 32, 33, 40, 41, 63, 64, 0x7f, 0x80, 0xbf, 0xc0, 0xfe, 0xff];

/** Longest piece that is moved, copied or made up. */
const PIECE = 40;

export type Edit = (octets: Uint8Array, other: Uint8Array, chance: Chance) => Uint8Array;

/** Without any knowledge of what the octets mean; not of empty ones. */
export const blindEdits: readonly Edit[] = [
  (octets, _, { below }) => {
    const at = below(octets.length);
    return withOctet(octets, at, octets[at]! ^ (1 << below(8)));
  },
  (octets, _, { below, pick }) => withOctet(octets, below(octets.length), pick(NASTY)),
  (octets, _, { below }) => withOctet(octets, below(octets.length), below(256)),
  (octets, _, { below }) => {
    const at = below(octets.length);
    return withOctet(octets, at, (octets[at]! + (below(2) === 0 ? 1 : 255)) & 0xff);
  },
  (octets, _, chance) => replaced(octets, chance.below(octets.length + 1), 0, chance.octets(1 + chance.below(8))),
  (octets, _, { below }) => replaced(octets, below(octets.length), 1 + below(below(PIECE) + 1), NONE),
  (octets, _, { below }) => octets.slice(0, below(octets.length)),
  (octets, _, { below }) => {
    const start = below(octets.length);
    return replaced(octets, below(octets.length + 1), 0, octets.subarray(start, start + 1 + below(PIECE)));
  },
  (octets, other, { below }) => {
    const start = below(other.length);
    return replaced(octets, below(octets.length + 1), 0, other.subarray(start, start + 1 + below(PIECE)));
  },
  (octets, other, { below }) => {
    // The head of one, the tail of the other; often at the same place, so that fields stay fields.
    const at = below(octets.length);
    return replaced(octets, at, octets.length, other.subarray(below(2) === 0 ? at : below(other.length)));
  },
];
