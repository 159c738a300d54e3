import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterProbe, neverProbed, type ProbeState, type ProbeThresholds } from "../../src/health/probe-state.ts";
import type { ProbeVerdict } from "../../src/health/probes/probe.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";

const defaults: ProbeThresholds = { toleratedFailures: 3, recoverAfter: 2 };

/** "+" success, "-" failure, "?" not probed. */
function verdictOf(sign: string): ProbeVerdict {
  if (sign === "+") return { ok: true };
  if (sign === "-") return { ok: false, code: "refused", reason: "connection refused" };
  return { ok: false, code: "not-probed", reason: "no file descriptor left in this process" };
}

/** The state after a history of verdicts, one second apart, the first at second 1. */
function stateAfter(history: string, thresholds = defaults): ProbeState {
  return history
    .split("")
    .reduce((state, sign, i) => afterProbe(state, verdictOf(sign), thresholds, (i + 1) * 1000), neverProbed(0));
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
    });
    expect(stateAfter("++++").since).toBe(1000);
  });

  test("takes lowered thresholds into account at the next result", () => {
    const failedThrice = stateAfter("+---");
    const next = afterProbe(failedThrice, verdictOf("-"), { toleratedFailures: 0, recoverAfter: 2 }, 9000);
    expect(next).toMatchObject({ status: "degraded", failures: 4, since: 9000 });
  });

  const histories = fc.array(fc.constantFrom("+", "+", "+", "-", "-", "-", "?"), { maxLength: 60, size: "max" });
  const thresholds = fc.record({
    toleratedFailures: fc.integer({ min: 0, max: 9 }),
    recoverAfter: fc.integer({ min: 1, max: 5 }),
  });

  test("is what the latest long enough row of equal results says, for any history", () => {
    fc.assert(
      fc.property(histories, thresholds, (history, limits) => {
        const asked = history.filter((sign) => sign !== "?").join("");
        expect(stateAfter(history.join(""), limits).status).toBe(statusByDefinition(asked, limits));
      }),
    );
  });

  test("changes status only with a result that speaks for the new one, and then restarts since", () => {
    fc.assert(
      fc.property(histories, thresholds, (history, limits) => {
        let before = neverProbed(0);
        for (const [i, sign] of history.entries()) {
          const after = afterProbe(before, verdictOf(sign), limits, i + 1);
          const changed = after.status !== before.status;
          expect([sign === "+" ? "online" : "degraded", before.status]).toContain(after.status);
          expect(after.since).toBe(changed ? i + 1 : before.since);
          expect(Math.min(after.failures, after.successes)).toBe(0);
          before = after;
        }
      }),
    );
  });
});

/** Looks back from the end for the latest place at which the history alone settled the status. */
function statusByDefinition(asked: string, { toleratedFailures, recoverAfter }: ProbeThresholds): ProbedStatus {
  for (let length = asked.length; length > 0; length--) {
    const past = asked.slice(0, length);
    if (past === "+" || past.endsWith("+".repeat(recoverAfter))) return "online";
    if (past === "-" || past.endsWith("-".repeat(toleratedFailures + 1))) return "degraded";
  }
  return "checking";
}
