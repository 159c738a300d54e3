import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { isEligible } from "../../src/routing/eligibility.ts";
import type { HealthView, ProbedStatus } from "../../src/routing/health-view.ts";
import { planFor, REASONS, type Answer, type Question, type Reason } from "../../src/routing/plan.ts";
import type { Endpoint, Target } from "../../src/routing/snapshot.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { client, health, snapshot } from "../support/arbitraries.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

const question = fc.constantFrom<Question[]>("A", "AAAA", "CNAME");

interface Case {
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  /** What probes found, by the endpoint's name; "online" of all others. */
  readonly found?: Readonly<Record<string, ProbedStatus>>;
  readonly question?: Question;
  readonly from?: string;
}

/** What an endpoint of this target may answer; empty = a nested profile or none, which may answer anything. */
function answersOf(target: Target | undefined, type: Question): readonly Answer[] {
  if (target === undefined || target.kind === "profile") return [];
  if (target.kind === "host") return [{ kind: "alias", host: target.host }];
  return [{ kind: "addresses", addresses: type === "A" ? target.ipv4 : target.ipv6 }];
}

/** One line an outcome: `share path reason: answer`. */
function planned({ profiles, found = {}, question = "A", from = "DE" }: Case): readonly string[] {
  const built = snapshotOf({ profiles });
  const view: HealthView = { statusOf: (id) => found[built.endpoints[id]!.name] ?? "online" };
  const candidates = candidatesFor(built, built.profiles[0]!, {
    address: ip("192.0.2.1"),
    location: locationOf(from),
  });
  return planFor(built, candidates, question, view).outcomes.map(
    ({ probability, path, reason, answer }) =>
      `${Number(probability.toFixed(3))} ${path.map(({ name }) => name).join("/") || "-"} ${reason}: ${answerText(answer)}`,
  );
}

function answerText(answer: Answer): string {
  if (answer.kind === "addresses") return answer.addresses.map(formatIpAddress).join(" ");
  return answer.kind === "alias" ? answer.host : answer.kind;
}

const v4: EndpointSpec = { address: ["192.0.2.4"] };
const v6: EndpointSpec = { address: ["2001:db8::6"] };
const dual: EndpointSpec = { address: ["192.0.2.10", "2001:db8::10"] };
const host: EndpointSpec = { host: "www.example.net" };
const off: EndpointSpec = { enabled: false };
const shop = (endpoints: ProfileSpec["endpoints"], rest: Partial<ProfileSpec> = {}): Case["profiles"] => ({
  shop: { ...rest, endpoints },
});

