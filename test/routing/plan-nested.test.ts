import { describe, expect, test } from "vitest";
import { dual, planned, v4, type PlanCase } from "../support/planned.ts";
import type { EndpointSpec, ProfileSpec } from "../support/snapshot.ts";

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
});
