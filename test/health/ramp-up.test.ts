import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nextRampStep, rampAt } from "../../src/health/ramp-up.ts";

const ramps = fc.record({ since: fc.nat({ max: 2 ** 41 }), over: fc.integer({ min: 1, max: 7 * 86_400_000 }) });

test("rampAt: from 1/64 to the whole, over its time", () => {
  const ramp = { since: 1000, over: 63_000 };
  expect([999, 1000, 1999, 2000, 32_500, 63_999, 64_000, 99_000].map((now) => rampAt(ramp, now) * 64)).toEqual([
    1, 1, 1, 2, 32, 63, 64, 64,
  ]);
});

test("rampAt: never falls, and has whole parts alone", () => {
  fc.assert(
    fc.property(ramps, fc.nat({ max: 10 ** 9 }), fc.nat({ max: 10 ** 9 }), (ramp, first, later) => {
      const now = ramp.since + first;
      const share = rampAt(ramp, now);
      expect(share * 64).toBe(Math.round(share * 64));
      expect(share).toBeGreaterThanOrEqual(1 / 64);
      expect(rampAt(ramp, now + later)).toBeGreaterThanOrEqual(share);
      expect(rampAt(ramp, ramp.since + ramp.over)).toBe(1);
    }),
  );
});

test("nextRampStep: who always waits for it, in whole milliseconds, ends with the whole after 64 steps at most", () => {
  fc.assert(
    fc.property(ramps, (ramp) => {
      let now = ramp.since;
      let steps = 0;
      for (let next = nextRampStep(ramp, now); next !== undefined; next = nextRampStep(ramp, now)) {
        expect(next).toBeGreaterThan(now);
        now = Math.ceil(next);
        steps++;
      }
      expect(rampAt(ramp, now)).toBe(1);
      expect(now).toBeLessThanOrEqual(Math.ceil(ramp.since + ramp.over + 250));
      expect(steps).toBeLessThanOrEqual(130);
    }),
  );
});
