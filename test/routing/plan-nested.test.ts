import { probedView } from "../../src/routing/health-view.ts";
import { describe, expect, test } from "vitest";
import { candidatesFor, candidatesKey } from "../../src/routing/candidates.ts";
import { geographyKey } from "../../src/routing/geography.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { planFor } from "../../src/routing/plan.ts";
import type { AddressTarget, HostTarget, WhenAllDown } from "../../src/routing/snapshot.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { dual, planned, v4, type PlanCase } from "../support/planned.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

describe("planFor over nested profiles", () => {
  const nested = (
    child: ProfileSpec,
    rest: EndpointSpec = {},
    parent: Partial<ProfileSpec> = {},
  ): PlanCase["profiles"] => ({
    shop: { ...parent, endpoints: { eu: { ...rest, nested: "eu" }, us: dual } },
    eu: child,
  });
  const pair = { berlin: dual, paris: dual };
  const regions = { berlin: { ...v4, regions: ["DE"] }, rio: { ...v4, regions: ["BR"] } };
  const allDown = { berlin: "degraded", paris: "degraded", us: "degraded" } as const;
  test.for<[string, PlanCase, readonly string[]]>([
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
      "are not left for want of the family",
      { profiles: nested({ endpoints: { berlin: v4 } }), question: "AAAA" },
      ["1 - no-family: nodata"],
    ],
    [
      "are left for want of the family where any may answer",
      { profiles: nested({ endpoints: { berlin: v4 } }, {}, { families: "any" }), question: "AAAA" },
      ["1 us failover: 2001:db8::10"],
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
      "are left where nothing is up for the client, whatever is for others",
      { profiles: nested({ method: "geographic", endpoints: regions }), found: { berlin: "degraded" } },
      ["1 us failover: 192.0.2.10"],
    ],
    [
      "are not left where they have their own say for the client",
      {
        profiles: nested({ method: "geographic", whenAllDown: { action: "nodata" }, endpoints: regions }),
        found: { berlin: "degraded" },
      },
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

  test.for<[string, PlanCase, readonly string[]]>([
    [
      "an endpoint that is down is served, after a failover too",
      {
        profiles: {
          shop: { endpoints: { us: dual, eu: { nested: "eu" } } },
          eu: {
            method: "geographic",
            whenRegionDown: "serve",
            endpoints: { berlin: { ...v4, regions: ["DE"] }, paris: { ...v4, regions: ["FR"] } },
          },
        },
        found: { us: "degraded", berlin: "degraded" },
      },
      ["1 eu/berlin all-down: 192.0.2.4"],
    ],
    [
      "nothing is served, after a failover too",
      {
        profiles: {
          shop: { endpoints: { us: dual, eu: { nested: "eu" } } },
          eu: {
            method: "geographic",
            whenAllDown: { action: "nodata" },
            endpoints: { berlin: { ...v4, regions: ["DE"] }, paris: { ...v4, regions: ["FR"] } },
          },
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

  describe("answer in parts, of which the members beside them may take one", () => {
    const beside = (child: ProfileSpec, parent: Partial<ProfileSpec> = {}): PlanCase["profiles"] => ({
      shop: { method: "weighted", ...parent, endpoints: { eu: { nested: "eu" }, us: dual } },
      eu: { method: "weighted", ...child },
    });
    /** Up in all, but not for the client. */
    const besideDown = (whenAllDown: WhenAllDown): PlanCase["profiles"] => {
      return beside({ method: "geographic", whenAllDown, endpoints: regions });
    };
    const down = { berlin: "degraded" } as const;
    const sorry = (target: HostTarget | AddressTarget): WhenAllDown => ({ action: "fallback", target });
    test.for<[string, PlanCase["profiles"], PlanCase["found"], readonly string[]]>([
      [
        "clients for whom they have no address",
        beside({ endpoints: { berlin: v4 } }),
        {},
        ["1 us preferred: 2001:db8::10"],
      ],
      [
        "none where they have addresses for all",
        beside({ endpoints: { berlin: v4, paris: dual } }),
        {},
        ["0.5 eu/paris preferred: 2001:db8::10", "0.5 us preferred: 2001:db8::10"],
      ],
      [
        "a part of the clients, in proportion to the other addresses",
        beside({ families: "strict", endpoints: { berlin: v4, paris: dual } }),
        {},
        ["0.25 eu/paris preferred: 2001:db8::10", "0.75 us preferred: 2001:db8::10"],
      ],
      [
        "not those of a host",
        beside({ endpoints: { berlin: v4, www: { host: "www.example.net" } } }),
        {},
        ["0.25 eu/www preferred: www.example.net", "0.75 us preferred: 2001:db8::10"],
      ],
      [
        "not those who are to get no data",
        besideDown({ action: "nodata" }),
        down,
        ["0.5 us preferred: 2001:db8::10", "0.5 eu refused-all-down: nodata"],
      ],
      [
        "not those who are to get an error",
        besideDown({ action: "servfail" }),
        down,
        ["0.5 us preferred: 2001:db8::10", "0.5 eu refused-all-down: servfail"],
      ],
      [
        "not those of a fallback with such an address",
        besideDown(sorry({ kind: "address", ipv4: [], ipv6: [ip("2001:db8::99")] })),
        down,
        ["0.5 eu fallback: 2001:db8::99", "0.5 us preferred: 2001:db8::10"],
      ],
      [
        "those of a fallback without such an address",
        besideDown(sorry({ kind: "address", ipv4: [ip("192.0.2.99")], ipv6: [] })),
        down,
        ["1 us preferred: 2001:db8::10"],
      ],
      [
        "not those of a fallback that is a host",
        besideDown(sorry({ kind: "host", host: "sorry.example.net" })),
        down,
        ["0.5 eu fallback: sorry.example.net", "0.5 us preferred: 2001:db8::10"],
      ],
      [
        "not those of a region that keeps its clients",
        beside({
          method: "geographic",
          whenRegionDown: "serve",
          endpoints: { berlin: { ...v4, regions: ["DE"] } },
        }),
        {},
        ["0.5 us preferred: 2001:db8::10", "0.5 eu no-family: nodata"],
      ],
      [
        "none where the parent is strict",
        beside({ endpoints: { berlin: v4 } }, { families: "strict" }),
        {},
        ["0.5 us preferred: 2001:db8::10", "0.5 - no-family: nodata"],
      ],
    ])("%s", ([, profiles, found, expected]) => {
      expect(planned({ profiles, found: found!, question: "AAAA" })).toEqual(expected);
    });
  });

  test("without anything for the client are no match, whatever the family", () => {
    const profiles: PlanCase["profiles"] = {
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

  // Four endpoints a level that are all the next level: 4^9 ways to each of the four at the bottom.
  const diamonds = (method: "weighted" | "priority"): PlanCase["profiles"] =>
    Object.fromEntries(
      Array.from({ length: 10 }, (_, i): [string, ProfileSpec] => [
        `p${i}`,
        {
          method,
          endpoints: Object.fromEntries(
            ["a", "b", "c", "d"].map((name) => [name, i === 9 ? v4 : { nested: `p${i + 1}`, minHealthyIPv4: 1 }]),
          ),
        },
      ]),
    );

  test("work on each profile once, however many ways lead to it", () => {
    const built = snapshotOf({ profiles: diamonds("weighted") });
    let asked = 0;
    const view = probedView(() => (asked++, "online"));
    const client = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
    const candidates = candidatesFor(built, built.profiles[0]!, client);
    const plan = planFor(built, candidates, "A", createStatuses(built, view));
    const forks = new Set([plan]);
    for (const { branches } of forks) for (const { next } of branches) if (next !== undefined) forks.add(next);
    expect(forks.size).toBe(10);
    expect(outcomesOf(plan)).toHaveLength(4);
    // Some questions for each endpoint.
    expect(asked).toBeLessThan(built.endpoints.length * 20);
    expect(candidatesKey(candidates).length).toBeLessThan(built.endpoints.length * 10);
    expect(geographyKey(built, built.profiles[0]!).length).toBeLessThan(built.endpoints.length * 300);
  });

  test("add the shares of the ways to one end up", () => {
    const bottom = ["a", "b", "c", "d"].map((name) => `0.25 ${"a/".repeat(9)}${name} preferred: 192.0.2.4`);
    expect(planned({ profiles: diamonds("weighted") })).toEqual(bottom);
    expect(planned({ profiles: diamonds("priority") })).toEqual([`1 ${"a/".repeat(9)}a preferred: 192.0.2.4`]);
  });
});
