/**
 * Writes MaxMind DB files for tests: https://maxmind.github.io/MaxMind-DB/. What it writes is read back by `maxmind`,
 * which is not ours. It knows the types that location records and metadata need.
 */
import { cidr } from "./snapshot.ts";

export type RecordSize = 24 | 28 | 32;

export interface MmdbOptions {
  /** Default 6; IPv4 networks then lie in ::/96. */
  readonly ipVersion?: 4 | 6;
  readonly recordSize?: RecordSize;
  /** IPv6 networks that lead to the IPv4 tree, as ::ffff:0:0/96 and 2002::/16 do in files of MaxMind. */
  readonly aliases?: readonly string[];
  /** Whether keys, texts and maps are written once and pointed at, as in files of MaxMind. */
  readonly pointers?: boolean;
  /** Replaces or removes (undefined) fields of the metadata. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The file that says of each network what stands beside it; the longest network wins. */
export function mmdb(networks: readonly (readonly [network: string, record: unknown])[], options: MmdbOptions = {}) {
  const { ipVersion = 6, aliases = [], pointers = false } = options;
  const root = newNode();
  const slots = networks.map(([network, record]) => ({ bits: bitsOf(network, ipVersion), entry: { record } }));
  for (const { bits, entry } of slots.toSorted((a, b) => a.bits.length - b.bits.length)) place(root, bits, entry);
  if (aliases.length > 0) {
    const ipv4 = entryAt(root, bitsOf("0.0.0.0/0", 6));
    for (const network of aliases) place(root, bitsOf(network, 6), ipv4);
  }

  const data = dataSection(pointers);
  const nodes = numbered(root);
  const valueOf = (entry: Entry): number => {
    if (entry === undefined) return nodes.size;
    return "record" in entry ? nodes.size + SEPARATOR + data.offsetOf(entry.record) : nodes.get(entry)!;
  };
  const tree = [...nodes.keys()].map(({ children: [left, right] }): [number, number] => [
    valueOf(left),
    valueOf(right),
  ]);
  return mmdbOfTree(tree, data.octets(), options);
}

/** A file with exactly these nodes and this data section: for trees that no writer would write. */
export function mmdbOfTree(
  tree: readonly (readonly [left: number, right: number])[],
  data: Buffer,
  { ipVersion = 6, recordSize = 28, metadata = {} }: MmdbOptions = {},
): Buffer {
  const fields = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_780_000_000,
    database_type: "Test",
    description: {},
    ip_version: ipVersion,
    languages: [],
    node_count: tree.length,
    record_size: recordSize,
    ...metadata,
  };
  return Buffer.concat([
    ...tree.map((node) => encodeNode[recordSize](node)),
    Buffer.alloc(SEPARATOR),
    data,
    Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"),
    encodeMetadata(fields),
  ]);
}

/** Fields of the metadata whose type the format prescribes, beside uint32: some readers insist on it. */
const METADATA_TYPES: Readonly<Record<string, { readonly type: number; readonly octets: number }>> = {
  binary_format_major_version: { type: 5, octets: 2 },
  binary_format_minor_version: { type: 5, octets: 2 },
  build_epoch: { type: 9, octets: 8 },
  ip_version: { type: 5, octets: 2 },
  record_size: { type: 5, octets: 2 },
};

function encodeMetadata(metadata: Readonly<Record<string, unknown>>): Buffer {
  const fields = fieldsOf(metadata);
  const parts = fields.map(([key, value]) => {
    const kind = METADATA_TYPES[key];
    if (kind === undefined || typeof value !== "number") return Buffer.concat([encodeValue(key), encodeValue(value)]);
    const octets = Buffer.alloc(8);
    octets.writeBigUInt64BE(BigInt(value));
    return Buffer.concat([encodeValue(key), control(kind.type, kind.octets), octets.subarray(-kind.octets)]);
  });
  return Buffer.concat([control(TYPE.map, fields.length), ...parts]);
}

const SEPARATOR = 16;

type Entry = TreeNode | { readonly record: unknown } | undefined;

interface TreeNode {
  readonly children: [Entry, Entry];
}

function newNode(inherited?: Entry): TreeNode {
  return { children: [inherited, inherited] };
}

/** Puts the entry where the bits lead and drops what was beneath. */
function place(root: TreeNode, bits: readonly (0 | 1)[], entry: Entry): void {
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    let next = node.children[bit];
    if (next === undefined || "record" in next) node.children[bit] = next = newNode(next);
    node = next;
  }
  const last = bits.at(-1);
  if (last === undefined) root.children.fill(entry);
  else node.children[last] = entry;
}

function entryAt(root: TreeNode, bits: readonly (0 | 1)[]): Entry {
  let entry: Entry = root;
  for (const bit of bits) {
    if (entry === undefined || "record" in entry) return entry;
    entry = entry.children[bit];
  }
  return entry;
}

