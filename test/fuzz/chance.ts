/**
 * Chance that comes again: the numbers of a case follow from the seed and the case's number alone, so that a run goes on
 * where it stopped and a failure is found again. xoshiro128** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", ACM TOMS 47(4), 2021), its state filled by the finaliser of MurmurHash3.
 */

export interface Chance {
  /** A whole number from 0 to `limit` - 1. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly octets: (length: number) => Uint8Array;
}

export interface CaseChance extends Chance {
  /** Starts the numbers of a case. */
  readonly start: (seed: number, caseNumber: number) => void;
}

export function createChance(seed = 0, caseNumber = 0): CaseChance {
  let [a, b, c, d] = [0, 0, 0, 1];
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const chance: CaseChance = {
    start(ofSeed, ofCase) {
      // Case numbers outgrow 32 bits in a week.
      const high = Math.floor(ofCase / 2 ** 32);
      a = mixed(ofSeed ^ 0x9e3779b9);
      b = mixed(a + (ofCase >>> 0));
      c = mixed(b + high + 0x85ebca6b);
      // All zero is the one state that does not move.
      d = mixed(a ^ b ^ c) | 1;
    },
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
    pick: (list) => list[chance.below(list.length)]!,
    octets: (length) => Uint8Array.from({ length }, () => next() >>> 24),
  };
  chance.start(seed, caseNumber);
  return chance;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function mixed(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
