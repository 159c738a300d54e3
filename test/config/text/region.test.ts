import { expect, test } from "vitest";
import { parseLocationRegion, parseRegionCode } from "../../../src/config/text/region.ts";

test.for(["WORLD", "GEO-EU", "EU", "EEA", "DE", "DE-BY", "XK"])("parseRegionCode takes %s", (code) => {
  expect(parseRegionCode(code)).toMatchObject({ ok: true, value: { code } });
});

test.for([
  ["UK", "reserved-region", "UK is reserved", "GB"],
  ["ZZ", "reserved-region", "ZZ is reserved", "the ISO 3166-1 code of a country"],
  ["de", "bad-region", "de is not in upper case", "DE"],
  ["YY", "bad-region", "YY is not a country", "its ISO 3166-1 alpha-2 code"],
] as const)("parseRegionCode: %s is a %s: %s, wanted %s", ([text, code, what, wanted]) => {
  expect(parseRegionCode(text)).toEqual({ ok: false, error: { code, what, wanted } });
});

test.for([
  ["DE-BAY", "DE-BAY is not a subdivision of Germany", "DE-BY (Bavaria)"],
  ["de-bay", "de-bay is not a subdivision of Germany", "DE-BY (Bavaria)"],
  ["DE-BAVARIA", "DE-BAVARIA is not a subdivision of Germany", "DE-BY (Bavaria)"],
  ["DE-Bavaria", "DE-Bavaria is not a subdivision of Germany", "DE-BY (Bavaria)"],
  ["DE-Bavarai", "DE-Bavarai is not a subdivision of Germany", "DE-BY (Bavaria)"],
  ["FR-Paris", "FR-Paris is not a subdivision of France", "FR-75C (Paris)"],
  ["GB-LON", "GB-LON is not a subdivision of United Kingdom", "GB-LND (London)"],
  ["US-ZZ", "US-ZZ is not a subdivision of United States", "US-AZ (Arizona)"],
  // FIPS codes of the states.
  ["US-06", "US-06 is not a subdivision of United States", "US-CA (California)"],
  ["US-56", "US-56 is not a subdivision of United States", "US-WY (Wyoming)"],
  [
    "US-03",
    "US-03 is not a subdivision of United States",
    "a code such as US-AK (Alaska), US-AL (Alabama) or US-AR (Arkansas)",
  ],
  // What old codes stand for.
  ["FR-A", "FR-A lies in another subdivision today", "FR-GES (Grand-Est)"],
  ["NO-30", "NO-30 is divided today", "NO-31 (Østfold), NO-32 (Akershus) or NO-33 (Buskerud)"],
  // Databases name the country: no client is ever there.
  ["US-PR", "US-PR is a country of its own in GeoIP databases", "PR (Puerto Rico)"],
  ["FR-971", "FR-971 is a country of its own in GeoIP databases", "GP (Guadeloupe)"],
  ["CN-TW", "CN-TW is a country of its own in GeoIP databases", "TW (Taiwan)"],
  ["AW-01", "AW-01 has no code: ISO 3166-2 divides it no further", "AW (Aruba)"],
] as const)("parseRegionCode: %s: %s, wanted %s", ([text, what, wanted]) => {
  expect(parseRegionCode(text)).toEqual({ ok: false, error: { code: "bad-region", what, wanted } });
});

test.for([
  ["EU-27", "EU-27 is not a region code", "EU"],
  ["azure:germanywestcentral", "a cloud's region is a location alone", "DE-HE"],
] as const)("parseRegionCode: %s: %s, wanted %s", ([text, what, wanted]) => {
  expect(parseRegionCode(text)).toEqual({ ok: false, error: { code: "bad-region", what, wanted } });
});

test.for(["FR-75", "FR-75C", "IN-TG", "CN-11", "PL-MZ"])("parseRegionCode takes %s, in force or not", (code) => {
  expect(parseRegionCode(code)).toMatchObject({ ok: true, value: { kind: "subdivision", code } });
});

test("parseRegionCode does not repeat the whole of a long subdivision", () => {
  const { error } = parseRegionCode(`DE-${"x".repeat(1000)}`) as { error: { what: string } };
  expect(error.what.length).toBeLessThan(100);
});

test("parseLocationRegion: a subdivision without a known point asks for coordinates", () => {
  expect(parseLocationRegion("KE-01")).toEqual({
    ok: false,
    error: {
      code: "bad-region",
      what: "no point is known for KE-01 (Baringo)",
      wanted: "its coordinates: [latitude, longitude]",
    },
  });
  expect(parseRegionCode("KE-01").ok).toBe(true);
});

test("parseRegionCode does not repeat a long text", () => {
  expect(parseRegionCode("x".repeat(1000))).toMatchObject({ ok: false, error: { what: "not a region code" } });
});

test("parseLocationRegion: a country or a subdivision is a location, a grouping is too wide", () => {
  expect(parseLocationRegion("DE-BY")).toMatchObject({ ok: true, value: { kind: "subdivision" } });
  expect(parseLocationRegion("GEO-EU")).toMatchObject({
    ok: false,
    error: { what: "GEO-EU is too wide for a location" },
  });
  expect(parseLocationRegion("EU")).toMatchObject({ ok: false, error: { what: "EU is too wide for a location" } });
  expect(parseLocationRegion("WORLD").ok).toBe(false);
});
