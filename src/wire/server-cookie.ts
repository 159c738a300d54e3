/**
 * DNS server cookies: what tells a client that has answered from its address before from one that only claims it
 * (RFC 7873), in the form that all servers of a fleet can make and verify (RFC 9018 section 4). The COOKIE option around
 * them is not read or written here.
 */
import { writeWords } from "../shared/address-words.ts";
import { CLIENT_COOKIE } from "./query.ts";
import { createSipHash } from "./siphash.ts";

export interface ServerCookies {
  /**
   * Writes a fresh server cookie of `SERVER_COOKIE` octets for the client cookie in the first octets of `cookie`.
   * `words`: the client's address (`shared/address-words.ts`). `now`: whole seconds since the Unix epoch.
   */
  write(out: Uint8Array, at: number, cookie: Uint8Array, family: 4 | 6, words: Uint32Array, now: number): void;
  /** Whether the client cookie in the first octets of `cookie` comes with a server cookie that one of the secrets made. */
  isValid(cookie: Uint8Array, length: number, family: 4 | 6, words: Uint32Array, now: number): boolean;
}

/** Octets of a server cookie (RFC 9018 section 4): version, three reserved, timestamp, hash. */
export const SERVER_COOKIE = 16;

/** The version of the server cookie (RFC 9018 section 4.1). */
const VERSION = 1;
/** Octets in front of the hash, which covers them: the client cookie, and version, reserved and timestamp. */
const HASHED = 16;
const TIMESTAMP = 12;

/**
 * Seconds. RFC 9018 section 4.3: "The DNS server SHOULD allow cookies within a 1-hour period in the past and a 5-minute
 * period into the future".
 */
const PAST = 3600;
const FUTURE = 300;

/**
 * `secrets`: 16 octets each. The first one makes cookies and all verify, so that a fleet takes on a new secret in three
 * steps of one host after the other (RFC 9018 section 5): behind the old one, in front of it, and, when the cookies of
 * the old one have expired after an hour, alone.
 */
export function createServerCookies(secrets: readonly Uint8Array[]): ServerCookies {
  const hashes = secrets.map(createSipHash);
  /** The input of the hash. RFC 9018 section 4.4: "Client Cookie | Version | Reserved | Timestamp | Client-IP". */
  const input = new Uint8Array(HASHED + 16);
  const expected = new Uint8Array(CLIENT_COOKIE + SERVER_COOKIE - HASHED);

  /** Writes the client's address into the input; returns the length of the whole. */
  const putAddress = (family: 4 | 6, words: Uint32Array): number => {
    const octets = family === 4 ? 4 : 16;
    writeWords(words, input, HASHED, octets);
    return HASHED + octets;
  };

  return {
    write(out, at, cookie, family, words, now) {
      for (let i = 0; i < CLIENT_COOKIE; i++) input[i] = cookie[i]!;
      input[8] = VERSION;
      // RFC 9018 section 4.2: "On construction, it MUST be set to zero octets."
      input[9] = input[10] = input[11] = 0;
      for (let i = 0; i < 4; i++) input[TIMESTAMP + i] = now >>> (24 - (i << 3));
      for (let i = CLIENT_COOKIE; i < HASHED; i++) out[at + i - CLIENT_COOKIE] = input[i]!;
      hashes[0]!(input, putAddress(family, words), out, at + HASHED - CLIENT_COOKIE);
    },
    isValid(cookie, length, family, words, now) {
      if (length !== CLIENT_COOKIE + SERVER_COOKIE || cookie[8] !== VERSION) return false;
      // RFC 9018 section 4.3: "All comparisons involving these fields MUST use 'Serial number arithmetic'".
      const age = (now - timestampOf(cookie)) | 0;
      if (age > PAST || age < -FUTURE) return false;
      // Section 4.2: the reserved octets are hashed as they came, and need not be zero.
      for (let i = 0; i < HASHED; i++) input[i] = cookie[i]!;
      const end = putAddress(family, words);
      let valid = false;
      // A wrong hash takes as long as a right one, whichever secret made it: the time must not tell how much is right.
      for (let secret = 0; secret < hashes.length; secret++) {
        hashes[secret]!(input, end, expected, 0);
        let difference = 0;
        for (let i = 0; i < expected.length; i++) difference |= expected[i]! ^ cookie[HASHED + i]!;
        valid = difference === 0 || valid;
      }
      return valid;
    },
  };
}

function timestampOf(cookie: Uint8Array): number {
  let seconds = 0;
  for (let i = 0; i < 4; i++) seconds = (seconds << 8) | cookie[TIMESTAMP + i]!;
  return seconds;
}
