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
