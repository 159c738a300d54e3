/**
 * Continents as GeoIP databases have them (GeoNames' codes: AF AN AS EU NA OC SA) where they are one of Azure's groupings:
 * every country that GeoLite2 of 2025 has there is in that grouping. Not so Asia, which holds GEO-AS and GEO-ME; Oceania,
 * with CX and TL of GEO-AS and UM of GEO-NA beside GEO-AP; Antarctica, with BV, GS, HM and TF of four others.
 */
import type { Grouping } from "./groupings.ts";

const GROUPINGS: ReadonlyMap<string, Grouping> = new Map([
  ["AF", "GEO-AF"],
  ["EU", "GEO-EU"],
  ["NA", "GEO-NA"],
  ["SA", "GEO-SA"],
]);

/** The grouping that holds all countries of the continent; undefined where none does. */
export function groupingOfContinent(code: string): Grouping | undefined {
  return GROUPINGS.get(code);
}
