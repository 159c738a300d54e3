/**
 * A plan as a list: every way that it may end, with its probability. Ways that end alike, at the same endpoint for the
 * same reason, are one outcome, so the list is no longer than endpoints and reasons, however many ways there are.
 */
import type { Answer, Fork, Reason } from "./plan.ts";
import { reasonThrough } from "./plan.ts";
import type { Endpoint } from "./snapshot.ts";

export interface Outcome {
  /** Above 0, at most 1; the outcomes of a plan add up to 1. */
  readonly probability: number;
  /** The endpoint of the asked profile, then of each nested one: one of the ways. Empty where no endpoint answers. */
  readonly path: readonly Endpoint[];
  readonly reason: Reason;
  readonly answer: Answer;
}

export function outcomesOf(plan: Fork): readonly Outcome[] {
  const known = new Map<Fork, readonly Outcome[]>();
  const visit = (fork: Fork): readonly Outcome[] => {
    const seen = known.get(fork);
    if (seen !== undefined) return seen;
    const outcomes = new Map<string, Outcome>();
    for (const { probability, endpoint, reason, answer, next } of fork.branches) {
      const path = endpoint === undefined ? [] : [endpoint];
      const ends: readonly Outcome[] =
        next === undefined
          ? [{ probability, path, reason, answer }]
          : visit(next).map((end) => ({
              probability: probability * end.probability,
              path: [...path, ...end.path],
              reason: reasonThrough(reason, end.reason),
              answer: end.answer,
            }));
      for (const end of ends) {
        const key = `${end.path.at(-1)?.id} ${end.reason}`;
        const other = outcomes.get(key);
        outcomes.set(key, other === undefined ? end : { ...other, probability: other.probability + end.probability });
      }
    }
    const found = [...outcomes.values()];
    known.set(fork, found);
    return found;
  };
  return visit(plan);
}
