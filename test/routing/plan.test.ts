import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { reasonThrough, type Question, type Reason } from "../../src/routing/fork.ts";
import { probedState, type EndpointState } from "../../src/routing/health-view.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { planFor } from "../../src/routing/plan.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { dual, planned, type PlanCase, v4, v6 } from "../support/planned.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

const host: EndpointSpec = { host: "www.example.net" };
const off: EndpointSpec = { enabled: false };

function shop(endpoints: ProfileSpec["endpoints"], rest: Partial<ProfileSpec> = {}): PlanCase["profiles"] {
  return { shop: { ...rest, endpoints } };
}

describe("planFor", () => {
  test.for<[string, PlanCase, readonly string[]]>([
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
      ["AAAA from no later candidate", "AAAA", { a: v4, b: v6 }, ["1 - no-family: nodata"]],
      [
        "AAAA where only a disabled one has it",
        "AAAA",
        { a: v4, b: { ...v6, enabled: false } },
        ["1 - no-family: nodata"],
      ],
    ])("%s", ([, type, endpoints, expected]) => {
      expect(planned({ profiles: shop(endpoints), question: type })).toEqual(expected);
    });

    // A resolver uses the CNAME that it has got for one type for all others (RFC 1034 section 3.6.2).
    test.for<[string, Question, Partial<PlanCase>, readonly string[]]>([
      ["A of addresses before a host", "A", {}, ["1 a preferred: 192.0.2.4"]],
      ["AAAA of addresses before a host", "AAAA", {}, ["1 - no-family: nodata"]],
      ["CNAME of addresses before a host", "CNAME", {}, ["1 - no-family: nodata"]],
      [
        "AAAA of the host, the addresses being down",
        "AAAA",
        { found: { a: "degraded" } },
        ["1 b failover: www.example.net"],
      ],
      ["A of the host, the addresses being down", "A", { found: { a: "degraded" } }, ["1 b failover: www.example.net"]],
    ])("%s", ([, type, differences, expected]) => {
      expect(planned({ profiles: shop({ a: v4, b: host }), question: type, ...differences })).toEqual(expected);
    });

    test("leaves a host its share, and shares the rest between those with such addresses", () => {
      const profiles = shop({ a: { ...v4, weight: 2 }, b: { ...host, weight: 1 }, c: dual }, { method: "weighted" });
      const ofHost = "0.25 b preferred: www.example.net";
      expect(planned({ profiles, question: "A" })).toEqual([
        ofHost,
        "0.5 a preferred: 192.0.2.4",
        "0.25 c preferred: 192.0.2.10",
      ]);
      expect(planned({ profiles, question: "AAAA" })).toEqual([ofHost, "0.75 c preferred: 2001:db8::10"]);
      expect(planned({ profiles, question: "CNAME" })).toEqual([ofHost, "0.75 - no-family: nodata"]);
    });

    test("takes no host for a fallback of the endpoints of one family", () => {
      const whenAllDown = { action: "fallback", target: { kind: "host", host: "sorry.example.net" } } as const;
      const profiles = shop({ a: v4, b: v6 }, { whenAllDown });
      expect(planned({ profiles, question: "AAAA", found: { b: "degraded" } })).toEqual(["1 - no-family: nodata"]);
      const all = { a: "degraded", b: "degraded" } as const;
      expect(planned({ profiles, question: "AAAA", found: all })).toEqual(["1 - fallback: sorry.example.net"]);
    });

    test("skips members of a tier that have no such address", () => {
      const profiles = shop({ a: v4, b: v6, c: dual }, { method: "weighted" });
      expect(planned({ profiles, question: "AAAA" })).toEqual([
        "0.5 b preferred: 2001:db8::6",
        "0.5 c preferred: 2001:db8::10",
      ]);
    });

    test("serves nothing that is down while something is up, of whatever family", () => {
      const found = { a: "degraded" } as const;
      for (const families of ["tier", "strict", "any"] as const) {
        const profiles = shop({ a: dual, b: v4 }, { families });
        expect(planned({ profiles, question: "AAAA", found })).toEqual(["1 - no-family: nodata"]);
      }
    });
  });

  describe("families", () => {
    const families = (
      families: ProfileSpec["families"],
      endpoints: ProfileSpec["endpoints"],
      rest: Partial<ProfileSpec> = {},
    ): PlanCase["profiles"] => shop(endpoints, { families: families!, ...rest });
    const halves = { a: v4, b: v6 };
    const keeps: Partial<ProfileSpec> = { method: "geographic", whenRegionDown: "nodata" };
    test.for<[string, PlanCase["profiles"], PlanCase["found"], readonly string[]]>([
      [
        "tier: those with such addresses share the clients of those without by their own weights",
        families(
          "tier",
          { a: { ...v4, weight: 2 }, b: { ...v6, weight: 1 }, c: { ...dual, weight: 3 } },
          { method: "weighted" },
        ),
        {},
        ["0.25 b preferred: 2001:db8::6", "0.75 c preferred: 2001:db8::10"],
      ],
      [
        "strict: the clients of those without get no data",
        families("strict", halves, { method: "weighted" }),
        {},
        ["0.5 b preferred: 2001:db8::6", "0.5 - no-family: nodata"],
      ],
      ["strict: no later tier", families("strict", halves), {}, ["1 - no-family: nodata"]],
      [
        "any: the own tier first",
        families(
          "any",
          { a: { ...v4, at: "DE" }, b: { ...v6, at: "DE" }, c: { ...dual, at: "FR" } },
          { method: "performance" },
        ),
        {},
        ["1 b preferred: 2001:db8::6"],
      ],
      ["any: the next tier", families("any", halves), {}, ["1 b failover: 2001:db8::6"]],
      [
        "any: the first of the later tiers that has such addresses",
        families("any", { a: v4, b: v4, c: v6, d: dual }),
        {},
        ["1 c failover: 2001:db8::6"],
      ],
      [
        "any: none that is down",
        families("any", { a: v4, b: v6, c: dual }),
        { b: "degraded" },
        ["1 c failover: 2001:db8::10"],
      ],
      [
        "any: none before the chosen tier",
        families("any", { a: v6, b: v4 }),
        { a: "degraded" },
        ["1 - no-family: nodata"],
      ],
      [
        "any: all count as up once all are down",
        families("any", { a: v4, b: v6, c: dual }),
        { a: "degraded", b: "degraded", c: "degraded" },
        ["1 b all-down: 2001:db8::6"],
      ],
      ["any: no host of a later tier", families("any", { a: v4, b: host, c: v6 }), {}, ["1 c failover: 2001:db8::6"]],
      ["any: a host keeps its clients", families("any", { a: host, b: v6 }), {}, ["1 a preferred: www.example.net"]],
      [
        "any: a host keeps its share",
        families(
          "any",
          { a: { ...v4, at: "DE" }, b: { ...host, at: "DE" }, c: { ...v6, at: "FR" } },
          { method: "performance" },
        ),
        {},
        ["0.5 b preferred: www.example.net", "0.5 c failover: 2001:db8::6"],
      ],
      [
        "any: a host keeps its share, those of the next tier with such addresses take the rest",
        families(
          "any",
          {
            a: { ...v4, at: "DE" },
            b: { ...host, at: "DE" },
            c: { ...v6, at: "FR" },
            d: { ...v4, at: "FR" },
          },
          { method: "performance" },
        ),
        {},
        ["0.5 b preferred: www.example.net", "0.5 c failover: 2001:db8::6"],
      ],
      [
        "any: nobody stands in where a region keeps its clients",
        families("any", { a: { ...v4, networks: ["192.0.2.0/24"] }, b: { ...v6, networks: ["192.0.0.0/16"] } }, keeps),
        {},
        ["1 - no-family: nodata"],
      ],
    ])("%s", ([, profiles, found, expected]) => {
      expect(planned({ profiles, found: found!, question: "AAAA" })).toEqual(expected);
    });
  });

  describe("out of service", () => {
    test.for<[string, PlanCase["profiles"]]>([
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
    test.for<[string, PlanCase, readonly string[]]>([
      ["serveAll keeps the order", { profiles: shop({ a: v4, b: dual }), found }, ["1 a all-down: 192.0.2.4"]],
      [
        "serveAll keeps the weights",
        { profiles: shop({ a: { weight: 1 }, b: { weight: 3 } }, { method: "weighted" }), found },
        ["0.25 a all-down: 192.0.2.1", "0.75 b all-down: 192.0.2.1"],
      ],
      ["serveAll serves no disabled one", { profiles: shop({ off, a: v4 }), found }, ["1 a all-down: 192.0.2.4"]],
      [
        "serveAll keeps to the first tier",
        { profiles: shop({ a: v4, b: dual }), found, question: "AAAA" },
        ["1 - no-family: nodata"],
      ],
      [
        "serveAll takes a later tier where any may answer",
        { profiles: shop({ a: v4, b: dual }, { families: "any" }), found, question: "AAAA" },
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
    ): PlanCase["profiles"] =>
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
    test.for<[string, PlanCase, readonly string[]]>([
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

    const stopped = (enabled: boolean): PlanCase["profiles"] => ({
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
});

test.for<[outer: Reason, inner: Reason, Reason]>([
  ["preferred", "preferred", "preferred"],
  ["preferred", "failover", "failover"],
  ["failover", "preferred", "failover"],
  ["failover", "failover", "failover"],
  ["all-down", "preferred", "all-down"],
  ["all-down", "failover", "all-down"],
  ["preferred", "all-down", "all-down"],
  ["failover", "all-down", "all-down"],
  ["all-down", "fallback", "fallback"],
  ["failover", "refused-all-down", "refused-all-down"],
  ["spill", "preferred", "spill"],
  ["preferred", "spill", "spill"],
  ["spill", "failover", "failover"],
  ["failover", "spill", "failover"],
  ["trickle", "spill", "trickle"],
  ["spill", "all-down", "all-down"],
])("reasonThrough of %s and, inside, %s is %s", ([outer, inner, expected]) => {
  expect(reasonThrough(outer, inner)).toBe(expected);
});

describe("planFor: spill is what those that are up have left, failover what those that are down have", () => {
  const profiles = { p: { endpoints: { a: {}, b: {}, c: {} } } } as const;
  const reasons = (states: Readonly<Record<string, Partial<EndpointState>>>): readonly string[] => {
    const built = snapshotOf({ profiles });
    const client = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
    const stateOf = (id: number): EndpointState => {
      return { ...probedState("online"), ...states[built.endpoints[id]!.name] };
    };
    const plan = planFor(
      built,
      candidatesFor(built, built.profiles[0]!, client),
      "A",
      createStatuses(built, { stateOf }),
    );
    return outcomesOf(plan).map(({ probability, path, reason }) => `${probability} ${path[0]!.name} ${reason}`);
  };
  test.for<[Readonly<Record<string, Partial<EndpointState>>>, readonly string[]]>([
    [{ a: { load: 0.5 } }, ["0.5 a preferred", "0.5 b spill"]],
    [{ a: { share: 0.5 } }, ["0.5 a preferred", "0.5 b spill"]],
    [{ a: { load: 0 } }, ["1 b spill"]],
    [{ a: { status: "degraded" } }, ["1 b failover"]],
    [{ a: { status: "degraded" }, b: { load: 0.5 } }, ["0.5 b failover", "0.5 c spill"]],
    [{ a: { load: 0.5 }, b: { status: "degraded" } }, ["0.5 a preferred", "0.5 c spill"]],
    [{ a: { load: 0 }, b: { load: 0 }, c: { load: 0 } }, ["1 a preferred"]],
  ])("%j", ([states, wanted]) => {
    expect(reasons(states)).toEqual(wanted);
  });
});
