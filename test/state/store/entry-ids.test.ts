import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEntryIds, lowestIdAt } from "../../../src/state/store/entry-ids.ts";

test("createEntryIds: ids grow in the order of arrival, and are at least those of their times, whatever the clock does", () => {
  const times = fc.array(fc.integer({ min: 0, max: 2e12 }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.option(fc.nat()), (at, last) => {
      const ids = at.map(createEntryIds(last ?? undefined));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id, i) => id >= lowestIdAt(at[i]!) && id > (last ?? -1))).toBe(true);
    }),
  );
});

test("createEntryIds: more than 1024 entries of a millisecond go on into the next", () => {
  const next = createEntryIds(undefined);
  const ids = Array.from({ length: 1025 }, () => next(5));
  expect(ids[0]).toBe(lowestIdAt(5));
  expect(ids.at(-1)).toBe(lowestIdAt(6));
  expect(next(6)).toBe(lowestIdAt(6) + 1);
});

test("lowestIdAt: is exact until the year 2200", () => {
  expect(Number.isSafeInteger(lowestIdAt(Date.UTC(2200, 0)))).toBe(true);
});
