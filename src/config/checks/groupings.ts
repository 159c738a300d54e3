/** Of two groupings that hold a client the one with fewer countries comes first: with as many, they must lead one way. */
import type { CountryGrouping } from "../../shared/regions/country-grouping.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import type { ProfileConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkGroupings: Check = ({ config, groupings }, report) => {
  const byCode = new Map(groupings.map((grouping) => [grouping.code, grouping]));
  for (const [name, profile] of Object.entries(config.profiles)) {
    if (profile.method === "geographic") refuseAmbiguous(profile, ["profiles", name], byCode, report);
  }
};

type ByCode = ReadonlyMap<string, CountryGrouping>;

function refuseAmbiguous({ endpoints }: ProfileConfig, path: Path, byCode: ByCode, report: Report): void {
  /** By the number of countries and one of them: the first grouping with both. */
  const firstWith = new Map<string, { readonly code: string; readonly endpoint: string }>();
  for (const [endpoint, { regions = [] }] of Object.entries(endpoints)) {
    for (const [index, { code }] of regions.entries()) {
      const { countries = [] } = byCode.get(code) ?? {};
      const keys = countries.map((country) => `${countries.length} ${country}`);
      const key = keys.find((one) => isTaken(firstWith.get(one), code, endpoint));
      for (const one of keys) if (!firstWith.has(one)) firstWith.set(one, { code, endpoint });
      if (key === undefined) continue;
      const other = firstWith.get(key)!;
      const [, country] = key.split(" ");
      report({
        code: "ambiguous-grouping",
        path: [...path, "endpoints", endpoint, "regions", index],
        what: "two groupings of as many countries on two endpoints, which share a country",
        found: `${code} and ${other.code}, on ${other.endpoint}: ${countries.length} countries each, ${country} in both`,
        wanted: "groupings of different sizes, or both on one endpoint",
      });
    }
  }
}

/** The same grouping on two endpoints is told as such. */
function isTaken(
  other: { readonly code: string; readonly endpoint: string } | undefined,
  code: string,
  endpoint: string,
): boolean {
  return other !== undefined && other.code !== code && other.endpoint !== endpoint;
}
