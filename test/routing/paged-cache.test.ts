import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCacheBudget, renewIfSpent } from "../../src/routing/cache-budget.ts";
import { createPagedCache } from "../../src/routing/paged-cache.ts";

/** Indices of four pages, and runs of them that begin and end anywhere. */
const index = fc.nat({ max: 4 * 4096 - 1 });
const write = fc.record({ cache: fc.nat({ max: 1 }), ends: fc.tuple(index, index), value: fc.nat({ max: 128 }) });

test("caches forget together, when the budget they share is spent and renewed", () => {
  const budget = createCacheBudget(33);
  const [one, other] = [createPagedCache(budget), createPagedCache(budget)];
  one.set(0, 0, 24);
  other.set(0, 0, 16);
  renewIfSpent(budget);
  expect([one.get(0), other.get(0)]).toEqual([24, 16]);
  other.set(5000, 5000, 8);
  expect([one.get(0), other.get(0), other.get(5000)]).toEqual([24, 16, 8]);
  renewIfSpent(budget);
  expect([one.get(0), other.get(0), other.get(5000)]).toEqual([undefined, undefined, undefined]);
});

test("whole pages of one number cost nothing", () => {
  const budget = createCacheBudget(0);
  const cache = createPagedCache(budget);
  cache.set(4096, 4096 * 1000 - 1, 7);
  expect([budget.left, cache.get(4095), cache.get(4096), cache.get(500_000)]).toEqual([0, undefined, 7, 7]);
});

test.for([
  ["with room for everything", 1000, true],
  ["with room for two pages, shared by two caches", 32, false],
] as const)("a cache %s gives back what was set last, or nothing", ([, size, keepsAll]) => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), fc.array(index, { minLength: 1 }), (writes, asked) => {
      const budget = createCacheBudget(size);
      const caches = [createPagedCache(budget), createPagedCache(budget)];
      const model: (number | undefined)[][] = [[], []];
      for (const { cache, ends, value } of writes) {
        renewIfSpent(budget);
        const [first, last] = [Math.min(...ends), Math.max(...ends)];
        caches[cache]!.set(first, last, value);
        for (let i = first; i <= last; i++) model[cache]![i] = value;
      }
      for (const [i, cache] of caches.entries()) {
        for (const at of asked) {
          const found = cache.get(at);
          expect(found === model[i]![at] || (!keepsAll && found === undefined)).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});
