/**
 * Groupings that are lists of countries: those of law (`legal-groupings.ts`) and an operator's own. In the search they
 * stand between a client's country and Azure's groupings.
 */
import { countries } from "./countries.ts";
import { legalGroupings } from "./legal-groupings.ts";
import type { Region, RegionCode } from "./region.ts";

export interface CountryGrouping {
  /** As it stands in `regions`: `EU`, or the name of an own grouping. */
  readonly code: RegionCode;
  /** ISO 3166-1 alpha-2, each once. */
  readonly countries: readonly RegionCode[];
}

/** What may be a member of an own grouping: what is made of whole countries, WORLD aside. */
export type WholeCountries = Extract<Region, { kind: "country" | "legal" | "grouping" }>;

const LEGAL: readonly CountryGrouping[] = Object.entries(legalGroupings).map(([code, grouping]) => {
  return { code, countries: grouping.countries };
});

/** The groupings of law and those beside them, in the order of the search: the one with fewer countries first. */
export function withLegalGroupings(own: readonly CountryGrouping[]): readonly CountryGrouping[] {
  return [...LEGAL, ...own].toSorted((a, b) => a.countries.length - b.countries.length || (a.code < b.code ? -1 : 1));
}

/** The groupings among some regions, in the order that they come in. Each may be asked for thousands of times. */
export function createNamedBy(
  groupings: readonly CountryGrouping[],
): (regions: readonly RegionCode[]) => readonly CountryGrouping[] {
  const positions = new Map(groupings.map(({ code }, position) => [code, position]));
  return (regions) => {
    const named = new Set(regions.flatMap((code) => positions.get(code) ?? []));
    return [...named].toSorted((a, b) => a - b).map((position) => groupings[position]!);
  };
}

/** In the order of the alphabet. */
export function countriesIn(regions: readonly WholeCountries[]): readonly RegionCode[] {
  return [...new Set(regions.flatMap(countriesOf))].toSorted();
}

function countriesOf(region: WholeCountries): readonly RegionCode[] {
  if (region.kind === "country") return [region.code];
  if (region.kind === "legal") return legalGroupings[region.code].countries;
  return [...countries.values()].filter(({ grouping }) => grouping === region.code).map(({ code }) => code);
}
