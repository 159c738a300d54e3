/**
 * What docs/health.md says of one probe target, as plainly as can be: all results and periods are kept and looked through
 * anew each time. Written from the page, not from the machine, which is held to it.
 */
import type { ProbeState, TargetRules } from "../../src/health/probe-state.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";

interface Period {
  readonly status: ProbedStatus;
  readonly from: number;
  /** Degraded: the flaps that count for it. */
  readonly flaps: number;
  readonly results: { readonly ok: boolean; readonly at: number; readonly enough: boolean }[];
}

export function createReference() {
  const periods: Period[] = [{ status: "checking", from: 0, flaps: 0, results: [] }];
  const current = (): Period => periods.at(-1)!;
  const begin = (status: ProbedStatus, from: number, flaps = 0): void =>
    void periods.push({ status, from, flaps, results: [] });

  /** The results since the last failure, all of them successes. */
  const lastSuccesses = (): Period["results"] => {
    const { results } = current();
    return results.slice(results.findLastIndex(({ ok }) => !ok) + 1);
  };
  const recoveredAt = (): number | undefined => {
    return current().status === "degraded" ? lastSuccesses().find(({ enough }) => enough)?.at : undefined;
  };

  /** Failures in a row over all periods. */
  const failuresInRow = (): number => {
    const all = periods.flatMap(({ results }) => results);
    return all.length - 1 - all.findLastIndex(({ ok }) => ok);
  };

  const isDown = ({ toleratedFailures, window }: TargetRules): boolean => {
    if (window === undefined) return failuresInRow() > toleratedFailures;
    return (
      current()
        .results.slice(-window.of)
        .filter(({ ok }) => !ok).length >= window.failures
    );
  };

  /** The flaps that count if it goes down now. */
  const flapsNow = ({ damping, recoverAfter, interval }: TargetRules, now: number): number => {
    if (damping === undefined) return 0;
    const quiet = Math.floor((now - current().from) / damping.window);
    const before = periods.at(-2)!;
    const counted = before.flaps;
    if (before.status !== "degraded") return 0;
    if (quiet > 0) return Math.max(0, counted - quiet);
    let most = 1;
    while (recoverAfter * interval * 2 ** most < damping.max) most++;
    return Math.min(most, counted + 1);
  };

  const waits = ({ hold, damping, failback, recoverAfter, interval }: TargetRules): readonly number[] => {
    const { from, flaps } = current();
    const all = [from + hold];
    if (damping !== undefined && flaps > 0)
      all.push(from + Math.min(damping.max, recoverAfter * interval * 2 ** flaps));
    if (failback === "manual") all.push(Number.POSITIVE_INFINITY);
    else if (failback !== "auto") all.push(recoveredAt()! + failback);
    return all;
  };

  return {
    state: () => ({
      status: current().status,
      isRecovered: recoveredAt() !== undefined,
      flaps: current().status === "degraded" ? current().flaps : undefined,
      returned: current().status === "online" ? periods.at(-2)!.status === "degraded" : undefined,
    }),
    result(ok: boolean, rules: TargetRules, now: number): void {
      const { status, from, results } = current();
      const enough = ok && (recoveredAt() !== undefined || lastSuccesses().length + 1 >= rules.recoverAfter);
      results.push({ ok, at: now, enough });
      if (status === "checking") begin(ok ? "online" : "degraded", now);
      else if (status === "online") {
        if (!ok && isDown(rules) && now >= from + rules.hold) begin("degraded", now, flapsNow(rules, now));
      } else if (recoveredAt() !== undefined && waits(rules).every((until) => now >= until)) begin("online", now);
    },
    failback(now: number): void {
      if (recoveredAt() !== undefined) begin("online", now);
    },
  };
}

/** What the reference can say of a state. */
export function asReferred({ status, recovered, flaps, returned }: ProbeState) {
  return {
    status,
    isRecovered: recovered !== undefined,
    flaps: status === "degraded" ? flaps : undefined,
    returned: status === "online" ? returned : undefined,
  };
}
