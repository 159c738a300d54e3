/**
 * Every name that geosteer knows with its static records, as numbers and octets in shared memory: compiled once for a
 * generation (`compile-zones.ts`) and read by all workers (`names.ts`). A name is a node, and a node is a number.
 */

export interface NameTable {
  /** Names in wire form, lower case; records as they are copied into messages; data of SOA records. */
  readonly octets: Uint8Array;
  /** Nodes by `addOctet` over their names, the next free slot where it is taken; a power of two of them. */
  readonly slots: Int32Array;
  /** Rows of `NODE.size` words; those below too. */
  readonly nodes: Int32Array;
  readonly sets: Int32Array;
  readonly zones: Int32Array;
  readonly cuts: Int32Array;
}

/** No node, profile or cut; a free slot. */
export const NONE = -1;

export const NODE = {
  /** Offset of its name. */
  name: 0,
  zone: 1,
  /** The id of the profile that answers here. */
  profile: 2,
  /** The sum of its marks. */
  marks: 3,
  /** The delegation at or above the name, within the zone. */
  cut: 4,
  /** The node above an apex that lies below another zone of ours: that zone answers for its DS records. */
  above: 5,
  /** The child `*`, which answers for names that do not exist (RFC 4592). */
  wildcard: 6,
  /** The closest node to the target of its CNAME record: node × 2, + 1 where that is the target itself, not above it. */
  alias: 7,
  firstSet: 8,
  setCount: 9,
  size: 10,
} as const;

export const MARK = {
  /** The profile's answer may be one for every type: a CNAME record (RFC 1034 section 3.6.2), or SERVFAIL. */
  decidesAllTypes: 1,
  /** Names exist below. */
  hasBelow: 2,
} as const;

/** All records of one name and type. */
export const SET = { type: 0, count: 1, from: 2, to: 3, size: 4 } as const;

/** `soaFrom` and `soaTo`: the data of its SOA record; `longest`: the TTL of that in a negative answer, at most. */
export const ZONE = { apex: 0, soaFrom: 1, soaTo: 2, longest: 3, size: 4 } as const;

/** NS records and glue of a delegation; without glue its count is 0. */
export const CUT = {
  node: 0,
  count: 1,
  from: 2,
  to: 3,
  glueCount: 4,
  glueFrom: 5,
  glueTo: 6,
  size: 7,
} as const;

/** The hash of the root. */
export const HASH_SEED = 0x811c9dc5;
/** FNV-1a, 32 bits. The names come from configuration: nobody can choose them to collide. */
const PRIME = 0x01000193;

/** The hash of a name: its octets label by label, the last label first. */
export function addOctet(hash: number, octet: number): number {
  return Math.imul(hash ^ octet, PRIME);
}

/** Where the labels of a name in wire form begin, the root's not counted. */
export function labelOffsets(name: Uint8Array): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; name[at]! > 0; at += 1 + name[at]!) offsets.push(at);
  return offsets;
}
