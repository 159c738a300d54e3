import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastOnGrid, nextStart, spreadStart } from "../../src/health/schedule.ts";

describe("spreadStart", () => {
  test.for([
    [0, 1000],
    [0.5, 16_000],
    [0.9, 28_000],
  ])("spreads targets over the interval: share %d is at %d", ([share, at]) => {
    expect(spreadStart(1000, 30_000, share!)).toBe(at);
  });
});

describe("nextStart", () => {
  test.for<[planned: number, now: number, next: number, why: string]>([
    [1000, 1200, 31_000, "counts from start to start, not from the end"],
    [1000, 1000, 31_000, "an answer at once"],
    [1000, 11_500, 31_000, "a slow probe moves nothing"],
    [1000, 31_000, 31_000, "due again just now"],
    [1000, 31_001, 61_000, "leaves out the start that was missed"],
    [1000, 300_000, 301_000, "leaves out many"],
  ])("planned at %d, ended at %d: %d, %s", ([planned, now, next]) => {
    expect(nextStart(planned, 30_000, now)).toBe(next);
  });

  test("stays on the grid, is never past and never skips a start that can still be kept", () => {
    const time = fc.integer({ min: 0, max: 2 ** 40 });
    const interval = fc.integer({ min: 1000, max: 3_600_000 });
    fc.assert(
      fc.property(time, interval, fc.integer({ min: 0, max: 10_000_000 }), (planned, length, elapsed) => {
        const now = planned + elapsed;
        const next = nextStart(planned, length, now);
        expect((next - planned) % length).toBe(0);
        expect(next).toBeGreaterThan(planned);
        expect(next).toBeGreaterThanOrEqual(now);
        expect(next - length === planned || next - length < now).toBe(true);
      }),
    );
  });
});

test.for<[start: number, last: number]>([
  [1000, 1000],
  [1001, 1000],
  [30_999, 1000],
  [31_000, 31_000],
  [95_000, 91_000],
])("lastOnGrid: of the grid through 1000, 30 s apart, a start at %d stands in for %d", ([start, last]) => {
  expect(lastOnGrid(1000, start, 30_000)).toBe(last);
});
