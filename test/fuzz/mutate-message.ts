/** Changes of a DNS message that know where its counts, lengths, labels, records and options are. */
import { octets, optRecord } from "../support/query-packet.ts";
import type { Chance } from "./chance.ts";
import { dissect, type Dissection, type Span } from "./dissect.ts";
import { blindEdits, NONE, replaced, withOctet, withUint16 } from "./edit.ts";
import { anyOption, soup } from "./message-grammar.ts";

export function mutateMessage(packet: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  if (packet.length === 0) return other.slice();
  if (packet.length < 12 || chance.below(2) === 0) return chance.pick(blindEdits)(packet, other, chance);
  return chance.pick(aimedEdits)(packet, other, chance, dissect(packet));
}

type AimedEdit = (packet: Uint8Array, other: Uint8Array, chance: Chance, found: Dissection) => Uint8Array;

const COUNTS = [4, 6, 8, 10];
const ADDITIONAL = 10;

const aimedEdits: readonly AimedEdit[] = [
  // A flag, an opcode.
  (packet, _, { below }) => {
    const at = 2 + below(2);
    return withOctet(packet, at, packet[at]! ^ (1 << below(8)));
  },
  // A count.
  (packet, _, { below, pick }) => {
    const at = pick(COUNTS);
    return withUint16(packet, at, pick([0, 1, 2, u16(packet, at) + 1, u16(packet, at) - 1, 65535, below(65536)]));
  },
  // A length.
  (packet, _, chance, { lengths }) => {
    if (lengths.length === 0) return packet;
    const { at, size } = chance.pick(lengths);
    const length = size === 1 ? packet[at]! : u16(packet, at);
    const value = chance.pick([0, length + 1, length - 1, length * 2, size === 1 ? 63 : 512, 0xffff]);
    return size === 1 ? withOctet(packet, at, value & 0xff) : withUint16(packet, at, value);
  },
  // A pointer in the place of a label or of a record's owner.
  (packet, _, chance, { labels, records }) => {
    const at = chance.pick([...labels, ...records.map(({ start }) => start), packet.length]);
    const target = chance.pick([0, 4, 12, at, Math.max(0, at - 2), at + 2, packet.length, chance.below(16384)]);
    const removed = chance.below(2) === 0 ? 1 + (packet[at] ?? 0) : chance.below(3);
    return replaced(packet, at, removed, Uint8Array.of(0xc0 | (target >> 8), target & 0xff));
  },
  // A record more, less, or elsewhere; its count with it, mostly.
  (packet, other, chance, { records, questionEnd }) => {
    const from = chance.below(3) === 0 ? other : packet;
    const spans = from === packet ? records : dissect(other).records;
    if (spans.length === 0) return packet;
    const { start, end } = chance.pick(spans);
    const place = chance.pick([questionEnd, packet.length, ...records.map((record) => record.start)]);
    return counted(replaced(packet, place, 0, from.subarray(start, end)), 1, chance);
  },
  (packet, _, chance, { records }) => {
    if (records.length === 0) return packet;
    const { start, end } = chance.pick(records);
    return counted(replaced(packet, start, end - start, NONE), -1, chance);
  },
  // An option more or less, the record's length with it, mostly.
  (packet, _, chance, { opt }) => {
    if (opt === undefined) return withOpt(packet, chance);
    const place = chance.pick([opt.end, ...opt.options.map(({ start }) => start)]);
    return resized(packet, opt, place, 0, anyOption(chance, chance.below(2) === 0), chance);
  },
  (packet, _, chance, { opt }) => {
    if (opt === undefined || opt.options.length === 0) return withOpt(packet, chance);
    const { start, end } = chance.pick(opt.options);
    const [place, removed, inserted] = chance.pick([
      [start, end - start, NONE],
      [end, 0, packet.subarray(start, end)],
      [opt.start + 11, 0, packet.subarray(start, end)],
    ] as const);
    return resized(packet, opt, place, removed, inserted, chance);
  },
  // All options anew.
  (packet, _, chance, { opt }) => {
    if (opt === undefined) return withOpt(packet, chance);
    return resized(packet, opt, opt.start + 11, opt.end - opt.start - 11, soup(chance, chance.below(2) === 0), chance);
  },
  // An option's data longer or shorter; the lengths around it with it, mostly.
  (packet, _, chance, { opt }) => {
    if (opt === undefined || opt.options.length === 0) return packet;
    const { data, end } = chance.pick(opt.options);
    const size = chance.pick([0, 7, 8, 9, 15, 16, 17, 24, 40, 41, end - data + 1, Math.max(0, end - data - 1)]);
    const changed = withUint16(packet, data - 2, size);
    const filled = octets(
      packet.subarray(data, Math.min(end, data + size)),
      chance.octets(Math.max(0, size - (end - data))),
    );
    return resized(changed, opt, data, end - data, filled, chance);
  },
  // EDNS version, flags, payload size.
  (packet, _, { below, pick }, { opt }) => {
    if (opt === undefined) return packet;
    return withOctet(packet, opt.start + 3 + below(6), pick([0, 1, 2, 4, 0x80, 255]));
  },
  // Type and class of the question.
  (packet, _, { below, pick }, { questionEnd }) =>
    withUint16(packet, questionEnd - pick([2, 4]), pick([0, 1, 3, 28, 41, 43, 250, 251, 252, 254, 255, below(65536)])),
  // The other's question before these records, and the other way round.
  (packet, other, _, { questionEnd }) =>
    replaced(other, dissect(other).questionEnd, other.length, packet.subarray(questionEnd)),
  // A label more or less.
  (packet, _, chance, { labels }) => {
    if (labels.length === 0) return packet;
    const at = chance.pick(labels);
    const label = packet.subarray(at, at + 1 + packet[at]!);
    return chance.below(2) === 0 ? replaced(packet, at, label.length, NONE) : replaced(packet, at, 0, label);
  },
];

function withOpt(packet: Uint8Array, chance: Chance): Uint8Array {
  return counted(octets(packet, optRecord({ data: soup(chance, chance.below(2) === 0) })), 1, chance);
}

function counted(packet: Uint8Array, more: 1 | -1, { below, pick }: Chance): Uint8Array {
  if (below(8) === 0) return packet;
  const at = below(4) === 0 ? pick(COUNTS) : ADDITIONAL;
  return withUint16(packet, at, u16(packet, at) + more);
}

function resized(
  packet: Uint8Array,
  opt: Span,
  at: number,
  remove: number,
  insert: Uint8Array,
  { below }: Chance,
): Uint8Array {
  const result = replaced(packet, at, remove, insert);
  if (below(8) === 0) return result;
  return withUint16(result, opt.start + 9, opt.end - opt.start - 11 - remove + insert.length);
}

function u16(packet: Uint8Array, at: number): number {
  return (packet[at]! << 8) | packet[at + 1]!;
}
