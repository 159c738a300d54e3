/**
 * Response rate limiting after BIND's model (BIND 9 Administrator Reference Manual, "Response Rate Limiting"), so that
 * queries with a forged source do not turn the server against that source. Each client network has an account per
 * answer class and name, one for its answers of all kinds, and one for those that are much larger than their queries:
 * of these a forger gets the most, so they are limited where nobody has asked for limits. An account earns a number of answers a second and holds a second's worth at most; every answer costs
 * one, also one that is not sent, so that who does not stop stays in debt, for `window` seconds at most. In debt,
 * answers are dropped, except every `slip`-th: truncated, so that a real client asks again over TCP.
 *
 * The accounts lie in memory that all UDP workers share. An account is one number, the moment at which its balance is
 * zero: later than now = debt, a second ago or longer = full, as is an account that is not there. The memory is a table
 * of sets, and a new account takes the place of the one in its set with the best balance, which loses least. So a flood
 * from everywhere costs nothing but forgotten good conduct, and pushes nobody out who is in debt.
 *
 * Workers do not wait for each other: two that debit one account at once may lose a debit, two that open one at once
 * may lose an account. 64-bit machines do not tear the numbers.
 */
import { prefixMask } from "../../shared/address-words.ts";
import type { RateLimitRules } from "../../shared/server-settings.ts";
import { createHalfSipHash } from "../../wire/siphash.ts";
import { isListed } from "./address-list.ts";

/** What a worker limits by. */
export interface RateLimit {
  readonly rules: RateLimitRules;
  /** The memory of `createRateLimitTable`, which outlives the rules. */
  readonly memory: SharedArrayBuffer;
}

/** What an account is for, besides the network. */
export const ANSWER = { positive: 0, nodata: 1, nxdomain: 2, referral: 3, error: 4 } as const;
export type AnswerClass = (typeof ANSWER)[keyof typeof ANSWER];
/** Accounts of a network for answers of several classes, whatever their names. */
const AMPLIFIED = 5;
const EVERY_CLASS = 6;
type AccountKind = AnswerClass | typeof AMPLIFIED | typeof EVERY_CLASS;

/**
 * How many octets of an answer for one of its query make it an amplified one. Addresses, negative answers and referrals
 * have two or three; large sets of TXT records have more.
 */
export const AMPLIFICATION = 5;

export const SEND = 0;
export const DROP = 1;
export const TRUNCATE = 2;
export type Verdict = typeof SEND | typeof DROP | typeof TRUNCATE;

export interface RateLimiter {
  /** Whether `judge` limits anything. */
  readonly judgesAll: boolean;
  /** Whether `judgeAmplified` does. */
  readonly judgesAmplified: boolean;
  /** Debits the network's account of answers that are larger than `AMPLIFICATION` times their query. */
  judgeAmplified(family: 4 | 6, words: Uint32Array, now: number): Verdict;
  /**
   * Debits the client's account. `words`: its address, IPv4 in the first. `name`: by `hashName`, of the name that the
   * answer is about; errors have none. `now`: milliseconds of a clock that all workers share.
   */
  judge(family: 4 | 6, words: Uint32Array, answer: AnswerClass, name: number, now: number): Verdict;
  /**
   * The hash of a name in wire form, lower case, from `start` to before `end`. Where any name below would get the answer, of the
   * ancestor that they share: the wildcard's parent, the closest encloser of a name that does not exist.
   */
  readonly hashName: (octets: Uint8Array, start: number, end: number) => number;
}

/** Accounts of one set: what one look-up compares. */
const WAYS = 8;
/** Milliseconds of income that an account holds at most. BIND: "cannot become more positive than the per-second limit". */
const FULL = 1000;
/** Milliseconds; a clock that goes back further was set, and accounts know nothing of its new time. */
const CLOCK_JITTER = 1000;
/** Milliseconds that sums of fractions may be off: less than a thousandth of an answer at 1000 a second. */
const ROUNDING = 0.0005;

/** The head of the memory, in Float64: one cache line for what is read alone, one for each number that workers write. */
const HEAD = 24;
/** When the memory was made; moments count from here. */
const ORIGIN = 0;
/** Two 32-bit words. */
const KEY = 1;
/** The last moment that any worker has seen. */
const LATEST = 8;
/** The account of all clients together. */
const SERVER = 16;

/** A moment, a hash, and a count of answers in debt. */
const ENTRY_SIZE = Float64Array.BYTES_PER_ELEMENT + 2 * Int32Array.BYTES_PER_ELEMENT;

/** For `entries` accounts, rounded up to a power of two. `key`: two random words. `now`: as for `judge`. */
export function createRateLimitTable(entries: number, key: Uint32Array, now: number): SharedArrayBuffer {
  const count = Math.max(WAYS, 2 ** Math.ceil(Math.log2(entries)));
  const memory = new SharedArrayBuffer(HEAD * Float64Array.BYTES_PER_ELEMENT + count * ENTRY_SIZE);
  const { head, keyWords, zeroAt } = viewTable(memory);
  zeroAt.fill(-Infinity);
  head[ORIGIN] = now;
  head[SERVER] = -Infinity;
  keyWords.set(key);
  return memory;
}

