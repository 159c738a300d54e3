/**
 * What residency rules take from profiles, worked out once for a configuration: the fences of each profile, and which
 * profiles a rule covers. Nobody behind here looks at labels to decide.
 */
import { counts, isInService } from "../in-service.ts";
import { orderingOf } from "../order.ts";
import type { Fence, Profile, ResidencyRule, Snapshot } from "../snapshot.ts";
import { complies, fallbackLabels } from "./compliance.ts";

/** A rule with the profiles that it names. */
export type NamingRule = Omit<ResidencyRule, "profiles"> & { readonly named: readonly number[] };

/**
 * The snapshot with its rules. A rule covers the profiles that it names and all that are nested in them, by endpoints that
 * are enabled or not: what is enabled tomorrow is covered today.
 */
export function withResidency(snapshot: Omit<Snapshot, "residency">, rules: readonly NamingRule[]): Snapshot {
  if (rules.length === 0) return { ...snapshot, residency: [] };
  const fences = snapshot.profiles.map((): Fence[] => []);
  const residency = rules.map(({ named, ...rule }, index): ResidencyRule => {
    const profiles = nestedIn(snapshot.profiles, named);
    for (const id of profiles) {
      const fence = fenceOf(snapshot.profiles[id]!, rule, index);
      if (fence !== undefined) fences[id]!.push(fence);
    }
    return { ...rule, profiles };
  });
  const profiles = snapshot.profiles.map((profile) => ({ ...profile, fences: fences[profile.id]! }));
  const fenced = { ...snapshot, profiles, residency };
  const rulesOf = createRulesOf(fenced);
  return {
    ...fenced,
    profiles: profiles.map((profile) => ({
      ...profile,
      fencedBy: [...rulesOf(profile)].toSorted((a, b) => a - b).map((rule) => residency[rule]!.name),
    })),
  };
}

const NO_RULES: ReadonlySet<number> = new Set();

/** The rules that may remove endpoints of a profile or of those nested in it, each profile looked at once. */
function createRulesOf(snapshot: Snapshot): (profile: Profile) => ReadonlySet<number> {
  const known = new Map<number, ReadonlySet<number>>();
  const rulesOf = (profile: Profile): ReadonlySet<number> => {
    const seen = known.get(profile.id);
    if (seen !== undefined) return seen;
    if (!isInService(snapshot, profile)) return NO_RULES;
    const { fences } = orderingOf(snapshot, profile);
    const found = new Set(fences.flatMap(({ rule, positions }) => (positions.length > 0 ? [rule] : [])));
    for (const endpoint of profile.endpoints) {
      const { target } = endpoint;
      if (target.kind !== "profile" || !counts(snapshot, endpoint)) continue;
      for (const rule of rulesOf(snapshot.profiles[target.profile]!)) found.add(rule);
    }
    known.set(profile.id, found);
    return found;
  };
  return rulesOf;
}

/** Ids of the profiles and of all that are nested in them, ascending. */
function nestedIn(profiles: readonly Profile[], named: readonly number[]): readonly number[] {
  const found = new Set(named);
  for (const id of found) {
    for (const { target } of profiles[id]!.endpoints) if (target.kind === "profile") found.add(target.profile);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** Undefined = all that is in the profile complies. */
function fenceOf(
  profile: Profile,
  rule: Pick<ResidencyRule, "name" | "require" | "forbid">,
  index: number,
): Fence | undefined {
  const positions = profile.endpoints.flatMap(({ target, labels }, position) =>
    target.kind === "profile" || complies(labels, rule) ? [] : [position],
  );
  const fallback = profile.whenAllDown.action === "fallback" && !complies(fallbackLabels(profile), rule);
  return positions.length === 0 && !fallback ? undefined : { rule: index, name: rule.name, positions, fallback };
}
