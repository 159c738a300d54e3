import { probedView } from "../../src/routing/health-view.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { HealthView, ProbedStatus, Status } from "../../src/routing/health-view.ts";
import { counts, isInService } from "../../src/routing/in-service.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { health, snapshot } from "../support/arbitraries.ts";
import { snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

/** Probes have found these statuses, by the endpoint's name; of all others "online". */
function probed(snapshot: Snapshot, statuses: Readonly<Record<string, ProbedStatus>>): HealthView {
  return probedView((id) => statuses[snapshot.endpoints[id]!.name] ?? "online");
}

function statusOf(
  name: string,
  profiles: Readonly<Record<string, ProfileSpec>>,
  statuses: Readonly<Record<string, ProbedStatus>> = {},
): Status {
  const built = snapshotOf({ profiles });
  const endpoint = built.endpoints.find((candidate) => candidate.name === name)!;
  return createStatuses(built, probed(built, statuses)).of(endpoint);
}

describe("Statuses.of", () => {
  test.for<[Status, string, EndpointSpec, boolean, ProbedStatus]>([
    ["online", "probes say so", {}, true, "online"],
    ["degraded", "probes say so", {}, true, "degraded"],
    ["checking", "there is no result yet", {}, true, "checking"],
    ["unmonitored", "it has no monitor", { monitored: false }, true, "degraded"],
    ["unmonitored", "it is always served", { alwaysServe: true }, true, "degraded"],
    ["disabled", "it is disabled", { enabled: false }, true, "online"],
    ["disabled", "it is disabled, always served or not", { enabled: false, alwaysServe: true }, true, "online"],
    ["inactive", "its profile is disabled", {}, false, "online"],
    ["inactive", "its profile is disabled, always served or not", { alwaysServe: true }, false, "online"],
    // Azure: endpoint status Disabled gives Disabled whatever the profile's.
    ["disabled", "it and its profile are disabled", { enabled: false }, false, "online"],
  ])("is %s where %s", ([expected, , endpoint, enabled, found]) => {
    expect(statusOf("a", { shop: { enabled, endpoints: { a: endpoint } } }, { a: found })).toBe(expected);
  });
});

describe("Statuses.of a nested profile", () => {
  const both: Readonly<Record<string, EndpointSpec>> = { a: {}, b: {} };
  test.for<[Status, string, EndpointSpec, ProfileSpec, Readonly<Record<string, ProbedStatus>>]>([
    ["online", "one of two is enough", {}, { endpoints: both }, { a: "degraded" }],
    ["degraded", "none is up", {}, { endpoints: both }, { a: "degraded", b: "degraded" }],
    ["online", "the minimum is reached", { minHealthy: 2 }, { endpoints: both }, {}],
    ["degraded", "the minimum is not reached", { minHealthy: 2 }, { endpoints: both }, { a: "degraded" }],
    // Azure's table in "nested Traffic Manager profiles": Online, CheckingEndpoint, Degraded by what it takes.
    ["checking", "all are being checked", {}, { endpoints: both }, { a: "checking", b: "checking" }],
    ["online", "the minimum is reached without those being checked", {}, { endpoints: both }, { a: "checking" }],
    ["checking", "it takes one being checked", { minHealthy: 2 }, { endpoints: both }, { a: "checking" }],
    ["checking", "the other is down", {}, { endpoints: both }, { a: "checking", b: "degraded" }],
    ["online", "what is not monitored counts", {}, { endpoints: { a: { monitored: false } } }, { a: "degraded" }],
    [
      "degraded",
      "what is disabled does not count",
      { minHealthy: 2 },
      { endpoints: { ...both, b: { enabled: false } } },
      {},
    ],
    ["stopped", "the child is disabled", {}, { enabled: false, endpoints: both }, {}],
    ["stopped", "all of the child is disabled", {}, { endpoints: { a: { enabled: false } } }, {}],
    ["disabled", "the endpoint is disabled", { enabled: false }, { endpoints: both }, {}],
    ["degraded", "it is called down itself", {}, { endpoints: both }, { child: "degraded" }],
  ])("is %s where %s", ([expected, , endpoint, child, statuses]) => {
    const profiles = { parent: { endpoints: { child: { ...endpoint, nested: "inner" } } }, inner: child };
    expect(statusOf("child", profiles, statuses)).toBe(expected);
  });

  const v4 = { address: ["192.0.2.1"] };
  const v6 = { address: ["2001:db8::1"] };
  test.for<
    [Status, string, EndpointSpec, Readonly<Record<string, EndpointSpec>>, Readonly<Record<string, ProbedStatus>>]
  >([
    ["online", "each family has its minimum", { minHealthyIPv4: 1, minHealthyIPv6: 1 }, { v4, v6 }, {}],
    ["degraded", "IPv4 lacks its minimum", { minHealthyIPv4: 1 }, { v4, v6 }, { v4: "degraded" }],
    ["degraded", "IPv6 lacks its minimum", { minHealthyIPv6: 1 }, { v4, v6 }, { v6: "degraded" }],
    ["online", "the family without a minimum is down", { minHealthyIPv4: 1 }, { v4, v6 }, { v6: "degraded" }],
    ["checking", "it takes one being checked for IPv6", { minHealthyIPv6: 1 }, { v4, v6 }, { v6: "checking" }],
    [
      "online",
      "a host counts for both",
      { minHealthyIPv4: 1, minHealthyIPv6: 1 },
      { host: { host: "www.example.net" } },
      {},
    ],
    [
      "online",
      "an endpoint with both counts for both",
      { minHealthyIPv4: 1, minHealthyIPv6: 1 },
      { ab: { address: ["192.0.2.1", "2001:db8::1"] } },
      {},
    ],
    ["degraded", "nothing has the family", { minHealthyIPv6: 1 }, { v4 }, {}],
    [
      "degraded",
      "only what is disabled has the family",
      { minHealthyIPv6: 1 },
      { v4, v6: { ...v6, enabled: false } },
      {},
    ],
    ["online", "a profile beneath has the family", { minHealthyIPv6: 1 }, { deep: { nested: "dual" } }, {}],
    [
      "degraded",
      "only what is disabled beneath has the family",
      { minHealthyIPv6: 1 },
      { deep: { nested: "half" } },
      {},
    ],
  ])("is %s where %s", ([expected, , endpoint, endpoints, statuses]) => {
    const profiles = {
      parent: { endpoints: { child: { ...endpoint, nested: "inner" } } },
      inner: { endpoints },
      dual: { endpoints: { d4: v4, d6: v6 } },
      half: { endpoints: { h4: v4, h6: { ...v6, enabled: false } } },
    };
    expect(statusOf("child", profiles, statuses)).toBe(expected);
  });

  test("follows the one endpoint at the bottom of ten levels", () => {
    const depth = 10;
    const profiles = Object.fromEntries(
      Array.from({ length: depth }, (_, i): [string, ProfileSpec] => [
        `p${i}`,
        { endpoints: { [`e${i}`]: i === depth - 1 ? {} : { nested: `p${i + 1}` } } },
      ]),
    );
    for (const status of ["online", "degraded", "checking"] as const) {
      expect(statusOf("e0", profiles, { e9: status })).toBe(status);
    }
    const bottomOff = { ...profiles, p9: { endpoints: { e9: { enabled: false } } } };
    expect(statusOf("e0", bottomOff)).toBe("stopped");
  });
});

describe("Statuses.ofProfile", () => {
  // Azure: "Profile monitor status" in traffic-manager-monitoring; an unmonitored endpoint counts as Online there.
  const off: EndpointSpec = { enabled: false };
  const stopped: EndpointSpec = { nested: "off" };
  test.for<[Status, string, Readonly<Record<string, EndpointSpec>>, Readonly<Record<string, ProbedStatus>>]>([
    ["online", "all are", { a: {}, b: {} }, {}],
    ["degraded", "one is", { a: {}, b: {} }, { b: "degraded" }],
    ["degraded", "one is and another is being checked", { a: {}, b: {} }, { a: "checking", b: "degraded" }],
    ["online", "one is and another is being checked", { a: {}, b: {} }, { b: "checking" }],
    ["checking", "none is further", { a: {}, b: {} }, { a: "checking", b: "checking" }],
    ["online", "one is and the others are out of use", { a: {}, b: off, c: stopped }, {}],
    ["checking", "the only one in use is", { a: {}, b: off, c: stopped }, { a: "checking" }],
    ["online", "none is monitored", { a: { monitored: false } }, { a: "degraded" }],
    ["inactive", "all are disabled", { a: off, b: off }, {}],
    ["inactive", "all are stopped or disabled", { a: off, b: stopped }, {}],
  ])("is %s where %s", ([expected, , endpoints, statuses]) => {
    const built = snapshotOf({ profiles: { shop: { endpoints }, off: { enabled: false, endpoints: { x: {} } } } });
    expect(createStatuses(built, probed(built, statuses)).ofProfile(built.profiles[0]!)).toBe(expected);
  });

  test("is disabled where the profile is", () => {
    const built = snapshotOf({ profiles: { shop: { enabled: false, endpoints: { a: {} } } } });
    expect(createStatuses(built, probed(built, {})).ofProfile(built.profiles[0]!)).toBe("disabled");
  });
});

test("isEligible is true of online, checking and unmonitored endpoints alone", () => {
  const served: readonly Status[] = ["online", "checking", "unmonitored"];
  fc.assert(
    fc.property(snapshot, health, (built, view) => {
      for (const endpoint of built.endpoints) {
        const status = createStatuses(built, view).of(endpoint);
        expect(createStatuses(built, view).isEligible(endpoint)).toBe(served.includes(status));
      }
    }),
  );
});

test("counts says of configuration what every health agrees to", () => {
  const never: readonly Status[] = ["disabled", "stopped"];
  fc.assert(
    fc.property(snapshot, health, (built, view) => {
      for (const endpoint of built.endpoints.filter(({ profile }) => built.profiles[profile]!.enabled)) {
        const status = createStatuses(built, view).of(endpoint);
        expect(counts(built, endpoint)).toBe(!never.includes(status));
      }
      for (const profile of built.profiles) {
        const status = createStatuses(built, view).ofProfile(profile);
        expect(isInService(built, profile)).toBe(status !== "disabled" && status !== "inactive");
      }
    }),
  );
});