function viewTable(memory: SharedArrayBuffer) {
  const start = HEAD * Float64Array.BYTES_PER_ELEMENT;
  const count = (memory.byteLength - start) / ENTRY_SIZE;
  return {
    head: new Float64Array(memory, 0, HEAD),
    keyWords: new Uint32Array(memory, KEY * Float64Array.BYTES_PER_ELEMENT, 2),
    zeroAt: new Float64Array(memory, start, count),
    hashes: new Int32Array(memory, start + count * 8, count),
    inDebt: new Int32Array(memory, start + count * 12, count),
  };
}

export function createRateLimiter({ rules, memory }: RateLimit): RateLimiter {
  const { head, keyWords, zeroAt, hashes, inDebt } = viewTable(memory);
  const { ofOctets, ofWords } = createHalfSipHash(keyWords[0]!, keyWords[1]!);
  const origin = head[ORIGIN]!;
  const lastSet = zeroAt.length / WAYS - 1;
  const { responses, nodata, nxdomains, referrals, errors, slip } = rules;
  /** Milliseconds of income by `ANSWER`; 0 = unlimited. */
  const prices = Float64Array.of(...[responses, nodata, nxdomains, referrals, errors].map(priceOf));
  const priceOfAmplified = priceOf(rules.amplified);
  const priceOfAny = priceOf(rules.all);
  const priceForServer = priceOf(rules.server);
  const longestDebt = rules.window * 1000;
  const isExempt = isListed(rules.exempt);
  const mask4 = prefixMask(rules.ipv4Prefix, 0);
  const masks6 = Int32Array.from({ length: Math.ceil(rules.ipv6Prefix / 32) }, (_, i) =>
    prefixMask(rules.ipv6Prefix, i),
  );
  /** Family and class, name, up to four words of address, and one that the hash needs. */
  const account = new Int32Array(7);

  /** Milliseconds since the origin; the same for all workers, and no less than before unless the clock was set. */
  const momentOf = (now: number): number => {
    const moment = now - origin;
    const latest = head[LATEST]!;
    if (moment === latest) return moment;
    if (moment < latest) {
      if (latest - moment <= CLOCK_JITTER) return latest;
      zeroAt.fill(-Infinity);
      head[SERVER] = -Infinity;
    }
    head[LATEST] = moment;
    return moment;
  };

  const accountHash = (family: 4 | 6, words: Uint32Array, kind: AccountKind, name: number): number => {
    account[0] = (family << 8) | kind;
    account[1] = kind >= ANSWER.error ? 0 : name;
    if (family === 4) {
      account[2] = words[0]! & mask4;
      return ofWords(account, 3);
    }
    for (let i = 0; i < masks6.length; i++) account[2 + i] = words[i]! & masks6[i]!;
    return ofWords(account, 2 + masks6.length);
  };

  /** The entry of the account, opened where there is none. */
  const entryOf = (hash: number): number => {
    const first = (hash & lastSet) * WAYS;
    for (let entry = first; entry < first + WAYS; entry++) if (hashes[entry] === hash) return entry;
    let best = first;
    for (let entry = first + 1; entry < first + WAYS; entry++) if (zeroAt[entry]! < zeroAt[best]!) best = entry;
    zeroAt[best] = -Infinity;
    inDebt[best] = 0;
    hashes[best] = hash;
    return best;
  };

  const debitAccount = (hash: number, price: number, moment: number): Verdict => {
    const entry = entryOf(hash);
    if (debit(zeroAt, entry, price, moment, longestDebt)) return SEND;
    return slip > 0 && (Atomics.add(inDebt, entry, 1) + 1) % slip === 0 ? TRUNCATE : DROP;
  };

  return {
    judgesAll: priceOfAny > 0 || priceForServer > 0 || prices.some((price) => price > 0),
    judgesAmplified: priceOfAmplified > 0,
    judge(family, words, answer, name, now) {
      if (isExempt(family, words)) return SEND;
      const moment = momentOf(now);
      const price = prices[answer]!;
      let verdict: Verdict = SEND;
      if (price > 0) verdict = debitAccount(accountHash(family, words, answer, name), price, moment);
      if (priceOfAny > 0) {
        // BIND: every answer counts for all-per-second, also one that another limit keeps back.
        const ofAny = debitAccount(accountHash(family, words, EVERY_CLASS, 0), priceOfAny, moment);
        if (verdict === SEND) verdict = ofAny;
      }
      // What is not sent whole costs the others nothing: at any load as many are answered as the rate says.
      if (priceForServer > 0 && verdict === SEND && !take(head, SERVER, priceForServer, moment)) verdict = TRUNCATE;
      return verdict;
    },
    judgeAmplified(family, words, now) {
      if (isExempt(family, words)) return SEND;
      return debitAccount(accountHash(family, words, AMPLIFIED, 0), priceOfAmplified, momentOf(now));
    },
    hashName: ofOctets,
  };
}

/** Whether the balance covers it; where not, it stays as it is. */
function take(zeroAt: Float64Array, entry: number, price: number, moment: number): boolean {
  const zero = Math.max(zeroAt[entry]!, moment - FULL) + price;
  if (zero > moment + ROUNDING) return false;
  zeroAt[entry] = zero;
  return true;
}

/** Whether the balance covers it; where not, it goes into debt. */
function debit(zeroAt: Float64Array, entry: number, price: number, moment: number, longestDebt: number): boolean {
  const zero = Math.max(zeroAt[entry]!, moment - FULL) + price;
  zeroAt[entry] = Math.min(zero, moment + longestDebt);
  return zero <= moment + ROUNDING;
}

function priceOf(rate: number): number {
  return rate === 0 ? 0 : 1000 / rate;
}
