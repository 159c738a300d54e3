import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFixedCache } from "../../src/routing/fixed-cache.ts";

const OWNERS = 3;
const COUNT = 50;
const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const step = fc.record({ owner: fc.nat(OWNERS - 1), index: fc.nat(COUNT - 1), value: fc.option(number) });

test.for([
  ["with room for everything", 256, true],
  ["with 16 rooms for 150 numbers", 16, false],
  ["with one room", 1, false],
] as const)("a cache %s gives back what was set last, or nothing", ([, limit, keepsAll]) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const cache = createFixedCache(OWNERS * COUNT, limit);
      const owners = Array.from({ length: OWNERS }, () => cache.ownerOf(COUNT));
      const model = owners.map(() => new Map<number, number>());
      for (const { owner, index, value } of steps) {
        if (value === null) {
          owners[owner]!.clear();
          model[owner]!.clear();
          continue;
        }
        owners[owner]!.set(index, value);
        model[owner]!.set(index, value);
        expect(owners[owner]!.get(index)).toBe(value);
      }
      for (const [i, owner] of owners.entries()) {
        for (let index = 0; index < COUNT; index++) {
          const found = owner.get(index);
          expect(found === model[i]!.get(index) || (!keepsAll && found === undefined)).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});
