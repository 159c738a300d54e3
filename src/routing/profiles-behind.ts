/**
 * The profiles that an answer may lead on to: a host of a profile may be a name in our zones, which another profile
 * answers. Which of them an answer does lead to is up to health and chance; its ECS scope must be right for all, since
 * scopes of one name must not overlap (RFC 7871 section 7.2.1). A snapshot has each profile's next ones alone: all that
 * lie behind them may be as many for each as there are profiles.
 */
import type { DomainName } from "../shared/domain-name.ts";
import { isInService, profilesWithin } from "./in-service.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

/** The snapshot with `leadsTo` filled in. `profileAt`: the id of the profile that a host leads to. */
export function withHostsFollowed(snapshot: Snapshot, profileAt: (host: DomainName) => number | undefined): Snapshot {
  return {
    ...snapshot,
    profiles: snapshot.profiles.map((profile) => ({
      ...profile,
      leadsTo: [...new Set(hostsOf(profile).flatMap((host) => profileAt(host) ?? []))],
    })),
  };
}

function hostsOf({ endpoints, whenAllDown }: Profile): readonly DomainName[] {
  const targets = endpoints.flatMap(({ enabled, target }) => (enabled ? [target] : []));
  if (whenAllDown.action === "fallback") targets.push(whenAllDown.target);
  return targets.flatMap((target) => (target.kind === "host" ? [target.host] : []));
}

/** Ids, the nearest first, without that of the profile itself. */
export function profilesBehind(snapshot: Snapshot, profile: Profile): readonly number[] {
  const found = new Set([profile.id]);
  for (const id of found) {
    const at = snapshot.profiles[id]!;
    if (!isInService(snapshot, at)) continue;
    for (const { leadsTo } of profilesWithin(snapshot, at)) for (const next of leadsTo) found.add(next);
  }
  found.delete(profile.id);
  return [...found];
}
