/**
 * SipHash-2-4 and HalfSipHash-1-3: keyed hashes of short inputs, so that who does not know the key can neither forge a
 * hash nor make two inputs meet. Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), and the reference
 * implementation, https://github.com/veorq/SipHash. The first is a MAC of 64 bits; the second is quick where integers
 * have 32 bits, and meant for hash tables alone: nobody may see its hashes.
 *
 * In 32-bit integers, without BigInt and without allocation.
 */

/** Writes the 8 octets of the hash of the first `length` octets. */
export type SipHash = (octets: Uint8Array, length: number, out: Uint8Array, at: number) => void;

/** The hash under a key of 16 octets. */
export function createSipHash(key: Uint8Array): SipHash {
  const keyLow0 = wordAt(key, 0, 16);
  const keyHigh0 = wordAt(key, 4, 16);
  const keyLow1 = wordAt(key, 8, 16);
  const keyHigh1 = wordAt(key, 12, 16);

  return (octets, length, out, at) => {
    // "somepseudorandomlygeneratedbytes", as the paper chose it.
    let low0 = keyLow0 ^ 0x70736575;
    let high0 = keyHigh0 ^ 0x736f6d65;
    let low1 = keyLow1 ^ 0x6e646f6d;
    let high1 = keyHigh1 ^ 0x646f7261;
    let low2 = keyLow0 ^ 0x6e657261;
    let high2 = keyHigh0 ^ 0x6c796765;
    let low3 = keyLow1 ^ 0x79746573;
    let high3 = keyHigh1 ^ 0x74656462;

    const blocks = (length >>> 3) + 1;
    for (let block = 0; block <= blocks; block++) {
      // Behind the message a block of zeros with more rounds: the finalization.
      const isFinal = block === blocks;
      const messageLow = isFinal ? 0 : wordAt(octets, block * 8, length);
      let messageHigh = isFinal ? 0 : wordAt(octets, block * 8 + 4, length);
      if (block === blocks - 1) messageHigh |= length << 24;
      if (isFinal) low2 ^= 0xff;
      low3 ^= messageLow;
      high3 ^= messageHigh;
      for (let round = isFinal ? 4 : 2; round > 0; round--) {
        // v0 += v1; v1 <<<= 13; v1 ^= v0; v0 <<<= 32
        let low = (low0 + low1) | 0;
        let high = (high0 + high1 + (low >>> 0 < low1 >>> 0 ? 1 : 0)) | 0;
        let turned = ((low1 << 13) | (high1 >>> 19)) ^ low;
        high1 = ((high1 << 13) | (low1 >>> 19)) ^ high;
        low1 = turned;
        low0 = high;
        high0 = low;
        // v2 += v3; v3 <<<= 16; v3 ^= v2
        low = (low2 + low3) | 0;
        high2 = (high2 + high3 + (low >>> 0 < low3 >>> 0 ? 1 : 0)) | 0;
        low2 = low;
        turned = ((low3 << 16) | (high3 >>> 16)) ^ low2;
        high3 = ((high3 << 16) | (low3 >>> 16)) ^ high2;
        low3 = turned;
        // v0 += v3; v3 <<<= 21; v3 ^= v0
        low = (low0 + low3) | 0;
        high0 = (high0 + high3 + (low >>> 0 < low3 >>> 0 ? 1 : 0)) | 0;
        low0 = low;
        turned = ((low3 << 21) | (high3 >>> 11)) ^ low0;
        high3 = ((high3 << 21) | (low3 >>> 11)) ^ high0;
        low3 = turned;
        // v2 += v1; v1 <<<= 17; v1 ^= v2; v2 <<<= 32
        low = (low2 + low1) | 0;
        high = (high2 + high1 + (low >>> 0 < low1 >>> 0 ? 1 : 0)) | 0;
        turned = ((low1 << 17) | (high1 >>> 15)) ^ low;
        high1 = ((high1 << 17) | (low1 >>> 15)) ^ high;
        low1 = turned;
        low2 = high;
        high2 = low;
      }
      low0 ^= messageLow;
      high0 ^= messageHigh;
    }
    putWord(out, at, low0 ^ low1 ^ low2 ^ low3);
    putWord(out, at + 4, high0 ^ high1 ^ high2 ^ high3);
  };
}

export interface HalfSipHash {
  /** The hash of the first `count` words, a signed 32-bit integer. `words` has room for one more. */
  readonly ofWords: (words: Int32Array, count: number) => number;
  /** The hash of the octets from `start` to before `end`, 255 at most. */
  readonly ofOctets: (octets: Uint8Array, start: number, end: number) => number;
}

/** The longest input of `ofOctets`, a domain name. */
const MAX_OCTETS = 255;

export function createHalfSipHash(key0: number, key1: number): HalfSipHash {
  const packed = new Int32Array((MAX_OCTETS + 1) / 4);

  /** `words`: the input in little-endian words, the last one filled with zeros and not full. */
  const hash = (words: Int32Array, length: number): number => {
    let v0 = key0 | 0;
    let v1 = key1 | 0;
    let v2 = key0 ^ 0x6c796765;
    let v3 = key1 ^ 0x74656462;
    const blocks = (length >> 2) + 1;
    for (let block = 0; block <= blocks; block++) {
      const isFinal = block === blocks;
      let message = isFinal ? 0 : words[block]!;
      if (block === blocks - 1) message |= length << 24;
      if (isFinal) v2 ^= 0xff;
      v3 ^= message;
      for (let round = isFinal ? 3 : 1; round > 0; round--) {
        v0 = (v0 + v1) | 0;
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
        v0 = (v0 << 16) | (v0 >>> 16);
        v2 = (v2 + v3) | 0;
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
        v0 = (v0 + v3) | 0;
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
        v2 = (v2 + v1) | 0;
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
        v2 = (v2 << 16) | (v2 >>> 16);
      }
      v0 ^= message;
    }
    return v1 ^ v3;
  };

  return {
    ofWords(words, count) {
      words[count] = 0;
      return hash(words, count * 4);
    },
    ofOctets(octets, start, end) {
      const length = end - start;
      for (let word = 0; word <= length >> 2; word++) packed[word] = wordAt(octets, start + word * 4, end);
      return hash(packed, length);
    },
  };
}

/** A little-endian word; octets at and behind `end` are zero. */
function wordAt(octets: Uint8Array, at: number, end: number): number {
  if (at + 4 <= end) {
    return octets[at]! | (octets[at + 1]! << 8) | (octets[at + 2]! << 16) | (octets[at + 3]! << 24);
  }
  let word = 0;
  for (let i = end - 1; i >= at; i--) word = (word << 8) | octets[i]!;
  return word;
}

function putWord(out: Uint8Array, at: number, word: number): void {
  out[at] = word;
  out[at + 1] = word >> 8;
  out[at + 2] = word >> 16;
  out[at + 3] = word >> 24;
}
