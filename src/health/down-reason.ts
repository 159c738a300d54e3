/** Why an endpoint is down, for people: which of its probe targets make it so, and what was wrong with each. */
import type { ProbedStatus } from "../routing/health-view.ts";
import { judge, type Judged } from "./endpoint-health.ts";
import type { EndpointCheck, Formula } from "./monitoring.ts";
import type { ProbeTarget } from "./probe-target.ts";

/** What is known of a target. */
export interface Blamed extends Judged {
  readonly target: Pick<ProbeTarget, "check" | "monitor">;
  /** Why its last failed probe failed. */
  readonly lastFailure: string | undefined;
}

/** Targets that a reason names. */
const MOST_NAMED = 3;

/**
 * Such as `status 503, wanted 200-299` of an endpoint with one target; of others with the address or the monitor that tells
 * them apart: `203.0.113.10 web: refused; 203.0.113.11 web: refused`. Undefined where none of them is down.
 */
export function downReason(check: EndpointCheck<number>, of: (target: number) => Blamed): string | undefined {
  const blamed = [...new Set(check.parts.flatMap((part) => blame(part, "degraded", of)))];
  if (blamed.length === 0) return undefined;
  const isComposite = check.parts[0]!.kind !== "probe";
  const lines = blamed.slice(0, MOST_NAMED).map((index) => {
    const { target, status, lastFailure = "failed" } = of(index);
    const names = [
      ...(check.parts.length > 1 ? [target.check.host] : []),
      ...(isComposite ? [target.monitor.name] : []),
    ];
    const what = status === "degraded" ? lastFailure : "succeeds, wanted a failure";
    return names.length === 0 ? what : `${names.join(" ")}: ${what}`;
  });
  const more = blamed.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** The targets by which a formula has a status. */
function blame(formula: Formula<number>, status: ProbedStatus, of: (target: number) => Judged): readonly number[] {
  if (judge(formula, of).status !== status) return [];
  if (formula.kind === "probe") return [formula.check];
  if (formula.kind === "not") return blame(formula.of, status === "degraded" ? "online" : "degraded", of);
  return formula.of.flatMap((member) => blame(member, status, of));
}
