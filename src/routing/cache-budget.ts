/**
 * What all caches of one worker may hold together. Whatever is in them can be worked out again, so when the budget is
 * spent all of them forget at once; only between queries, so that nothing changes under one.
 */

export interface CacheBudget {
  /** Raised when all caches are to forget; each compares it with the round in which it was filled. */
  round: number;
  /** KiB that may still be taken; below 0 the budget is spent. */
  left: number;
  /** KiB. */
  readonly size: number;
}

/** 64 MiB: some forty geographies whose clients come from everywhere, on a country database. */
const DEFAULT_SIZE = 64 * 1024;

export function createCacheBudget(size: number = DEFAULT_SIZE): CacheBudget {
  return { round: 0, left: size, size };
}

/** Before each query. */
export function renewIfSpent(budget: CacheBudget): void {
  if (budget.left >= 0) return;
  budget.left = budget.size;
  budget.round++;
}
