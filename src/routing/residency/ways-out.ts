/**
 * Where a rule has no power: a host that its clients may be answered with is the name of another profile of ours, or an
 * alias of one, which the rule does not cover. Whoever follows it comes to whatever that profile decides.
 *
 * A profile behind a host that the rule covers is fenced itself, and looked at as one that is asked: chains of hosts are
 * followed link by link.
 */
import type { DomainName } from "../../shared/domain-name.ts";
import { candidatesFor, type Candidates } from "../candidates.ts";
import { isInService } from "../in-service.ts";
import type { Client } from "../order.ts";
import type { Endpoint, Profile, ResidencyRule, Snapshot } from "../snapshot.ts";
import { answeringIn, answeringKey, hostOf, labelsOf, violating, type Answering, type Violating } from "./answering.ts";
import { complies } from "./compliance.ts";
import { covers } from "./covers.ts";
import type { EventBudget } from "./events.ts";
import { outcomeKey, reachOf } from "./reach.ts";

export interface WayOut {
  readonly rule: ResidencyRule;
  /** The profile that is asked. */
  readonly asked: Profile;
  /** Who answers with the host. */
  readonly at: Answering;
  readonly host: DomainName;
  readonly to: Profile;
  /** Whether some state of health has it answered; else only an operator can: behind an endpoint that is not probed. */
  readonly by: "health" | "override";
  /** In a state where it is answered, those that are down. */
  readonly whileDown: readonly Endpoint[];
  /** … and those that take less than all their clients, or lack a family. */
  readonly whileWaning: readonly Endpoint[];
  /** Who is there for these clients and does not comply; undefined: nobody, as the profile is now. */
  readonly example: Violating | undefined;
  /** False: there are too many states to look at, so that it is taken for answered. */
  readonly isExact: boolean;
}

export interface Surroundings {
  readonly snapshot: Snapshot;
  /** The profile that answers a host, be it by static aliases. */
  readonly profileAt: (host: DomainName) => number | undefined;
}

export interface WaysOut {
  readonly ways: readonly WayOut[];
  /** What it took of the budget. */
  readonly steps: number;
}

export function waysOut(
  { snapshot, profileAt }: Surroundings,
  client: Client,
  candidates: Candidates,
  budget: EventBudget,
): WaysOut {
  const covering = snapshot.residency.filter(({ clients }) => covers(clients, client));
  const possible = answeringIn(candidates).flatMap((at) => {
    const host = hostOf(at);
    const id = host === undefined ? undefined : profileAt(host);
    if (host === undefined || id === undefined) return [];
    const to = snapshot.profiles[id]!;
    return covering.flatMap((rule) =>
      rule.profiles.includes(at.profile.id) && !rule.profiles.includes(id) && isInService(snapshot, to)
        ? [{ rule, at, host, to }]
        : [],
    );
  });
  if (possible.length === 0) return { ways: [], steps: 0 };
  const { outcomes, isExact, steps } = reachOf(snapshot, candidates, { anyDistance: true, budget });
  const reached = new Map(outcomes.map((outcome) => [outcomeKey(outcome), outcome]));
  const ways = possible.map(({ rule, at, host, to }): WayOut => {
    const outcome = reached.get(answeringKey(at));
    const example = answeringIn(candidatesFor(snapshot, to, client)).find((one) => !complies(labelsOf(one), rule));
    return {
      rule,
      asked: candidates.profile,
      at,
      host,
      to,
      by: outcome === undefined ? "override" : "health",
      whileDown: outcome?.whileDown ?? [],
      whileWaning: [...new Set(outcome?.whileWaning.map(({ endpoint }) => endpoint))],
      example: example && violating(example, rule),
      isExact,
    };
  });
  return { ways, steps };
}
