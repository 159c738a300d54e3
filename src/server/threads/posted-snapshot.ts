/** A snapshot as threads get it. */
import type { OwnNetwork, Profile, Snapshot } from "../../routing/snapshot.ts";
import { fromSlices, toSlices, type Slices } from "./slices.ts";

export interface PostedSnapshot {
  readonly profiles: Slices<Profile>;
  readonly networks: Slices<OwnNetwork>;
}

export function postSnapshot({ profiles, networks }: Snapshot): PostedSnapshot {
  return {
    profiles: toSlices(profiles, ({ endpoints }) => 1 + endpoints.length),
    networks: toSlices(networks, ({ cidrs }) => 1 + cidrs.length),
  };
}

export function readSnapshot({ profiles: slices, networks }: PostedSnapshot): Snapshot {
  const profiles = fromSlices(slices);
  return {
    profiles,
    endpoints: profiles.flatMap(({ endpoints }) => endpoints),
    networks: fromSlices(networks),
  };
}
