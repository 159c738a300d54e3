import { expect, test } from "vitest";
import { countries } from "../../../src/shared/regions/countries.ts";
import { groupings } from "../../../src/shared/regions/groupings.ts";
import { subdivision } from "../../../src/shared/regions/subdivisions.ts";
import { parseRegion, regionErrorText, regionPoint } from "../../../src/shared/regions/region.ts";

const germany = countries.get("DE")!;

test.for([
  ["WORLD", { kind: "world", code: "WORLD" }],
  ["GEO-ME", { kind: "grouping", code: "GEO-ME" }],
  ["EU", { kind: "legal", code: "EU" }],
  ["EEA", { kind: "legal", code: "EEA" }],
  ["DE", { kind: "country", code: "DE", country: germany }],
  ["DE-BY", { kind: "subdivision", code: "DE-BY", country: germany, subdivision: subdivision("DE-BY") }],
  ["XK", { kind: "country", code: "XK", country: countries.get("XK") }],
  // Subdivisions of one and of three characters, and of digits.
  ["AR-C", { kind: "subdivision", code: "AR-C", country: countries.get("AR"), subdivision: subdivision("AR-C") }],
  ["AU-NSW", { kind: "subdivision", code: "AU-NSW", country: countries.get("AU"), subdivision: subdivision("AU-NSW") }],
  ["UA-43", { kind: "subdivision", code: "UA-43", country: countries.get("UA"), subdivision: subdivision("UA-43") }],
  // An old code of what is FR-75C today.
  ["FR-75", { kind: "subdivision", code: "FR-75", country: countries.get("FR"), subdivision: subdivision("FR-75C") }],
  // Montenegro is no grouping.
  ["ME", { kind: "country", code: "ME", country: countries.get("ME") }],
] as const)("parseRegion reads %s", ([text, region]) => {
  expect(parseRegion(text)).toEqual(region);
});

test("parseRegion reads every grouping and every country", () => {
  for (const code of Object.keys(groupings)) expect(parseRegion(code)).toEqual({ kind: "grouping", code });
  for (const [code, country] of countries) expect(parseRegion(code)).toEqual({ kind: "country", code, country });
});

const NO_CODE = "write WORLD, a grouping (EU, GEO-EU), a country (DE) or a subdivision (DE-BY)";

test.for([
  ["", "malformed", `"" is not a region code; ${NO_CODE}`],
  ["DEU", "malformed", `"DEU" is not a region code; ${NO_CODE}`],
  ["Germany", "malformed", `"Germany" is not a region code; ${NO_CODE}`],
  [" DE", "malformed", `" DE" is not a region code; ${NO_CODE}`],
  ["DE\n", "malformed", `"DE\\n" is not a region code; ${NO_CODE}`],
  ["DE_BY", "malformed", `"DE_BY" is not a region code; ${NO_CODE}`],
  ["DE-", "malformed", `"DE-" is not a region code; ${NO_CODE}`],
  ["DE-BYRN", "no-subdivision", "DE-BYRN is not a subdivision of Germany; write its ISO 3166-2 code, or DE"],
  ["DE-BAY", "no-subdivision", "DE-BAY is not a subdivision of Germany; write its ISO 3166-2 code, or DE"],
  ["FR-Paris", "no-subdivision", "FR-Paris is not a subdivision of France; write its ISO 3166-2 code, or FR"],
  ["de-bay", "malformed", "DE-BAY is not a subdivision of Germany; write its ISO 3166-2 code, or DE"],
  ["GEO", "malformed", `"GEO" is not a region code; ${NO_CODE}`],
  ["WORLD-EU", "malformed", `"WORLD-EU" is not a region code; ${NO_CODE}`],
  ["world", "malformed", "world is not in upper case; write WORLD"],
  ["geo-eu", "malformed", "geo-eu is not in upper case; write GEO-EU"],
  ["de", "malformed", "de is not in upper case; write DE"],
  ["De-by", "malformed", "De-by is not in upper case; write DE-BY"],
  ["uk", "malformed", "UK is reserved; write GB"],
  ["UK", "reserved", "UK is reserved; write GB"],
  ["UK-ENG", "reserved", "UK-ENG: UK is reserved; write GB"],
  ["EL", "reserved", "EL is reserved; write GR"],
  ["EU-DE", "reserved", "EU-DE: EU is reserved; write the ISO 3166-1 code of a country"],
  ["AP", "reserved", "AP is reserved; write GEO-AS or GEO-AP"],
  ["AN", "reserved", "AN is reserved; write CW, SX or BQ"],
  ["XS", "reserved", "XS is reserved; write BQ-SA"],
  ["SU", "reserved", "SU is reserved; write the ISO 3166-1 code of a country"],
  ["AA", "reserved", "AA is reserved; write the ISO 3166-1 code of a country"],
  ["QM", "reserved", "QM is reserved; write the ISO 3166-1 code of a country"],
  ["QZ-1", "reserved", "QZ-1: QZ is reserved; write the ISO 3166-1 code of a country"],
  ["XX", "reserved", "XX is reserved; write the ISO 3166-1 code of a country"],
  ["ZZ", "reserved", "ZZ is reserved; write the ISO 3166-1 code of a country"],
  ["AB", "unknown", "AB is not a country; write its ISO 3166-1 alpha-2 code"],
  ["QL-BY", "unknown", "QL-BY: QL is not a country; write its ISO 3166-1 alpha-2 code"],
  [
    "GEO-OC",
    "unknown",
    "GEO-OC is not a grouping; write one of GEO-EU (Europe), GEO-ME (Middle East), GEO-NA (North America / Central " +
      "America / Caribbean), GEO-SA (South America), GEO-AS (Asia), GEO-AP (Australia / Pacific), GEO-AF (Africa), " +
      "GEO-AN (Antarctica)",
  ],
] as const)("parseRegion refuses %j as %s and regionErrorText says what to write", ([text, error, sentence]) => {
  expect(parseRegion(text)).toBe(error);
  expect(regionErrorText(text, error)).toBe(sentence);
});

test("regionErrorText names codes that parseRegion reads, for every reserved code with a replacement", () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(0x41 + i));
  const reserved = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => parseRegion(code) === "reserved");
  // AA, QM to QZ, XA to XZ and ZZ without XK; 64 that ISO lists without EU; EL.
  expect(reserved).toHaveLength(41 + 63 + 1);
  const replacements = reserved
    .map((code) => regionErrorText(code, "reserved").split("; write ")[1]!)
    .filter((text) => !text.startsWith("the "))
    .flatMap((text) => text.split(/, | or /));
  expect(replacements.length).toBeGreaterThan(20);
  for (const code of replacements) expect(parseRegion(code)).toBeTypeOf("object");
});

test.for([
  ["DE", germany.point],
  ["DE-BY", subdivision("DE-BY")!.point],
  ["FR-75", subdivision("FR-75C")!.point],
  // Not known.
  ["KE-01", undefined],
  ["WORLD", undefined],
  ["GEO-EU", undefined],
  ["EU", undefined],
] as const)("regionPoint of %s is its own, if it has one", ([text, point]) => {
  const region = parseRegion(text);
  if (typeof region === "string") throw new Error(region);
  expect(regionPoint(region)).toEqual(point);
});
