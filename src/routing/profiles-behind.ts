/**
 * The profiles that an answer may lead on to: a host of a profile may be a name in our zones, which another profile
 * answers. Which of them an answer does lead to is up to health and chance; its ECS scope must be right for all, since
 * scopes of one name must not overlap (RFC 7871 section 7.2.1).
 */
import type { DomainName } from "../shared/domain-name.ts";
import type { Snapshot } from "./snapshot.ts";
import { targetsOf } from "./targets.ts";

/** The snapshot with `behind` filled in. `profileAt`: the id of the profile that a host leads to. */
export function withProfilesBehind(snapshot: Snapshot, profileAt: (host: DomainName) => number | undefined): Snapshot {
  const nextOf = snapshot.profiles.map((profile) => [
    ...new Set(
      targetsOf(snapshot, profile).flatMap((target) => (target.kind === "host" ? (profileAt(target.host) ?? []) : [])),
    ),
  ]);
  return {
    ...snapshot,
    profiles: snapshot.profiles.map((profile) => {
      const behind = new Set(nextOf[profile.id]);
      for (const id of behind) for (const next of nextOf[id]!) behind.add(next);
      behind.delete(profile.id);
      return { ...profile, behind: [...behind] };
    }),
  };
}
