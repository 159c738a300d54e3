/** Plans of clients from whom a residency rule has taken endpoints. */
import { describe, expect, test } from "vitest";
import { mayFail } from "../../src/routing/targets.ts";
import { dual, planned, v4, v6, type PlanCase } from "../support/planned.ts";
import { snapshotOf, type EndpointSpec, type ProfileSpec, type RuleSpec } from "../support/snapshot.ts";

const eu = (endpoint: EndpointSpec): EndpointSpec => ({ ...endpoint, labels: { jurisdiction: "EU" } });
const rule: RuleSpec = { clients: ["EU"], require: { jurisdiction: ["EU"] } };
const servfail: RuleSpec = { ...rule, whenNoneCompliant: "servfail" };
const noTier2: RuleSpec = { clients: ["EU"], forbid: { tier: ["2"] } };
const sorry = (labels?: Readonly<Record<string, string>>) =>
  ({ action: "fallback", target: { kind: "host", host: "sorry.example.net" }, labels }) as const;
const half = (q: ProfileSpec): PlanCase["profiles"] => ({
  p: { method: "weighted", endpoints: { n: { nested: "q" }, d: eu(dual) } },
  q,
});

describe("planFor: fenced", () => {
  test.for<[what: string, plan: PlanCase, outcomes: readonly string[]]>([
    [
      "the next that complies is preferred",
      { profiles: { p: { endpoints: { a: v4, b: eu(dual) } } } },
      ["1 b preferred: 192.0.2.10"],
    ],
    ["nobody complies: NODATA", { profiles: { p: { endpoints: { a: v4 } } } }, ["1 - fenced: nodata"]],
    ["… whatever the type", { profiles: { p: { endpoints: { a: v4 } } }, question: "AAAA" }, ["1 - fenced: nodata"]],
    [
      "… or SERVFAIL, as the rule says",
      { profiles: { p: { endpoints: { a: v4 } } }, residency: { servfail } },
      ["1 - fenced: servfail"],
    ],
    [
      "… before whenAllDown",
      { profiles: { p: { endpoints: { a: v4 }, whenAllDown: sorry({ jurisdiction: "EU" }) } } },
      ["1 - fenced: nodata"],
    ],
    [
      "of two rules that took something the first one's word",
      { profiles: { p: { endpoints: { a: { ...v4, labels: { tier: "2" } } } } }, residency: { servfail, noTier2 } },
      ["1 - fenced: servfail"],
    ],
    [
      "… not that of one that took nothing",
      {
        profiles: { p: { endpoints: { a: eu({ ...v4 }), b: v4 } } },
        residency: { noTier2: { ...noTier2, whenNoneCompliant: "servfail" }, rule },
        found: { a: "degraded" },
      },
      ["1 a all-down: 192.0.2.4"],
    ],
    [
      "serveAll stays inside the fence",
      { profiles: { p: { endpoints: { a: v4, b: eu(dual) } } }, found: { b: "degraded" } },
      ["1 b all-down: 192.0.2.10"],
    ],
    [
      "no member of the tier stands in for a family",
      { profiles: { p: { method: "weighted", endpoints: { a: eu(v4), b: v6 } } }, question: "AAAA" },
      ["1 - no-family: nodata"],
    ],
    [
      "a region that is fenced is as if it were not written",
      {
        profiles: {
          p: {
            method: "geographic",
            whenRegionDown: "nodata",
            endpoints: { de: { ...v4, regions: ["DE"] }, w: eu({ ...dual, regions: ["WORLD"] }) },
          },
        },
      },
      ["1 w preferred: 192.0.2.10"],
    ],
    [
      "nobody is for the client with or without the rule",
      { profiles: { p: { method: "geographic", endpoints: { us: { ...v4, regions: ["US"] } } } } },
      ["1 - no-match: nodata"],
    ],
    [
      "a fallback that does not comply: the rule's word",
      { profiles: { p: { endpoints: { a: eu(v4) }, whenAllDown: sorry() } }, found: { a: "degraded" } },
      ["1 - fenced: nodata"],
    ],
    [
      "… SERVFAIL",
      {
        profiles: { p: { endpoints: { a: eu(v4) }, whenAllDown: sorry() } },
        found: { a: "degraded" },
        residency: { servfail },
      },
      ["1 - fenced: servfail"],
    ],
    [
      "a fallback that complies",
      {
        profiles: { p: { endpoints: { a: eu(v4) }, whenAllDown: sorry({ jurisdiction: "EU" }) } },
        found: { a: "degraded" },
      },
      ["1 - fallback: sorry.example.net"],
    ],
    [
      "a nested profile of which nothing complies is left out",
      { profiles: half({ endpoints: { a: v4 } }) },
      ["1 d preferred: 192.0.2.10"],
    ],
    [
      "… and where it was all there was, fenced",
      { profiles: { p: { endpoints: { n: { nested: "q" } } }, q: { endpoints: { a: v4 } } } },
      ["1 - fenced: nodata"],
    ],
    [
      "what a rule says in place of a nested fallback is a decision, in which nobody stands in",
      {
        profiles: half({
          method: "geographic",
          endpoints: { a: eu({ ...v4, regions: ["DE"] }), b: eu({ ...v4, regions: ["US"] }) },
          whenAllDown: sorry(),
        }),
        found: { a: "degraded" },
      },
      ["0.5 d preferred: 192.0.2.10", "0.5 n fenced: nodata"],
    ],
  ])("%s", ([, plan, outcomes]) => {
    expect(planned({ residency: { rule }, ...plan })).toEqual(outcomes);
  });

  test("whom no rule covers gets all", () => {
    const profiles = { p: { endpoints: { a: v4, b: eu(dual) } } };
    expect(planned({ profiles, residency: { rule }, from: "US" })).toEqual(["1 a preferred: 192.0.2.4"]);
  });
});

test.for<[what: string, may: boolean, profiles: PlanCase["profiles"]]>([
  ["takes an endpoint", true, { p: { endpoints: { a: v4, b: eu(v4) } } }],
  ["takes one of a nested profile", true, half({ endpoints: { a: v4 } })],
  ["takes a fallback", true, { p: { endpoints: { a: eu(v4) }, whenAllDown: sorry() } }],
  ["takes nothing", false, { p: { endpoints: { a: eu(v4) } } }],
  ["takes what is disabled", false, { p: { endpoints: { a: eu(v4), b: { ...v4, enabled: false } } } }],
])("mayFail: a rule that says servfail and %s: %s", ([, may, profiles]) => {
  const built = snapshotOf({ profiles, residency: { servfail } });
  expect(mayFail(built, built.profiles[0]!)).toBe(may);
});
