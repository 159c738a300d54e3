import { describe, expect, test } from "vitest";
import { dual, planned, v4, type PlanCase } from "../support/planned.ts";
import type { EndpointSpec, ProfileSpec } from "../support/snapshot.ts";

/** A profile that shares its clients evenly between two profiles. */
function halves(left: ProfileSpec, right: ProfileSpec, rest: Readonly<Record<string, ProfileSpec>> = {}) {
  const endpoints: Readonly<Record<string, EndpointSpec>> = { left: { nested: "left" }, right: { nested: "right" } };
  return { shop: { method: "weighted", endpoints }, left, right, ...rest } satisfies PlanCase["profiles"];
}

describe("outcomesOf", () => {
  const elsewhere: EndpointSpec = { ...v4, regions: ["BR"] };
  /** Up, but not for a client in Germany. */
  const refuses = (action: "nodata" | "servfail"): ProfileSpec => ({
    method: "geographic",
    whenAllDown: { action },
    endpoints: { berlin: { ...v4, regions: ["DE"] }, rio: elsewhere },
  });
  const deep = { deep: { endpoints: { one: v4, two: dual } } } as const;
  test.for<[string, PlanCase, readonly string[]]>([
    [
      "one outcome for all ways to one endpoint, with the sum of their shares and the first of their paths",
      { profiles: halves({ endpoints: { l: { nested: "deep" } } }, { endpoints: { r: { nested: "deep" } } }, deep) },
      ["1 left/l/one preferred: 192.0.2.4"],
    ],
    [
      "apart what ends at one endpoint for another reason",
      {
        profiles: halves(
          { endpoints: { l: { nested: "deep" } } },
          { endpoints: { lost: v4, r: { nested: "deep" } } },
          deep,
        ),
        found: { lost: "degraded" },
      },
      ["0.5 left/l/one preferred: 192.0.2.4", "0.5 right/r/one failover: 192.0.2.4"],
    ],
    [
      "apart two endpoints with one address",
      { profiles: halves({ endpoints: { l: v4 } }, { endpoints: { r: v4 } }) },
      ["0.5 left/l preferred: 192.0.2.4", "0.5 right/r preferred: 192.0.2.4"],
    ],
    [
      "apart what two profiles say of themselves",
      { profiles: halves(refuses("nodata"), refuses("servfail")), found: { berlin: "degraded" } },
      ["0.5 left refused-all-down: nodata", "0.5 right refused-all-down: servfail"],
    ],
  ])("gives %s", ([, plan, expected]) => {
    expect(planned(plan)).toEqual(expected);
  });
});
