/** What a profile can answer with at all, whoever asks and whatever is up: the targets beneath it, fallbacks included. */
import { counts, isInService, profilesWithin } from "./in-service.ts";
import type { AddressTarget, HostTarget, Profile, Snapshot } from "./snapshot.ts";

/** None for a profile out of service. */
export function targetsOf(snapshot: Snapshot, profile: Profile): readonly (AddressTarget | HostTarget)[] {
  if (!isInService(snapshot, profile)) return [];
  return profilesWithin(snapshot, profile).flatMap(({ whenAllDown, endpoints }) => [
    ...(whenAllDown.action === "fallback" ? [whenAllDown.target] : []),
    ...endpoints.flatMap((endpoint) =>
      endpoint.target.kind !== "profile" && counts(snapshot, endpoint) ? [endpoint.target] : [],
    ),
  ]);
}
