import { expect, test } from "vitest";
import { createCacheBudget } from "../../src/routing/cache-budget.ts";

/** Holders that note when they forget. */
function holders(count: number) {
  const forgotten: number[] = [];
  return { forgotten, all: Array.from({ length: count }, (_, i) => ({ forget: () => void forgotten.push(i) })) };
}

test("settle lets holders forget in turn, those that have held for longest, and no more than are over the budget", () => {
  const { all, forgotten } = holders(3);
  const [a, b, c] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]];
  const budget = createCacheBudget(10);
  budget.take(a, 4);
  budget.take(b, 3);
  budget.take(a, 2);
  budget.settle();
  expect(forgotten).toEqual([]);
  budget.take(c, 2);
  expect(forgotten).toEqual([]);
  budget.settle();
  expect(forgotten).toEqual([0]);
  budget.take(a, 7);
  budget.settle();
  expect(forgotten).toEqual([0, 1]);
});

test("settle lets as many holders forget as it takes", () => {
  const { all, forgotten } = holders(4);
  const budget = createCacheBudget(10);
  for (const [i, amount] of [4, 3, 5, 5].entries()) budget.take(all[i]!, amount);
  budget.settle();
  expect(forgotten).toEqual([0, 1]);
});

test("a budget is 32 MiB where nobody says otherwise", () => {
  const { all, forgotten } = holders(1);
  const budget = createCacheBudget();
  budget.take(all[0]!, 32 * 1024);
  budget.settle();
  expect(forgotten).toEqual([]);
  budget.take(all[0]!, 1);
  budget.settle();
  expect(forgotten).toEqual([0]);
});

test("settle lets a holder that is over the budget alone forget too", () => {
  const { all, forgotten } = holders(1);
  const budget = createCacheBudget(1);
  for (let turn = 0; turn < 3; turn++) {
    budget.take(all[0]!, 2);
    budget.settle();
  }
  expect(forgotten).toEqual([0, 0, 0]);
});

test("giveBack makes room without anybody's forgetting", () => {
  const { all, forgotten } = holders(2);
  const budget = createCacheBudget(2);
  budget.take(all[0]!, 2);
  budget.giveBack(all[0]!);
  budget.take(all[1]!, 2);
  budget.settle();
  expect(forgotten).toEqual([]);
});
