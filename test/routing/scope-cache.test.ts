import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createScopeBudget, createScopeCache } from "../../src/routing/scope-cache.ts";

/** Leaves of four pages, and blocks of them that begin and end anywhere. */
const leaf = fc.nat({ max: 4095 });
const write = fc.record({ cache: fc.nat({ max: 1 }), ends: fc.tuple(leaf, leaf), scope: fc.nat({ max: 128 }) });

test("caches forget together when the budget they share is spent", () => {
  const budget = createScopeBudget(2);
  const [one, other] = [createScopeCache(budget), createScopeCache(budget)];
  one.set(0, 0, 24);
  other.set(0, 0, 16);
  expect([one.get(0), other.get(0)]).toEqual([24, 16]);
  other.set(5000, 5000, 8);
  expect([one.get(0), other.get(0), other.get(5000)]).toEqual([undefined, undefined, 8]);
});

test.for([
  ["with room for everything", 100, true],
  ["with room for three pages, shared by two caches", 3, false],
] as const)("a cache %s gives back what was set last, or nothing", ([, pages, keepsAll]) => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), fc.array(leaf, { minLength: 1 }), (writes, asked) => {
      const budget = createScopeBudget(pages);
      const caches = [createScopeCache(budget), createScopeCache(budget)];
      const model: (number | undefined)[][] = [[], []];
      for (const { cache, ends, scope } of writes) {
        const [first, last] = [Math.min(...ends), Math.max(...ends)];
        // As the engine does: a scope is worked out and set after the cache has been asked.
        caches[cache]!.get(first);
        caches[cache]!.set(first, last, scope);
        for (let i = first; i <= last; i++) model[cache]![i] = scope;
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
