import { describe, expect, test } from "vitest";
import { greatCircleKm } from "../../../src/shared/geo-point.ts";
import { countries } from "../../../src/shared/regions/countries.ts";
import {
  holders,
  oldSubdivision,
  ownCountry,
  spellings,
  subdivision,
  subdivisionsOf,
  withHolders,
} from "../../../src/shared/regions/subdivisions.ts";

const all = [...countries.keys()].flatMap(subdivisionsOf);
const withPoint = all.filter(({ point }) => point !== undefined);

describe("the table", () => {
  test("has so many codes, and points", () => {
    expect(all).toHaveLength(5014);
    expect(withPoint.length).toBeGreaterThanOrEqual(4268);
    const firstLevel = all.filter(({ holder }) => holder === undefined);
    expect(firstLevel).toHaveLength(3563);
    expect(firstLevel.filter(({ point }) => point !== undefined).length).toBeGreaterThanOrEqual(3324);
  });

  test.for(
    "AR AT AU BE BG BR CA CH CL CN CO CZ DE DK EG ES FI FR GB GR HU IE IN IR IT JP KR MX MY NG NL NO NZ PK PL PT RO RU SA SE TH TR TW UA US VN ZA".split(
      " ",
    ),
  )("knows the point of every subdivision of the first level of %s", (country) => {
    const firstLevel = subdivisionsOf(country).filter(({ holder }) => holder === undefined);
    const unknown = new Set(["FR-CP", "TH-S", "TW-LIE"]);
    expect(firstLevel.filter(({ code, point }) => point === undefined && !unknown.has(code))).toEqual([]);
    expect(firstLevel.length).toBeGreaterThan(2);
  });

  test("names all, with codes as ISO 3166-2 forms them, and holders that are in it", () => {
    for (const { code, name, otherNames, holder } of all) {
      expect(code).toMatch(/^[A-Z]{2}-[A-Z0-9]{1,3}$/);
      for (const one of [name, ...otherNames]) expect(one).toMatch(/^['’‘ʻ/]?[\p{L}\d][\p{L}\p{M}\d .,'’‘ʻ`&()/–-]*$/u);
      expect(holder && subdivision(holder)?.code).toBe(holder);
      expect(holders(code).length).toBeLessThan(4);
    }
  });

  test("old codes lead to codes in force", () => {
    const old = [...countries.keys()].flatMap((country) =>
      ["A", "B", "75", "01", "CT", "MZ", "DIF", "COR", "30"].map((short) => oldSubdivision(`${country}-${short}`)),
    );
    const known = old.filter((one) => one !== undefined);
    expect(known.length).toBeGreaterThan(10);
    for (const { code, fate, successors } of known) {
      expect(subdivisionsOf(code.slice(0, 2)).map((one) => one.code)).toEqual(expect.arrayContaining([...successors]));
      expect(successors.length > 0).toBe(fate !== "gone");
    }
  });
});

describe("points", () => {
  /** The capital, or a town near the middle. */
  test.for([
    ["DE-BY", "Ingolstadt", 48.76, 11.42, 60],
    ["DE-HE", "Gießen", 50.58, 8.68, 60],
    ["US-CA", "Fresno", 36.74, -119.78, 80],
    ["US-VA", "Charlottesville", 38.03, -78.48, 80],
    ["US-HI", "Kahului", 20.89, -156.47, 150],
    ["US-AK", "Fairbanks", 64.84, -147.72, 300],
    ["FR-75C", "Paris", 48.86, 2.35, 10],
    ["FR-IDF", "Paris", 48.86, 2.35, 40],
    ["FR-20R", "Corte", 42.31, 9.15, 30],
    ["GB-ENG", "Birmingham", 52.48, -1.9, 80],
    ["GB-SCT", "Inverness", 57.48, -4.22, 90],
    ["GB-NIR", "Magherafelt", 54.75, -6.6, 40],
    ["JP-47", "Naha", 26.21, 127.68, 200],
    ["ES-CN", "Las Palmas", 28.12, -15.43, 120],
    ["NO-34", "Lillehammer", 61.12, 10.47, 80],
    ["RU-SAK", "Yuzhno-Sakhalinsk", 46.96, 142.73, 450],
    ["IR-23", "Tehran", 35.7, 51.4, 60],
    ["UA-32", "Kyiv", 50.45, 30.52, 60],
    ["ZA-GP", "Johannesburg", -26.2, 28.04, 50],
    ["FJ-W", "Lautoka", -17.62, 177.45, 60],
    // Natural Earth has names and codes of others for these.
    ["EC-T", "Ambato", -1.24, -78.62, 30],
    ["ER-MA", "Asmara", 15.34, 38.93, 30],
    ["GY-UD", "Linden", 6, -58.3, 120],
    ["RU-MOS", "Podolsk", 55.43, 37.54, 60],
  ] as const)("of %s is near to %s", ([code, , latitude, longitude, kilometres]) => {
    expect(greatCircleKm(subdivision(code)!.point!, { latitude, longitude })).toBeLessThan(kilometres);
  });

  test("California, Virginia and Hawaii are not one place, and Bavaria is nearer to Munich than Frankfurt is", () => {
    const munich = { latitude: 48.14, longitude: 11.58 };
    const [bavaria, hesse] = ["DE-BY", "DE-HE"].map((code) => greatCircleKm(munich, subdivision(code)!.point!));
    expect(bavaria!).toBeLessThan(hesse! / 2);
    expect(greatCircleKm(subdivision("US-CA")!.point!, subdivision("US-VA")!.point!)).toBeGreaterThan(3000);
    expect(greatCircleKm(subdivision("US-CA")!.point!, subdivision("US-HI")!.point!)).toBeGreaterThan(3500);
  });

  test("of a part is within what holds it, or near", () => {
    const far = withPoint.filter(({ point, holder }) => {
      const whole = holder === undefined ? undefined : subdivision(holder)?.point;
      return whole !== undefined && greatCircleKm(point!, whole) > 900;
    });
    // Indonesia's groups of islands are as wide.
    expect(far.map(({ code }) => code).filter((code) => !code.startsWith("ID-"))).toEqual([]);
  });
});

describe("subdivision, spellings", () => {
  test.for([
    ["FR-75C", "FR-75C", ["FR-75C", "FR-75"]],
    ["FR-75", "FR-75C", ["FR-75C", "FR-75"]],
    ["FR-69", "FR-69", ["FR-69"]],
    ["FR-COR", "FR-20R", ["FR-20R", "FR-COR", "FR-H"]],
    ["PL-MZ", "PL-14", ["PL-14", "PL-MZ"]],
    ["IN-TG", "IN-TS", ["IN-TS", "IN-TG"]],
    ["CN-11", "CN-BJ", ["CN-BJ", "CN-11"]],
    ["MX-DIF", "MX-CMX", ["MX-CMX", "MX-DIF"]],
    ["ZA-GT", "ZA-GP", ["ZA-GP", "ZA-GT"]],
    ["NO-02", "NO-32", ["NO-32", "NO-02"]],
    ["DE-BY", "DE-BY", ["DE-BY"]],
  ] as const)("%s is %s, and may be written %j", ([code, inForce, written]) => {
    expect(subdivision(code)?.code).toBe(inForce);
    expect(spellings(code)).toEqual(written);
    expect(spellings(code)).toContain(code);
  });

  test.for(["DE-BAY", "US-ZZ", "US-06", "FR-A", "LU-D", "US-PR", "QQ-1", "DE", ""])("%j is none", (code) => {
    expect(subdivision(code)).toBeUndefined();
    expect(spellings(code)).toEqual([code]);
  });
});

test.for([
  ["FR-A", "merged", ["FR-GES"]],
  ["FR-75", "renamed", ["FR-75C"]],
  ["LU-D", "divided", ["LU-CL", "LU-DI", "LU-RD", "LU-VD", "LU-WI"]],
  ["NO-30", "divided", ["NO-31", "NO-32", "NO-33"]],
  ["IT-OT", "merged", ["IT-88"]],
  ["GR-01", "gone", []],
] as const)("oldSubdivision: %s is %s: %j", ([code, fate, successors]) => {
  expect(oldSubdivision(code)).toMatchObject({ code, fate, successors });
});

test.for([
  ["US-PR", "PR"],
  ["FR-971", "GP"],
  ["FR-GP", "GP"],
  ["NL-AW", "AW"],
  ["CN-TW", "TW"],
  ["CN-HK", "HK"],
  ["FI-01", "AX"],
  ["NO-21", "SJ"],
  ["RS-KM", "XK"],
  ["US-CA", undefined],
] as const)("ownCountry of %s is %s", ([code, country]) => {
  expect(ownCountry(code)).toBe(country);
  expect(country && countries.get(country)?.code).toBe(country);
});

test.for([
  [[], []],
  [["DE-BY"], ["DE-BY"]],
  [["FR-75"], ["FR-75", "FR-IDF"]],
  [
    ["FR-75", "FR-IDF"],
    ["FR-75", "FR-IDF"],
  ],
  [["FR-67"], ["FR-67", "FR-6AE", "FR-GES"]],
  [
    ["FR-67", "FR-GES"],
    ["FR-67", "FR-6AE", "FR-GES"],
  ],
  [["FR-A"], ["FR-A", "FR-GES"]],
  [["GB-WSM"], ["GB-WSM", "GB-ENG"]],
  [
    ["IT-MI", "IT-25"],
    ["IT-MI", "IT-25"],
  ],
  // Newer than the table: kept.
  [["DE-QQ"], ["DE-QQ"]],
] as const)("withHolders: %j lies in %j", ([codes, expected]) => {
  expect(withHolders(codes)).toEqual(expected);
});
