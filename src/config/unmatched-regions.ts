/**
 * Regions that no client is in, as far as the databases and own networks know: an endpoint for them waits in vain. Small
 * territories have no addresses of their own, so a country or grouping counts only where an endpoint has no other region.
 * A subdivision counts always: a country database has none, and a city database may know the larger or smaller ones.
 */
import type { CountryGrouping } from "../shared/regions/country-grouping.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import { spellings } from "../shared/regions/subdivisions.ts";
import type { Report } from "./diagnostic.ts";
import type { Config, EndpointConfig } from "./schema/config.ts";

/** `known`: every region with clients, groupings of countries aside. */
export function reportUnmatchedRegions(
  { profiles }: Pick<Config, "profiles">,
  groupings: readonly CountryGrouping[],
  known: readonly RegionCode[],
  report: Report,
): void {
  const matched = new Set(known);
  for (const { code, countries } of groupings) if (countries.some((country) => matched.has(country))) matched.add(code);
  const isMatched = ({ kind, code }: NamedRegion): boolean =>
    kind === "world" || (kind === "subdivision" ? spellings(code) : [code]).some((spelling) => matched.has(spelling));
  const wantedFor = wantedWith(known);
  for (const [name, { enabled: isInUse, method, endpoints }] of Object.entries(profiles)) {
    if (!isInUse || method !== "geographic") continue;
    for (const [endpoint, { enabled, regions = [] }] of Object.entries(endpoints)) {
      if (!enabled) continue;
      const isInVain = !regions.some(isMatched);
      for (const [i, region] of regions.entries()) {
        if (isMatched(region) || !(region.kind === "subdivision" || isInVain)) continue;
        report({
          code: "unmatched-region",
          path: ["profiles", name, "endpoints", endpoint, "regions", i],
          what: "a region that no database or own network knows a client in",
          found: region.code,
          wanted: wantedFor(region),
        });
      }
    }
  }
}

type NamedRegion = NonNullable<EndpointConfig["regions"]>[number];

function wantedWith(known: readonly RegionCode[]): (region: NamedRegion) => string {
  const withSubdivisions = new Set(known.filter((code) => SUBDIVISION.test(code)).map(countryOf));
  return ({ kind, code }) => {
    if (kind !== "subdivision") return "a region that a database or own network knows clients of";
    if (withSubdivisions.size === 0) return "a city database: none that is loaded knows subdivisions";
    if (withSubdivisions.has(countryOf(code))) return "one of the subdivisions that the databases know there";
    return `a database that knows subdivisions of ${countryOf(code)}`;
  };
}

const SUBDIVISION = /^[A-Z]{2}-/;

function countryOf(subdivision: RegionCode): RegionCode {
  return subdivision.slice(0, 2);
}
