import { expect, test } from "vitest";
import { matchesGlob } from "../../src/shared/glob.ts";

test.for<[glob: string, text: string, matches: boolean]>([
  ["payroll", "payroll", true],
  ["payroll", "payroll-eu", false],
  ["payroll*", "payroll", true],
  ["payroll*", "payroll-eu", true],
  ["*-eu", "payroll-eu", true],
  ["*-eu", "payroll-eu-2", false],
  ["p*l*eu", "payroll-eu", true],
  ["*", "", true],
  ["", "", true],
  ["*", "constructor", true],
  ["p.y", "pay", false],
])("matchesGlob: %s and %s: %s", ([glob, text, matches]) => {
  expect(matchesGlob(glob, text)).toBe(matches);
});

test("matchesGlob: is not led astray by a pattern of many stars", () => {
  expect(matchesGlob(`${"a*".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
});
