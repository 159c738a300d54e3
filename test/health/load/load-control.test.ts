import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterReading,
  afterSilence,
  isLoad,
  shareOf,
  unknownLoad,
  type LoadState,
} from "../../../src/health/load/load-control.ts";
import { RULES, run, swing } from "./plant.ts";

const loop = (now: number) => ({ rules: RULES, ttl: 60_000, now });

/** After readings ten seconds apart. */
function after(...readings: readonly number[]): LoadState {
  return readings.reduce((state, reading, i) => afterReading(state, reading, loop((i + 1) * 10_000)), unknownLoad(0));
}

describe("isLoad", () => {
  test.for([0, 0.3, 70, 100, 250, 1000])("%d is one", (reading) => expect(isLoad(reading)).toBe(true));
  test.for([NaN, -0.001, -1, 1000.1, Infinity, -Infinity])("%d is none", (reading) =>
    expect(isLoad(reading)).toBe(false),
  );
});

describe("the first reading", () => {
  test.for<[reading: number, share: number, why: string]>([
    [0, 64, "an idle endpoint keeps all"],
    [70, 64, "so does one at low"],
    [80, 32, "half way to high: it goes on as one with half its clients would have been at this load"],
    [85, 16, "a quarter is left"],
    [89.9, 8, "no less than an eighth: what was before the start nobody knows"],
    [300, 8, "nor above critical, which one reading does not prove"],
  ])("of %d leaves %d/64: %s", ([reading, share]) => {
    expect(shareOf(after(reading)) * 64).toBe(share);
  });
});

describe("critical", () => {
  test("is above critical, and ends below high", () => {
    const out = after(60, 200, 200);
    expect(out).toMatchObject({ isCritical: true });
    expect(shareOf(out)).toBe(0);
    const [high, low] = [afterReading(out, 93, loop(600_000)), afterReading(out, 40, loop(600_000))];
    expect([high.isCritical, shareOf(high)]).toEqual([true, 0]);
    expect([low.isCritical, shareOf(low) > 0]).toEqual([false, true]);
  });

  test("comes back with what the demand asks for, not with all", () => {
    const watched = run(
      { demand: (time) => (time < 300 ? 50 : 200), cached: 60 },
      { ttl: 60, interval: 10, seconds: 1200 },
    );
    expect(watched.some(({ isCritical }) => isCritical)).toBe(true);
    const back = watched.findLastIndex(({ isCritical }) => isCritical) + 1;
    expect(Math.max(...watched.slice(back).map(({ share }) => share))).toBeLessThan(0.5);
  });

  test("is left step by step where what is there without clients was too much", () => {
    let state = after(60, 120, 120);
    const shares: number[] = [];
    for (let i = 0; i < 60; i++) {
      state = afterReading(state, i < 30 ? 120 : 60, loop(30_000 + i * 10_000));
      shares.push(shareOf(state) * 64);
    }
    expect(shares.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 0));
    const rise = shares.slice(31).map((share, i) => share - shares[30 + i]!);
    expect(Math.max(...rise)).toBeLessThanOrEqual(4);
  });
});

describe("silence", () => {
  test("holds the share for maxAge; then health alone decides", () => {
    const state = after(60, 88, 88, 88);
    expect(shareOf(state)).toBeLessThan(1);
    expect(afterSilence(state, loop(40_000 + 60_000))).toBe(state);
    const stale = afterSilence(state, loop(40_000 + 60_001));
    expect(stale).toMatchObject({ isStale: true, value: 88, at: 40_000 });
    expect(shareOf(stale)).toBe(1);
    expect(afterSilence(stale, loop(900_000))).toBe(stale);
  });

  test("of an endpoint that never told of a load is stale too", () => {
    expect(afterSilence(unknownLoad(0), loop(60_001))).toMatchObject({ isStale: true, value: undefined });
  });

  test("ends with a share for the demand that was seen with all clients", () => {
    const stale = afterSilence(after(60, 88, 88, 88), loop(200_000));
    const back = afterReading(stale, 110, loop(300_000));
    expect(back.isStale).toBe(false);
    expect(shareOf(back)).toBeCloseTo(90 / 130, 1);
  });
});

const rules = fc
  .tuple(
    fc.integer({ min: 10, max: 80 }),
    fc.integer({ min: 2, max: 30 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 0, max: 300 }),
  )
  .map(([low, width, more, smooth]) => ({
    low,
    high: low + width,
    critical: low + width + more,
    smooth: smooth * 1000,
    maxAge: 600_000,
  }));

describe("any readings", () => {
  const readings = fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.double({ min: 0, max: 1000, noNaN: true })), {
    minLength: 1,
    maxLength: 80,
  });

  test("leave a share in steps of 1/64 that is 0 at critical alone, whenever they come", () => {
    fc.assert(
      fc.property(readings, rules, fc.integer({ min: 0, max: 3600 }), (all, limits, ttl) => {
        let state = unknownLoad(0);
        let now = 0;
        for (const [pause, reading] of all) {
          now += pause * 1000;
          const at = { rules: limits, ttl: ttl * 1000, now };
          state = afterReading(afterSilence(state, at), reading, at);
          const steps = shareOf(state) * 64;
          expect(Number.isInteger(steps) && steps >= 0 && steps <= 64).toBe(true);
          expect(steps === 0).toBe(state.isCritical);
          expect(state.history.length).toBeLessThanOrEqual(130);
        }
      }),
    );
  });

  test("that are one load leave no more at a higher one", () => {
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: 2, max: 60 }),
        (limits, a, b, count) => {
          const shareAt = (load: number): number => {
            let state = unknownLoad(0);
            for (let i = 1; i <= count; i++) {
              state = afterReading(state, load, { rules: limits, ttl: 60_000, now: i * 10_000 });
            }
            return shareOf(state);
          };
          expect(shareAt(Math.max(a, b))).toBeLessThanOrEqual(shareAt(Math.min(a, b)));
        },
      ),
    );
  });
});

