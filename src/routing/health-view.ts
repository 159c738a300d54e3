/** What the engine asks of health. The health table implements it; `explain` and tests hand in their own. */

/** What probing found of one endpoint; the engine derives the statuses that configuration decides. */
export type ProbedStatus = "online" | "degraded" | "checking";

/** Azure's endpoint and profile statuses. */
export type Status = ProbedStatus | "disabled" | "inactive" | "stopped" | "unmonitored";

export interface HealthView {
  /** `endpoint` is the endpoint's id. */
  statusOf(endpoint: number): ProbedStatus;
}
