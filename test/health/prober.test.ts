import { createServer } from "node:http";
import { once } from "node:events";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { probeTargets, type Probed } from "../../src/health/probe-target.ts";
import { createProber, type Prober } from "../../src/health/prober.ts";
import type { ProbeState } from "../../src/health/probe-state.ts";
import type { Probe, ProbeOutcome, ProbeVerdict } from "../../src/health/probes/probe.ts";
import { probes as realProbes, type ProbeTable } from "../../src/health/probes/table.ts";
import type { ProbeCheck, HttpMonitor } from "../../src/health/monitoring.ts";
import type { LogFields, Logger } from "../../src/shared/ports.ts";
import { checkOf, httpMonitor, tableOf, tcpMonitor } from "./fixtures/monitors.ts";
import { closedTcpPort, listen } from "./fixtures/servers.ts";
import { shopOf, snapshotOf } from "./fixtures/snapshot.ts";

const up: ProbeVerdict = { ok: true };
const down: ProbeVerdict = { ok: false, code: "status", reason: "status 503, wanted 200-299" };
const late: ProbeVerdict = { ok: false, code: "timeout", reason: "no response within 10000 ms" };
const notProbed: ProbeVerdict = { ok: false, code: "not-probed", reason: "no file descriptor left in this process" };

/** An immediate verdict, or no answer until the signal. */
type Answer = ProbeVerdict | "silent";

/** What a target does: always the same, or whatever the function does. */
type Behaviour = Answer | (() => Promise<Answer>);

/** Answers by host, and notes when each was asked. */
function scripted(behaviours: Record<string, Behaviour>) {
  const starts: { readonly host: string; readonly at: number }[] = [];
  let running = 0;
  let mostRunning = 0;
  const answer = async (host: string, signal: AbortSignal): Promise<ProbeVerdict> => {
    const behaviour = behaviours[host] ?? up;
    const verdict = typeof behaviour === "function" ? await behaviour() : behaviour;
    if (verdict !== "silent") return verdict;
    await once(signal, "abort");
    return late;
  };
  const probe: Probe = async ({ addresses }, _monitor, signal) => {
    const host = addresses[0]!;
    starts.push({ host, at: Date.now() });
    mostRunning = Math.max(mostRunning, ++running);
    return answer(host, signal).finally(() => running--);
  };
  const table: ProbeTable = tableOf(probe);
  return {
    table,
    behaviours,
    startsOf: (host: string) => starts.filter((start) => start.host === host).map(({ at }) => at),
    starts,
    mostRunning: () => mostRunning,
  };
}

function recordingLogger() {
  const lines: (LogFields & { readonly level: string; readonly message: string })[] = [];
  const at = (level: string) => (fields: LogFields, message: string) => void lines.push({ level, message, ...fields });
  const logger: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  return { logger, lines };
}

interface Setup {
  readonly prober: Prober;
  /** Takes the snapshot at once. */
  readonly start: () => void;
  /** Takes the snapshot after a first round. */
  readonly round: (limitMs: number) => Promise<void>;
  readonly delays: readonly number[];
  readonly results: readonly ProbeOutcome[];
  readonly transitions: readonly string[];
  readonly kept: readonly string[];
  readonly lines: ReturnType<typeof recordingLogger>["lines"];
  readonly statuses: () => readonly string[];
}

function setUp(
  table: ProbeTable,
  snapshot: Probed,
  random: () => number = () => 0,
  maxRunning = MAX_RUNNING,
  restored: ReadonlyMap<string, ProbeState> = new Map(),
): Setup {
  const { logger, lines } = recordingLogger();
  const results: ProbeOutcome[] = [];
  const transitions: string[] = [];
  const kept: string[] = [];
  const delays: number[] = [];
  const prober = createProber(
    { maxRunning },
    {
      probes: table,
      // The scripts are by host, whatever its addresses.
      lookup: { find: async (host) => ({ ok: true, addresses: [host] }) },
      clock: Date.now,
      random,
      logger,
      paceOf: () => 1,
      restore: (key) => restored.get(key),
      onStart: (_target, delayMs) => void delays.push(delayMs),
      onState: (target, { status, window, recovered }) =>
        void kept.push(`${target.check.host} ${status} ${window.toString(2)} ${recovered ?? ""}`.trim()),
      onResult: (_target, outcome) => void results.push(outcome),
      onTransition: ({ target, from, state }) =>
        void transitions.push(`${target.check.host} ${from} → ${state.status}`),
    },
  );
  onTestFinished(() => prober.stop());
  return {
    prober,
    start: () => prober.update(probeTargets(snapshot)),
    round: (limitMs) =>
      prober.prepare(probeTargets(snapshot), limitMs).then(() => prober.update(probeTargets(snapshot))),
    results,
    transitions,
    kept,
    delays,
    lines,
    statuses: () => prober.states().map(({ state }) => state.status),
  };
}

