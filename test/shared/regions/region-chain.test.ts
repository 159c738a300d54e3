import { expect, test } from "vitest";
import { narrowestRegion, regionChain } from "../../../src/shared/regions/region-chain.ts";

test.for([
  [{ country: "DE", subdivisions: ["DE-BY"], grouping: "GEO-EU" }, ["DE-BY", "DE", "GEO-EU", "WORLD"]],
  [
    { country: "FR", subdivisions: ["FR-75", "FR-IDF"], grouping: "GEO-EU" },
    ["FR-75", "FR-IDF", "FR", "GEO-EU", "WORLD"],
  ],
  [{ country: "TR", subdivisions: [], grouping: "GEO-ME" }, ["TR", "GEO-ME", "WORLD"]],
  [{ country: undefined, subdivisions: [], grouping: "GEO-EU" }, ["GEO-EU", "WORLD"]],
  [{ country: undefined, subdivisions: [], grouping: undefined }, ["WORLD"]],
] as const)("regionChain of %j goes from the most specific region to WORLD: %j", ([location, chain]) => {
  expect(regionChain(location)).toEqual(chain);
  expect(narrowestRegion(location) ?? "WORLD").toBe(chain[0]);
});
