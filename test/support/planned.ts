/** Plans as text for tests, one line an outcome. */
import { candidatesFor } from "../../src/routing/candidates.ts";
import { probedView, type ProbedStatus } from "../../src/routing/health-view.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { type Answer, type Question } from "../../src/routing/fork.ts";
import { planFor } from "../../src/routing/plan.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { locationOf } from "./leaf-tables.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec, type RuleSpec } from "./snapshot.ts";

export interface PlanCase {
  /** The first one is asked. */
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  readonly residency?: Readonly<Record<string, RuleSpec>>;
  /** What probes found, by the endpoint's name; "online" of all others. */
  readonly found?: Readonly<Record<string, ProbedStatus>>;
  readonly question?: Question;
  readonly from?: string;
}

/** `share path reason: answer`, `-` for the path where no endpoint answers. */
export function planned({
  profiles,
  residency = {},
  found = {},
  question = "A",
  from = "DE",
}: PlanCase): readonly string[] {
  const built = snapshotOf({ profiles, residency });
  const view = probedView((id) => found[built.endpoints[id]!.name] ?? "online");
  const client = { address: ip("192.0.2.1"), location: locationOf(from), placedBy: "client" as const };
  const candidates = candidatesFor(built, built.profiles[0]!, client);
  return outcomesOf(planFor(built, candidates, question, createStatuses(built, view))).map(
    ({ probability, path, reason, answer }) => {
      const names = path.map(({ name }) => name).join("/") || "-";
      return `${Number(probability.toFixed(3))} ${names} ${reason}: ${answerText(answer)}`;
    },
  );
}

function answerText(answer: Answer): string {
  if (answer.kind === "addresses") return answer.addresses.map(formatIpAddress).join(" ");
  return answer.kind === "alias" ? answer.host : answer.kind;
}

export const v4: EndpointSpec = { address: ["192.0.2.4"] };
export const v6: EndpointSpec = { address: ["2001:db8::6"] };
export const dual: EndpointSpec = { address: ["192.0.2.10", "2001:db8::10"] };
