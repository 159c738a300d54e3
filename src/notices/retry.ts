/** When a message is tried again that was not taken, and when it is given up. Pure. */
import type { Random } from "../shared/ports.ts";

/** Milliseconds. */
export const FIRST_DELAY = 5000;
export const LONGEST_DELAY = 3_600_000;
/** Milliseconds after which a message is given up. */
export const LIFETIME = 24 * 3_600_000;

/**
 * Milliseconds from the failed attempt to the next. Doubles with each, from five seconds to an hour; chance takes up to half
 * of it, so that servers which fail together do not come again together. `retryAfter`: as the receiver asks, within the same
 * bounds.
 */
export function delayAfter(failures: number, retryAfter: number | undefined, random: Random): number {
  const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(failures - 1, 30));
  const own = Math.max(FIRST_DELAY / 2, longest * (1 - random() / 2));
  const asked = Math.min(LONGEST_DELAY, retryAfter ?? 0);
  return Math.max(own, asked);
}

/** RFC 9110 section 10.2.3: seconds or a date. Milliseconds from `now`; undefined where it is neither. */
export function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  // A date has letters: `Date.parse` would take `-1` for one too.
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
