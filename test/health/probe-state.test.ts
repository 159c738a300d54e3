import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterProbe,
  isSameKept,
  neverProbed,
  released,
  waitsOf,
  type ProbeState,
  type TargetRules,
} from "../../src/health/probe-state.ts";
import type { ProbeVerdict } from "../../src/health/probes/probe.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";
import { asReferred, createReference } from "./reference-state.ts";

const defaults: TargetRules = {
  interval: 30_000,
  toleratedFailures: 3,
  window: undefined,
  recoverAfter: 2,
  hold: 0,
  damping: undefined,
  failback: "auto",
};

/** "+" success, "-" failure, "?" not probed. */
function verdictOf(sign: string): ProbeVerdict {
  if (sign === "+") return { ok: true };
  if (sign === "-") return { ok: false, code: "refused", reason: "connection refused" };
  return { ok: false, code: "not-probed", reason: "no file descriptor left in this process" };
}

/** The state after a history of verdicts, one second apart, the first at second 1. "!" is an operator's failback. */
function stateAfter(history: string, rules: Partial<TargetRules> = {}): ProbeState {
  return history.split("").reduce((state, sign, i) => {
    const now = (i + 1) * 1000;
    if (sign !== "!") return afterProbe(state, verdictOf(sign), { ...defaults, ...rules }, now);
    const back = released(state, now);
    return back.ok ? back.value : state;
  }, neverProbed(0));
}

