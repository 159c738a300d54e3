/**
 * What configuration alone takes out of service. An endpoint that does not count is as if it were not written. Worked
 * out once for a snapshot: profiles may be nested in many, and each is looked at once.
 */
import type { EndpointOutline, Outline, ProfileOutline } from "./outline.ts";
import type { Profile, Snapshot } from "./snapshot.ts";

/** Whether the endpoint is enabled and, where it is a profile, that profile is in service. */
export function counts(snapshot: Outline, endpoint: EndpointOutline): boolean {
  const { enabled, target } = endpoint;
  return enabled && (target.kind !== "profile" || isInService(snapshot, snapshot.profiles[target.profile]!));
}

/** Whether the profile is enabled and has at least one endpoint that counts. */
export function isInService(snapshot: Outline, profile: ProfileOutline): boolean {
  let known = inService.get(snapshot);
  if (known === undefined) {
    known = new Map();
    inService.set(snapshot, known);
  }
  let found = known.get(profile.id);
  if (found === undefined) {
    found = profile.enabled && profile.endpoints.some((endpoint) => counts(snapshot, endpoint));
    known.set(profile.id, found);
  }
  return found;
}

/** By profile id. A snapshot never changes, so what is known of it stays true. */
const inService = new WeakMap<Outline, Map<number, boolean>>();

/** The profile and all that are nested in it by endpoints that count, each once. */
export function profilesWithin(snapshot: Snapshot, profile: Profile): readonly Profile[] {
  const found = new Set([profile]);
  for (const { endpoints } of found) {
    for (const endpoint of endpoints) {
      if (endpoint.target.kind === "profile" && counts(snapshot, endpoint)) {
        found.add(snapshot.profiles[endpoint.target.profile]!);
      }
    }
  }
  return [...found];
}
