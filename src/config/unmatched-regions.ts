/**
 * Regions that no client is in, as far as the databases and own networks know: an endpoint for them waits in vain. Small
 * territories have no addresses of their own, so a country or grouping counts only where an endpoint has no other region.
 * A subdivision counts always: a country database has none, and a city database may know the larger or smaller ones.
 */
import type { Snapshot } from "../routing/snapshot.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import type { Report } from "./diagnostic.ts";

export function reportUnmatchedRegions(
  { profiles, endpoints, groupings }: Snapshot,
  known: readonly RegionCode[],
  report: Report,
): void {
  const matched = new Set(known);
  for (const { code, countries } of groupings) if (countries.some((country) => matched.has(country))) matched.add(code);
  const ofSubdivisions = new Set(known.filter(isSubdivision).map(countryOf));
  const wantedFor = (region: RegionCode): string => {
    if (!isSubdivision(region)) return "a region that a database or own network knows clients of";
    if (ofSubdivisions.size === 0) return "a city database: none that is loaded knows subdivisions";
    if (ofSubdivisions.has(countryOf(region))) return "one of the subdivisions that the databases know there";
    return `a database that knows subdivisions of ${countryOf(region)}`;
  };
  for (const { profile, name, enabled, placement } of endpoints) {
    const { name: profileName, method } = profiles[profile]!;
    if (method !== "geographic" || !enabled || placement.regions.length === 0) continue;
    const path = ["profiles", profileName, "endpoints", name, "regions"];
    const isInVain = !placement.regions.some((region) => region === "WORLD" || matched.has(region));
    for (const [i, region] of placement.regions.entries()) {
      if (matched.has(region) || region === "WORLD" || !(isSubdivision(region) || isInVain)) continue;
      report({
        code: "unmatched-region",
        path: [...path, i],
        what: "a region that no database or own network knows a client in",
        found: region,
        wanted: wantedFor(region),
      });
    }
  }
}

function isSubdivision(region: RegionCode): boolean {
  return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(region);
}

function countryOf(subdivision: RegionCode): RegionCode {
  return subdivision.slice(0, 2);
}
