/**
 * A warning where countries are named whose codes elsewhere stand for continents: NA is Namibia and AS American Samoa,
 * so a profile that has endpoints for NA and EU, and no other country, hardly means them.
 */
import { countries } from "../../shared/regions/countries.ts";
import { groupings } from "../../shared/regions/groupings.ts";
import type { Check } from "./check.ts";

/** As GeoIP databases and other servers write continents. */
const CONTINENTS: ReadonlySet<string> = new Set(["AF", "AS", "EU", "NA", "SA"]);
/** Saudi Arabia beside the EU is nothing strange. */
const TELLING: ReadonlySet<string> = new Set(["AS", "NA"]);

export const checkContinentCodes: Check = ({ config }, report) => {
  for (const [name, { method, endpoints }] of Object.entries(config.profiles)) {
    if (method !== "geographic") continue;
    const named = Object.entries(endpoints).flatMap(([endpoint, { regions = [] }]) =>
      regions.map((region, index) => ({ region, path: ["profiles", name, "endpoints", endpoint, "regions", index] })),
    );
    const codes = new Set(named.map(({ region }) => region.code).filter((code) => CONTINENTS.has(code)));
    if (codes.size < 2 || codes.isDisjointFrom(TELLING)) continue;
    const isPlace = ({ region: { kind } }: (typeof named)[number]): boolean =>
      kind === "country" || kind === "subdivision";
    if (named.some((one) => isPlace(one) && !CONTINENTS.has(one.region.code))) continue;
    for (const { region, path } of named.filter(isPlace)) {
      const grouping = `GEO-${region.code}` as keyof typeof groupings;
      report({
        code: "continent-code",
        path,
        what: `a country whose code others use for a continent`,
        found: `${region.code}, which is ${countries.get(region.code)!.name}`,
        wanted: `${grouping} (${groupings[grouping]}), where that is meant`,
      });
    }
  }
};
