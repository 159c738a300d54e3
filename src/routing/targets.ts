/** What a profile can answer with at all, whoever asks and whatever is up: the targets beneath it, fallbacks included. */
import { isInService, isServable } from "./eligibility.ts";
import type { AddressTarget, HostTarget, Profile, Snapshot } from "./snapshot.ts";

/** None for a profile out of service. */
export function targetsOf(snapshot: Snapshot, profile: Profile): readonly (AddressTarget | HostTarget)[] {
  const seen = new Set<number>();
  const visit = (at: Profile): readonly (AddressTarget | HostTarget)[] => {
    if (seen.has(at.id) || !isInService(snapshot, at)) return [];
    seen.add(at.id);
    const { whenAllDown, endpoints } = at;
    return [
      ...(whenAllDown.action === "fallback" ? [whenAllDown.target] : []),
      ...endpoints
        .filter((endpoint) => isServable(snapshot, endpoint))
        .flatMap(({ target }) => (target.kind === "profile" ? visit(snapshot.profiles[target.profile]!) : [target])),
    ];
  };
  return visit(profile);
}
