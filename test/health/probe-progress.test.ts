import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isContested, MOST_STEPS, progressOf } from "../../src/health/probe-progress.ts";
import { afterProbe, neverProbed, type ProbeState, type TargetRules } from "../../src/health/probe-state.ts";
import { TTL_STEPS } from "../../src/routing/health-view.ts";

const defaults: TargetRules = {
  interval: 1000,
  toleratedFailures: 3,
  window: undefined,
  recoverAfter: 2,
  hold: 0,
  damping: undefined,
  failback: "auto",
};

/** After a history of results, "+" success and "-" failure, one second apart, the first at second 0. */
function stateAfter(history: string, rules: TargetRules): ProbeState {
  return history
    .split("")
    .reduce(
      (state, sign, i) =>
        afterProbe(
          state,
          sign === "+" ? { ok: true } : { ok: false, code: "refused", reason: "refused" },
          rules,
          i * 1000,
        ),
      neverProbed(0),
    );
}

const DAMPED = { interval: 10_000, toleratedFailures: 0, damping: { window: 60_000, max: 60_000 } };

test("MOST_STEPS: as many as the engine has", () => {
  expect(MOST_STEPS).toBe(TTL_STEPS);
});

describe("progressOf", () => {
  test.for<[history: string, rules: Partial<TargetRules>, steps: number, why: string]>([
    ["", {}, 0, "nothing is known that could change"],
    ["+", {}, 0, "stable"],
    ["+-", {}, 4, "one of four failures"],
    ["+--", {}, 8, "two"],
    ["+---", {}, 12, "three: the next one degrades"],
    ["+---+", {}, 0, "the row is over"],
    ["+----", {}, 0, "degraded, and stable"],
    ["+----+", {}, 8, "one of two successes"],
    ["+----++", {}, 0, "back"],
    ["+-", { toleratedFailures: 9 }, 2, "what has begun is seen"],
    ["+-+++", { window: { failures: 3, of: 10 } }, 5, "one of three failures in the window"],
    ["+-+-++", { window: { failures: 3, of: 10 } }, 10, "two"],
    ["+-++++", { window: { failures: 3, of: 4 } }, 0, "it has left the window"],
    ["+----", { hold: 10_000 }, 6, "failures enough, and 4 s of 10 s"],
    ["-++", { hold: 10_000 }, 3, "recovered, and 2 s of 10 s"],
    ["+-++-++", DAMPED, 1, "recovered, and 2 s of 40 s of damping"],
    ["-+", { failback: "manual" }, 0, "nobody knows when it comes back"],
    ["-++", { failback: "manual" }, 0, "nor here"],
    ["-+", { failback: 10_000 }, 0, "it has not begun to wait"],
    ["-+++", { failback: 10_000 }, 2, "it has waited for 1 s of 10 s"],
  ])("after %j with %j it is %d: %s", ([history, rules, steps]) => {
    const all = { ...defaults, ...rules };
    expect(progressOf(stateAfter(history, all), all, (history.length - 1) * 1000)).toBe(steps);
  });

  test("is a whole number from 0 to 15, whatever becomes of rules and time", () => {
    const when = fc.integer({ min: -1e6, max: 1e6 });
    const state = fc.record({
      status: fc.constantFrom("checking" as const, "online" as const, "degraded" as const),
      failures: fc.nat(40),
      successes: fc.nat(40),
      since: when,
      lastFailure: fc.constant(undefined),
      recovered: fc.option(when, { nil: undefined }),
      window: fc.nat(2 ** 30 - 1),
      returned: fc.boolean(),
      flaps: fc.nat(40),
    });
    const rules = fc.record({
      interval: fc.integer({ min: 1000, max: 3_600_000 }),
      toleratedFailures: fc.nat(9),
      window: fc.option(fc.constant({ failures: 3, of: 10 }), { nil: undefined }),
      recoverAfter: fc.integer({ min: 1, max: 10 }),
      hold: fc.nat(86_400_000),
      damping: fc.option(fc.constant({ window: 10_000, max: 1000 }), { nil: undefined }),
      failback: fc.oneof(fc.constantFrom("auto" as const, "manual" as const), fc.nat(86_400_000)),
    });
    fc.assert(
      fc.property(state, rules, when, (one, all, now) => {
        const steps = progressOf(one, all, now);
        expect(Number.isInteger(steps) && steps >= 0 && steps <= 15).toBe(true);
      }),
    );
  });
});

test.for<[history: string, rules: Partial<TargetRules>, contested: boolean]>([
  ["", {}, false],
  ["+", {}, false],
  ["+-", {}, true],
  ["+-+", {}, false],
  ["+-+", { window: { failures: 3, of: 10 } }, false],
  ["+----", { hold: 10_000 }, true],
  ["-", {}, false],
  ["-+", {}, true],
  ["-+-", {}, false],
  ["-++", { hold: 10_000 }, false],
  ["-++", { failback: "manual" }, false],
])("isContested: after %j with %j: %s", ([history, rules, contested]) => {
  expect(isContested(stateAfter(history, { ...defaults, ...rules }))).toBe(contested);
});
