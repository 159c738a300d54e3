/** The engine in one call: which endpoint answers this client now. Pure: chance and health come in as arguments. */
import type { Random } from "../shared/ports.ts";
import { candidatesFor, type Client } from "./candidates.ts";
import type { HealthView } from "./health-view.ts";
import { planFor, type Outcome, type Plan, type Question } from "./plan.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

export interface Ask {
  readonly snapshot: Snapshot;
  readonly profile: Profile;
  readonly question: Question;
  readonly client: Client;
  readonly health: HealthView;
}

export function decide({ snapshot, profile, question, client, health }: Ask, random: Random): Outcome {
  return draw(planFor(snapshot, candidatesFor(snapshot, profile, client), question, health), random);
}

/** One outcome, each with its probability. The last one takes what rounding leaves. */
export function draw({ outcomes }: Plan, random: Random): Outcome {
  const last = outcomes.length - 1;
  if (last === 0) return outcomes[0]!;
  let left = random();
  for (let i = 0; i < last; i++) {
    const outcome = outcomes[i]!;
    left -= outcome.probability;
    if (left < 0) return outcome;
  }
  return outcomes[last]!;
}
