/** Chance at one place: one of the outcomes of a plan, each with its probability. */
import type { Random } from "../shared/ports.ts";

/** `random` is asked only where there is a choice. The last outcome takes what rounding leaves. */
export function draw<T extends { readonly probability: number }>(outcomes: readonly T[], random: Random): T {
  const last = outcomes.length - 1;
  if (last === 0) return outcomes[0]!;
  let left = random();
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i]!;
    left -= outcome.probability;
    if (left < 0) return outcome;
  }
  return outcomes[last]!;
}
