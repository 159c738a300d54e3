import { expect, test } from "vitest";
import { endpointReadings } from "../../src/app/metric-readings.ts";
import type { Served } from "../../src/control/served.ts";
import { neverProbed, type ProbeState } from "../../src/health/probe-state.ts";
import { httpMonitor } from "../health/fixtures/monitors.ts";
import { targetAt } from "../health/fixtures/endpoints.ts";
import { servedOf } from "../support/served.ts";

const damping = { window: 60_000, max: 600_000 };

test.for<[what: string, state: Partial<ProbeState>, failback: "auto" | "manual" | number, waits: readonly string[]]>([
  ["is online", { status: "online", flaps: 2 }, "manual", []],
  ["is degraded without a flap", { flaps: 0 }, "auto", []],
  ["has two flaps, which is 4 minutes", { flaps: 2 }, "auto", ["damping"]],
  ["has one, which is 2 minutes", { flaps: 1 }, "auto", []],
  ["has not recovered", {}, "manual", []],
  ["has recovered", { recovered: 100_000 }, "manual", ["failback"]],
  ["has waited for long enough", { recovered: 100_000 }, 60_000, []],
  ["has both to wait for", { recovered: 100_000, flaps: 2 }, 600_000, ["damping", "failback"]],
])("endpointReadings: a target that %s", ([, fields, failback, waits]) => {
  const served = servedOf({ profiles: { shop: { endpoints: { fra: { address: ["192.0.2.1"] } } } } });
  const target = { ...targetAt("192.0.2.1"), monitor: httpMonitor({ damping, failback }) };
  const state: ProbeState = { ...neverProbed(0), status: "degraded", ...fields };
  const probedOf = () => ({ targets: [{ target, state, restored: false, last: undefined }] });
  const rollUp = { endpoint: () => ({ since: 0 }) };
  const [reading] = endpointReadings({ ...served, probedOf } as unknown as Served, rollUp as never, 180_000);
  expect(reading!.waitsFor()).toEqual(waits);
});
