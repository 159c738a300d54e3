/**
 * The latest results of a probe target as bits of one number, the latest the lowest: 1 is a failure. Thirty fit: a bit
 * operation of JavaScript has 31 that are no sign.
 */

/** Results that are remembered. */
export const LONGEST_WINDOW = 30;

const ALL = 2 ** LONGEST_WINDOW - 1;

export function withResult(window: number, failed: boolean): number {
  return ((window << 1) & ALL) | Number(failed);
}

/** The failures among the latest results, `of` at most. */
export function failuresIn(window: number, of: number): number {
  let failures = 0;
  for (let left = window & (2 ** of - 1); left !== 0; left &= left - 1) failures++;
  return failures;
}
