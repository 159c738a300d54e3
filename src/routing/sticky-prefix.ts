/** How much of a client's address the answers of a profile depend on, beside its place. */
import { profilesWithin } from "./in-service.ts";
import type { Profile, Snapshot, StickyPrefix } from "./snapshot.ts";

/** The longest among the profile and all that are nested in it; undefined = none is sticky. */
export function stickyWithin(snapshot: Snapshot, profile: Profile): StickyPrefix | undefined {
  const all = profilesWithin(snapshot, profile).flatMap(({ sticky }) => sticky ?? []);
  if (all.length === 0) return undefined;
  return { ipv4: Math.max(...all.map(({ ipv4 }) => ipv4)), ipv6: Math.max(...all.map(({ ipv6 }) => ipv6)) };
}
