import { expect, test } from "vitest";
import { complies, violationsOf } from "../../../src/routing/residency/compliance.ts";
import type { Labels, LabelTerms } from "../../../src/routing/snapshot.ts";

type Terms = { readonly require?: LabelTerms; readonly forbid?: LabelTerms };

const EU = { require: { jurisdiction: ["EU"] } };
const NO_CLOUD = { forbid: { provider: ["azure", "gcp"] } };

test.for<[what: string, labels: Labels, terms: Terms, violations: readonly string[]]>([
  ["has what is required", { jurisdiction: "EU" }, EU, []],
  ["has another value", { jurisdiction: "US" }, EU, ["require jurisdiction of EU: US"]],
  ["has it in other letters", { jurisdiction: "eu" }, EU, ["require jurisdiction of EU: eu"]],
  ["lacks the label", {}, EU, ["require jurisdiction of EU: -"]],
  ["has one of several", { jurisdiction: "CH" }, { require: { jurisdiction: ["EU", "CH"] } }, []],
  ["lacks what is forbidden", {}, NO_CLOUD, []],
  ["has another value than those", { provider: "own" }, NO_CLOUD, []],
  ["has what is forbidden", { provider: "gcp" }, NO_CLOUD, ["forbid provider of azure gcp: gcp"]],
  [
    "breaks several terms",
    { provider: "gcp", tier: "2" },
    { require: { jurisdiction: ["EU"], tier: ["1"] }, ...NO_CLOUD },
    ["require jurisdiction of EU: -", "require tier of 1: 2", "forbid provider of azure gcp: gcp"],
  ],
  [
    "has no label of its own by the name of a method",
    {},
    { require: { constructor: ["x"] } },
    ["require constructor of x: -"],
  ],
  ["no terms", {}, {}, []],
])("violationsOf: an endpoint that %s", ([, labels, { require = {}, forbid = {} }, violations]) => {
  const found = violationsOf(labels, { require, forbid });
  expect(
    found.map(({ label, value, against, values }) => `${against} ${label} of ${values.join(" ")}: ${value ?? "-"}`),
  ).toEqual(violations);
  expect(complies(labels, { require, forbid })).toBe(violations.length === 0);
});
