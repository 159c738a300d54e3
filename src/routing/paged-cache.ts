/**
 * Known numbers by index, in pages that exist only where somebody has asked: a geography that nobody asks holds
 * nothing, and thousands of indices in a row with the same number are one number a page.
 */
import type { CacheBudget } from "./cache-budget.ts";

/** Indices of one page: few enough that a seldom asked geography stays small, enough that the list of pages does. */
const PAGE = 4096;
const PAGE_BITS = 12;

export interface PagedCache {
  /** Undefined = not known. */
  get(index: number): number | undefined;
  /** `first` and `last` inclusive; integers from -2^30 to 2^30. */
  set(first: number, last: number, value: number): void;
}

const UNKNOWN = -0x7fffffff;
/** KiB of a page. */
const PAGE_SIZE = (PAGE * Int32Array.BYTES_PER_ELEMENT) / 1024;

export function createPagedCache(budget: CacheBudget): PagedCache {
  /** A page of one number alone is that number. */
  let pages: (Int32Array | number | undefined)[] = [];
  let round = budget.round;

  const forgetOldRounds = (): void => {
    if (round === budget.round) return;
    pages = [];
    round = budget.round;
  };
  const ownPage = (index: number): Int32Array => {
    const page = pages[index];
    if (page instanceof Int32Array) return page;
    budget.left -= PAGE_SIZE;
    const made = new Int32Array(PAGE).fill(page ?? UNKNOWN);
    pages[index] = made;
    return made;
  };

  return {
    get(index) {
      forgetOldRounds();
      const page = pages[index >>> PAGE_BITS];
      if (page === undefined || typeof page === "number") return page;
      const value = page[index & (PAGE - 1)]!;
      return value === UNKNOWN ? undefined : value;
    },
    set(first, last, value) {
      forgetOldRounds();
      for (let from = first; from <= last;) {
        const index = from >>> PAGE_BITS;
        const end = Math.min(last, index * PAGE + PAGE - 1);
        if (end - from === PAGE - 1) pages[index] = value;
        else ownPage(index).fill(value, from & (PAGE - 1), (end & (PAGE - 1)) + 1);
        from = end + 1;
      }
    },
  };
}
