import { expect, test } from "vitest";
import { countries } from "../../../src/shared/regions/countries.ts";
import { groupings } from "../../../src/shared/regions/groupings.ts";
import { legalGroupings } from "../../../src/shared/regions/legal-groupings.ts";

const EU: readonly string[] = legalGroupings.EU.countries;
const EEA: readonly string[] = legalGroupings.EEA.countries;

test("EU is 27 member states, six outermost regions and Åland", () => {
  expect(EU).toHaveLength(27 + 6 + 1);
  expect(new Set(EU).size).toBe(EU.length);
  expect(EU.filter((code) => !countries.has(code))).toEqual([]);
});

test("EEA is the EU with Iceland, Liechtenstein and Norway", () => {
  expect(EEA.filter((code) => !EU.includes(code))).toEqual(["IS", "LI", "NO"]);
  expect(EU.filter((code) => !EEA.includes(code))).toEqual([]);
});

test.for([
  ["an outermost region", "GF GP MF MQ RE YT", true],
  ["an overseas country or territory", "AW BL BQ CW GL NC PF PM SX TF WF", false],
  ["a part of a member's kingdom to which the Treaties do not apply", "FO", false],
  ["a small state beside it", "AD MC SM VA", false],
  ["British, and never or no longer a part", "GB GG IM JE GI", false],
  ["a candidate or a neighbour that Azure has in GEO-EU", "RU BY UA MD RS TR CH XK", false],
  ["Norway's islands, which the EEA leaves out", "SJ BV", false],
] as const)("EU and EEA: %s (%s): %s", ([, codes, isInside]) => {
  for (const code of codes.split(" "))
    expect([code, EU.includes(code), EEA.includes(code)]).toEqual([code, isInside, isInside]);
});

test("EU is not GEO-EU: one holds what the other does not", () => {
  const azure = [...countries.values()].filter(({ grouping }) => grouping === "GEO-EU").map(({ code }) => code);
  expect(azure).toEqual(expect.arrayContaining(["RU", "BY", "GB"]));
  expect(EU.filter((code) => !azure.includes(code))).toEqual(["GF", "GP", "MF", "MQ", "RE", "YT"]);
  expect(Object.keys(groupings)).not.toContain("EU");
});
