/** What an override would do: whom it hits, and what the profiles around them are left with. */
import type { Outline, ProfileOutline } from "../routing/outline.ts";
import { isInService } from "../routing/in-service.ts";
import { createStatuses, type Statuses } from "../routing/statuses.ts";
import type { Override } from "../state/override.ts";
import type { OverrideHit, OverridePlan, PlannedProfile } from "./control.ts";
import { allDownAnswer, endpointName, regionsDown, rulesDown } from "./describe.ts";
import type { Served } from "./served.ts";

/** What a plan lists at most. */
const MOST_HITS = 200;
const MOST_PROFILES = 100;
const MOST_ENDPOINTS = 20;
/** Profiles that a refusal names. */
const MOST_TOLD = 5;

/** Later than any drain that begins now ends. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

export interface PlanParts {
  readonly served: Served;
  readonly around: (profiles: ReadonlySet<number>) => ReadonlySet<number>;
  readonly overrides: readonly Override[];
}

/** `next`: one that is not set yet. A drain is judged by its end. */
export function planOverride({ served, around, overrides }: PlanParts, next: Override): OverridePlan {
  const { outline, states } = served;
  const hits = states.matchesOf(next.pattern);
  const ended = { ...next, until: undefined };
  // Those that end by themselves still hold now.
  const others = overrides.map((override) => ({ ...override, until: undefined }));
  const then = states.imagine([...others, ended], END_OF_TIME);
  const now = createStatuses(outline, states.view);
  const later = createStatuses(outline, then.view);

  const profiles: PlannedProfile[] = [];
  const emptied: PlannedProfile[] = [];
  let emptiedCount = 0;
  const affected = around(new Set(Array.from(hits, (id) => outline.endpoints[id]!.profile)));
  for (const id of affected) {
    const profile = outline.profiles[id]!;
    const isEmptied = isInService(outline, profile) && isEmptiedFor(outline, profile, now, later);
    emptiedCount += Number(isEmptied);
    const list = isEmptied ? emptied : profiles;
    if (list.length < MOST_PROFILES) list.push(planned(outline, profile, later));
  }
  return {
    hits: Array.from(hits.subarray(0, MOST_HITS), (id): OverrideHit => {
      const holder = then.holderOf(id);
      return {
        endpoint: endpointName(outline, id),
        status: now.of(outline.endpoints[id]!),
        heldBy: holder === undefined || holder.id === next.id ? undefined : holder.id,
      };
    }),
    hitCount: hits.length,
    profiles: [...emptied, ...profiles].slice(0, MOST_PROFILES),
    profileCount: affected.size,
    emptied: emptiedCount,
  };
}

/** Why a plan that empties profiles is refused: the first of them, and for whom. */
export function wouldEmpty({ profiles, emptied }: OverridePlan): string {
  const first = profiles.slice(0, Math.min(emptied, MOST_TOLD));
  const told = first.map(({ profile, allDown, rulesDown: rules }) =>
    allDown === undefined
      ? `${profile} for the clients of residency rule ${rules.join(", ")}`
      : `${profile} (then ${allDown})`,
  );
  return `it would leave no endpoint up in ${told.join(", ")}${emptied > first.length ? " and more" : ""}`;
}

/** For all, or for the clients of a residency rule. */
function isEmptiedFor(outline: Outline, profile: ProfileOutline, now: Statuses, later: Statuses): boolean {
  if (hasEligible(profile, now) && !hasEligible(profile, later)) return true;
  const down = rulesDown(outline, profile, later);
  if (down.length === 0) return false;
  const before = rulesDown(outline, profile, now);
  return down.some((rule) => !before.includes(rule));
}

function hasEligible({ endpoints }: ProfileOutline, statuses: Statuses): boolean {
  return endpoints.some((endpoint) => statuses.isEligible(endpoint));
}

function planned(outline: Outline, profile: ProfileOutline, statuses: Statuses): PlannedProfile {
  const eligible = profile.endpoints.filter((endpoint) => statuses.isEligible(endpoint));
  return {
    profile: profile.name,
    eligible: eligible.slice(0, MOST_ENDPOINTS).map(({ name }) => name),
    eligibleCount: eligible.length,
    allDown: eligible.length > 0 ? undefined : allDownAnswer(outline, profile, statuses),
    regionsDown: regionsDown(profile, statuses),
    rulesDown: rulesDown(outline, profile, statuses),
  };
}
