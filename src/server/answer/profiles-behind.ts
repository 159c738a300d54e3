/**
 * The profiles that an answer may lead on to: a host of a profile may be a name in our zones, which another profile
 * answers. Which of them an answer does lead to is up to health and chance; its ECS scope must be right for all, since
 * scopes of one name must not overlap (RFC 7871 section 7.2.1).
 */
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { targetsOf } from "../../routing/targets.ts";
import type { NamePlace, Names } from "../names/names.ts";

/** Ids, without that of the profile itself. */
export function profilesBehind(snapshot: Snapshot, names: Names, profile: Profile): readonly number[] {
  const found = new Set<number>([profile.id]);
  const visit = (at: Profile): void => {
    for (const target of targetsOf(snapshot, at)) {
      const next = target.kind === "host" ? profileAt(names, names.placeOf(target.host)) : -1;
      if (next < 0 || found.has(next)) continue;
      found.add(next);
      visit(snapshot.profiles[next]!);
    }
  };
  visit(profile);
  found.delete(profile.id);
  return [...found];
}

/** The profile that CNAME records lead to from here; -1 = none. */
function profileAt(names: Names, place: NamePlace | undefined): number {
  const passed = new Set<number>();
  for (let at = place; at !== undefined;) {
    const node = at.exact ? at.node : names.wildcard(at.node);
    if (node < 0 || names.delegation(at.node) !== undefined || passed.has(node)) return -1;
    const profile = names.profile(node);
    if (profile >= 0) return profile;
    passed.add(node);
    at = names.alias(node);
  }
  return -1;
}
