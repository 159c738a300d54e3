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

/** Milliseconds that timers may be late together: a probe that ends after the next is due has it begin late. */
const TIMERS = 20;

interface Death {
  readonly interval: number;
  /** A share of the interval. */
  readonly fast: number | undefined;
  /** Of the interval, or the fast one. */
  readonly timeout: number | undefined;
  /** Failures that degrade. */
  readonly failures: number;
  /** Among so many results and these more; undefined = in a row. */
  readonly more: number | undefined;
  /** Seconds. */
  readonly hold: number;
  /** Where in the interval after its first probe the endpoint dies, and where its later probes are: shares of it. */
  readonly at: number;
  readonly phase: number;
  /** Milliseconds that a living endpoint takes to answer. */
  readonly latency: number;
}

/** Milliseconds from the death of an endpoint, which then is silent, until it is degraded; and the bound of its monitor. */
async function detect({ interval, fast, timeout, failures, more, hold, at, phase, latency }: Death) {
  const start = Date.now();
  const milliseconds = (share: number, of: number): number => Math.max(200, Math.round(share * of));
  const fastInterval = fast && Math.max(250, milliseconds(fast, interval * 1000));
  const longest = fastInterval ?? interval * 1000;
  const config = configSchema.parse({
    monitors: {
      web: {
        protocol: "http",
        interval: `${interval}s`,
        fastInterval: fastInterval && `${fastInterval}ms`,
        timeout: timeout && `${Math.min(longest - TIMERS, milliseconds(timeout, longest))}ms`,
        ...(more === undefined
          ? { toleratedFailures: failures - 1 }
          : { failures: `${failures} of ${failures + more}` }),
        hold: `${hold}s`,
      },
    },
  });
  const [monitor] = buildMonitoring(config, { textOf: () => "", variable: () => undefined }).monitors;
  let diedAt = Number.POSITIVE_INFINITY;
  let degradedAt: number | undefined;
  const probe: Probe = (_host, _monitor, signal) =>
    new Promise<ProbeVerdict>((resolve) => {
      signal.addEventListener("abort", () => resolve({ ok: false, code: "timeout", reason: "no response" }));
      setTimeout(() => Date.now() < diedAt && resolve({ ok: true }), Math.min(latency, monitor!.timeout - 1));
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
      paceOf: () => 1,
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
  await vi.advanceTimersByTimeAsync(((failures + 4) * interval + hold) * 1000);
  await prober.stop();
  return {
    took: (degradedAt ?? Number.POSITIVE_INFINITY) - diedAt,
    bound: detectionOf(config.monitors["web"]!) * 1000,
  };
}

test("detectionOf bounds the time from an endpoint's death until it is degraded, whenever it dies", async () => {
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  const death: fc.Arbitrary<Death> = fc.record({
    interval: fc.integer({ min: 1, max: 60 }),
    fast: fc.option(share, { nil: undefined }),
    timeout: fc.option(share, { nil: undefined }),
    failures: fc.integer({ min: 1, max: 10 }),
    more: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    hold: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 })),
    at: fc.double({ min: 0, max: 2, noNaN: true }),
    phase: fc.double({ min: 0, max: 0.999, noNaN: true }),
    latency: fc.integer({ min: 0, max: 900 }),
  });
  await fc.assert(
    fc.asyncProperty(death, async (one) => {
      const { took, bound } = await detect(one);
      expect(took).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 300 },
  );
});

const PLAIN = { fast: undefined, timeout: 1 / 3, failures: 4, more: undefined, hold: 0, at: 1, phase: 0, latency: 0 };

test.for<[what: string, death: Partial<Death>, seconds: number]>([
  ["failures in a row", {}, 4 * 30 + 10],
  ["failures within a window", { failures: 3, more: 7 }, 3 * 30 + 10],
  ["a fast interval", { fast: 0.2, timeout: 0.5 }, 30 + 3 * 6 + 3],
  ["a hold that ends late", { failures: 1, hold: 59, at: 0 }, 59 + 30 + 10],
  ["a hold that ends early", { hold: 20 }, 4 * 30 + 10],
])("detectionOf: with %s, some death takes nearly as long", async ([, death, seconds]) => {
  const { took, bound } = await detect({ interval: 30, ...PLAIN, ...death });
  expect(bound).toBe(seconds * 1000);
  // Of a hold it depends on where in it probes are.
  expect(took).toBeGreaterThan(bound - (death.hold === 59 ? 29_100 : 10));
  expect(took).toBeLessThanOrEqual(bound);
});

test("failoverTimes: of profiles with names, for who reads warnings", () => {
  const text = `zones: { t.example: { nameservers: ns.example.net } }
monitors: { web: { protocol: http }, fast: { protocol: http, interval: 5s, timeout: 1500ms, toleratedFailures: 1 }, both: { all: [fast, some] }, some: { any: [web, calm] }, calm: { not: web } }
profiles:
  p: { names: p.t.example, method: priority, monitor: fast, ttl: 20s, endpoints: { a: { address: 192.0.2.1 }, n: { profile: q } } }
  q: { method: priority, monitor: web, endpoints: { a: { address: 192.0.2.2 } } }
  f: { names: f.t.example, method: priority, monitor: fast, whenAllDown: nodata, endpoints: { a: { address: 192.0.2.1 } } }
  nowhere: { names: nowhere.t.example, method: priority, monitor: fast, endpoints: { a: { address: 192.0.2.1 } } }
  none: { names: none.t.example, method: priority, endpoints: { a: { address: 192.0.2.1 } } }
  all: { names: all.t.example, method: priority, monitor: both, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }
  off: { names: off.t.example, enabled: false, method: priority, monitor: web, endpoints: { a: { address: 192.0.2.1 } } }
`;
  const of = (warns: boolean) => loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf({}), warns });
  expect(of(true)).toMatchObject({
    value: {
      failover: [
        { profile: "p", detection: 130, ttl: 20 },
        { profile: "f", detection: 12, ttl: 60 },
        { profile: "all", detection: 130, ttl: 60 },
      ],
    },
  });
  expect(of(false)).toMatchObject({ value: { failover: [] } });
});