describe("afterProbe", () => {
  test.for<[history: string, status: ProbedStatus, why: string]>([
    ["", "checking", "there is no result"],
    ["+", "online", "the first success has nothing to recover from"],
    ["-", "degraded", "the first failure has no good state to protect"],
    ["+---", "online", "three failures are tolerated"],
    ["+----", "degraded", "the fourth is not"],
    ["+---+---", "online", "a success ends the row of failures"],
    ["+----+", "degraded", "one success is not yet recovery"],
    ["+----+-+", "degraded", "a failure ends the row of successes"],
    ["+----++", "online", "two successes in a row are"],
    ["-+", "degraded", "a first failure is recovered from like any other"],
    ["-++", "online", "the second success"],
    ["?", "checking", "nothing was asked"],
    ["+----?", "degraded", "nothing was asked"],
    ["+---?-", "degraded", "what was not asked does not end a row"],
    ["+----+?+", "online", "what was not asked does not end a row"],
  ])("after %j is %s: %s", ([history, status]) => {
    expect(stateAfter(history).status).toBe(status);
  });

  test.for<[history: string, status: ProbedStatus, why: string]>([
    ["+-+-+-", "degraded", "the third failure among few results"],
    ["+-+++-+++++", "online", "two failures are too few"],
    ["+-++++++-++-", "online", "the first of three is the eleventh of the last results"],
    ["+-++++++-+-", "degraded", "the first of three is the tenth"],
    ["+---++", "online", "two successes, as without a window"],
    ["+---++-", "online", "failures from before it came back do not count against it again"],
    ["+---++-+-+-", "degraded", "new ones do"],
    ["---++-", "online", "nor those of the first row"],
  ])("with failures: 3 of 10, after %j is %s: %s", ([history, status]) => {
    expect(stateAfter(history, { window: { failures: 3, of: 10 } }).status).toBe(status);
  });

  test("failures: 30 of 30 is the longest window", () => {
    const rules = { window: { failures: 30, of: 30 } };
    expect(stateAfter(`+${"-".repeat(29)}`, rules).status).toBe("online");
    expect(stateAfter(`+${"-".repeat(30)}`, rules).status).toBe("degraded");
  });

  test.for<[history: string, status: ProbedStatus, why: string]>([
    ["+----", "online", "four failures, and it has been online for four seconds"],
    ["+-----", "degraded", "five seconds, and the fifth failure still says so"],
    ["+----+-", "online", "after five seconds nothing says so any more"],
    ["-++++", "degraded", "recovered, and degraded for four seconds"],
    ["-+++++", "online", "five seconds"],
    ["-+++-+", "degraded", "a failure meanwhile begins anew"],
  ])("with hold: 5s, after %j is %s: %s", ([history, status]) => {
    expect(stateAfter(history, { hold: 5000 }).status).toBe(status);
  });

  test.for<[history: string, status: ProbedStatus, why: string]>([
    ["-+++++++", "degraded", "recovered at second 3, which is five seconds ago"],
    ["-++++++++", "degraded", "six seconds"],
    ["-+++++++++++", "online", "nine"],
    ["-++!", "online", "an operator does not wait"],
    ["-+!++", "degraded", "it had not recovered"],
    ["-+++++-+++++++", "degraded", "a failure begins anew"],
  ])("with failback: after 8s, after %j is %s: %s", ([history, status]) => {
    expect(stateAfter(history, { failback: 8000 }).status).toBe(status);
  });

  test.for<[history: string, status: ProbedStatus, why: string]>([
    ["+", "online", "there is nothing to come back from"],
    ["-++++++++++++++++", "degraded", "nobody says so"],
    ["-++++++!", "online", "an operator says so"],
    ["-++-!", "degraded", "it has failed again"],
    ["-++!----", "degraded", "it goes down as ever"],
    ["-++!----++", "degraded", "and waits anew"],
  ])("with failback: manual, after %j is %s: %s", ([history, status]) => {
    expect(stateAfter(history, { failback: "manual" }).status).toBe(status);
  });

  describe("with damping: { window: 10s, max: 9s }, where a recovery without flaps takes 2s", () => {
    const rules = { interval: 1000, toleratedFailures: 0, damping: { window: 10_000, max: 9000 } };
    /** For how many seconds of successes it stays degraded, after a history. */
    const secondsDown = (history: string): number => {
      for (let seconds = 1; seconds < 60; seconds++) {
        if (stateAfter(history + "+".repeat(seconds), rules).status === "online") return seconds;
      }
      throw new Error("it does not come back");
    };
    const up = (seconds: number): string => "+".repeat(seconds);

    test.for<[history: string, seconds: number, why: string]>([
      ["+-", 2, "the first time down is no flap"],
      ["-", 2, "nor is the first result"],
      ["+-++-", 4, "it was back for a second: twice as long"],
      [`+-${up(2 + 9)}-`, 2, "it was back for ten seconds, which is no flap"],
      [`+-${up(2 + 8)}-`, 4, "nine are"],
      ["+-++-++++-", 8, "the second flap"],
      [`+-++-++++-${up(8)}-`, 9, "the third is bounded by max"],
      [`+-++-++++-${up(8)}-${up(9)}-`, 9, "so is the fourth"],
      [`+-++-++++-${up(8 + 9)}-`, 4, "a quiet window takes one of two flaps off, and is none"],
      [`+-++-++++-${up(8)}-${up(9 + 9)}-`, 8, "flaps beyond max were not counted"],
      [`+-++-++++-${up(8 + 19)}-`, 2, "two windows take both off"],
      ["+-++-++-", 2, "a failure while it waits costs recoverAfter successes, not the wait"],
    ])("after %j it is back in %d s: %s", ([history, seconds]) => {
      expect(secondsDown(history)).toBe(seconds);
    });

    test("waitsOf: tells until when it is damped", () => {
      expect(waitsOf(stateAfter("+-++-", rules), { ...defaults, ...rules }).damped).toBe(9000);
    });

    test("a failback ends it, and counts as coming back", () => {
      expect(stateAfter("+-++-++!", rules)).toMatchObject({ status: "online", returned: true, flaps: 1 });
      expect(stateAfter("+-++-++!-", rules)).toMatchObject({ status: "degraded", flaps: 2 });
    });

    test("a reload that takes damping away ends it at the next success", () => {
      const damped = stateAfter("+-++-++", rules);
      expect(damped).toMatchObject({ status: "degraded", recovered: 7000 });
      expect(afterProbe(damped, verdictOf("+"), defaults, 8000).status).toBe("online");
    });
  });

  test("with no tolerated failures degrades on the first, and with recoverAfter 1 recovers on the first success", () => {
    const azureFast = { toleratedFailures: 0, recoverAfter: 1 };
    expect(stateAfter("+-", azureFast).status).toBe("degraded");
    expect(stateAfter("+-+", azureFast).status).toBe("online");
  });

  test("keeps the time at which the status began, and the reason of the last failure after recovery", () => {
    expect(stateAfter("+----++")).toEqual({
      status: "online",
      failures: 0,
      successes: 2,
      since: 7000,
      lastFailure: "connection refused",
      recovered: undefined,
      window: 0,
      returned: true,
      flaps: 0,
    });
    expect(stateAfter("++++").since).toBe(1000);
  });

  test("takes lowered thresholds into account at the next result", () => {
    const failedThrice = stateAfter("+---");
    const next = afterProbe(failedThrice, verdictOf("-"), { ...defaults, toleratedFailures: 0 }, 9000);
    expect(next).toMatchObject({ status: "degraded", failures: 4, since: 9000 });
  });

  test("a state from a time to come, where the clock was set back, waits no longer than one from now", () => {
    const rules: TargetRules = { ...defaults, hold: 5000, failback: 8000 };
    const later = { ...stateAfter("-++", rules), since: 1e9, recovered: 1e9 };
    const now = afterProbe(later, verdictOf("+"), rules, 10_000);
    expect(now).toMatchObject({ status: "degraded", since: 10_000, recovered: 10_000 });
    expect(afterProbe(now, verdictOf("+"), rules, 18_000).status).toBe("online");
  });
});

describe("released", () => {
  test.for([
    ["", "it is checking"],
    ["+", "it is online"],
    ["-", "its latest probe failed"],
    ["-+", "too few of its probes have succeeded since it failed"],
  ])("after %j: %s", ([history, why]) => {
    expect(released(stateAfter(history!, { failback: "manual" }), 9000)).toEqual({ ok: false, error: why });
  });
});

