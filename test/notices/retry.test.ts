import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delayAfter, FIRST_DELAY, LONGEST_DELAY, parseRetryAfter } from "../../src/notices/retry.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("delayAfter", () => {
  test("doubles from five seconds to an hour", () => {
    const delays = [1, 2, 3, 4, 10, 11, 1000].map((failures) => delayAfter(failures, undefined, () => 0));
    expect(delays).toEqual([5000, 10_000, 20_000, 40_000, 2_560_000, LONGEST_DELAY, LONGEST_DELAY]);
  });

  test("chance takes up to half, and never goes out of the bounds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        chance,
        fc.option(fc.nat(), { nil: undefined }),
        (failures, drawn, asked) => {
          const delay = delayAfter(failures, asked, () => drawn);
          expect(delay).toBeGreaterThanOrEqual(FIRST_DELAY / 2);
          expect(delay).toBeLessThanOrEqual(LONGEST_DELAY);
          expect(delay).toBeGreaterThanOrEqual(delayAfter(failures, undefined, () => 0) / 2);
          expect(delay).toBeGreaterThanOrEqual(Math.min(asked ?? 0, LONGEST_DELAY));
        },
      ),
    );
  });
});

const NOW = Date.parse("Fri, 27 Nov 2026 20:04:43 GMT");

test.for<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ["120", 120_000],
  ["0", 0],
  ["Fri, 27 Nov 2026 20:05:43 GMT", 60_000],
  ["Fri, 27 Nov 2026 20:00:00 GMT", 0],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["", undefined],
])("parseRetryAfter: %j is %s ms", ([text, expected]) => {
  expect(parseRetryAfter(text, NOW)).toBe(expected);
});
