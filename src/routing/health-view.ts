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
  /** Above 0, at most 1: what it takes of the clients that are its own; a drain has it fall, a ramp grow. */
  readonly share: number;
  /**
   * 0 to 1: the same by its load, as long as others can take the rest. 0 = it gets clients where all others are down or have
   * none to take either.
   */
  readonly load: number;
  /** A bit for each address of its target, IPv4 before IPv6, that is down and leaves the answer. Never all of them. */
  readonly addressesDown: number;
  /** 0 to `TTL_STEPS`: how near it is to a change of its status. 0 = it is stable. */
  readonly ttlStep: number;
}

export const TTL_STEPS = 15;
/** As many addresses of an endpoint can leave its answer by themselves. */
export const MOST_ADDRESSES = 10;

/** What probes, and what follows from them in time, say of one endpoint. */
export interface ProbedHealth extends Pick<EndpointState, "status" | "load" | "addressesDown" | "ttlStep"> {
  /** Above 0, at most 1: its share, as long as it comes back. */
  readonly ramp: number;
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

const SETTLED = { forced: undefined, share: 1, load: 1, addressesDown: 0, ttlStep: 0 } as const;
const PROBED: Readonly<Record<ProbedStatus, EndpointState>> = {
  online: { status: "online", ...SETTLED },
  degraded: { status: "degraded", ...SETTLED },
  checking: { status: "checking", ...SETTLED },
};

/** The health of an endpoint of which nothing but the status is known. */
export function settledHealth(status: ProbedStatus): ProbedHealth {
  return HEALTHS[status];
}

const SETTLED_HEALTH = { ramp: 1, load: 1, addressesDown: 0, ttlStep: 0 } as const;
const HEALTHS: Readonly<Record<ProbedStatus, ProbedHealth>> = {
  online: { status: "online", ...SETTLED_HEALTH },
  degraded: { status: "degraded", ...SETTLED_HEALTH },
  checking: { status: "checking", ...SETTLED_HEALTH },
};
