/**
 * What the growing caches of one worker may hold together. Whatever is in them can be worked out again: when the budget
 * is spent, its holders forget in turn, the one that has held for longest first. Only between queries, so that nothing
 * changes under one.
 */

/** One cache, or several that are forgotten together. */
export interface Holder {
  forget(): void;
}

export interface CacheBudget {
  /** `amount` in KiB. */
  take(holder: Holder, amount: number): void;
  /** The holder has forgotten by itself. */
  giveBack(holder: Holder): void;
  /** Before each query: keeps the budget. */
  settle(): void;
}

/** 32 MiB: as much again is in caches of fixed size (`geography.ts`). */
const DEFAULT_SIZE = 32 * 1024;

/** `size` in KiB. */
export function createCacheBudget(size: number = DEFAULT_SIZE): CacheBudget {
  /** In the order in which they began to hold. */
  const held = new Map<Holder, number>();
  let left = size;

  const giveBack = (holder: Holder): void => {
    left += held.get(holder) ?? 0;
    held.delete(holder);
  };
  return {
    take(holder, amount) {
      left -= amount;
      held.set(holder, (held.get(holder) ?? 0) + amount);
    },
    giveBack,
    settle() {
      if (left >= 0) return;
      for (const holder of held.keys()) {
        giveBack(holder);
        holder.forget();
        if (left >= 0) return;
      }
    },
  };
}
