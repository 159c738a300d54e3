import { expect, test } from "vitest";
import { withLegalGroupings } from "../../../src/shared/regions/country-grouping.ts";
import { narrowestRegion, regionChain } from "../../../src/shared/regions/region-chain.ts";

const groupings = withLegalGroupings([
  { code: "dach", countries: ["AT", "CH", "DE"] },
  { code: "rim", countries: ["FR", "TR"] },
]);

test.for([
  [
    { country: "DE", subdivisions: ["DE-BY"], grouping: "GEO-EU" },
    ["DE-BY", "DE", "dach", "EU", "EEA", "GEO-EU", "WORLD"],
  ],
  [
    { country: "FR", subdivisions: ["FR-75", "FR-IDF"], grouping: "GEO-EU" },
    ["FR-75", "FR-IDF", "FR", "rim", "EU", "EEA", "GEO-EU", "WORLD"],
  ],
  [{ country: "TR", subdivisions: [], grouping: "GEO-ME" }, ["TR", "rim", "GEO-ME", "WORLD"]],
  [{ country: "GF", subdivisions: [], grouping: "GEO-SA" }, ["GF", "EU", "EEA", "GEO-SA", "WORLD"]],
  [{ country: "NO", subdivisions: [], grouping: "GEO-EU" }, ["NO", "EEA", "GEO-EU", "WORLD"]],
  [{ country: "GB", subdivisions: ["GB-ENG"], grouping: "GEO-EU" }, ["GB-ENG", "GB", "GEO-EU", "WORLD"]],
  // What is known of a continent alone says nothing of the countries of a grouping.
  [{ country: undefined, subdivisions: [], grouping: "GEO-EU" }, ["GEO-EU", "WORLD"]],
  [{ country: undefined, subdivisions: [], grouping: undefined }, ["WORLD"]],
] as const)("regionChain of %j goes from the most specific region to WORLD: %j", ([location, chain]) => {
  expect(regionChain(location, groupings)).toEqual(chain);
  expect(narrowestRegion(location) ?? "WORLD").toBe(chain[0]);
});