const MAX_RUNNING = 2048;
/** Of targets that were never heard of, or not at their last probe. */
const MAX_SILENT = 1536;

const checksOf = (hosts: readonly string[], monitor = 0): ProbeCheck[] =>
  hosts.map((host) => checkOf(80, { host, monitor }));

/** Endpoint `e0` is at the first host, and so on; interval 30 s, timeout 10 s, 3 tolerated failures. */
const shopAt = (...hosts: readonly string[]): Probed => shopOf([httpMonitor()], checksOf(hosts));

const manyHosts = (count: number): string[] => Array.from({ length: count }, (_, i) => `host${i}`);

const SECOND = 1000;

/** A configuration that comes at a moment, with other targets beside the one that is looked at. */
interface Reload {
  readonly at: number;
  readonly others: readonly string[];
  /** Of the others. */
  readonly interval: number;
}

describe("with mocked time", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  describe("a state from before the start", () => {
    const known = (status: ProbeState["status"]): ProbeState => {
      return {
        status,
        failures: 0,
        successes: 0,
        since: -5000,
        lastFailure: status === "degraded" ? "refused" : undefined,
        recovered: undefined,
        window: 0,
        returned: false,
        flaps: 0,
      };
    };
    const setUpRestored = (behaviours: Record<string, Behaviour>, status: ProbeState["status"]) => {
      const [target] = probeTargets(shopAt("fra"));
      const restored = new Map([[target!.key, known(status)]]);
      return setUp(scripted(behaviours).table, shopAt("fra"), () => 0, MAX_RUNNING, restored);
    };
    const first = ({ prober }: Setup) => prober.states()[0]!;

    test("is probed at once, and is no longer restored then; its time goes on", async () => {
      const set = setUpRestored({}, "online");
      await Promise.all([set.round(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(first(set)).toMatchObject({ restored: false, state: { status: "online", since: -5000 } });
      expect(first(set).last).toMatchObject({ ok: true, at: 0 });
    });

    test("that was good is protected from one failure", async () => {
      const set = setUpRestored({ fra: down }, "online");
      await Promise.all([set.round(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(set.statuses()).toEqual(["online"]);
    });

    test("that was bad is served no sooner than any that recovers", async () => {
      const set = setUpRestored({ fra: up }, "degraded");
      await Promise.all([set.round(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(set.statuses()).toEqual(["degraded"]);
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      expect(set.statuses()).toEqual(["online"]);
      expect(set.transitions).toEqual(["fra degraded → online"]);
    });

    test("stays restored while no probe has told anything", async () => {
      const set = setUpRestored({ fra: notProbed }, "degraded");
      await Promise.all([set.round(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(first(set)).toMatchObject({ restored: true, state: { status: "degraded" } });
    });
  });

  describe("probe", () => {
    test("asks at once, beside the schedule, and counts", async () => {
      const script = scripted({ fra: up });
      const { start, prober, statuses, transitions } = setUp(script.table, shopAt("fra"));
      start();
      await vi.advanceTimersByTimeAsync(10 * SECOND);
      script.behaviours["fra"] = down;
      const { target } = prober.states()[0]!;
      for (let i = 0; i < 4; i++) expect(await prober.probe(target.key)).toMatchObject(down);
      expect(statuses()).toEqual(["degraded"]);
      expect(transitions).toEqual(["fra checking → online", "fra online → degraded"]);
      expect(script.startsOf("fra")).toEqual([0, 10_000, 10_000, 10_000, 10_000]);
      await vi.advanceTimersByTimeAsync(20 * SECOND);
      expect(script.startsOf("fra").at(-1)).toBe(30_000);
    });

    test("knows no target that is not probed", () => {
      const { start, prober } = setUp(scripted({}).table, shopAt("fra"));
      start();
      expect(prober.probe("other")).toBeUndefined();
    });

    test("is aborted by the stop", async () => {
      const { start, prober, statuses } = setUp(scripted({ fra: "silent" }).table, shopAt("fra"));
      start();
      const asked = prober.probe(prober.states()[0]!.target.key)!;
      await prober.stop();
      expect(await asked).toMatchObject({ ok: false });
      expect(statuses()).toEqual([]);
    });
  });

  describe("release", () => {
    const manual = shopOf([httpMonitor({ failback: "manual" })], checksOf(["fra"]));

    test("is refused where there is nothing to come back from", async () => {
      const { start, prober, transitions, kept } = setUp(scripted({}).table, manual);
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(prober.release(probeTargets(manual)[0]!.key)).toEqual({ ok: false, error: "it is online" });
      expect({ transitions, kept }).toEqual({ transitions: ["fra checking → online"], kept: ["fra online 0"] });
    });

    test("is refused while it has not recovered, and ends all waiting once it has", async () => {
      const script = scripted({ fra: down });
      const { start, prober, transitions, kept } = setUp(script.table, manual);
      const key = probeTargets(manual)[0]!.key;
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(prober.release(key)).toEqual({ ok: false, error: "its latest probe failed" });
      script.behaviours["fra"] = up;
      await vi.advanceTimersByTimeAsync(600 * SECOND);
      expect(transitions).toEqual(["fra checking → degraded"]);
      expect(prober.release(key)).toMatchObject({ ok: true, value: { status: "online", since: 601_000 } });
      expect(prober.stateOf(key)?.state.status).toBe("online");
      expect(transitions).toEqual(["fra checking → degraded", "fra degraded → online"]);
      // What is to be remembered, and not every success that it waited with.
      expect(kept).toEqual(["fra degraded 0", "fra degraded 0", "fra degraded 0 60000", "fra online 0"]);
    });

    test("knows no target that is not probed", () => {
      expect(setUp(scripted({}).table, manual).prober.release("other")).toBeUndefined();
    });
  });

  describe("fastInterval", () => {
    const fast = (fields: Partial<HttpMonitor> = {}): Probed =>
      shopOf([httpMonitor({ fastInterval: 4000, timeout: 2000, ...fields })], checksOf(["fra"]));

    test("is the pace while a failure is the latest result of who is online; then the grid goes on", async () => {
      const answers = [up, down, down, up, up, down, up, up];
      const script = scripted({ fra: async () => answers.shift() ?? up });
      const { start, statuses } = setUp(script.table, fast());
      start();
      await vi.advanceTimersByTimeAsync(125 * SECOND);
      const seconds = script.startsOf("fra").map((at) => at / SECOND);
      expect(seconds).toEqual([0, 30, 34, 38, 60, 90, 94, 120]);
      expect(statuses()).toEqual(["online"]);
    });

    test("is the pace from the start of one probe to that of the next, however long they hang", async () => {
      const script = scripted({});
      const { start, transitions } = setUp(script.table, fast());
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      script.behaviours["fra"] = "silent";
      await vi.advanceTimersByTimeAsync(42 * SECOND);
      expect(script.startsOf("fra").map((at) => at / SECOND)).toEqual([0, 30, 34, 38, 42]);
      expect(transitions).toEqual(["fra checking → online"]);
      await vi.advanceTimersByTimeAsync(2 * SECOND);
      expect(transitions).toEqual(["fra checking → online", "fra online → degraded"]);
    });

    test("is the pace until it has recovered, and not while it waits after that", async () => {
      const script = scripted({ fra: down });
      const { start, transitions } = setUp(script.table, fast({ failback: 50_000, recoverAfter: 3 }));
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      script.behaviours["fra"] = up;
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(script.startsOf("fra").map((at) => at / SECOND)).toEqual([0, 30, 34, 38, 60, 90]);
      expect(transitions).toEqual(["fra checking → degraded", "fra degraded → online"]);
    });
  });

  describe("prepare", () => {
    test("probes every target once and resolves when the last has answered", async () => {
      const slow = Promise.withResolvers<ProbeVerdict>();
      const script = scripted({ dead: down, slow: () => slow.promise });
      const { round, statuses } = setUp(script.table, shopAt("fine", "dead", "slow"));
      const resolved = vi.fn<() => void>();
      const ended = round(5 * SECOND).then(resolved);
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(resolved).not.toHaveBeenCalled();
      slow.resolve(up);
      await ended;
      expect(statuses()).toEqual(["online", "degraded", "online"]);
      expect(script.starts).toHaveLength(3);
      // For the next probes.
      expect(vi.getTimerCount()).toBe(1);
    });

    test("degrades on one failure although three are tolerated: there is no good state to protect", async () => {
      const { round, statuses } = setUp(scripted({ dead: down }).table, shopAt("dead"));
      await Promise.all([round(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(statuses()).toEqual(["degraded"]);
    });

    test("resolves at the limit, leaves who has not answered checking, and takes the answer when it comes", async () => {
      const script = scripted({ silent: "silent" });
      const { round, statuses } = setUp(script.table, shopAt("fine", "silent"));
      await Promise.all([round(2 * SECOND), vi.advanceTimersByTimeAsync(2 * SECOND)]);
      expect(statuses()).toEqual(["online", "checking"]);
      await vi.advanceTimersByTimeAsync(8 * SECOND + 1);
      expect(statuses()).toEqual(["online", "degraded"]);
    });

    test("starts no more than 32 probes in 25 ms, and is not held up by targets that do not answer", async () => {
      const hosts = manyHosts(320);
      const silent = Object.fromEntries(hosts.slice(0, 300).map((host) => [host, "silent" as const]));
      const script = scripted(silent);
      const { round, statuses } = setUp(script.table, shopAt(...hosts));
      await Promise.all([round(SECOND), vi.advanceTimersByTimeAsync(SECOND)]);
      const perTurn = Map.groupBy(script.starts, ({ at }) => at);
      expect([...perTurn.keys()]).toEqual([0, 25, 50, 75, 100, 125, 150, 175, 200, 225]);
      expect([...perTurn.values()].every((starts) => starts.length === 32)).toBe(true);
      expect(statuses().filter((status) => status === "online")).toHaveLength(20);
    });

    test("lets those before be probed and told of, and tells nothing of the new ones before they are taken", async () => {
      const script = scripted({ old: up, dead: down, silent: "silent" });
      const { start, prober, results, transitions, statuses } = setUp(
        script.table,
        shopOf([httpMonitor({ toleratedFailures: 0 })], checksOf(["old"])),
      );
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      script.behaviours["old"] = down;
      const snapshot = shopOf([httpMonitor({ toleratedFailures: 0 })], checksOf(["dead", "silent", "old"]));
      const prepared = prober.prepare(probeTargets(snapshot), 40 * SECOND);
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      expect(statuses()).toEqual(["degraded"]);
      expect(transitions).toEqual(["old checking → online", "old online → degraded"]);
      await prepared;
      // The new ones twice, since theirs is a schedule of its own.
      expect(results).toHaveLength(5);
      prober.update(probeTargets(snapshot));
      expect(statuses()).toEqual(["degraded", "degraded", "degraded"]);
    });

    test("leaves what was prepared before and never taken", async () => {
      const script = scripted({ first: "silent", second: "silent" });
      const { prober, results } = setUp(script.table, shopAt());
      const ended = prober.prepare(probeTargets(shopAt("first")), 60 * SECOND);
      await vi.advanceTimersByTimeAsync(SECOND);
      const second = prober.prepare(probeTargets(shopAt("second")), 2 * SECOND);
      await ended;
      await Promise.all([second, vi.advanceTimersByTimeAsync(60 * SECOND)]);
      expect(script.startsOf("first")).toEqual([0]);
      expect(script.startsOf("second")).toEqual([1000, 31_000, 61_000]);
      expect(results).toHaveLength(2);
    });

    test("does not wait where nothing is new", async () => {
      const { start, prober } = setUp(scripted({ silent: "silent" }).table, shopAt("silent"));
      start();
      await prober.prepare(probeTargets(shopAt("silent")), 60 * SECOND);
      expect(Date.now()).toBe(0);
    });

    test("resolves at once without targets", async () => {
      await setUp(scripted({}).table, shopAt()).round(SECOND);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe("start", () => {
    test("probes from start to start at the interval, however long the probes take", async () => {
      const script = scripted({ silent: "silent" });
      const { start } = setUp(script.table, shopAt("silent"));
      start();
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(script.startsOf("silent")).toEqual([0, 30_000, 60_000, 90_000]);
    });

    test("spreads the probes behind the first over the interval by chance", async () => {
      const shares = [0, 0.5, 0.9];
      const script = scripted({});
      const { start } = setUp(script.table, shopAt("a", "b", "c"), () => shares.shift() ?? 0);
      start();
      await vi.advanceTimersByTimeAsync(45 * SECOND);
      expect(script.startsOf("a")).toEqual([0, 30_000]);
      expect(script.startsOf("b")).toEqual([0, 15_000, 45_000]);
      expect(script.startsOf("c")).toEqual([0, 3000, 33_000]);
    });

    test("has the schedule of each target begin with its own first result, whoever else hangs", async () => {
      const script = scripted({ silent: "silent" });
      const { round } = setUp(script.table, shopAt("fine", "silent"), () => 0.9);
      const ended = round(5 * SECOND);
      await vi.advanceTimersByTimeAsync(4 * SECOND);
      expect(script.startsOf("fine")).toEqual([0, 3000]);
      await Promise.all([ended, vi.advanceTimersByTimeAsync(30 * SECOND)]);
      expect(script.startsOf("fine")).toEqual([0, 3000, 33_000]);
      expect(script.startsOf("silent")).toEqual([0, 33_000]);
    });

    test("does not double a probe that is still running when it is due again", async () => {
      const script = scripted({ silent: "silent" });
      const monitor = httpMonitor({ interval: 30 * SECOND, timeout: 70 * SECOND });
      const { start } = setUp(script.table, shopOf([monitor], checksOf(["silent"])));
      start();
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(script.startsOf("silent")).toEqual([0, 90_000]);
      expect(script.mostRunning()).toBe(1);
    });

    test("keeps targets of different intervals apart", async () => {
      const monitors = [tcpMonitor({ interval: 60 * SECOND }), httpMonitor({ interval: 10 * SECOND })];
      const checks = [checkOf(80, { host: "slow", monitor: 0 }), checkOf(80, { host: "fast", monitor: 1 })];
      const script = scripted({});
      const { start } = setUp(script.table, shopOf(monitors, checks));
      start();
      await vi.advanceTimersByTimeAsync(59 * SECOND);
      expect(script.startsOf("slow")).toHaveLength(1);
      expect(script.startsOf("fast")).toHaveLength(6);
    });

    test("degrades after the tolerated failures and recovers", async () => {
      const script = scripted({ a: up });
      const { start, results, transitions } = setUp(script.table, shopAt("a", "a"));
      start();
      await vi.advanceTimersByTimeAsync(0);
      script.behaviours["a"] = down;
      await vi.advanceTimersByTimeAsync(90 * SECOND);
      expect(transitions).toEqual(["a checking → online"]);
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      script.behaviours["a"] = up;
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      expect(transitions).toEqual(["a checking → online", "a online → degraded", "a degraded → online"]);
      expect(results.map(({ ok }) => ok)).toEqual([true, false, false, false, false, true, true]);
    });

    test("leaves the status alone and warns once a minute when it cannot be probed", async () => {
      const script = scripted({ a: up });
      const monitor = httpMonitor({ interval: 10 * SECOND, timeout: SECOND, toleratedFailures: 0 });
      const { start, statuses, lines, results } = setUp(script.table, shopOf([monitor], checksOf(["a"])));
      start();
      await vi.advanceTimersByTimeAsync(0);
      script.behaviours["a"] = notProbed;
      await vi.advanceTimersByTimeAsync(120 * SECOND);
      expect(statuses()).toEqual(["online"]);
      expect(results).toHaveLength(13);
      expect(lines.filter(({ level }) => level === "warn")).toEqual(
        Array.from({ length: 2 }, () => ({
          level: "warn",
          message: "an endpoint is not probed, and keeps its status",
          target: "http://a:80 (shop.example.com)",
          reason: "no file descriptor left in this process",
        })),
      );
    });

    test("leaves the status alone, logs an error and goes on when a probe breaks", async () => {
      const script = scripted({ a: () => Promise.reject(new TypeError("x")) });
      const { start, statuses, lines } = setUp(script.table, shopAt("a"));
      start();
      await vi.advanceTimersByTimeAsync(0);
      expect(statuses()).toEqual(["checking"]);
      expect(lines).toContainEqual(expect.objectContaining({ level: "error", message: "probe broke" }));
      script.behaviours["a"] = up;
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      expect(statuses()).toEqual(["online"]);
    });

    test("probes 10,000 targets once an interval each, with one timer", async () => {
      const script = scripted({});
      let calls = 0;
      const evenly = (): number => (calls++ % 10_000) / 10_000;
      const { start, delays, lines } = setUp(script.table, shopAt(...manyHosts(10_000)), evenly);
      start();
      await vi.advanceTimersByTimeAsync(38 * SECOND);
      // Behind the burst of the first probes, which waited for their turn, not for places.
      expect(Math.max(...delays)).toBeGreaterThan(5 * SECOND);
      expect(lines.filter(({ level }) => level === "warn")).toEqual([]);
      expect(vi.getTimerCount()).toBe(1);
      script.starts.length = 0;
      await vi.advanceTimersByTimeAsync(60 * SECOND + 50);
      const perTarget = [...Map.groupBy(script.starts, ({ host }) => host).values()];
      expect(perTarget).toHaveLength(10_000);
      const gaps = perTarget.map(([first, second]) => second!.at - first!.at);
      // A start waits for its turn, 25 ms at most.
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(29_975);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(30_025);
    });

    test("holds at most so many probes running, and still probes the living when thousands are dead", async () => {
      const hosts = manyHosts(4000);
      const script = scripted(Object.fromEntries(hosts.map((host) => [host, "silent" as const])));
      const { start, statuses } = setUp(script.table, shopAt(...hosts, "fine"), Math.random);
      start();
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      // And the living one.
      expect(script.mostRunning()).toBeLessThanOrEqual(MAX_SILENT + 1);
      expect(statuses().at(-1)).toBe("online");
      expect(statuses().filter((status) => status === "degraded")).toHaveLength(4000);
    });

    test("probes the living on time beside a hundred that are silent, and says that those are late", async () => {
      const hanging = manyHosts(100);
      const script = scripted(Object.fromEntries(hanging.map((host) => [host, "silent" as const])));
      const monitor = httpMonitor({ interval: 5 * SECOND, timeout: 4 * SECOND });
      const snapshot = shopOf([monitor], checksOf(["fine", ...hanging]));
      const { start, lines, delays } = setUp(script.table, snapshot, () => 0, 32);
      start();
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      expect(script.mostRunning()).toBe(25);
      expect(Math.max(...delays)).toBeGreaterThan(SECOND);
      const starts = script.startsOf("fine");
      expect(starts).toHaveLength(13);
      const gaps = starts.slice(1).map((at, i) => at - starts[i]!);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(5025);
      expect(lines.filter(({ message }) => message.startsWith("probes start late"))).toMatchObject([
        { level: "warn", places: 32 },
      ]);
    });

    test("waits without a timer while there is no place for another probe", async () => {
      const hosts = manyHosts(MAX_SILENT + 1);
      const script = scripted(Object.fromEntries(hosts.map((host) => [host, "silent" as const])));
      const { start } = setUp(script.table, shopAt(...hosts));
      start();
      await vi.advanceTimersByTimeAsync(5 * SECOND);
      expect(script.starts).toHaveLength(MAX_SILENT);
      // Those of the probes that run.
      expect(vi.getTimerCount()).toBe(MAX_SILENT);
    });
  });

  describe("stop", () => {
    test("aborts what runs, and leaves no timer and no callback behind", async () => {
      const script = scripted({ silent: "silent" });
      const { start, prober, results } = setUp(script.table, shopAt("silent", "fine"));
      start();
      await vi.advanceTimersByTimeAsync(1);
      expect(results).toHaveLength(1);
      await prober.stop();
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(results).toHaveLength(1);
      expect(script.starts).toHaveLength(2);
    });

    test("ends a first round", async () => {
      const { prober } = setUp(scripted({}).table, shopAt());
      const ended = prober.prepare(probeTargets(shopAt("silent")), 10 * SECOND);
      await vi.advanceTimersByTimeAsync(1);
      await prober.stop();
      await ended;
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe("update", () => {
    /** Interval 4 s, timeout 2 s. */
    const quick = (fields: Partial<HttpMonitor> = {}): HttpMonitor =>
      httpMonitor({ interval: 4 * SECOND, timeout: 2 * SECOND, ...fields });

    test("an endpoint that hangs fails over as soon as without reloads, however often they come", async () => {
      const script = scripted({ hangs: up });
      const snapshot = shopOf([quick({ toleratedFailures: 1 })], checksOf(["hangs"]));
      const { start, prober, transitions } = setUp(script.table, snapshot);
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      script.behaviours["hangs"] = "silent";
      const reloads = setInterval(() => prober.update(probeTargets(snapshot)), 1500);
      await vi.advanceTimersByTimeAsync(9.5 * SECOND);
      clearInterval(reloads);
      expect(script.startsOf("hangs")).toEqual([0, 4000, 8000]);
      expect(transitions).toEqual(["hangs checking → online", "hangs online → degraded"]);
    });

    test("a target that goes on is probed and judged as without reloads, at whatever moments they come", async () => {
      const SEEN = 39 * SECOND;
      const answersOf = (answers: readonly Answer[]) => {
        let probe = 0;
        return async () => answers[probe++] ?? up;
      };
      const seen = async (answers: readonly Answer[], fields: Partial<HttpMonitor>, reloads: readonly Reload[]) => {
        vi.setSystemTime(0);
        const script = scripted({ kept: answersOf(answers), a: "silent", b: down });
        const monitors = (interval: number) => [
          quick(fields),
          quick({ name: "others", interval, timeout: interval / 2 }),
        ];
        const snapshotOfReload = ({ others, interval }: Omit<Reload, "at">): Probed =>
          shopOf(monitors(interval), [...checksOf(others, 1), ...checksOf(["kept"])]);
        const { start, prober } = setUp(script.table, snapshotOfReload({ others: [], interval: SECOND }));
        start();
        for (const reload of reloads.toSorted((a, b) => a.at - b.at)) {
          await vi.advanceTimersByTimeAsync(reload.at - Date.now());
          prober.update(probeTargets(snapshotOfReload(reload)));
        }
        await vi.advanceTimersByTimeAsync(SEEN - Date.now());
        const { state } = prober.states().at(-1)!;
        await prober.stop();
        // A start waits for its turn, 25 ms at most.
        const coarse = (at: number): number => Math.floor(at / 100);
        return { starts: script.startsOf("kept").map(coarse), state: { ...state, since: coarse(state.since) } };
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom<Answer>(up, down, notProbed, "silent"), { maxLength: 10 }),
          fc.record({
            toleratedFailures: fc.integer({ min: 0, max: 3 }),
            recoverAfter: fc.integer({ min: 1, max: 3 }),
          }),
          fc.array(
            fc.record({
              at: fc.integer({ min: 0, max: SEEN - 1 }),
              others: fc.subarray(["a", "b", "c"]),
              interval: fc.constantFrom(SECOND, 3 * SECOND),
            }),
            { maxLength: 40, size: "max" },
          ),
          async (answers, thresholds, reloads) => {
            expect(await seen(answers, thresholds, reloads)).toEqual(await seen(answers, thresholds, []));
          },
        ),
        { numRuns: 60 },
      );
    });

    test("tells of the endpoints of the new snapshot, by its thresholds, what a running probe of before finds", async () => {
      const script = scripted({ a: up });
      const { start, prober, transitions } = setUp(script.table, shopOf([quick()], checksOf(["a"])));
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      script.behaviours["a"] = "silent";
      await vi.advanceTimersByTimeAsync(4 * SECOND);
      const checks = [...checksOf(["new"]), ...checksOf(["a"], 1)];
      prober.update(probeTargets(shopOf([tcpMonitor(), quick({ toleratedFailures: 0 })], checks)));
      await vi.advanceTimersByTimeAsync(SECOND + 1);
      expect(transitions).toEqual(["a checking → online", "new checking → online", "a online → degraded"]);
    });

    test("probes a new target at once, and one that is gone no more: nothing is told of what still ran", async () => {
      const script = scripted({ gone: "silent" });
      const { start, prober, results, statuses } = setUp(script.table, shopAt("gone"));
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      prober.update(probeTargets(shopAt("new")));
      expect(statuses()).toEqual(["checking"]);
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      expect(script.startsOf("gone")).toEqual([0]);
      expect(script.startsOf("new")).toEqual([1000, 31_000, 61_000]);
      expect(results).toHaveLength(3);
      expect(statuses()).toEqual(["online"]);
    });

    test("what was not probed has no verdict: a target that was left begins anew", async () => {
      const check = checkOf(80, { host: "dead" });
      const withEnabled = (enabled: boolean): Probed =>
        snapshotOf([httpMonitor()], [{ name: "shop", endpoints: [{ name: "e0", check, enabled }] }]);
      const { start, prober, statuses } = setUp(scripted({ dead: down }).table, withEnabled(true));
      start();
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(statuses()).toEqual(["degraded"]);
      prober.update(probeTargets(withEnabled(false)));
      prober.update(probeTargets(withEnabled(true)));
      expect(statuses()).toEqual(["checking"]);
    });

    test("each target has its last result while it is asked, whatever reloads do", async () => {
      const hosts = ["a", "b", "c"] as const;
      const steps = fc.oneof(
        fc.record({
          kind: fc.constant("reload"),
          prepared: fc.boolean(),
          hosts: fc.array(fc.option(fc.constantFrom(...hosts), { nil: undefined }), { minLength: 3, maxLength: 3 }),
          path: fc.constantFrom("/one", "/two"),
        }),
        fc.record({
          kind: fc.constant("answer"),
          target: fc.nat({ max: 2 }),
          verdict: fc.constantFrom(up, down, notProbed),
        }),
        fc.record({ kind: fc.constant("wait") }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 40, size: "max" }), async (sequence) => {
          /** The probes that run, by what they ask; a newer one replaces one that was aborted. */
          const asked = new Map<string, (verdict: ProbeVerdict) => void>();
          const probe: Probe<HttpMonitor> = ({ addresses }, { path }, signal) =>
            new Promise((resolve) => {
              const key = `${addresses[0]}${path}`;
              asked.set(key, resolve);
              signal.addEventListener("abort", () => resolve(notProbed));
            });
          const table = { ...scripted({}).table, http: probe, https: probe };
          const { prober } = setUp(table, shopAt());
          const thresholds = { toleratedFailures: 0, recoverAfter: 1, interval: 10 * SECOND, timeout: 9 * SECOND };

          /** The model: what each endpoint asks, and the last result of each question while it is asked. */
          let asks = new Map<string, string>();
          let results = new Map<string, string>();

          for (const step of sequence) {
            if (step.kind === "reload") {
              const { path } = step;
              const endpoints = step.hosts.flatMap((host, i) =>
                host === undefined ? [] : [{ name: `e${i}`, check: checkOf(80, { host }) }],
              );
              const snapshot = snapshotOf([httpMonitor({ path, ...thresholds })], [{ name: "shop", endpoints }]);
              if (step.prepared) {
                await Promise.all([
                  prober.prepare(probeTargets(snapshot), SECOND),
                  vi.advanceTimersByTimeAsync(SECOND),
                ]);
              }
              prober.update(probeTargets(snapshot));
              asks = new Map(endpoints.map(({ name, check }) => [name, `${check.host}${path}`]));
              const kept = new Set(asks.values());
              results = new Map([...results].filter(([key]) => kept.has(key)));
              await vi.advanceTimersByTimeAsync(30);
            } else if (step.kind === "answer") {
              const key = [...asks.values()][step.target];
              const answer = key === undefined ? undefined : asked.get(key);
              if (key === undefined || answer === undefined) continue;
              asked.delete(key);
              answer(step.verdict);
              await vi.advanceTimersByTimeAsync(0);
              if (step.verdict === notProbed) continue;
              results.set(key, step.verdict.ok ? "online" : "degraded");
            } else {
              // No probe times out: each is answered by abort, which changes nothing, and is asked again.
              await vi.advanceTimersByTimeAsync(10 * SECOND);
            }
            const found = prober.states().map(({ target: { check, monitor }, state }) => {
              return [`${check.host}${(monitor as HttpMonitor).path}`, state.status] as const;
            });
            const wanted = [...new Set(asks.values())].map((key) => [key, results.get(key) ?? "checking"] as const);
            expect(new Map(found)).toEqual(new Map(wanted));
          }
          await prober.stop();
        }),
        { numRuns: 200 },
      );
    });

    test.for([
      ["interval", { interval: 20 * SECOND }, 20_000],
      ["timeout", { timeout: 5 * SECOND }, 30_000],
    ] as const)(
      "keeps the state where the %s alone has changed, and spreads the target anew",
      async ([, fields, interval]) => {
        const script = scripted({ a: down });
        const shares = [0];
        const { start, prober, results, statuses } = setUp(script.table, shopAt("a"), () => shares.pop() ?? 0.5);
        start();
        await vi.advanceTimersByTimeAsync(SECOND);
        script.behaviours["a"] = "silent";
        await vi.advanceTimersByTimeAsync(30 * SECOND);
        prober.update(probeTargets(shopOf([httpMonitor(fields)], checksOf(["a"]))));
        expect(statuses()).toEqual(["degraded"]);
        expect(prober.states()[0]?.state.lastFailure).toBe("status 503, wanted 200-299");
        await vi.advanceTimersByTimeAsync(1.5 * interval);
        expect(script.startsOf("a")).toEqual([0, 30_000, 31_000 + interval / 2, 31_000 + 1.5 * interval]);
        // The one that ran was aborted, the last one runs.
        expect(results).toHaveLength(2);
      },
    );

    test("gives the places of those that are gone to those that wait for one", async () => {
      const silent = manyHosts(MAX_SILENT);
      const script = scripted(Object.fromEntries(silent.map((host) => [host, "silent" as const])));
      const { start, prober } = setUp(script.table, shopAt(...silent));
      start();
      await vi.advanceTimersByTimeAsync(2 * SECOND);
      expect(script.mostRunning()).toBe(MAX_SILENT);
      prober.update(probeTargets(shopAt("fine")));
      await vi.advanceTimersByTimeAsync(25);
      expect(script.startsOf("fine")).toHaveLength(1);
    });
  });
});

describe("with real servers", () => {
  test("sees an endpoint go down and come back, and stops without leaving a socket", async () => {
    const patience = { timeout: 10 * SECOND, interval: 5 };
    let status = 200;
    const server = createServer((_request, response) => void response.writeHead(status).end());
    const checks = [checkOf(await listen(server)), checkOf(await closedTcpPort())];
    const monitor = httpMonitor({ interval: 20, timeout: 2000, toleratedFailures: 1 });
    const { round, prober, transitions, statuses } = setUp(realProbes, shopOf([monitor], checks), Math.random);
    await round(5000);
    expect(statuses()).toEqual(["online", "degraded"]);
    status = 500;
    await vi.waitFor(() => expect(transitions[0]).toBe("127.0.0.1 online → degraded"), patience);
    status = 200;
    await vi.waitFor(() => expect(transitions[1]).toBe("127.0.0.1 degraded → online"), patience);
    await prober.stop();
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain("TCPSocketWrap"), patience);
  });
});
