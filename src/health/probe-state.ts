/**
 * What the probes of one probe target say of it: the state machine, pure. docs/health.md has its table, which a test holds
 * it to.
 *
 *              success                         failures enough, hold over
 *   checking ───────────► online ──────────────────────────────────────────────► degraded
 *       │                   ▲ ▲                                                  │ │  ▲ ▲
 *       │                   │ └───── recoverAfter successes, nothing to wait ────┘ │  │ │
 *       │                   │        for                                           │  │ │
 *       │                   └─ waited, ─ degraded, ◄── recoverAfter successes ─────┘  │ │
 *       │                      failback  recovered ───────── failure ─────────────────┘ │
 *       └──────────────────────── failure ──────────────────────────────────────────────┘
 *
 * An operator tolerates failures so that one lost packet does not move the clients of an endpoint that is known to be
 * good. A target without any result has no such good state to protect, so its first result decides at once, both ways:
 * geosteer must not start by sending clients to a dead endpoint, nor wait to use a living one. The price is that an
 * endpoint whose first probe got lost is served `recoverAfter` probes late.
 *
 * Nothing happens by itself: it goes down on a failure and comes back on a success, or by an operator's failback. What has
 * to be waited for (`hold`, damping, `failback`) is over on the first such result after its time.
 *
 * `not-probed` is this machine's failure and changes nothing: with no file descriptors left here, or no resolver, every
 * endpoint of the world would look dead.
 *
 * Rules are asked for with each result, so a reload that changes them takes effect at the next one. A state is plain data,
 * and goes on after a restart.
 */
import type { ProbedStatus } from "../routing/health-view.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { dampedFor, flapsAfter } from "./damping.ts";
import type { MonitorTiming, ProbeRules } from "./monitoring.ts";
import type { ProbeVerdict } from "./probes/probe.ts";
import { failuresIn, withResult } from "./result-window.ts";

/** Instants in milliseconds since the Unix epoch. */
export interface ProbeState {
  readonly status: ProbedStatus;
  /** Failed probes in a row, up to the latest. */
  readonly failures: number;
  /** Successful probes in a row, up to the latest. */
  readonly successes: number;
  /** When the status began. */
  readonly since: number;
  /** Why the last failed probe failed. */
  readonly lastFailure: string | undefined;
  /** Degraded: since when it would be online, were there nothing to wait for; undefined = it has not recovered. */
  readonly recovered: number | undefined;
  /** Online: the results since it began, as `result-window.ts` has them; else 0. */
  readonly window: number;
  /** Online: whether it was degraded before. */
  readonly returned: boolean;
  /** Flaps that counted when it was last degraded, for `damping.ts`. */
  readonly flaps: number;
}

export type TargetRules = ProbeRules & Pick<MonitorTiming, "interval">;

export function afterProbe(state: ProbeState, verdict: ProbeVerdict, rules: TargetRules, now: number): ProbeState {
  if (!verdict.ok && verdict.code === "not-probed") return state;
  const known = notLaterThan(now, state);
  return verdict.ok ? afterSuccess(known, rules, now) : afterFailure(known, verdict.reason, rules, now);
}

/** The state of a probe target that was never probed. */
export function neverProbed(now: number): ProbeState {
  return {
    status: "checking",
    failures: 0,
    successes: 0,
    since: now,
    lastFailure: undefined,
    recovered: undefined,
    window: 0,
    returned: false,
    flaps: 0,
  };
}

/** An operator has it come back at once, whatever it waits for; the error is why it cannot, for people. */
export function released(state: ProbeState, now: number): Result<ProbeState, string> {
  if (state.status !== "degraded") return err(`it is ${state.status}`);
  if (state.recovered === undefined) {
    return err(
      state.successes === 0 ? "its latest probe failed" : "too few of its probes have succeeded since it failed",
    );
  }
  return ok(online(state, now));
}

/**
 * Whether two states are the same for who keeps them: how often it failed beyond what decides, or has succeeded since it
 * came back, is no reason to write.
 */
export function isSameKept(a: ProbeState, b: ProbeState): boolean {
  const keys = ["status", "since", "recovered", "window", "returned", "flaps"] as const;
  return keys.every((key) => a[key] === b[key]) && countOf(a) === countOf(b);
}

/** The results in a row that speak against the status; of those that have recovered they decide nothing any more. */
function countOf({ status, failures, successes, recovered }: ProbeState): number {
  return status === "online" ? failures : recovered === undefined ? successes : 0;
}

/** From when on a success has a target that has recovered come back; Infinity = an operator has to say so. */
function comesBackAt(state: ProbeState, rules: TargetRules): number {
  const { held, damped, failback } = waitsOf(state, rules);
  return Math.max(held, damped, failback);
}

/** Until when each thing to wait for has a degraded target wait. */
export function waitsOf(
  { since, flaps, recovered = Number.POSITIVE_INFINITY }: ProbeState,
  rules: TargetRules,
): { readonly held: number; readonly damped: number; readonly failback: number } {
  const { failback } = rules;
  return {
    held: since + rules.hold,
    damped: since + dampedFor(flaps, rules),
    failback: failback === "auto" ? since : failback === "manual" ? Number.POSITIVE_INFINITY : recovered + failback,
  };
}

/** How many failures have an online target degraded, and how many of them there are. */
export function failuresOf(
  { failures, window }: ProbeState,
  rules: ProbeRules,
): { readonly of: number; readonly so: number } {
  return rules.window === undefined
    ? { so: failures, of: rules.toleratedFailures + 1 }
    : { so: failuresIn(window, rules.window.of), of: rules.window.failures };
}

function afterFailure(before: ProbeState, reason: string, rules: TargetRules, now: number): ProbeState {
  const state = { ...before, failures: before.failures + 1, successes: 0, recovered: undefined, lastFailure: reason };
  if (state.status === "degraded") return state;
  if (state.status === "checking") return degraded(state, 0, now);
  const counted = { ...state, window: withResult(state.window, true) };
  const { so, of } = failuresOf(counted, rules);
  if (so < of || now < state.since + rules.hold) return counted;
  return degraded(counted, flapsAfter(state.flaps, state.returned, now - state.since, rules), now);
}

function afterSuccess(before: ProbeState, rules: TargetRules, now: number): ProbeState {
  const state = { ...before, failures: 0, successes: before.successes + 1 };
  if (state.status === "online") return { ...state, window: withResult(state.window, false) };
  if (state.status === "checking") return online(state, now);
  if (state.recovered === undefined && state.successes < rules.recoverAfter) return state;
  const recovered = { ...state, recovered: state.recovered ?? now };
  return now < comesBackAt(recovered, rules) ? recovered : online(recovered, now);
}

/** Failures from before it came back do not count against it again. */
function online(state: ProbeState, now: number): ProbeState {
  const returned = state.status === "degraded";
  return { ...state, status: "online", since: now, recovered: undefined, window: 0, returned };
}

function degraded(state: ProbeState, flaps: number, now: number): ProbeState {
  return { ...state, status: "degraded", since: now, window: 0, returned: false, flaps };
}

/** A clock that was set back between two lives must not have anything wait for years. */
function notLaterThan(now: number, state: ProbeState): ProbeState {
  const { since, recovered } = state;
  if (since <= now && (recovered ?? now) <= now) return state;
  return { ...state, since: Math.min(since, now), recovered: recovered && Math.min(recovered, now) };
}
