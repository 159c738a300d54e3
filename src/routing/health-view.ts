/** What the engine asks of health. The health table implements it; `explain` and tests hand in their own. */

/** What probing found of one endpoint; the engine derives the statuses that configuration decides. */
export type ProbedStatus = "online" | "degraded" | "checking";

/** Azure's endpoint and profile statuses. */
export const STATUSES = ["online", "degraded", "checking", "disabled", "inactive", "stopped", "unmonitored"] as const;
export type Status = (typeof STATUSES)[number];

export interface HealthView {
  /** `endpoint` is the endpoint's id. */
  statusOf(endpoint: number): ProbedStatus;
}
