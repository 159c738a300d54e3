import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFixedCache } from "../../src/routing/fixed-cache.ts";

const OWNERS = 3;
const COUNT = 50;
const INDICES = Array.from({ length: COUNT }, (_, index) => index);
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
      const lost: (readonly [owner: number, index: number, value: number])[] = [];
      for (const { owner, index, value } of steps) {
        if (value === null) {
          owners[owner]!.clear();
          model[owner]!.clear();
          continue;
        }
        owners[owner]!.set(index, value);
        model[owner]!.set(index, value);
        if (owners[owner]!.get(index) !== value) lost.push([owner, index, value]);
      }
      expect(lost).toEqual([]);
      const wrong = owners.flatMap((owner, i) =>
        INDICES.filter((index) => {
          const found = owner.get(index);
          return found !== model[i]!.get(index) && (keepsAll || found !== undefined);
        }),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test.for([
  [0, 2 ** 21, 1],
  [1, 2 ** 21, 1],
  [5, 2 ** 21, 8],
  [8, 2 ** 21, 8],
  [9, 8, 8],
] as const)("a cache for %i numbers in at most %i rooms has %i", ([wanted, limit, rooms]) => {
  const owner = createFixedCache(wanted, limit).ownerOf(100);
  for (let index = 0; index < 100; index++) owner.set(index, index);
  const kept = Array.from({ length: 100 }, (_, index) => owner.get(index)).filter((value) => value !== undefined);
  expect(kept).toEqual(Array.from({ length: rooms }, (_, i) => 100 - rooms + i));
});

test("clear forgets what one owner has set, and nothing else", () => {
  const cache = createFixedCache(3 * COUNT, 256);
  const owners = Array.from({ length: 3 }, () => cache.ownerOf(COUNT));
  for (const owner of owners) for (const index of INDICES) owner.set(index, index);
  owners[1]!.clear();
  const kept = owners.map((owner) => INDICES.filter((index) => owner.get(index) === index).length);
  expect(kept).toEqual([COUNT, 0, COUNT]);
});

test("clear leaves a room to whoever has set the last number", () => {
  const cache = createFixedCache(2, 1);
  const [one, other] = [cache.ownerOf(1), cache.ownerOf(1)];
  one.set(0, 1);
  other.set(0, 2);
  one.clear();
  expect([one.get(0), other.get(0)]).toEqual([undefined, 2]);
});

test("a cache keeps numbers behind billions of others' indices", () => {
  const cache = createFixedCache(2 ** 31, 16);
  for (let time = 0; time < 8; time++) {
    const owner = cache.ownerOf(2 ** 30);
    owner.set(7, time);
    expect(owner.get(7)).toBe(time);
  }
});
