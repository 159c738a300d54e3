/** A snapshot as threads get it. */
import type { OwnNetwork, Profile, ResidencyRule, Snapshot } from "../../routing/snapshot.ts";
import type { CountryGrouping } from "../../shared/regions/country-grouping.ts";
import { fromSlices, toSlices, type Slices } from "./slices.ts";

export interface PostedSnapshot {
  readonly profiles: Slices<Profile>;
  readonly networks: Slices<OwnNetwork>;
  readonly groupings: Slices<CountryGrouping>;
  readonly residency: Slices<ResidencyRule>;
}

export function postSnapshot({ profiles, networks, groupings, residency }: Snapshot): PostedSnapshot {
  return {
    profiles: toSlices(profiles, ({ endpoints }) => 1 + endpoints.length),
    networks: toSlices(networks, ({ cidrs }) => 1 + cidrs.length),
    groupings: toSlices(groupings, ({ countries }) => 1 + countries.length),
    residency: toSlices(
      residency,
      ({ profiles: covered, clients: { regions, networks: own } }) => 1 + covered.length + regions.length + own.length,
    ),
  };
}

export function readSnapshot({ profiles: slices, networks, groupings, residency }: PostedSnapshot): Snapshot {
  const profiles = fromSlices(slices);
  return {
    profiles,
    endpoints: profiles.flatMap(({ endpoints }) => endpoints),
    networks: fromSlices(networks),
    groupings: fromSlices(groupings),
    residency: fromSlices(residency),
  };
}
