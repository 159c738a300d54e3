import { expect, test } from "vitest";
import { greatCircleKm } from "../../../../src/shared/geo-point.ts";
import { countries } from "../../../../src/shared/regions/countries.ts";
import { cloudRegions, clouds } from "../../../../src/shared/regions/cloud/cloud-regions.ts";
import { parseRegion } from "../../../../src/shared/regions/region.ts";

test("the tables have the regions of each cloud, each once", () => {
  expect(Object.entries(clouds).map(([cloud, rows]) => [cloud, rows.length])).toEqual([
    ["azure", 71],
    ["aws", 39],
    ["gcp", 43],
  ]);
  for (const [cloud, rows] of Object.entries(clouds)) {
    const names = rows.map(([name]) => name);
    expect(names).toEqual(names.toSorted());
    for (const name of names)
      expect(name).toMatch(cloud === "azure" ? /^[a-z]+\d?$/ : /^[a-z]+-[a-z]+(?:-[a-z]+)?-?\d+$/);
  }
  expect(cloudRegions.size).toBe(71 + 39 + 43);
});

test("each is in a country, within its bounds of distance", () => {
  const far = ["US", "CA", "AU", "BR", "CN"];
  for (const { name, code, point } of cloudRegions.values()) {
    expect(typeof parseRegion(code)).toBe("object");
    const country = code.slice(0, 2);
    const kilometres = greatCircleKm(point, countries.get(country)!.point);
    expect([name, kilometres < (far.includes(country) ? 3000 : 1200)]).toEqual([name, true]);
  }
});

test.for([
  ["azure:westeurope", "Amsterdam", "NL", 52.37, 4.89],
  ["azure:spaincentral", "Madrid", "ES", 40.42, -3.7],
  ["azure:eastus2", "Boydton", "US-VA", 36.67, -78.39],
  ["aws:eu-central-1", "Frankfurt", "DE-HE", 50.12, 8.68],
  ["aws:ap-southeast-2", "Sydney", "AU-NSW", -33.87, 151.21],
  ["gcp:europe-west3", "Frankfurt", "DE-HE", 50.12, 8.68],
  ["gcp:southamerica-east1", "Osasco", "BR-SP", -23.53, -46.79],
] as const)("%s is in %s", ([name, place, code, latitude, longitude]) => {
  expect(cloudRegions.get(name)).toEqual({ name, place, code, point: { latitude, longitude } });
});

test("a town is at one point, whoever is there", () => {
  const points = new Map<string, unknown>();
  for (const { place, code, point } of cloudRegions.values()) {
    expect(points.get(`${place} ${code}`) ?? point).toEqual(point);
    points.set(`${place} ${code}`, point);
  }
});
