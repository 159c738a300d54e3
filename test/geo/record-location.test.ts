import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordLocation } from "../../src/geo/record-location.ts";
import { countries } from "../../src/shared/regions/countries.ts";

const germany = countries.get("DE")!.point;
const munich = { latitude: 48.14, longitude: 11.58 };

function located(record: unknown): unknown {
  return recordLocation(record, "test.mmdb");
}

describe("recordLocation", () => {
  test.for<[string, unknown, object]>([
    ["flat, country alone", { country_code: "DE" }, { country: "DE", point: germany }],
    ["flat, lower case", { country_code: "de" }, { country: "DE", point: germany }],
    [
      "flat, city",
      { country_code: "DE", state1: "BY", city: "Munich", ...munich },
      { country: "DE", subdivisions: ["DE-BY"], grouping: "GEO-EU", point: munich },
    ],
    // ip-location-db, CITY.md: "The longitude and latitude fields are saved as string types".
    [
      "flat, coordinates as text",
      { country_code: "DE", latitude: "48.14", longitude: "11.58" },
      { country: "DE", point: munich },
    ],
    // ip-location-db, CITY.md: "all other fields are optional"; the file has them as empty text.
    [
      "flat, nothing but the country filled in",
      { country_code: "DE", state1: "", city: "", latitude: "", longitude: "" },
      { country: "DE", point: germany },
    ],
    [
      "flat, a subdivision by its name",
      { country_code: "DE", state1: "Bavaria" },
      { country: "DE", subdivisions: ["DE-BY"], point: { latitude: 48.92, longitude: 11.41 } },
    ],
    ["flat, a name that is none", { country_code: "DE", state1: "Atlantis" }, { country: "DE" }],
    [
      "flat, both levels by their names",
      { country_code: "LK", state1: "Western Province", state2: "Colombo District" },
      { country: "LK", subdivisions: ["LK-11", "LK-1"] },
    ],
    [
      "nested, city",
      {
        country: { iso_code: "DE", names: { en: "Germany" } },
        subdivisions: [{ iso_code: "BY" }],
        location: munich,
      },
      { country: "DE", subdivisions: ["DE-BY"], grouping: "GEO-EU", point: munich },
    ],
    [
      "nested, a full code",
      { country: { iso_code: "DE" }, subdivisions: [{ iso_code: "DE-BY" }] },
      { subdivisions: ["DE-BY"] },
    ],
    [
      "nested, all levels, the largest first",
      { country: { iso_code: "FR" }, subdivisions: [{ iso_code: "IDF" }, { iso_code: "75" }] },
      { country: "FR", subdivisions: ["FR-75", "FR-IDF"] },
    ],
    // IPinfo, documented fields of standard_location.mmdb and of country_asn.mmdb, and of the later lite.mmdb.
    [
      "IPinfo, city",
      { city: "Frankfurt", region: "Hesse", country: "DE", lat: "50.11", lng: "8.68", timezone: "Europe/Berlin" },
      { country: "DE", subdivisions: ["DE-HE"], point: { latitude: 50.11, longitude: 8.68 } },
    ],
    [
      "IPinfo, country and network",
      { country: "JP", country_name: "Japan", continent: "AS", continent_name: "Asia", asn: "AS2519" },
      { country: "JP" },
    ],
    [
      "IPinfo, lite",
      { country: "Japan", country_code: "JP", continent: "Asia", continent_code: "AS" },
      { country: "JP" },
    ],
    [
      "IPinfo, a subdivision by its code",
      { country_code: "DE", country: "Germany", region: "Hesse", region_code: "HE" },
      { country: "DE", subdivisions: ["DE-HE"] },
    ],
    // GeoLite2-Country, 130.117.4.1.
    [
      "nested, a continent, though a country has registered it",
      { continent: { code: "EU" }, registered_country: { iso_code: "US" } },
      { country: undefined, grouping: "GEO-EU", point: undefined },
    ],
    [
      "nested, a continent and coordinates",
      { continent: { code: "EU" }, location: munich },
      { country: undefined, grouping: "GEO-EU", point: munich },
    ],
    ["nested, coordinates alone", { location: munich }, { country: undefined, grouping: undefined, point: munich }],
    [
      "flat, coordinates and a code that is no country",
      { country_code: "AP", ...munich },
      { country: undefined, point: munich },
    ],
    ["flat, a continent", { continent: "SA" }, { grouping: "GEO-SA" }],
    ["nested, registered country alone", { registered_country: { iso_code: "FR" } }, { country: "FR" }],
    [
      "nested, the country before the registered one",
      { country: { iso_code: "DE" }, registered_country: { iso_code: "US" } },
      { country: "DE" },
    ],
    [
      "nested, a location without coordinates",
      { country: { iso_code: "DE" }, location: { time_zone: "Europe/Berlin" } },
      { point: germany },
    ],
    [
      "nested, subdivisions by name alone",
      { country: { iso_code: "DE" }, subdivisions: [{ names: { en: "Bavaria" } }] },
      { country: "DE", subdivisions: ["DE-BY"] },
    ],
    [
      "nested, the smallest alone",
      { country: { iso_code: "FR" }, subdivisions: [{ iso_code: "75" }] },
      { country: "FR", subdivisions: ["FR-75", "FR-IDF"] },
    ],
  ])("reads %s", ([, record, expected]) => {
    expect(located(record)).toMatchObject({ subdivisions: [], ...expected });
  });

  test("a level that records share is another one in another country, and behind another level", () => {
    const level = { iso_code: "01" };
    const codes = (country: string, ...subdivisions: unknown[]): unknown =>
      located({ country: { iso_code: country }, subdivisions });
    for (let twice = 0; twice < 2; twice++) {
      expect(codes("JP", level)).toMatchObject({ subdivisions: ["JP-01"] });
      expect(codes("CZ", level)).toMatchObject({ subdivisions: expect.not.arrayContaining(["JP-01"]) });
      expect(codes("JP", { iso_code: "13" }, level)).toMatchObject({ subdivisions: ["JP-01", "JP-13"] });
      expect(codes("JP", level)).toMatchObject({ subdivisions: ["JP-01"] });
    }
  });

  test("names the source", () => {
    expect(located({ country_code: "DE" })).toMatchObject({ source: "test.mmdb" });
  });

  test.for<[string, unknown]>([
    ["null", null],
    ["text", "DE"],
    ["a list", ["DE"]],
    ["an empty record", {}],
    ["a continent of several groupings", { continent: { code: "AS" } }],
    ["a continent that is none", { continent: { code: "XX" } }],
    ["an empty country", { country_code: "" }],
    ["a country that is no text", { country_code: 49 }],
    ["a country that is a record", { country_code: { iso_code: "DE" } }],
    ["an unknown country", { country_code: "XX" }],
    ["a reserved code", { country_code: "EU" }],
    ["a grouping", { country_code: "GEO-EU" }],
    ["WORLD", { country_code: "WORLD" }],
    ["a subdivision as the country", { country_code: "DE-BY" }],
    ["a country's name", { country_code: "Germany" }],
    [
      "a country that is none, though another one has registered it",
      {
        country: { iso_code: "EU" },
        registered_country: { iso_code: "US" },
      },
    ],
    [
      "a continent of several groupings, though a country has registered it",
      {
        continent: { code: "AS" },
        registered_country: { iso_code: "US" },
      },
    ],
    ["what an address represents", { represented_country: { iso_code: "US" } }],
    ["a nested country without a code", { country: { names: { en: "Germany" } } }],
  ])("knows nothing from %s", ([, record]) => {
    expect(located(record)).toBeUndefined();
  });

  test.for<[string, unknown, unknown]>([
    ["too far north", 90.01, 0],
    ["too far south", -91, 0],
    ["too far east", 0, 180.5],
    ["too far west", 0, -181],
    ["not a number", Number.NaN, 0],
    ["infinite", Infinity, 0],
    ["missing", undefined, 11.58],
    ["half missing", 48.14, undefined],
    ["empty text", "", ""],
    ["blank text", " ", "\t"],
    ["half empty text", "48.14", ""],
    ["no number", "north", "east"],
    ["null", null, null],
    ["lists", [], []],
    ["truth values", true, false],
  ])("takes the middle of the country where coordinates are %s", ([, latitude, longitude]) => {
    expect(located({ country_code: "DE", latitude, longitude })).toMatchObject({ point: germany });
    expect(located({ country: { iso_code: "DE" }, location: { latitude, longitude } })).toMatchObject({
      point: germany,
    });
  });

  test.for([
    [90, 180],
    [-90, -180],
    [0, 0],
  ])("takes coordinates at the edge of the earth: %d, %d", ([latitude, longitude]) => {
    expect(located({ country_code: "DE", latitude, longitude })).toMatchObject({ point: { latitude, longitude } });
  });

  test("makes of any value a place with a known country, or nothing", () => {
    const junk = fc.object({
      key: fc.constantFrom(
        "country_code",
        "country",
        "continent",
        "code",
        "iso_code",
        "state1",
        "subdivisions",
        "location",
        "latitude",
        "longitude",
      ),
      values: [
        fc.constantFrom("DE", "de", "US", "BY", "EU", ""),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.string(),
      ],
      maxDepth: 3,
    });
    fc.assert(
      fc.property(fc.oneof(junk, fc.anything()), (record) => {
        const location = recordLocation(record, "test.mmdb");
        const country = location?.country === undefined ? undefined : countries.get(location.country);
        const placed = country !== undefined || location?.grouping !== undefined || location?.point !== undefined;
        const inside = location?.subdivisions.every((code) => code.startsWith(`${location.country}-`)) ?? true;
        const { latitude = 0, longitude = 0 } = location?.point ?? {};
        expect(location === undefined || (placed && inside)).toBe(true);
        expect(country === undefined || location?.point !== undefined).toBe(true);
        expect(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
