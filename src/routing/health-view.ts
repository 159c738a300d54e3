/** What the engine asks of health. The state table implements it; `explain` and tests hand in their own. */

/** What probing found of one endpoint; the engine derives the statuses that configuration decides. */
export type ProbedStatus = "online" | "degraded" | "checking";

/** Azure's endpoint and profile statuses. */
export const STATUSES = ["online", "degraded", "checking", "disabled", "inactive", "stopped", "unmonitored"] as const;
export type Status = (typeof STATUSES)[number];

/** What an operator has an endpoint be: served whatever probes say, as degraded, or as disabled and never served. */
export type Forced = "up" | "down" | "out";

/** What is known of one endpoint beside its configuration. */
export interface EndpointState {
  readonly status: ProbedStatus;
  readonly forced: Forced | undefined;
  /** Above 0, at most 1: what it takes of the clients that are its own; a drain has it fall. */
  readonly share: number;
}

export interface HealthView {
  /** `endpoint` is the endpoint's id. */
  stateOf(endpoint: number): EndpointState;
}

/** A view of probes alone. */
export function probedView(statusOf: (endpoint: number) => ProbedStatus): HealthView {
  return { stateOf: (endpoint) => probedState(statusOf(endpoint)) };
}

/** The state of an endpoint that no operator has a word on. */
export function probedState(status: ProbedStatus): EndpointState {
  return PROBED[status];
}

const PROBED: Readonly<Record<ProbedStatus, EndpointState>> = {
  online: { status: "online", forced: undefined, share: 1 },
  degraded: { status: "degraded", forced: undefined, share: 1 },
  checking: { status: "checking", forced: undefined, share: 1 },
};
