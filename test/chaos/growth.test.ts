/** Memory of 200 MiB over half an hour: a saw of garbage and noise, with and without a leak beneath. */
import { describe, expect, test } from "vitest";
import { createChance } from "../fuzz/chance.ts";
import { growthOf, lineThrough, type Sample } from "./growth.ts";

const MIB = 2 ** 20;
const MINUTES = 30;

interface Shape {
  /** MiB an hour. */
  readonly leak: number;
  /** MiB that the first minutes add. */
  readonly warmUp?: number;
  /** MiB, up and down by chance. */
  readonly noise?: number;
  readonly seed?: number;
}

function memory({ leak, warmUp = 40, noise = 6, seed = 1 }: Shape): readonly Sample[] {
  const chance = createChance(seed);
  return Array.from({ length: MINUTES * 6 }, (_, i) => {
    const at = i * 10;
    const saw = ((i * 7) % 13) * 3;
    const value = 200 + Math.min(1, at / 500) * warmUp + saw + (chance.below(1000) / 1000) * noise + (leak * at) / 3600;
    return { at, value: value * MIB };
  });
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test.for(SEEDS)("growthOf: a saw does not grow, whatever its first minutes were (seed %i)", (seed) => {
  expect(growthOf(memory({ leak: 0, seed })).grows).toBe(false);
});

test.for(SEEDS)("growthOf: 64 KiB for each of 900 reloads in half an hour is a leak (seed %i)", (seed) => {
  const { grows, perHour } = growthOf(memory({ leak: (900 * 2 * 64) / 1024, seed }));
  expect(grows).toBe(true);
  expect(perHour).toBeGreaterThan(0.3);
});

test("growthOf: 2 % an hour is none", () => {
  expect(growthOf(memory({ leak: 5 })).grows).toBe(false);
});

test.for<[leak: number, minutes: number, grows: boolean]>([
  [100, 30, true],
  [100, 3, false],
  [400, 3, true],
  [20, 30, true],
  [8, 30, false],
])("growthOf: %i MiB an hour, seen for %i minutes: %s", ([leak, minutes, grows]) => {
  const samples = Array.from({ length: 181 }, (_, i) => {
    const at = (i / 180) * minutes * 60;
    return { at, value: (200 + (leak * at) / 3600) * MIB };
  });
  expect(growthOf(samples).grows).toBe(grows);
});

test("growthOf: a part that grows by much of its own is little of the whole", () => {
  const part = Array.from({ length: 180 }, (_, i) => ({ at: i * 10, value: (20 + (4 * i) / 360) * MIB }));
  expect(growthOf(part).grows).toBe(true);
  const { grows, perHour } = growthOf(part, 200 * MIB);
  expect(grows).toBe(false);
  expect(perHour).toBeCloseTo(0.02);
});

test("growthOf: what falls does not grow", () => {
  expect(growthOf(memory({ leak: -100 })).grows).toBe(false);
});

// The saw adds 18 MiB on average.
test("growthOf tells the mean of what is kept, garbage aside", () => {
  const { mean } = growthOf(memory({ leak: 0, noise: 0 }));
  expect(mean / MIB).toBeGreaterThan(240);
  expect(mean / MIB).toBeLessThan(246);
});

test("growthOf is sure of nothing where there is next to nothing", () => {
  expect(growthOf([]).grows).toBe(false);
  expect(growthOf(memory({ leak: 500 }).slice(0, 2)).grows).toBe(false);
});

describe("lineThrough", () => {
  test("is exact on a line", () => {
    const line = lineThrough([1, 2, 3, 4].map((at) => ({ at, value: 10 + 3 * at })));
    expect(line.slope).toBeCloseTo(3);
    expect(line.error).toBeCloseTo(0);
    expect(line.mean).toBeCloseTo(17.5);
  });

  // Worked by hand: residuals 1, -2, 1; their squares 6 over 1 degree of freedom, over a spread of 2.
  test("has the standard error of the slope", () => {
    const { slope, error } = lineThrough([
      { at: 0, value: 1 },
      { at: 1, value: -2 },
      { at: 2, value: 1 },
    ]);
    expect(slope).toBeCloseTo(0);
    expect(error).toBeCloseTo(Math.sqrt(3));
  });
});
