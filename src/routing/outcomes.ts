/**
 * A plan as a list: every way that it may end, with its probability. Ways that end alike, at the same endpoint for the
 * same reason, are one outcome, so the list is no longer than endpoints and reasons, however many ways there are. Nor is
 * the work: a fork is looked at once for each reason that leads to it.
 */
import type { Answer, Fork, Reason } from "./fork.ts";
import { reasonThrough } from "./fork.ts";
import { UNANSWERED } from "./shares.ts";
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

/** A fork that is reached for one reason, with one that stands in where it ends unanswered. */
interface Arrival {
  readonly exits: readonly { readonly share: number; readonly to: Sum }[];
  probability: number;
}

/** Where it stands in: what has come before the profile that it stands in for. */
interface StandIn {
  readonly fork: Fork;
  readonly because: Reason;
  readonly way: readonly Endpoint[];
}

type Sum = Arrival | (Outcome & { probability: number });

export function outcomesOf(plan: Fork): readonly Outcome[] {
  const outcomes = new Map<string, Outcome & { probability: number }>();
  const arrivals = new Map<Fork, Map<Reason, Map<StandIn | undefined, Arrival>>>();
  const standIns = new Map<Fork, Map<Reason, StandIn>>();
  /** Each after those that it leads to. */
  const order: Arrival[] = [];

  const arrive = (fork: Fork, because: Reason, way: readonly Endpoint[], standIn: StandIn | undefined): Arrival => {
    const ofFork = arrivals.get(fork) ?? new Map<Reason, Map<StandIn | undefined, Arrival>>();
    arrivals.set(fork, ofFork);
    const ofReason = ofFork.get(because) ?? new Map<StandIn | undefined, Arrival>();
    ofFork.set(because, ofReason);
    const known = ofReason.get(standIn);
    if (known !== undefined) return known;
    const exits = fork.branches.map((branch) => {
      const { probability: share, endpoints, reason: inner, answer, next } = branch;
      const [endpoint, ...beside] = endpoints;
      const reason = reasonThrough(because, inner);
      const path = endpoint === undefined ? way : [...way, endpoint];
      if (next !== undefined) {
        const { otherwise } = branch;
        const innermost = otherwise === undefined ? standIn : standInOf(otherwise, because, way);
        return { share, to: arrive(next, reason, path, innermost) };
      }
      if (answer === UNANSWERED && standIn !== undefined) {
        return { share, to: arrive(standIn.fork, standIn.because, standIn.way, undefined) };
      }
      return { share, to: outcome(answer === UNANSWERED ? [] : path, beside, reason, answer) };
    });
    const arrival = { exits, probability: 0 };
    ofReason.set(standIn, arrival);
    order.push(arrival);
    return arrival;
  };
  /** The same for all ways, of which it keeps one. */
  const standInOf = (fork: Fork, because: Reason, way: readonly Endpoint[]): StandIn => {
    const ofFork = standIns.get(fork) ?? new Map<Reason, StandIn>();
    standIns.set(fork, ofFork);
    const known = ofFork.get(because) ?? { fork, because, way };
    ofFork.set(because, known);
    return known;
  };
  const outcome = (path: readonly Endpoint[], beside: readonly Endpoint[], reason: Reason, answer: Answer): Sum => {
    const key = `${path.at(-1)?.id} ${beside.map(({ id }) => id).join(" ")} ${reason}`;
    const known = outcomes.get(key) ?? { probability: 0, path, beside, reason, answer };
    outcomes.set(key, known);
    return known;
  };

  arrive(plan, "preferred", [], undefined).probability = 1;
  for (const { exits, probability } of order.toReversed()) {
    // A sum of many shares of one may be more than it by the error of the last digit.
    for (const { share, to } of exits) to.probability = Math.min(1, to.probability + probability * share);
  }
  return [...outcomes.values()];
}