describe("planFor", () => {
  test.for<[string, Case, readonly string[]]>([
    ["the first candidate", { profiles: shop({ a: v4, b: dual }) }, ["1 a preferred: 192.0.2.4"]],
    [
      "the next where it is down",
      { profiles: shop({ a: v4, b: dual }), found: { a: "degraded" } },
      ["1 b failover: 192.0.2.10"],
    ],
    [
      "one that is being checked",
      { profiles: shop({ a: v4, b: dual }), found: { a: "checking" } },
      ["1 a preferred: 192.0.2.4"],
    ],
    [
      "one that is always served",
      { profiles: shop({ a: { ...v4, alwaysServe: true } }), found: { a: "degraded" } },
      ["1 a preferred: 192.0.2.4"],
    ],
    ["no disabled one", { profiles: shop({ a: off, b: dual }) }, ["1 b preferred: 192.0.2.10"]],
    [
      "shares by weight",
      { profiles: shop({ a: { weight: 1 }, b: { weight: 3 } }, { method: "weighted" }) },
      ["0.25 a preferred: 192.0.2.1", "0.75 b preferred: 192.0.2.1"],
    ],
    [
      "shares of those that are up",
      {
        profiles: shop({ a: { weight: 1 }, b: { weight: 3 }, c: { weight: 1 } }, { method: "weighted" }),
        found: { b: "degraded" },
      },
      ["0.5 a preferred: 192.0.2.1", "0.5 c preferred: 192.0.2.1"],
    ],
  ])("answers with %s", ([, plan, expected]) => {
    expect(planned(plan)).toEqual(expected);
  });

  describe("the asked type", () => {
    test.for<[string, Question, ProfileSpec["endpoints"], readonly string[]]>([
      ["A of both families", "A", { a: dual }, ["1 a preferred: 192.0.2.10"]],
      ["AAAA of both families", "AAAA", { a: dual }, ["1 a preferred: 2001:db8::10"]],
      ["A of a host", "A", { a: host }, ["1 a preferred: www.example.net"]],
      ["AAAA of a host", "AAAA", { a: host }, ["1 a preferred: www.example.net"]],
      ["CNAME of a host", "CNAME", { a: host }, ["1 a preferred: www.example.net"]],
      ["CNAME of addresses", "CNAME", { a: dual }, ["1 - no-family: nodata"]],
      ["AAAA where none has one", "AAAA", { a: v4, b: v4 }, ["1 - no-family: nodata"]],
      ["AAAA from the next candidate that has one", "AAAA", { a: v4, b: v6 }, ["1 b preferred: 2001:db8::6"]],
      [
        "AAAA where only a disabled one has it",
        "AAAA",
        { a: v4, b: { ...v6, enabled: false } },
        ["1 - no-family: nodata"],
      ],
    ])("%s", ([, type, endpoints, expected]) => {
      expect(planned({ profiles: shop(endpoints), question: type })).toEqual(expected);
    });

    test("skips members of a tier that have no such address", () => {
      const profiles = shop({ a: v4, b: v6, c: dual }, { method: "weighted" });
      expect(planned({ profiles, question: "AAAA" })).toEqual([
        "0.5 b preferred: 2001:db8::6",
        "0.5 c preferred: 2001:db8::10",
      ]);
    });

    test("does not take an endpoint of the other family for one that is up", () => {
      const profiles = shop({ a: v6, b: v4 });
      expect(planned({ profiles, question: "AAAA", found: { a: "degraded" } })).toEqual(["1 a all-down: 2001:db8::6"]);
    });
  });

  describe("out of service", () => {
    test.for<[string, Case["profiles"]]>([
      ["a disabled profile", shop({ a: v4 }, { enabled: false })],
      ["a profile with disabled endpoints alone", shop({ a: off, b: off })],
      [
        "a profile over a disabled one alone",
        { shop: { endpoints: { a: { nested: "in" } } }, in: { enabled: false, endpoints: { b: v4 } } },
      ],
    ])("%s does not exist", ([, profiles]) => {
      expect(planned({ profiles })).toEqual(["1 - out-of-service: nxdomain"]);
    });

    test("a profile with nothing for the client has no data", () => {
      const profiles = shop({ a: { regions: ["BR"] } }, { method: "geographic" });
      expect(planned({ profiles })).toEqual(["1 - no-match: nodata"]);
    });
  });

  describe("whenAllDown", () => {
    const found = { a: "degraded", b: "degraded" } as const;
    const fallback: ProfileSpec["whenAllDown"] = {
      action: "fallback",
      target: { kind: "address", ipv4: [ip("198.51.100.9")], ipv6: [] },
    };
    test.for<[string, Case, readonly string[]]>([
      ["serveAll keeps the order", { profiles: shop({ a: v4, b: dual }), found }, ["1 a all-down: 192.0.2.4"]],
      [
        "serveAll keeps the weights",
        { profiles: shop({ a: { weight: 1 }, b: { weight: 3 } }, { method: "weighted" }), found },
        ["0.25 a all-down: 192.0.2.1", "0.75 b all-down: 192.0.2.1"],
      ],
      ["serveAll serves no disabled one", { profiles: shop({ off, a: v4 }), found }, ["1 a all-down: 192.0.2.4"]],
      [
        "serveAll serves the asked family",
        { profiles: shop({ a: v4, b: dual }), found, question: "AAAA" },
        ["1 b all-down: 2001:db8::10"],
      ],
      [
        "nodata",
        { profiles: shop({ a: v4 }, { whenAllDown: { action: "nodata" } }), found },
        ["1 - refused-all-down: nodata"],
      ],
      [
        "servfail",
        { profiles: shop({ a: v4 }, { whenAllDown: { action: "servfail" } }), found },
        ["1 - refused-all-down: servfail"],
      ],
      ["fallback", { profiles: shop({ a: v4 }, { whenAllDown: fallback }), found }, ["1 - fallback: 198.51.100.9"]],
      [
        "fallback without the asked family",
        { profiles: shop({ a: dual }, { whenAllDown: fallback }), found, question: "AAAA" },
        ["1 - no-family: nodata"],
      ],
      [
        "fallback to a host",
        {
          profiles: shop(
            { a: v4 },
            { whenAllDown: { action: "fallback", target: { kind: "host", host: "sorry.example.net" } } },
          ),
          found,
        },
        ["1 - fallback: sorry.example.net"],
      ],
    ])("%s", ([, plan, expected]) => {
      expect(planned(plan)).toEqual(expected);
    });
  });

  describe("whenRegionDown", () => {
    const regional = (
      whenRegionDown: ProfileSpec["whenRegionDown"],
      rest: Partial<ProfileSpec> = {},
    ): Case["profiles"] =>
      shop(
        {
          de: { regions: ["DE"], at: "DE" },
          br: { regions: ["BR"], at: "BR" },
          world: { regions: ["WORLD"], at: "FR" },
        },
        { method: "geographic", whenRegionDown: whenRegionDown!, ...rest },
      );
    const deDown = { de: "degraded" } as const;
    const allDown = { de: "degraded", br: "degraded", world: "degraded" } as const;
    test.for<[string, Case, readonly string[]]>([
      [
        "climb goes to the wider region",
        { profiles: regional("climb"), found: deDown },
        ["1 world failover: 192.0.2.1"],
      ],
      [
        "nearest goes to the nearest",
        { profiles: regional("nearest"), found: deDown },
        ["1 world failover: 192.0.2.1"],
      ],
      [
        "nearest goes on",
        { profiles: regional("nearest"), found: { ...deDown, world: "degraded" } },
        ["1 br failover: 192.0.2.1"],
      ],
      ["serve stays", { profiles: regional("serve"), found: deDown }, ["1 de all-down: 192.0.2.1"]],
      ["nodata gives up", { profiles: regional("nodata"), found: deDown }, ["1 - refused-all-down: nodata"]],
      [
        "climb ends in whenAllDown",
        { profiles: regional("climb", { whenAllDown: { action: "servfail" } }), found: allDown },
        ["1 - refused-all-down: servfail"],
      ],
      [
        "serve is not asked whenAllDown",
        { profiles: regional("serve", { whenAllDown: { action: "servfail" } }), found: allDown },
        ["1 de all-down: 192.0.2.1"],
      ],
      [
        "nodata is not asked whenAllDown",
        { profiles: regional("nodata", { whenAllDown: { action: "servfail" } }), found: allDown },
        ["1 - refused-all-down: nodata"],
      ],
    ])("%s", ([, plan, expected]) => {
      expect(planned(plan)).toEqual(expected);
    });

    const stopped = (enabled: boolean): Case["profiles"] => ({
      shop: {
        method: "geographic",
        whenRegionDown: "serve",
        endpoints: { de: { nested: "de", regions: ["DE"], enabled }, world: { regions: ["WORLD"] } },
      },
      de: { enabled: false, endpoints: { x: {} } },
    });

    // Azure: "If an endpoint match is found and that endpoint is in the Stopped state, Traffic Manager returns NODATA."
    test("serve gives no data where the match is stopped", () => {
      expect(planned({ profiles: stopped(true) })).toEqual(["1 - no-match: nodata"]);
    });

    // Azure: "If an endpoint displays a Disabled status, it won't be included in the region matching process."
    test("serve goes to the wider region where the match is disabled", () => {
      expect(planned({ profiles: stopped(false) })).toEqual(["1 world preferred: 192.0.2.1"]);
    });
  });

  describe("nested profiles", () => {
    const nested = (
      child: ProfileSpec,
      rest: EndpointSpec = {},
      parent: Partial<ProfileSpec> = {},
    ): Case["profiles"] => ({
      shop: { ...parent, endpoints: { eu: { ...rest, nested: "eu" }, us: dual } },
      eu: child,
    });
    const pair = { berlin: dual, paris: dual };
    const allDown = { berlin: "degraded", paris: "degraded", us: "degraded" } as const;
    test.for<[string, Case, readonly string[]]>([
      [
        "are walked down to one endpoint",
        { profiles: nested({ endpoints: pair }) },
        ["1 eu/berlin preferred: 192.0.2.10"],
      ],
      [
        "fail over inside",
        { profiles: nested({ endpoints: pair }), found: { berlin: "degraded" } },
        ["1 eu/paris failover: 192.0.2.10"],
      ],
      [
        "are left when down",
        { profiles: nested({ endpoints: pair }), found: { berlin: "degraded", paris: "degraded" } },
        ["1 us failover: 192.0.2.10"],
      ],
      [
        "are left below their minimum",
        { profiles: nested({ endpoints: pair }, { minHealthy: 2 }), found: { paris: "degraded" } },
        ["1 us failover: 192.0.2.10"],
      ],
      [
        "are left when stopped",
        { profiles: nested({ enabled: false, endpoints: pair }) },
        ["1 us preferred: 192.0.2.10"],
      ],
      [
        "are skipped without the family",
        { profiles: nested({ endpoints: { berlin: v4 } }), question: "AAAA" },
        ["1 us preferred: 2001:db8::10"],
      ],
      [
        "multiply shares",
        { profiles: nested({ method: "weighted", endpoints: pair }, {}, { method: "weighted" }) },
        ["0.25 eu/berlin preferred: 192.0.2.10", "0.25 eu/paris preferred: 192.0.2.10", "0.5 us preferred: 192.0.2.10"],
      ],
      [
        "are served all the same when everything is down",
        { profiles: nested({ endpoints: pair }), found: allDown },
        ["1 eu/berlin all-down: 192.0.2.10"],
      ],
      [
        "choose among those that are up below their minimum",
        { profiles: nested({ endpoints: pair }, { minHealthy: 2 }), found: { berlin: "degraded", us: "degraded" } },
        ["1 eu/paris all-down: 192.0.2.10"],
      ],
      [
        "have their own say when everything is down",
        { profiles: nested({ whenAllDown: { action: "nodata" }, endpoints: pair }), found: allDown },
        ["1 eu refused-all-down: nodata"],
      ],
      [
        "have no say when the parent refuses",
        { profiles: nested({ endpoints: pair }, {}, { whenAllDown: { action: "servfail" } }), found: allDown },
        ["1 - refused-all-down: servfail"],
      ],
    ])("%s", ([, plan, expected]) => {
      expect(planned(plan)).toEqual(expected);
    });

    test.for<[string, Case, readonly string[]]>([
      [
        "an endpoint that is down is served, after a failover too",
        {
          profiles: {
            shop: { endpoints: { us: dual, eu: { nested: "eu" } } },
            eu: { endpoints: { berlin: v4, paris: v6 } },
          },
          found: { us: "degraded", berlin: "degraded" },
        },
        ["1 eu/berlin all-down: 192.0.2.4"],
      ],
      [
        "nothing is served, after a failover too",
        {
          profiles: {
            shop: { endpoints: { us: dual, eu: { nested: "eu", alwaysServe: true } } },
            eu: { whenAllDown: { action: "nodata" }, endpoints: { berlin: v4 } },
          },
          found: { us: "degraded", berlin: "degraded" },
        },
        ["1 eu refused-all-down: nodata"],
      ],
      [
        "a failover is inside another",
        {
          profiles: { shop: { endpoints: { us: dual, eu: { nested: "eu" } } }, eu: { endpoints: pair } },
          found: { us: "degraded", berlin: "degraded" },
        },
        ["1 eu/paris failover: 192.0.2.10"],
      ],
    ])("give the reason that %s", ([, plan, expected]) => {
      expect(planned(plan)).toEqual(expected);
    });

    test("without anything for the client are no match, whatever the family", () => {
      const profiles: Case["profiles"] = {
        shop: { endpoints: { geo: { nested: "geo" } } },
        geo: { method: "geographic", endpoints: { br: { regions: ["BR"] } } },
      };
      expect(planned({ profiles, from: "DE" })).toEqual(["1 - no-match: nodata"]);
      expect(planned({ profiles, from: "BR" })).toEqual(["1 geo/br preferred: 192.0.2.1"]);
      expect(planned({ profiles, from: "BR", question: "AAAA" })).toEqual(["1 - no-family: nodata"]);
    });

    test("answer through ten levels", () => {
      const profiles = Object.fromEntries(
        Array.from({ length: 10 }, (_, i): [string, ProfileSpec] => [
          `p${i}`,
          { endpoints: i === 9 ? { bottom: v4 } : { [`e${i}`]: { nested: `p${i + 1}` } } },
        ]),
      );
      expect(planned({ profiles })).toEqual(["1 e0/e1/e2/e3/e4/e5/e6/e7/e8/bottom preferred: 192.0.2.4"]);
    });
  });

  describe("for any configuration, client and health", () => {
    const plans = fc.tuple(snapshot, client, health, question).map(([built, asker, view, type]) => {
      const candidates = candidatesFor(built, built.profiles[0]!, asker);
      return { built, view, type, candidates, plan: planFor(built, candidates, type, view) };
    });

    test("probabilities are above 0 and add up to 1", () => {
      fc.assert(
        fc.property(plans, ({ plan: { outcomes } }) => {
          expect(outcomes.every(({ probability }) => probability > 0 && probability <= 1)).toBe(true);
          expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        }),
        { numRuns: 500 },
      );
    });

    test("an answering endpoint is eligible, all the way down, unless the reason is all-down", () => {
      fc.assert(
        fc.property(plans, ({ built, view, plan: { outcomes } }) => {
          const chosen = outcomes.filter(({ reason }) => reason === "preferred" || reason === "failover");
          expect(chosen.flatMap(({ path }) => path).every((endpoint) => isEligible(built, endpoint, view))).toBe(true);
        }),
        { numRuns: 1000 },
      );
    });

    test("a disabled endpoint, or one of a disabled profile, never answers", () => {
      fc.assert(
        fc.property(plans, ({ built, plan: { outcomes } }) => {
          for (const endpoint of outcomes.flatMap(({ path }) => path)) {
            expect(endpoint.enabled && built.profiles[endpoint.profile]!.enabled).toBe(true);
          }
        }),
        { numRuns: 500 },
      );
    });

    test("the answer is of the asked type, and comes from the last endpoint of the path", () => {
      fc.assert(
        fc.property(plans, ({ type, plan: { outcomes } }) => {
          for (const { path, answer } of outcomes) {
            const expected = answersOf(path.at(-1)?.target, type);
            expect(expected.length === 0 || expected.some((kind) => isDeepStrictEqual(kind, answer))).toBe(true);
            expect(answer.kind !== "addresses" || answer.addresses.length > 0).toBe(true);
          }
        }),
        { numRuns: 500 },
      );
    });

    test("only a profile out of service does not exist; a lack of addresses is no data", () => {
      fc.assert(
        fc.property(plans, ({ plan: { outcomes } }) => {
          const kinds = (of: readonly Reason[]): readonly string[] =>
            outcomes.filter(({ reason }) => of.includes(reason)).map(({ answer }) => answer.kind);
          expect(kinds(["no-family", "no-match"]).every((kind) => kind === "nodata")).toBe(true);
          expect(kinds(["out-of-service"]).every((kind) => kind === "nxdomain")).toBe(true);
          expect(kinds(REASONS.filter((reason) => reason !== "out-of-service"))).not.toContain("nxdomain");
        }),
        { numRuns: 500 },
      );
    });

    test("the reason fits the answer", () => {
      const negative = new Set(["nodata", "nxdomain", "servfail"]);
      fc.assert(
        fc.property(plans, ({ plan: { outcomes } }) => {
          for (const { answer, reason } of outcomes) {
            const answers =
              reason === "preferred" || reason === "failover" || reason === "all-down" || reason === "fallback";
            expect(negative.has(answer.kind)).toBe(!answers);
          }
        }),
        { numRuns: 1000 },
      );
    });

    test("without nesting the eligible of the first tier that has any share by their weights", () => {
      fc.assert(
        fc.property(plans, ({ built, view, type, candidates, plan: { outcomes } }) => {
          const isFlat = candidates.tiers.flat().every(({ nested }) => nested === undefined);
          fc.pre(isFlat);
          const has = ({ target }: Endpoint): boolean => {
            if (target.kind === "host") return true;
            return (
              target.kind === "address" && (type === "A" ? target.ipv4 : type === "AAAA" ? target.ipv6 : []).length > 0
            );
          };
          const eligible = candidates.tiers
            .map((tier) => tier.filter(({ endpoint }) => has(endpoint) && isEligible(built, endpoint, view)))
            .find((tier) => tier.length > 0);
          fc.pre(eligible !== undefined);
          const total = eligible.reduce((sum, { weight }) => sum + weight, 0);
          expect(outcomes.map(({ path, probability }) => ({ path, probability }))).toEqual(
            eligible.map(({ endpoint, weight }) => ({ path: [endpoint], probability: weight / total })),
          );
        }),
      );
    });
  });
});
