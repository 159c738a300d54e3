/** A snapshot as threads get it. */
import type { Monitor, OwnNetwork, Profile, Snapshot } from "../../routing/snapshot.ts";
import { fromSlices, toSlices, type Slices } from "./slices.ts";

export interface PostedSnapshot {
  readonly profiles: Slices<Profile>;
  readonly monitors: Slices<Monitor>;
  readonly networks: Slices<OwnNetwork>;
}

export function postSnapshot({ profiles, monitors, networks }: Snapshot): PostedSnapshot {
  return {
    profiles: toSlices(profiles, ({ endpoints }) => 1 + endpoints.length),
    monitors: toSlices(monitors, () => 1),
    networks: toSlices(networks, ({ cidrs }) => 1 + cidrs.length),
  };
}

export function readSnapshot({ profiles: slices, monitors, networks }: PostedSnapshot): Snapshot {
  const profiles = fromSlices(slices);
  return {
    profiles,
    endpoints: profiles.flatMap(({ endpoints }) => endpoints),
    monitors: fromSlices(monitors),
    networks: fromSlices(networks),
  };
}
