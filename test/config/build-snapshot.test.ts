import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { recordLocation } from "../../src/geo/record-location.ts";
import type { Location, Snapshot } from "../../src/routing/snapshot.ts";
import { regionChain } from "../../src/shared/regions/region-chain.ts";
import { methodOrder, tiersText } from "../support/tiers-text.ts";
import { filesOf } from "./diagnose.ts";

/** Endpoints `a` with these regions, `w` with WORLD; and an own network at `location`. */
function loaded(regions: string, location = "DE"): Snapshot {
  const text = `
geoip: { networks: { hq: { cidrs: 10.0.0.0/8, location: ${location} } } }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  p: { method: geographic, endpoints: { a: { address: 192.0.2.1, regions: ${regions} }, w: { address: 192.0.2.9, regions: [WORLD] } } }
`;
  const config = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf({}) });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value.snapshot;
}

function inFrance(...codes: readonly string[]): Location {
  const subdivisions = codes.map((code) => ({ iso_code: code }));
  return recordLocation({ country: { iso_code: "FR" }, subdivisions }, "test.mmdb")!;
}

describe("regions of subdivisions, by any of their codes", () => {
  test.for([
    ["[FR-75]", ["75"], "a > w"],
    ["[FR-75]", ["75C"], "a > w"],
    ["[FR-75C]", ["75"], "a > w"],
    ["[FR-75C]", ["IDF", "75"], "a > w"],
    ["[FR-IDF]", ["75"], "a > w"],
    ["[FR-IDF]", ["75C"], "a > w"],
    ["[FR-J]", ["75"], "a > w"],
    // Alsace was merged into Grand Est, and is not all of it.
    ["[FR-GES]", ["A"], "a > w"],
    ["[FR-67]", ["GES"], "w"],
    ["[FR-IDF]", ["ARA", "69"], "w"],
    ["[FR-75]", [], "w"],
  ] as const)("%s and a database's %j: %s", ([regions, codes, tiers]) => {
    const { profiles } = loaded(regions);
    expect(tiersText(methodOrder(profiles[0]!, inFrance(...codes)))).toBe(tiers);
  });
});

test.for([
  ["FR-75", ["FR-75", "FR-IDF", "FR", "GEO-EU", "WORLD"]],
  ["DE-BY", ["DE-BY", "DE", "GEO-EU", "WORLD"]],
  ["GB-WSM", ["GB-WSM", "GB-ENG", "GB", "GEO-EU", "WORLD"]],
] as const)("an own network in %s is in %j, at the subdivision's point", ([location, chain]) => {
  const [network] = loaded("[DE]", location).networks;
  expect(regionChain(network!.location, [])).toEqual(chain);
  expect(network!.location.point).not.toEqual(loaded("[DE]", location.slice(0, 2)).networks[0]!.location.point);
});

test("a database's two levels are a chain", () => {
  expect(regionChain(inFrance("IDF", "75"), [])).toEqual(["FR-75", "FR-IDF", "FR", "GEO-EU", "WORLD"]);
});
