/** How often targets are probed that nobody asks for, and how many of one host at a time. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { probeTargets, type ProbeTarget } from "../../src/health/probe-target.ts";
import { createProber, type Prober } from "../../src/health/prober.ts";
import type { Probe } from "../../src/health/probes/probe.ts";
import { checkOf, httpMonitor, tableOf } from "./fixtures/monitors.ts";
import { silentLogger } from "./fixtures/probe.ts";
import { shopOf } from "./fixtures/snapshot.ts";

const INTERVAL = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function proberOf(probe: Probe, paceOf: (target: ProbeTarget) => number): Prober {
  return createProber(
    { maxRunning: 100 },
    {
      probes: tableOf(probe),
      lookup: { find: async (host) => ({ ok: true, addresses: [host] }) },
      clock: Date.now,
      random: () => 0.5,
      logger: silentLogger,
      paceOf,
      onStart() {},
      restore: () => undefined,
      onResult() {},
      onTransition() {},
      onState() {},
    },
  );
}

const monitor = httpMonitor({ interval: INTERVAL, fastInterval: INTERVAL, timeout: 5000 });

describe("paceOf", () => {
  const starts = new Map<string, number[]>();
  let slow = true;
  const noting: Probe = async ({ addresses: [host] }) => {
    starts.set(host!, [...(starts.get(host!) ?? []), Date.now()]);
    return { ok: true };
  };
  const countOf = (host: string): number => starts.get(host)?.length ?? 0;

  test("probes every so many intervals, and within one once it is hastened", async () => {
    const prober = proberOf(noting, ({ check }) => (slow && check.host === "idle" ? 6 : 1));
    prober.update(probeTargets(shopOf([monitor], [checkOf(80, { host: "idle" }), checkOf(80, { host: "busy" })])));
    await vi.advanceTimersByTimeAsync(60 * INTERVAL);
    expect(countOf("busy")).toBeGreaterThanOrEqual(59);
    expect(countOf("idle")).toBeGreaterThanOrEqual(9);
    expect(countOf("idle")).toBeLessThanOrEqual(11);
    slow = false;
    const before = { idle: countOf("idle"), busy: countOf("busy") };
    prober.hasten(({ check }) => check.host === "idle");
    await vi.advanceTimersByTimeAsync(INTERVAL);
    expect(countOf("idle")).toBe(before.idle + 1);
    await vi.advanceTimersByTimeAsync(9 * INTERVAL);
    expect(countOf("idle")).toBe(before.idle + 10);
    expect(countOf("busy")).toBe(before.busy + 10);
    await prober.stop();
  });
});

test("a start asks one host for few of its targets at a time, and another beside it", async () => {
  const running = new Map<string, number>();
  let most = 0;
  const slow: Probe = async ({ addresses: [host] }) => {
    running.set(host!, (running.get(host!) ?? 0) + 1);
    if (host === "many") most = Math.max(most, running.get(host)!);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    running.set(host!, running.get(host!)! - 1);
    return { ok: true };
  };
  const prober = proberOf(slow, () => 1);
  const many = Array.from({ length: 40 }, (_, i) => checkOf(1000 + i, { host: "many" }));
  prober.update(probeTargets(shopOf([monitor], [...many, checkOf(80, { host: "other" })])));
  await vi.advanceTimersByTimeAsync(500);
  // 40 targets × 5 s of each 10 s, a quarter more, and 8.
  expect(most).toBe(33);
  expect(running.get("other")).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(prober.states().every(({ state }) => state.status === "online")).toBe(true);
  await prober.stop();
});
