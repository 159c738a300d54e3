import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromSlices, fromSlicesInTurns, toSlices } from "../../../src/server/threads/slices.ts";

const items = fc.array(fc.record({ name: fc.string(), weight: fc.nat({ max: 400 }) }), { maxLength: 200 });

test("what toSlices makes, both ways of reading give back", async () => {
  await fc.assert(
    fc.asyncProperty(items, async (list) => {
      const slices = toSlices(list, ({ weight }) => weight);
      expect(fromSlices(slices)).toEqual(list);
      expect(await fromSlicesInTurns(slices)).toEqual(list);
      expect(slices.every(({ buffer }) => buffer instanceof SharedArrayBuffer)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("a slice ends with the item that makes it heavy", () => {
  const weights = [100, 100, 100, 1, 600, 249, 1, 3];
  const slices = toSlices(weights, (weight) => weight);
  expect(slices.map((slice) => fromSlices([slice]))).toEqual([[100, 100, 100], [1, 600], [249, 1], [3]]);
});

test("reading in turns lets others have theirs between slices", async () => {
  let turns = 0;
  const counting = setInterval(() => turns++);
  const other = (async () => {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
  })();
  await fromSlicesInTurns(toSlices([1, 2, 3, 4], () => 250));
  clearInterval(counting);
  expect(turns).toBeGreaterThanOrEqual(3);
  await other;
});
