/** The bound that is told, held to the real prober: time is mocked, the endpoint dies at any moment. */
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildMonitoring } from "../../src/config/build-monitoring.ts";
import { detectionOf } from "../../src/config/failover-times.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { configSchema } from "../../src/config/schema/config.ts";
import { createProber } from "../../src/health/prober.ts";
import type { Probe, ProbeVerdict } from "../../src/health/probes/probe.ts";
import { checkOf, tableOf } from "../health/fixtures/monitors.ts";
import { shopOf } from "../health/fixtures/snapshot.ts";
import { probeTargets } from "../../src/health/probe-target.ts";
import { filesOf } from "./diagnose.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

interface Death {
  readonly interval: number;
  readonly timeout: number | undefined;
  readonly toleratedFailures: number;
  /** Where in the interval after its first probe the endpoint dies, and where its later probes are: shares of it. */
  readonly at: number;
  readonly phase: number;
  /** Milliseconds that a living endpoint takes to answer. */
  readonly latency: number;
}

/** Milliseconds from the death of an endpoint, which then is silent, until it is degraded; and the bound of its monitor. */
async function detect({ interval, timeout, toleratedFailures, at, phase, latency }: Death) {
  const start = Date.now();
  const written = { protocol: "http", interval: `${interval}s`, timeout: timeout && `${timeout}s`, toleratedFailures };
  const config = configSchema.parse({ monitors: { web: written } });
  const [monitor] = buildMonitoring(config, { textOf: () => "", variable: () => undefined }).monitors;
  let diedAt = Number.POSITIVE_INFINITY;
  let degradedAt: number | undefined;
  const probe: Probe = (_host, _monitor, signal) =>
    new Promise<ProbeVerdict>((resolve) => {
      signal.addEventListener("abort", () => resolve({ ok: false, code: "timeout", reason: "no response" }));
      setTimeout(() => Date.now() < diedAt && resolve({ ok: true }), latency);
    });
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const prober = createProber(
    { maxRunning: 10 },
    {
      probes: tableOf(probe),
      lookup: { find: async (host) => ({ ok: true, addresses: [host] }) },
      clock: Date.now,
      random: () => phase,
      logger,
      onStart() {},
      restore: () => undefined,
      onResult() {},
      onState() {},
      onTransition({ state: { status } }) {
        if (status === "degraded") degradedAt ??= Date.now();
      },
    },
  );
  prober.update(probeTargets(shopOf([monitor!], [checkOf(80, { host: "a", monitor: 0 })])));
  // Not before its first answer: who was never seen alive is degraded by one failure.
  diedAt = start + latency + 5 + at * interval * 1000;
  await vi.advanceTimersByTimeAsync((toleratedFailures + 4) * interval * 1000);
  await prober.stop();
  return {
    took: (degradedAt ?? Number.POSITIVE_INFINITY) - diedAt,
    bound: detectionOf(config.monitors["web"]!) * 1000,
  };
}

const seconds = (min: number, max: number) => fc.integer({ min, max });

test("detectionOf bounds the time from an endpoint's death until it is degraded, whenever it dies", async () => {
  const death = fc
    .record({
      interval: seconds(2, 60),
      timeout: fc.option(seconds(1, 59), { nil: undefined }),
      toleratedFailures: fc.integer({ min: 0, max: 9 }),
      at: fc.double({ min: 0, max: 2, noNaN: true }),
      phase: fc.double({ min: 0, max: 0.999, noNaN: true }),
      latency: fc.integer({ min: 0, max: 900 }),
    })
    .filter(({ interval, timeout = 0 }) => timeout < interval);
  await fc.assert(
    fc.asyncProperty(death, async (one) => {
      const { took, bound } = await detect(one);
      expect(took).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 200 },
  );
});

test("detectionOf: some death takes as long", async () => {
  const worst = { interval: 30, timeout: 10, toleratedFailures: 3, at: 1, phase: 0, latency: 0 };
  const { took, bound } = await detect(worst);
  expect(bound).toBe(130_000);
  expect(took).toBeGreaterThan(bound - 10);
  expect(took).toBeLessThanOrEqual(bound);
});

test("failoverTimes: of profiles with names, for who reads warnings", () => {
  const text = `zones: { t.example: { nameservers: ns.example.net } }
monitors: { web: { protocol: http }, fast: { protocol: http, interval: 5s, timeout: 1500ms, toleratedFailures: 1 } }
profiles:
  p: { names: p.t.example, method: priority, monitor: fast, ttl: 20s, endpoints: { a: { address: 192.0.2.1 }, n: { profile: q } } }
  q: { method: priority, monitor: web, endpoints: { a: { address: 192.0.2.2 } } }
  f: { names: f.t.example, method: priority, monitor: fast, whenAllDown: nodata, endpoints: { a: { address: 192.0.2.1 } } }
  nowhere: { names: nowhere.t.example, method: priority, monitor: fast, endpoints: { a: { address: 192.0.2.1 } } }
  none: { names: none.t.example, method: priority, endpoints: { a: { address: 192.0.2.1 } } }
  off: { names: off.t.example, enabled: false, method: priority, monitor: web, endpoints: { a: { address: 192.0.2.1 } } }
`;
  const of = (warns: boolean) => loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf({}), warns });
  expect(of(true)).toMatchObject({
    value: {
      failover: [
        { profile: "p", detection: 130, ttl: 20 },
        { profile: "f", detection: 12, ttl: 60 },
      ],
    },
  });
  expect(of(false)).toMatchObject({ value: { failover: [] } });
});