function bitsOf(network: string, ipVersion: 4 | 6): readonly (0 | 1)[] {
  const prefix = cidr(network);
  const { family, octets } = prefix.address;
  const bits = [...octets].flatMap((octet) => [7, 6, 5, 4, 3, 2, 1, 0].map((i) => ((octet >> i) & 1) as 0 | 1));
  const own = bits.slice(0, prefix.length);
  return family === 4 && ipVersion === 6 ? [...bitsOf("::/96", 6), ...own] : own;
}

/** Every node once, in the order of their numbers. */
function numbered(root: TreeNode): ReadonlyMap<TreeNode, number> {
  const numbers = new Map<TreeNode, number>();
  const visit = (entry: Entry): void => {
    if (entry === undefined || "record" in entry || numbers.has(entry)) return;
    numbers.set(entry, numbers.size);
    for (const child of entry.children) visit(child);
  };
  visit(root);
  return numbers;
}

const encodeNode: Readonly<Record<RecordSize, (node: readonly [number, number]) => Buffer>> = {
  24: ([left, right]) => Buffer.concat([unsigned(left, 3), unsigned(right, 3)]),
  28: ([left, right]) =>
    Buffer.concat([
      unsigned(left & 0xffffff, 3),
      unsigned(((left >>> 24) << 4) | (right >>> 24), 1),
      unsigned(right & 0xffffff, 3),
    ]),
  32: ([left, right]) => Buffer.concat([unsigned(left, 4), unsigned(right, 4)]),
};

function unsigned(value: number, octets: number): Buffer {
  const buffer = Buffer.alloc(octets);
  buffer.writeUIntBE(value, 0, octets);
  return buffer;
}

/** Equal records share one place in the file; with pointers equal parts of them too. */
function dataSection(pointers: boolean): { offsetOf: (record: unknown) => number; octets: () => Buffer } {
  const offsets = new Map<string, number>();
  const parts: Buffer[] = [];
  let size = 0;
  const partOf = (value: unknown): Buffer => {
    const isShared = typeof value === "string" || (isMap(value) && Object.keys(value).length > 0);
    return isShared ? pointerTo(offsetOf(value)) : encoded(value);
  };
  const encoded = (value: unknown): Buffer => {
    if (Array.isArray(value)) return Buffer.concat([control(TYPE.array, value.length), ...value.map(partOf)]);
    if (!isMap(value)) return encodeValue(value);
    const fields = fieldsOf(value);
    return Buffer.concat([control(TYPE.map, fields.length), ...fields.flat().map(partOf)]);
  };
  const offsetOf = (value: unknown): number => {
    const key = JSON.stringify(value);
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const part = pointers ? encoded(value) : encodeValue(value);
    parts.push(part);
    offsets.set(key, size);
    size += part.length;
    return size - part.length;
  };
  return { offsetOf, octets: () => Buffer.concat(parts) };
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

/** Of the shortest form that reaches so far; each counts on from the one before. */
function pointerTo(offset: number): Buffer {
  const forms = [
    { octets: 1, base: 0 },
    { octets: 2, base: 2048 },
    { octets: 3, base: 526_336 },
  ];
  for (const [form, { octets, base }] of forms.entries()) {
    const bits = 3 + 8 * octets;
    if (offset - base >= 2 ** bits) continue;
    const rest = unsigned((offset - base) % 2 ** (8 * octets), octets);
    return Buffer.concat([Buffer.of(0x20 | (form << 3) | ((offset - base) >>> (8 * octets))), rest]);
  }
  return Buffer.concat([Buffer.of(0x38), unsigned(offset, 4)]);
}

/** Type numbers of the format; those above 7 take a second octet. */
const TYPE = { string: 2, double: 3, uint32: 6, map: 7, array: 11, boolean: 14 };

export function encodeValue(value: unknown): Buffer {
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return Buffer.concat([control(TYPE.string, text.length), text]);
  }
  if (typeof value === "boolean") return control(TYPE.boolean, value ? 1 : 0);
  if (typeof value === "number") {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
      return Buffer.concat([control(TYPE.uint32, 4), unsigned(value, 4)]);
    }
    const double = Buffer.alloc(8);
    double.writeDoubleBE(value);
    return Buffer.concat([control(TYPE.double, 8), double]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(TYPE.array, value.length), ...value.map(encodeValue)]);
  const fields = fieldsOf(value as object);
  return Buffer.concat([control(TYPE.map, fields.length), ...fields.flat().map(encodeValue)]);
}

function control(type: number, size: number): Buffer {
  if (size >= 285) throw new RangeError(`sizes from 285 are not written: ${size}`);
  const short = Math.min(size, 29);
  const head = type > 7 ? [short, type - 7] : [(type << 5) | short];
  return Buffer.from(size >= 29 ? [...head, size - 29] : head);
}
