import { expect, test } from "vitest";
import { subdivisionCodes, type NamedSubdivision } from "../../src/geo/subdivision-codes.ts";

const named = (code: string | undefined, name?: string): NamedSubdivision => ({ code, name });
/** In the flat layout a text is code or name. */
const either = (text: string): NamedSubdivision => ({ code: text, name: text });

test.for<[string, string, readonly NamedSubdivision[], readonly string[]]>([
  ["nothing", "DE", [], []],
  ["nothing of a subdivision", "DE", [named(undefined)], []],
  ["a code", "DE", [named("BY", "Bavaria")], ["DE-BY"]],
  ["a full code", "DE", [named("DE-BY")], ["DE-BY"]],
  ["a name", "DE", [named(undefined, "Bavaria")], ["DE-BY"]],
  ["a text that is a code", "DE", [either("BY")], ["DE-BY"]],
  ["a text that is a name", "DE", [either("Bavaria")], ["DE-BY"]],
  // UR is Uri's code, and no canton has URI.
  ["a name as short as a code", "CH", [either("Uri")], ["CH-UR"]],
  // LA is Louisiana before it is Los Angeles.
  ["a code before a name", "US", [either("LA")], ["US-LA"]],
  ["all levels, the largest first", "FR", [named("IDF"), named("75")], ["FR-75", "FR-IDF"]],
  ["the smallest alone", "FR", [named("75")], ["FR-75", "FR-IDF"]],
  ["the smallest alone, by its code of today", "FR", [named("75C")], ["FR-75C", "FR-IDF"]],
  ["the smallest alone, by name", "FR", [named(undefined, "Paris")], ["FR-75C", "FR-IDF"]],
  ["both by name", "LK", [either("Western Province"), either("Colombo District")], ["LK-11", "LK-1"]],
  ["a part that lies elsewhere", "LK", [either("Southern Province"), either("Colombo District")], ["LK-3"]],
  ["a part alone that is known", "LK", [either("Atlantis"), either("Colombo District")], ["LK-11", "LK-1"]],
  ["a region of France of before 2016", "FR", [named("A8")], ["FR-A8"]],
  ["a region that was merged", "FR", [named("A")], ["FR-A", "FR-GES"]],
  ["a code that the table does not know, and a name that it does", "DE", [named("99", "Bavaria")], ["DE-BY"]],
  ["a code that nobody knows", "DE", [named("QQ", "Atlantis")], ["DE-QQ"]],
  ["what is no code", "DE", [named("by-by-by")], []],
  ["a country without subdivisions", "AW", [either("Oranjestad")], []],
])("subdivisionCodes: %s", ([, country, subdivisions, codes]) => {
  expect(subdivisionCodes(country, subdivisions)).toEqual(codes);
});

test("subdivisionCodes keeps what texts came to, but only so many, and no long ones", () => {
  const first = subdivisionCodes("DE", [either("Bavaria")]);
  expect(subdivisionCodes("DE", [either("Bavaria")])).toBe(first);
  for (let i = 0; i < 20_000; i++) subdivisionCodes("DE", [either(`Place ${i}`)]);
  expect(subdivisionCodes("DE", [either("Bavaria")])).not.toBe(first);
  const long = [either("x".repeat(1000))];
  expect(subdivisionCodes("DE", long)).not.toBe(subdivisionCodes("DE", long));
});
