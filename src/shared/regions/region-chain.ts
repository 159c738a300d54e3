/** The regions that hold a client, from what is known of it. Which country is in which grouping was settled before. */
import type { CountryGrouping } from "./country-grouping.ts";
import type { Grouping } from "./groupings.ts";
import type { RegionCode } from "./region.ts";

export interface InRegions {
  /** ISO 3166-1 alpha-2. */
  readonly country: RegionCode | undefined;
  /** ISO 3166-2, the smallest first: `FR-75`, `FR-IDF`. */
  readonly subdivisions: readonly RegionCode[];
  /** The country's; or, where no country is known, what else says so. */
  readonly grouping: Grouping | undefined;
}

/** The smallest region that is known to hold the client. */
export function narrowestRegion({ country, subdivisions, grouping }: InRegions): RegionCode | undefined {
  return subdivisions[0] ?? country ?? grouping;
}

/**
 * The most specific region first; WORLD alone where nothing is known. Of `groupings`, in their order, those that hold
 * the country: a client of whom Azure's grouping alone is known is in none of them.
 */
export function regionChain(
  { country, subdivisions, grouping }: InRegions,
  groupings: readonly CountryGrouping[],
): readonly RegionCode[] {
  const holding = country === undefined ? [] : groupings.filter(({ countries }) => countries.includes(country));
  const codes = holding.map(({ code }) => code);
  return [...subdivisions, country, ...codes, grouping, "WORLD"].filter((code) => code !== undefined);
}
