import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  matchesOf,
  narrownessOf,
  parsePattern,
  type SubjectPattern,
  type Subjects,
} from "../../src/state/subject-pattern.ts";

function parsed(text: string): SubjectPattern {
  const result = parsePattern(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const endpoint = (name: string, profile: number, site?: string, labels: Readonly<Record<string, string>> = {}) => {
  return { name, profile, site, labels };
};
const subjects: Subjects = {
  profiles: [
    { name: "shop", endpoints: [endpoint("fra", 0, "frankfurt", { provider: "azure" }), endpoint("par", 0, "paris")] },
    {
      name: "shop-eu",
      endpoints: [endpoint("fra", 1, "frankfurt"), endpoint("fra-2", 1, undefined, { provider: "own" })],
    },
  ],
};

describe("matchesOf", () => {
  test.for<[string, readonly string[]]>([
    ["shop/fra", ["shop/fra"]],
    ["shop/*", ["shop/fra", "shop/par"]],
    ["shop*/fra", ["shop/fra", "shop-eu/fra"]],
    ["*/fra*", ["shop/fra", "shop-eu/fra", "shop-eu/fra-2"]],
    ["*/*", ["shop/fra", "shop/par", "shop-eu/fra", "shop-eu/fra-2"]],
    ["*/*2", ["shop-eu/fra-2"]],
    ["s*p/f*a", ["shop/fra"]],
    ["shop/fr", []],
    ["SHOP/fra", []],
    ["site:frankfurt", ["shop/fra", "shop-eu/fra"]],
    ["site:rome", []],
    ["label:provider=azure", ["shop/fra"]],
    ["label:provider=own", ["shop-eu/fra-2"]],
    ["label:constructor=Object", []],
  ])("%s", ([pattern, wanted]) => {
    const names = subjects.profiles.flatMap(({ name, endpoints }) => endpoints.map((one) => `${name}/${one.name}`));
    expect(matchesOf(subjects, parsed(pattern)).map((id) => names[id])).toEqual(wanted);
  });

  test("finds what a regular expression finds", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 1, maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(text, name, (glob, found) => {
        const expression = new RegExp(`^${glob.replaceAll("*", ".*")}$`);
        const all = { profiles: [{ name: found, endpoints: [endpoint("e", 0)] }] };
        expect(matchesOf(all, parsed(`${glob}/e`)).length === 1).toBe(expression.test(found));
      }),
      { numRuns: 2000 },
    );
  });
});

test.for<[string, string]>([
  ["shop", "not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE; for all endpoints of a profile write shop/*"],
  ["", "not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE"],
  ["shop/fra/x", "not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE"],
  ["/fra", "not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE"],
  ["shop/", "not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE"],
  ["site:", "site: lacks the name of a site, such as site:munich"],
  ["label:provider", "label: lacks a key and its value, such as label:provider=azure"],
  ["label:=x", "label: lacks a key and its value, such as label:provider=azure"],
  [`${"a".repeat(1024)}/b`, "a pattern has at most 1024 characters"],
])("parsePattern refuses %j", ([text, why]) => {
  expect(parsePattern(text)).toEqual({ ok: false, error: why });
});

test("narrownessOf: one endpoint, a glob with more characters, another, a site, a label", () => {
  const ordered = ["shop/fra", "shop-eu/*", "shop/*", "*/*", "site:frankfurt", "label:provider=azure"];
  const narrowness = ordered.map((text) => narrownessOf(parsed(text)));
  expect(narrowness).toEqual(narrowness.toSorted((a, b) => b - a));
  expect(new Set(narrowness).size).toBe(ordered.length);
});
