/**
 * Which of several a client keeps to, in place of chance: rendezvous hashing (Thaler and Ravishankar, "Using Name-Based
 * Mappings to Increase Hit Rates", IEEE/ACM Transactions on Networking 6.1, 1998). Each of them has a lot that the
 * client's prefix and its own name decide, and the least lot wins: who is no longer there gives its clients away and
 * moves no others, whoever comes takes from each its part. Nothing is kept, so it holds over restarts and on all servers.
 *
 * Weights: a lot is −ln(u) / p, with u in (0, 1) from the hash. That is the time until the first event of a process that
 * has p a second, and of several processes the first is that of p with probability p / Σp.
 *
 * The hash is MurmurHash3_x86_32 by Austin Appleby (https://github.com/aappleby/smhasher, public domain): four octets cost
 * a dozen operations on 32-bit integers, and each of their bits changes each bit of the result in half of all cases. It
 * keeps no secrets: whoever can choose his address chooses his endpoint, as he may do without DNS. docs/steering.md has
 * the rule with an example.
 */
import { prefixMask } from "../shared/address-words.ts";
import type { StickyPrefix } from "./snapshot.ts";

/** Whose place decides, as it is asked for each query. */
export interface Keeper {
  /** 4 also for IPv4 inside IPv6. */
  family: 4 | 6;
  /** Four of 32 bits, IPv4 in the first. */
  readonly words: Uint32Array;
}

export function newKeeper(): Keeper {
  return { family: 4, words: new Uint32Array(4) };
}

/** What those have among whom a client is to keep to one. */
export interface Lots {
  readonly seeds: Uint32Array;
  /** In the same order. Above 0. */
  readonly probabilities: Float64Array;
  /** Whether all of them are as likely. */
  readonly areEven: boolean;
  readonly ipv4Mask: number;
  readonly ipv6Masks: Int32Array;
}

/** `names` are distinct. */
export function lotsOf(names: readonly string[], probabilities: readonly number[], prefix: StickyPrefix): Lots {
  const seeds = new Set<number>();
  for (const name of names) {
    let seed = hashText(name, 0);
    // With the seed of another it would never win against it.
    for (let again = 1; seeds.has(seed); again++) seed = hashText(name, again);
    seeds.add(seed);
  }
  return {
    seeds: Uint32Array.from(seeds),
    probabilities: Float64Array.from(probabilities),
    areEven: probabilities.every((probability) => probability === probabilities[0]),
    ipv4Mask: prefixMask(prefix.ipv4, 0),
    ipv6Masks: Int32Array.from([0, 1, 2, 3], (word) => prefixMask(prefix.ipv6, word)),
  };
}

/** The index of the one that the client keeps to. Allocates nothing. */
export function keptTo(lots: Lots, { family, words }: Keeper): number {
  const { seeds, probabilities, areEven, ipv4Mask, ipv6Masks } = lots;
  const isIpv4 = family === 4;
  const first = block(swapped(words[0]! & (isIpv4 ? ipv4Mask : ipv6Masks[0]!)));
  const second = isIpv4 ? 0 : block(swapped(words[1]! & ipv6Masks[1]!));
  const third = isIpv4 ? 0 : block(swapped(words[2]! & ipv6Masks[2]!));
  const fourth = isIpv4 ? 0 : block(swapped(words[3]! & ipv6Masks[3]!));
  let winner = 0;
  let greatest = -1;
  let least = Infinity;
  for (let i = 0; i < seeds.length; i++) {
    let hash = added(seeds[i]!, first);
    if (!isIpv4) hash = added(added(added(hash, second), third), fourth);
    hash = finished(hash, isIpv4 ? 4 : 16);
    if (areEven) {
      // The greatest hash has the least lot.
      if (hash <= greatest) continue;
      greatest = hash;
      winner = i;
      continue;
    }
    const u = (hash + 0.5) / 2 ** 32;
    const probability = probabilities[i]!;
    // −ln(u) is 1 − u at least: most are told from the winner without a logarithm.
    if (1 - u >= least * probability) continue;
    const lot = -Math.log(u) / probability;
    if (lot >= least) continue;
    least = lot;
    winner = i;
  }
  return winner;
}

/** MurmurHash3_x86_32 of the text in UTF-8, as a whole number below 2^32. */
export function hashText(text: string, seed: number): number {
  const octets = new TextEncoder().encode(text);
  const whole = octets.length - (octets.length % 4);
  let hash = seed;
  for (let at = 0; at < whole; at += 4) {
    hash = added(hash, block(octets[at]! | (octets[at + 1]! << 8) | (octets[at + 2]! << 16) | (octets[at + 3]! << 24)));
  }
  let tail = 0;
  for (let at = whole; at < octets.length; at++) tail |= octets[at]! << ((at - whole) * 8);
  // A tail of zeros alone, or none, is nothing.
  return finished(hash ^ block(tail), octets.length);
}

/** The hash reads octets in network order as little-endian words. */
function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

function block(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function added(hash: number, mixed: number): number {
  const sum = hash ^ mixed;
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number, length: number): number {
  let mixed = hash ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