describe("isSameKept", () => {
  const failback = 8000;
  test.for<[before: string, after: string, isSame: boolean, why: string]>([
    ["+", "++", true, "a success of who is online"],
    ["+", "+-", false, "a failure"],
    ["-", "--", true, "a failure of who is degraded"],
    ["-", "-+", false, "a success"],
    ["-++", "-+++", true, "a success of who waits"],
    ["+-", "+-+", false, "the window moves on"],
    [`+-${"+".repeat(30)}`, `+-${"+".repeat(31)}`, true, "until the failure has left it"],
  ])("from %j to %j: %s, %s", ([before, after, isSame]) => {
    expect(isSameKept(stateAfter(before, { failback }), stateAfter(after, { failback }))).toBe(isSame);
  });
});

const millis = (max: number) => fc.integer({ min: 0, max });
const anyRules: fc.Arbitrary<TargetRules> = fc.record({
  interval: fc.integer({ min: 1000, max: 4000 }),
  toleratedFailures: fc.integer({ min: 0, max: 4 }),
  window: fc.option(
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 24 }))
      .map(([failures, more]) => ({ failures, of: failures + more })),
    { nil: undefined, freq: 2 },
  ),
  recoverAfter: fc.integer({ min: 1, max: 4 }),
  hold: fc.oneof(fc.constant(0), millis(9000)),
  damping: fc.option(
    fc.record({ window: fc.integer({ min: 1000, max: 30_000 }), max: fc.integer({ min: 1000, max: 40_000 }) }),
    { nil: undefined, freq: 2 },
  ),
  failback: fc.oneof(fc.constant("auto" as const), fc.constant("manual" as const), millis(9000)),
});

/** What comes, and how many milliseconds after what was before. */
type Step =
  | { readonly kind: "success" | "failure" | "not-probed" | "failback"; readonly after: number }
  | { readonly kind: "reload"; readonly after: number; readonly rules: TargetRules };

const after = fc.oneof(fc.constant(1000), millis(6000));
const result = fc.record({
  kind: fc.constantFrom(
    "success" as const,
    "success" as const,
    "failure" as const,
    "failure" as const,
    "not-probed" as const,
  ),
  after,
});
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: result },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("failback" as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reload" as const), after, rules: anyRules }) },
);
const anySteps = fc.array(anyStep, { maxLength: 80, size: "max" });

const SIGNS = { success: "+", failure: "-", "not-probed": "?" } as const;

/** What the machine is given, step by step, and what it then is. */
function* walk(first: TargetRules, steps: readonly Step[]) {
  let state = neverProbed(0);
  let rules = first;
  let now = 0;
  for (const step of steps) {
    now += step.after;
    const before = state;
    if (step.kind === "reload") ({ rules } = step);
    else if (step.kind === "failback") {
      const back = released(before, now);
      state = back.ok ? back.value : before;
    } else state = afterProbe(before, verdictOf(SIGNS[step.kind]), rules, now);
    yield { step, before, state, rules, now };
  }
}

/** `recovered` is a status of the page's table alone. */
function toldStatus({ status, recovered }: ProbeState): string {
  return recovered === undefined ? status : "recovered";
}

/** Whether fields say nothing that their status cannot. */
function isSound({ status, failures, successes, recovered, window, returned }: ProbeState): boolean {
  return (
    Math.min(failures, successes) === 0 &&
    (status === "degraded" || recovered === undefined) &&
    (status === "online" || (window === 0 && !returned))
  );
}

/** The rows of the table in docs/health.md, as "from on to". */
function rowsOfPage(): ReadonlySet<string> {
  const page = readFileSync(new URL("../../docs/health.md", import.meta.url), "utf8");
  const table = page.slice(page.indexOf("| from | on | to |"));
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2);
  return new Set(
    rows.map((row) =>
      row
        .split("|")
        .slice(1, 4)
        .map((cell) => cell.trim().replaceAll("`", ""))
        .join(" "),
    ),
  );
}

describe("the table of docs/health.md", () => {
  const rows = rowsOfPage();

  test("no results, times, reloads and failbacks lead to a change that it does not have; each of its rows happens", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyRules, anySteps, (first, steps) => {
        for (const { step, before, state, now } of walk(first, steps)) {
          const row = `${toldStatus(before)} ${step.kind} ${toldStatus(state)}`;
          const isRefused = step.kind === "failback" && before.recovered === undefined;
          const changesNothing = step.kind === "not-probed" || step.kind === "reload" || isRefused;
          expect(changesNothing ? state === before : rows.has(row), row).toBe(true);
          if (!changesNothing) seen.add(row);
          expect(state.since).toBe(state.status === before.status ? before.since : now);
          expect(isSound(state)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual([...rows].toSorted());
  });
});

test("afterProbe, released: are what a plain reference says, for any results, times, reloads and failbacks", () => {
  fc.assert(
    fc.property(anyRules, anySteps, (first, steps) => {
      const reference = createReference();
      for (const { step, state, rules, now } of walk(first, steps)) {
        if (step.kind === "failback") reference.failback(now);
        else if (step.kind !== "reload" && step.kind !== "not-probed")
          reference.result(step.kind === "success", rules, now);
        expect(asReferred(state)).toEqual(reference.state());
      }
    }),
    { numRuns: 2000 },
  );
});
