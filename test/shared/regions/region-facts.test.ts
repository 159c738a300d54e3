import { describe, expect, test } from "vitest";
import { cloudRegions } from "../../../src/shared/regions/cloud/cloud-regions.ts";
import { countries } from "../../../src/shared/regions/countries.ts";
import { allRegions, cloudFacts, regionFacts, type RegionFacts } from "../../../src/shared/regions/region-facts.ts";
import { parseRegion } from "../../../src/shared/regions/region.ts";

function factsOf(code: string): RegionFacts {
  const region = parseRegion(code);
  if (typeof region === "string") throw new Error(`${code} is ${region}`);
  return regionFacts(region);
}

describe("regionFacts", () => {
  test.for([
    ["WORLD", "world", "World", []],
    ["GEO-ME", "grouping", "Middle East", ["WORLD"]],
    ["EEA", "legal", "European Economic Area", ["WORLD"]],
    ["EU", "legal", "European Union", ["EEA", "WORLD"]],
    ["DE", "country", "Germany", ["EU", "EEA", "GEO-EU", "WORLD"]],
    ["GF", "country", "French Guiana", ["EU", "EEA", "GEO-SA", "WORLD"]],
    ["NO", "country", "Norway", ["EEA", "GEO-EU", "WORLD"]],
    ["RU", "country", "Russia", ["GEO-EU", "WORLD"]],
  ] as const)("of %s: a %s, %s, held by %j", ([code, kind, name, heldBy]) => {
    expect(factsOf(code)).toMatchObject({ code, kind, name, heldBy });
  });

  test("of a subdivision: what holds it, its country at last", () => {
    expect(factsOf("DE-BY").heldBy).toEqual(["DE", "EU", "EEA", "GEO-EU", "WORLD"]);
    expect(factsOf("FR-75").heldBy).toEqual(["FR-IDF", "FR", "EU", "EEA", "GEO-EU", "WORLD"]);
  });

  test("what a region holds is held by it", () => {
    for (const code of ["WORLD", "GEO-EU", "GEO-AN", "EU", "EEA", "FR", "FR-IDF", "GB", "DE"]) {
      const { holds } = factsOf(code);
      expect(holds.length).toBeGreaterThan(0);
      for (const held of holds) expect(factsOf(held.code)).toMatchObject({ name: held.name });
      for (const held of holds)
        expect([held.code, factsOf(held.code).heldBy]).toEqual([held.code, expect.arrayContaining([code])]);
    }
  });

  test("of what is narrow enough there is a point", () => {
    expect(factsOf("DE").point).toEqual(countries.get("DE")!.point);
    expect(factsOf("EU").point).toBeUndefined();
    expect(factsOf("WORLD").point).toBeUndefined();
  });
});

test("cloudFacts tells the town and what holds it", () => {
  expect(cloudFacts(cloudRegions.get("aws:us-east-1")!)).toEqual({
    kind: "cloud",
    code: "aws:us-east-1",
    name: "Ashburn",
    heldBy: ["US-VA", "US", "GEO-NA", "WORLD"],
    point: { latitude: 39.04, longitude: -77.49 },
    holds: [],
  });
});

test("allRegions has every country once below WORLD, and every cloud's region", () => {
  const { world, legal, clouds } = allRegions();
  const below = world.holds.flatMap(({ holds }) => holds.map(({ code }) => code));
  expect(below.toSorted()).toEqual([...countries.keys()].toSorted());
  expect(legal.map(({ code }) => code)).toEqual(["EU", "EEA"]);
  expect(clouds).toHaveLength(cloudRegions.size);
});
