/**
 * Regions that no client is in, as far as the databases and own networks know: an endpoint for them waits in vain, and a
 * residency rule covers nobody. Small territories have no addresses of their own, so a country or grouping counts only where
 * the endpoint or the rule has no other region.
 * A subdivision counts always: a country database has none, and a city database may know the larger or smaller ones.
 */
import type { CountryGrouping } from "../shared/regions/country-grouping.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import { spellings } from "../shared/regions/subdivisions.ts";
import { ALL_CLIENTS } from "./build-residency.ts";
import type { Report } from "./diagnostic.ts";
import { ofName } from "./of-name.ts";
import type { Path } from "./path.ts";
import type { Config, EndpointConfig } from "./schema/config.ts";
import { parseRegionName } from "./text/region.ts";

type Read = Pick<Config, "profiles" | "residency"> & { readonly geoip: Pick<Config["geoip"], "networks"> };

/** `known`: every region with clients, groupings of countries aside. */
export function reportUnmatchedRegions(
  { profiles, residency, geoip }: Read,
  groupings: readonly CountryGrouping[],
  known: readonly RegionCode[],
  report: Report,
): void {
  const matched = new Set(known);
  for (const { code, countries } of groupings) if (countries.some((country) => matched.has(country))) matched.add(code);
  const isMatched = ({ kind, code }: NamedRegion): boolean =>
    kind === "world" || (kind === "subdivision" ? spellings(code) : [code]).some((spelling) => matched.has(spelling));
  const wantedFor = wantedWith(known);
  /** Of one endpoint or rule; undefined = something else than a region, with clients of its own. */
  const reportIn = (regions: readonly (NamedRegion | undefined)[], path: Path): void => {
    const isInVain = !regions.some((region) => region === undefined || isMatched(region));
    for (const [i, region] of regions.entries()) {
      if (region === undefined || isMatched(region) || !(region.kind === "subdivision" || isInVain)) continue;
      report({
        code: "unmatched-region",
        path: [...path, i],
        what: "a region that no database or own network knows a client in",
        found: region.code,
        wanted: wantedFor(region),
      });
    }
  };
  for (const [name, { enabled: isInUse, method, endpoints }] of Object.entries(profiles)) {
    if (!isInUse || method !== "geographic") continue;
    for (const [endpoint, { enabled, regions = [] }] of Object.entries(endpoints)) {
      if (enabled) reportIn(regions, ["profiles", name, "endpoints", endpoint, "regions"]);
    }
  }
  for (const [name, { clients }] of Object.entries(residency)) {
    const regions = clients.map((client) => {
      if (client === ALL_CLIENTS || ofName(geoip.networks, client) !== undefined) return undefined;
      const region = parseRegionName(client);
      return region.ok ? region.value : undefined;
    });
    reportIn(regions, ["residency", name, "clients"]);
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
