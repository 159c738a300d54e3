/**
 * Known scopes by leaf, in pages that exist only where somebody has asked: a profile that nobody asks holds nothing,
 * and a block of thousands of leaves is one number a page. All caches of a worker share one budget; when it is spent,
 * all are emptied, since whatever was in them can be worked out again.
 */

/** Leaves of one page, an octet each. */
const PAGE = 1024;
const UNKNOWN = 255;

export interface ScopeBudget {
  /** Pages that may still be made. */
  left: number;
  /** Raised when all caches are to forget. */
  round: number;
  readonly pages: number;
}

/** 32 MiB: about 25 profiles whose clients come from everywhere, on a country database. */
const DEFAULT_PAGES = 32 * 1024;

export function createScopeBudget(pages: number = DEFAULT_PAGES): ScopeBudget {
  return { left: pages, round: 0, pages };
}

export interface ScopeCache {
  /** Undefined = not known. */
  get(leaf: number): number | undefined;
  /** `first` and `last` inclusive. */
  set(first: number, last: number, scope: number): void;
}

export function createScopeCache(budget: ScopeBudget): ScopeCache {
  /** A page of one scope alone is that number. */
  let pages: (Uint8Array | number | undefined)[] = [];
  let round = budget.round;

  const ownPage = (index: number): Uint8Array => {
    const page = pages[index];
    if (page instanceof Uint8Array) return page;
    if (budget.left === 0) {
      budget.left = budget.pages;
      budget.round++;
      round = budget.round;
      pages = [];
    }
    budget.left--;
    const made = new Uint8Array(PAGE).fill(page ?? UNKNOWN);
    pages[index] = made;
    return made;
  };

  return {
    get(leaf) {
      if (round !== budget.round) {
        pages = [];
        round = budget.round;
      }
      const page = pages[leaf >>> 10];
      if (page === undefined || typeof page === "number") return page;
      const scope = page[leaf & (PAGE - 1)]!;
      return scope === UNKNOWN ? undefined : scope;
    },
    set(first, last, scope) {
      for (let from = first; from <= last;) {
        const index = from >>> 10;
        const end = Math.min(last, index * PAGE + PAGE - 1);
        if (end - from === PAGE - 1) pages[index] = scope;
        else ownPage(index).fill(scope, from & (PAGE - 1), (end & (PAGE - 1)) + 1);
        from = end + 1;
      }
    },
  };
}
