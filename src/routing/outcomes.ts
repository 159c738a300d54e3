/**
 * A plan as a list: every way that it may end, with its probability. Ways that end alike, at the same endpoint for the
 * same reason, are one outcome, so the list is no longer than endpoints and reasons, however many ways there are. Nor is
 * the work: a fork is looked at once for each reason that leads to it.
 */
import type { Answer, Fork, Reason } from "./plan.ts";
import { reasonThrough } from "./plan.ts";
import type { Endpoint } from "./snapshot.ts";

export interface Outcome {
  /** Above 0, at most 1; the outcomes of a plan add up to 1. */
  readonly probability: number;
  /** The endpoint of the asked profile, then of each nested one: one of the ways. Empty where no endpoint answers. */
  readonly path: readonly Endpoint[];
  /** Those that answer together with the last of the path; none but of a multivalue profile. */
  readonly beside: readonly Endpoint[];
  readonly reason: Reason;
  readonly answer: Answer;
}

/** A fork that is reached for one reason. */
interface Arrival {
  readonly exits: readonly { readonly share: number; readonly to: Sum }[];
  probability: number;
}

type Sum = Arrival | (Outcome & { probability: number });

export function outcomesOf(plan: Fork): readonly Outcome[] {
  const outcomes = new Map<string, Outcome & { probability: number }>();
  const arrivals = new Map<Fork, Map<Reason, Arrival>>();
  /** Each after those that it leads to. */
  const order: Arrival[] = [];

  const arrive = (fork: Fork, because: Reason, way: readonly Endpoint[]): Arrival => {
    const ofFork = arrivals.get(fork) ?? new Map<Reason, Arrival>();
    arrivals.set(fork, ofFork);
    const known = ofFork.get(because);
    if (known !== undefined) return known;
    const exits = fork.branches.map(
      ({ probability: share, endpoints: [endpoint, ...beside], reason: inner, answer, next }) => {
        const reason = reasonThrough(because, inner);
        const path = endpoint === undefined ? way : [...way, endpoint];
        if (next !== undefined) return { share, to: arrive(next, reason, path) };
        const key = `${path.at(-1)?.id} ${beside.map(({ id }) => id).join(" ")} ${reason}`;
        const outcome = outcomes.get(key) ?? { probability: 0, path, beside, reason, answer };
        outcomes.set(key, outcome);
        return { share, to: outcome };
      },
    );
    const arrival = { exits, probability: 0 };
    ofFork.set(because, arrival);
    order.push(arrival);
    return arrival;
  };

  arrive(plan, "preferred", []).probability = 1;
  for (const { exits, probability } of order.toReversed()) {
    // A sum of many shares of one may be more than it by the error of the last digit.
    for (const { share, to } of exits) to.probability = Math.min(1, to.probability + probability * share);
  }
  return [...outcomes.values()];
}
