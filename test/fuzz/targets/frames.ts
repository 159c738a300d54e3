/**
 * A TCP stream however it is cut (RFC 1035 section 4.2.2): the same messages, each as soon as its last octet has come,
 * none longer than announced, and no memory but for what has come of one.
 */
import { createFrameReader } from "../../../src/server/transports/tcp-frames.ts";
import { createChance, type Chance } from "../chance.ts";
import { blindEdits, replaced, withUint16 } from "../edit.ts";
import type { Target } from "../target.ts";

/** Octets of the length before a message. */
const PREFIX = 2;
/** Octets of memory that do not count. */
const SMALL = 1024;
const SIZES = [0, 1, 2, 11, 12, 13, 40, 255, 256, 257, 511, 512];
/** Octets of a stream that is mutated; longer ones only take longer. */
const LONG = 4096;
const LARGE = [4096, 16_384, 65_534, 65_535];

export const frames: Target = {
  name: "frames",
  form: "hex",
  variants: 64,
  models: [
    stream([0, 1, 2, 12]),
    stream([255, 256, 257]),
    stream([3000, 3]),
    Uint8Array.of(0xff),
    Uint8Array.of(0xff, 0xff),
    Uint8Array.of(0, 0, 0, 0, 0, 1, 0),
  ],
  generate(chance) {
    const sizes = Array.from({ length: chance.below(8) }, () => chance.pick(chance.below(1000) === 0 ? LARGE : SIZES));
    const whole = stream(sizes);
    return chance.below(2) === 0 ? whole : whole.slice(0, chance.below(whole.length + 1));
  },
  mutate(input, other, chance) {
    if (input.length === 0) return other.slice(0, LONG);
    if (input.length > LONG) return input.slice(0, LONG);
    return chance.pick(input.length < PREFIX || chance.below(2) === 0 ? blindEdits : edits)(input, other, chance);
  },
  check,
};

function stream(sizes: readonly number[]): Uint8Array {
  const whole = new Uint8Array(sizes.reduce((sum, size) => sum + PREFIX + size, 0));
  let at = 0;
  for (const size of sizes) {
    whole[at++] = size >> 8;
    whole[at++] = size;
    for (let i = 0; i < size; i++) whole[at++] = i;
  }
  return whole;
}

const edits: typeof blindEdits = [
  // A length.
  (input, _, chance) => {
    const { at, size } = chance.pick(announced(input));
    return withUint16(input, at, chance.pick([0, size + 1, size - 1, 65_535, chance.below(300)]));
  },
  // A message more, or twice.
  (input, other, chance) => {
    const from = chance.below(2) === 0 && other.length >= PREFIX ? other : input;
    const { at, size } = chance.pick(announced(from));
    return replaced(input, chance.pick(announced(input)).at, 0, from.subarray(at, at + PREFIX + Math.min(size, 600)));
  },
];

interface Announced {
  readonly at: number;
  readonly size: number;
}

/** Where lengths are, the last perhaps of a message that does not end. */
function announced(input: Uint8Array): readonly Announced[] {
  const found: Announced[] = [];
  for (let at = 0; at + PREFIX <= input.length; at += PREFIX + found.at(-1)!.size) {
    found.push({ at, size: (input[at]! << 8) | input[at + 1]! });
  }
  return found;
}

function check(input: Uint8Array, variant: number): readonly string[] {
  const expected = announced(input).filter(({ at, size }) => at + PREFIX + size <= input.length);
  const reader = createFrameReader();
  let [come, given] = [0, 0];
  for (const size of cuts(input.length, variant)) {
    const chunk = input.subarray(come, come + size);
    come += size;
    reader.push(chunk);
    for (let message = reader.next(); message !== undefined; message = reader.next()) {
      const { at, size: length } = expected[given++] ?? { at: 0, size: -1 };
      if (message.length !== length) throw new Error(`${message.length} octets, announced were ${length}`);
      if (Buffer.compare(message, input.subarray(at + PREFIX, at + PREFIX + length)) !== 0)
        throw new Error("other octets");
      if (message.buffer !== chunk.buffer && message.buffer.byteLength > Math.max(SMALL, 2 * (PREFIX + length))) {
        throw new Error(`${message.buffer.byteLength} octets of memory for a message of ${length}`);
      }
    }
    const whole = expected.findLastIndex(({ at, size: length }) => at + PREFIX + length <= come) + 1;
    if (given !== whole) throw new Error(`${given} messages are given of ${whole}`);
  }
  const rest = input.length - (expected.length > 0 ? expected.at(-1)!.at + PREFIX + expected.at(-1)!.size : 0);
  const sizes = expected.slice(0, 2).map(({ size }) => Math.ceil(Math.log2(size + 1)));
  return [`${variant % CUTS.length} ${Math.min(rest, 3)} ${sizes.join(" ")}`, `${expected.length}`];
}

/** Chunks, after which the rest comes at once. */
const SMALL_CHUNKS = 150;
/** Octets of a chunk at most. */
const CUTS = [1, 2, 3, 5, 8, 100, 1000, 70_000];

/** Sizes of the chunks: whole, one octet each, a few, or mixed; some of them empty. */
function* cuts(length: number, variant: number): Generator<number> {
  if (variant === 0) return yield length;
  const chance = createChance(variant);
  const most = CUTS[variant % CUTS.length]!;
  // A long stream in small pieces says no more than its start.
  let rest = length;
  for (let chunks = 0; rest > 0; chunks++) {
    const size = Math.min(rest, chunks < SMALL_CHUNKS ? chunkSize(chance, most) : rest);
    rest -= size;
    yield size;
  }
}

function chunkSize(chance: Chance, most: number): number {
  return most === 1 ? 1 : chance.below(most + 1);
}
