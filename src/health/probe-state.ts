/**
 * What the probes of one probe target say of it: the state machine, pure.
 *
 *              success                 toleratedFailures + 1 failures in a row
 *   checking ───────────► online ──────────────────────────────────────► degraded
 *       │                   ▲                                               │ ▲
 *       │                   └──────── recoverAfter successes in a row ──────┘ │
 *       └───────────────────────────── failure ──────────────────────────────┘
 *
 * An operator tolerates failures so that one lost packet does not move the clients of an endpoint that is known to be
 * good. A target without any result has no such good state to protect, so its first result decides at once, both ways:
 * geosteer must not start by sending clients to a dead endpoint, nor wait to use a living one. The price is that an
 * endpoint whose first probe got lost is served `recoverAfter` probes late.
 *
 * `not-probed` is this machine's failure and changes nothing: with no file descriptors left here, or no resolver, every
 * endpoint of the world would look dead.
 *
 * Thresholds are asked for with each result, so a reload that changes them takes effect at the next one.
 */
import type { ProbedStatus } from "../routing/health-view.ts";
import type { Monitor } from "./monitoring.ts";
import type { ProbeVerdict } from "./probes/probe.ts";

export interface ProbeState {
  readonly status: ProbedStatus;
  /** Failed probes in a row, up to the latest. */
  readonly failures: number;
  /** Successful probes in a row, up to the latest. */
  readonly successes: number;
  /** When the status began, in milliseconds since the Unix epoch. */
  readonly since: number;
  /** Why the last failed probe failed. */
  readonly lastFailure: string | undefined;
}

export type ProbeThresholds = Pick<Monitor, "toleratedFailures" | "recoverAfter">;

export function afterProbe(
  state: ProbeState,
  verdict: ProbeVerdict,
  thresholds: ProbeThresholds,
  now: number,
): ProbeState {
  if (!verdict.ok && verdict.code === "not-probed") return state;
  const failures = verdict.ok ? 0 : state.failures + 1;
  const successes = verdict.ok ? state.successes + 1 : 0;
  const status = statusAfter(state.status, failures, successes, thresholds);
  return {
    status,
    failures,
    successes,
    since: status === state.status ? state.since : now,
    lastFailure: verdict.ok ? state.lastFailure : verdict.reason,
  };
}

/** The state of a probe target that was never probed. */
export function neverProbed(now: number): ProbeState {
  return { status: "checking", failures: 0, successes: 0, since: now, lastFailure: undefined };
}

function statusAfter(
  status: ProbedStatus,
  failures: number,
  successes: number,
  { toleratedFailures, recoverAfter }: ProbeThresholds,
): ProbedStatus {
  const first = status === "checking";
  if (failures > (first ? 0 : toleratedFailures)) return "degraded";
  if (successes >= (first ? 1 : recoverAfter)) return "online";
  return status;
}
