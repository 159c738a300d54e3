/**
 * How long resolvers may keep what a profile answers now: less and less as an endpoint nears a change of its status.
 * "The TTL" in section 5 of `docs/steering.md` is the rule. What health does not decide is kept as long as may be.
 */
import type { Candidates } from "./candidates.ts";
import { createChoices } from "./choices.ts";
import { TTL_STEPS } from "./health-view.ts";
import { isInService } from "./in-service.ts";
import type { Endpoint, Profile, Snapshot } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";

/** Seconds. */
export function effectiveTtl(snapshot: Snapshot, candidates: Candidates, statuses: Statuses): number {
  const { profile } = candidates;
  if (profile.minTtl === profile.ttl) return profile.ttl;
  return ttlAt(profile, nearestChange(snapshot, candidates, statuses).step);
}

/** Seconds; each step takes as large a part of it. */
export function ttlAt({ ttl, minTtl }: Pick<Profile, "ttl" | "minTtl">, step: number): number {
  return Math.round(ttl * (minTtl / ttl) ** (step / TTL_STEPS));
}

export interface NearestChange {
  /** 0 to `TTL_STEPS`. */
  readonly step: number;
  /** The first that is as near; undefined: all is stable. */
  readonly endpoint: Endpoint | undefined;
}

/** Of the endpoints whose status makes a difference to what these candidates come to. */
export function nearestChange(snapshot: Snapshot, root: Candidates, statuses: Statuses): NearestChange {
  const { choiceOf } = createChoices(statuses);
  const known = new Map<Candidates, NearestChange>();

  const nearestOf = (candidates: Candidates): NearestChange => {
    const seen = known.get(candidates);
    if (seen !== undefined) return seen;
    let nearest = STABLE;
    for (const { endpoint, nested } of decisive(candidates)) {
      const step = statuses.ttlStepOf(endpoint);
      if (step > nearest.step) nearest = { step, endpoint };
      const inner = nested === undefined ? STABLE : nearestOf(nested);
      if (inner.step > nearest.step) nearest = inner;
    }
    known.set(candidates, nearest);
    return nearest;
  };
  const decisive = (candidates: Candidates) => {
    const { tiers, trickles } = choiceOf(candidates);
    const last = tiers.at(-1);
    // Where none is up whoever comes up first is the answer.
    if (last === undefined || last.reason === "all-down") return candidates.tiers.flat();
    return [
      ...candidates.tiers.slice(0, last.index + 1).flat(),
      ...trickles.flatMap(({ candidates: trickling }) => trickling),
    ];
  };
  return isInService(snapshot, root.profile) ? nearestOf(root) : STABLE;
}

const STABLE: NearestChange = { step: 0, endpoint: undefined };
