/** How near a probe target is to the next change of its status, which the TTL of answers and the pace of probes follow. */
import { failuresOf, waitsOf, type ProbeState, type TargetRules } from "./probe-state.ts";

/** `TTL_STEPS` of `routing/health-view.ts`, whose values are no business of health. */
export const MOST_STEPS = 15;

/**
 * 0 (stable) to `MOST_STEPS`: the part of what a change takes that is done, of results and of times to wait for the one that
 * is farthest behind. It is 0 as long as an operator alone can bring the target back.
 */
export function progressOf(state: ProbeState, rules: TargetRules, now: number): number {
  return Math.ceil(MOST_STEPS * Math.max(0, Math.min(1, shareDone(state, rules, now))));
}

function shareDone(state: ProbeState, rules: TargetRules, now: number): number {
  const { status, since, successes, recovered } = state;
  if (status === "checking") return 0;
  const waited = (from: number, until: number): number => (until <= from ? 1 : (now - from) / (until - from));
  if (status === "online") {
    const { so, of } = failuresOf(state, rules);
    return Math.min(so / of, waited(since, since + rules.hold));
  }
  const { held, damped, failback } = waitsOf(state, rules);
  if (recovered === undefined)
    return rules.failback === "auto"
      ? Math.min(successes / rules.recoverAfter, waited(since, held), waited(since, damped))
      : 0;
  return Math.min(waited(since, held), waited(since, damped), waited(recovered, failback));
}

/**
 * Whether the next results decide on a change, so that they are wanted soon: the latest speaks against the status. Of a
 * target that has recovered and waits they decide nothing.
 */
export function isContested({ status, failures, successes, recovered }: ProbeState): boolean {
  if (status === "online") return failures > 0;
  return status === "degraded" && successes > 0 && recovered === undefined;
}
