import { describe, expect, test } from "vitest";
import type { Leaves } from "../../src/routing/leaf-table.ts";
import { createPlaceRuns, RUN_SIZES } from "../../src/routing/place-runs.ts";

const [LONGEST, LONG, SHORT] = RUN_SIZES;

/** Leaves of which only the places count. */
function leavesAt(places: readonly number[]): Leaves {
  const none = new Uint32Array(places.length);
  const lengths = new Uint8Array(places.length);
  return { count: places.length, starts: [none], lengths, places: Uint32Array.from(places), index: none };
}

describe("placesOf", () => {
  test.for([
    ["a run of one place", SHORT, () => 3, [3]],
    ["a run of two places, in their order", SHORT, (leaf: number) => 5 - (leaf % 2), [5, 4]],
    ["places that the run before has too", SHORT, (leaf: number) => (leaf + 1) % 3, [2, 0, 1]],
    ["a quarter as many places as leaves", SHORT, (leaf: number) => leaf % 16, Array.from({ length: 16 }, (_, i) => i)],
    ["more places", SHORT, (leaf: number) => leaf % 17, undefined],
    ["more places at the end", SHORT, (leaf: number) => (leaf === 2 * SHORT - 1 ? 16 : leaf % 16), undefined],
    [
      "a longer run, which may have more",
      LONG,
      (leaf: number) => leaf % 17,
      Array.from({ length: 17 }, (_, i) => (i + 4) % 17),
    ],
    ["the longest", LONGEST, (leaf: number) => leaf % 2, [0, 1]],
  ] as const)("lists %s", ([, size, placeOf, expected]) => {
    const leaves = leavesAt(Array.from({ length: 2 * size }, (_, leaf) => placeOf(leaf)));
    const runs = createPlaceRuns(leaves, 18);
    // The second run, after the first and then again.
    runs.placesOf(size, 0);
    expect(runs.placesOf(size, 1)).toEqual(expected);
    expect(runs.placesOf(size, 1)).toBe(runs.placesOf(size, 1));
  });

  test("looks at each leaf once for each size, also where there are too many places", () => {
    let asked = 0;
    const leaves = leavesAt(Array.from({ length: LONG }, (_, leaf) => leaf));
    const runs = createPlaceRuns(
      {
        ...leaves,
        get places() {
          asked++;
          return leaves.places;
        },
      },
      LONG,
    );
    for (let time = 0; time < 3; time++) for (const size of [LONG, SHORT]) runs.placesOf(size, 0);
    expect(asked).toBeLessThanOrEqual(LONG + SHORT);
  });
});
