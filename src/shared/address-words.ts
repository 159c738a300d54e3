/**
 * IP addresses as 32-bit words in host order, four of them, IPv4 in the first: the form in which the server looks them
 * up and compares them, in arrays that it uses again for every query.
 */
import type { IpAddress } from "./ip-address.ts";

/** Reads up to 16 octets in network order into all four words. Bits that are not given are 0. */
export function readWords(octets: Uint8Array, from: number, length: number, words: Uint32Array): void {
  words[0] = words[1] = words[2] = words[3] = 0;
  for (let i = 0; i < length; i++) words[i >> 2]! |= octets[from + i]! << (24 - ((i & 3) << 3));
}

/** Writes the first `length` octets of the words. */
export function writeWords(words: Uint32Array, out: Uint8Array, at: number, length: number): void {
  for (let i = 0; i < length; i++) out[at + i] = (words[i >> 2]! >>> (24 - ((i & 3) << 3))) & 0xff;
}

/** The word that four octets make. */
export function wordAt(octets: Uint8Array, at: number): number {
  return ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;
}

export function wordsOf({ octets }: IpAddress): Uint32Array {
  const words = new Uint32Array(4);
  readWords(octets, 0, octets.length, words);
  return words;
}

export function addressOfWords(family: 4 | 6, words: Uint32Array): IpAddress {
  const octets = new Uint8Array(family === 4 ? 4 : 16);
  writeWords(words, octets, 0, octets.length);
  return { family, octets };
}

/** The bits of an address's 32-bit word at `index` that a prefix of `length` bits covers. */
export function prefixMask(length: number, index: number): number {
  const bits = length - index * 32;
  return bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits);
}