describe("a demand that stays", () => {
  const ttls = fc.integer({ min: 1, max: 300 });
  /** The demand, and what it is held to: on the map or a little below, as coarse as steps are. */
  const demands = fc.integer({ min: 1, max: 400 });
  const intervals = fc.integer({ min: 1, max: 30 });
  const smooths = fc.integer({ min: 1, max: 120 });

  test("settles between low and high, whatever TTL, interval and smoothing, and moves once more at most", () => {
    fc.assert(
      fc.property(ttls, demands, intervals, smooths, (ttl, demand, interval, smooth) => {
        const limits = { ...RULES, smooth: smooth * 1000 };
        const seconds = 20 * (ttl + smooth + interval) + 600;
        const watched = run({ demand: () => demand, cached: ttl }, { ttl, interval, seconds, rules: limits });
        const settled = watched.slice(-Math.ceil(watched.length / 4));
        const moves = settled.filter((moment, i) => i > 0 && moment.share !== settled[i - 1]!.share);
        expect(moves.length).toBeLessThanOrEqual(1);
        const { share, load } = settled.at(-1)!;
        const onMap = Math.min(1, 90 / (20 + demand));
        expect(share).toBeLessThanOrEqual(onMap + 1 / 64);
        expect(share).toBeGreaterThanOrEqual(onMap - (2.5 + onMap) / 64);
        expect(load).toBeLessThanOrEqual(95);
      }),
      { numRuns: 60 },
    );
  });

  test("settles with resolvers that keep answers shorter or up to twice as long, and with readings that lag", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 120 }),
        demands,
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 120 }),
        (ttl, demand, factor, lag) => {
          const cached = Math.max(1, Math.round(ttl * factor));
          const watched = run(
            { demand: () => demand, cached, lag },
            { ttl, interval: 5, seconds: 30 * (ttl + lag + 30) },
          );
          expect(swing(watched.slice(-Math.ceil(watched.length / 4)))).toBeLessThanOrEqual(0.05);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("settles with readings that end at 100, as those of processors do", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 300 }), fc.integer({ min: 20, max: 900 }), (ttl, most) => {
        const demand = (time: number): number => (time < 600 ? 50 : most);
        const capped = (_: number, reading: number): number => Math.min(1, 100 / reading);
        const watched = run(
          { demand, cached: ttl, noise: capped },
          { ttl, interval: 10, seconds: 600 + 30 * (ttl + 30) },
        );
        const last = watched.slice(-Math.ceil(watched.length / 4));
        expect(swing(last)).toBeLessThanOrEqual(1 / 64);
        expect(Math.max(...last.map(({ load }) => load))).toBeLessThanOrEqual(98);
      }),
      { numRuns: 60 },
    );
  });

  test("settles beside a load that is there without clients", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 20, max: 300 }), (base, demand) => {
        const watched = run({ demand: () => demand, base, cached: 60 }, { ttl: 60, interval: 10, seconds: 7200 });
        const settled = watched.slice(-180);
        expect(swing(settled)).toBeLessThanOrEqual(0.05);
        expect(settled.at(-1)!.load).toBeLessThanOrEqual(95);
        expect(settled.at(-1)!.share).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test("stays within 5 % with readings that are off by up to 10 %", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 250 }),
        fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 400, maxLength: 400 }),
        (demand, noises) => {
          const watched = run(
            { demand: () => demand, cached: 60, noise: (i) => noises[i]! },
            { ttl: 60, interval: 10, seconds: 4000 },
          );
          const settled = watched.slice(100).map(({ share }) => share);
          const mean = settled.reduce((sum, share) => sum + share, 0) / settled.length;
          expect(Math.max(...settled.map((share) => Math.abs(share - mean)))).toBeLessThanOrEqual(0.05);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("a demand that is gone at night gives all clients back", () => {
  const day = (time: number): number => 100 - 80 * Math.cos((2 * Math.PI * time) / 7200);
  const watched = run({ demand: day, cached: 60 }, { ttl: 60, interval: 10, seconds: 7200 });
  expect(watched.at(0)!.share).toBe(1);
  expect(Math.min(...watched.map(({ share }) => share))).toBeLessThan(0.5);
  expect(watched.at(-1)!.share).toBe(1);
  expect(Math.max(...watched.map(({ load }) => load))).toBeLessThan(90);
});

test.for([2, 3, 5, 8])("a flash crowd of %d times is over critical for less than two TTLs", (times) => {
  const demand = (time: number): number => (time > 1000 && time < 3000 ? 60 * times : 60);
  const watched = run({ demand, cached: 60 }, { ttl: 60, interval: 10, seconds: 4500 });
  const over = watched.filter(({ load }) => load > 95).length * 10;
  expect(over).toBeLessThan(120);
  expect(swing(watched.filter(({ time }) => time > 1500 && time < 3000))).toBeLessThanOrEqual(0.05);
  expect(watched.at(-1)!.share).toBe(1);
});
