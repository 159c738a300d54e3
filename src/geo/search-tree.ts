/**
 * The binary search tree of a MaxMind DB file, read in place.
 * https://maxmind.github.io/MaxMind-DB/ "Binary Search Tree Section". Records themselves are read by `record-reader.ts`.
 */

/** The part of a file's metadata that its tree is read by. */
export interface TreeShape {
  readonly node_count: number;
  readonly record_size: RecordSize;
  readonly ip_version: 4 | 6;
}

/** Bits of one record; a node has two. */
export type RecordSize = 24 | 28 | 32;

export function isRecordSize(value: unknown): value is RecordSize {
  return value === 24 || value === 28 || value === 32;
}

export interface SearchTree {
  /** Nodes below this number branch; this number means "no data"; above it lies data. */
  readonly nodeCount: number;
  readonly ipv4Root: number;
  /** The root of IPv6; undefined in a file of IPv4 alone. */
  readonly ipv6Root: number | undefined;
  readonly child: (node: number, bit: 0 | 1) => number;
}

export function searchTree(
  file: Buffer,
  { node_count: nodeCount, record_size: recordSize, ip_version: ipVersion }: TreeShape,
): SearchTree {
  const child = readers[recordSize](file);
  if (ipVersion === 4) return { nodeCount, ipv4Root: 0, ipv6Root: undefined, child };
  // IPv4 lives in ::/96 of an IPv6 tree.
  let ipv4Root = 0;
  for (let depth = 0; depth < 96 && ipv4Root < nodeCount; depth++) ipv4Root = child(ipv4Root, 0);
  return { nodeCount, ipv4Root, ipv6Root: 0, child };
}

type ChildReader = (file: Buffer) => SearchTree["child"];

const readers: Readonly<Record<RecordSize, ChildReader>> = {
  24: (file) => (node, bit) => {
    const at = node * 6 + bit * 3;
    return (file[at]! << 16) | (file[at + 1]! << 8) | file[at + 2]!;
  },
  // The middle octet holds the high four bits of both records.
  28: (file) => (node, bit) => {
    const at = node * 7;
    const high = bit === 0 ? file[at + 3]! >> 4 : file[at + 3]! & 0xf;
    const low = at + bit * 4;
    return (high << 24) | (file[low]! << 16) | (file[low + 1]! << 8) | file[low + 2]!;
  },
  32: (file) => (node, bit) => file.readUInt32BE(node * 8 + bit * 4),
};
