import { createServer } from "node:http";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createProber, type Prober, type ProberOptions } from "../../src/health/prober.ts";
import type { Probe, ProbeOutcome, ProbeVerdict } from "../../src/health/probes/probe.ts";
import { probes as realProbes, type ProbeTable } from "../../src/health/probes/table.ts";
import type { EndpointCheck, Snapshot } from "../../src/routing/snapshot.ts";
import type { LogFields, Logger } from "../../src/shared/ports.ts";
import { checkOf, httpMonitor, tcpMonitor } from "./fixtures/monitors.ts";
import { closedTcpPort, listen } from "./fixtures/servers.ts";
import { shopOf, snapshotOf } from "./fixtures/snapshot.ts";

const up: ProbeVerdict = { ok: true };
const down: ProbeVerdict = { ok: false, code: "status", reason: "status 503, wanted 200-299" };
const late: ProbeVerdict = { ok: false, code: "timeout", reason: "no response within 10000 ms" };
const notProbed: ProbeVerdict = { ok: false, code: "not-probed", reason: "no file descriptor left in this process" };

/** What a target does: an immediate verdict, no answer until the signal, or whatever the function does. */
type Behaviour = ProbeVerdict | "silent" | (() => Promise<ProbeVerdict>);

/** Answers by host, and notes when each was asked. */
function scripted(behaviours: Record<string, Behaviour>) {
  const starts: { readonly host: string; readonly at: number }[] = [];
  let running = 0;
  let mostRunning = 0;
  const answer = async (host: string, signal: AbortSignal): Promise<ProbeVerdict> => {
    const behaviour = behaviours[host] ?? up;
    if (typeof behaviour === "function") return behaviour();
    if (behaviour !== "silent") return behaviour;
    await once(signal, "abort");
    return late;
  };
  const probe: Probe = async ({ host }, _monitor, signal) => {
    starts.push({ host, at: Date.now() });
    mostRunning = Math.max(mostRunning, ++running);
    return answer(host, signal).finally(() => running--);
  };
  const table: ProbeTable = { http: probe, https: probe, tcp: probe, dns: probe };
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
  readonly results: readonly ProbeOutcome[];
  readonly transitions: readonly string[];
  readonly lines: ReturnType<typeof recordingLogger>["lines"];
  readonly statuses: () => readonly string[];
}

function setUp(table: ProbeTable, options: ProberOptions, random: () => number = () => 0): Setup {
  const { logger, lines } = recordingLogger();
  const results: ProbeOutcome[] = [];
  const transitions: string[] = [];
  const prober = createProber(options, {
    probes: table,
    clock: Date.now,
    random,
    logger,
    onResult: (_target, outcome) => void results.push(outcome),
    onTransition: (transition) =>
      void transitions.push(`${transition.target.endpoints[0]?.name} ${transition.from} → ${transition.state.status}`),
  });
  onTestFinished(() => prober.stop());
  return { prober, results, transitions, lines, statuses: () => prober.states().map(({ state }) => state.status) };
}

const checksOf = (hosts: readonly string[], monitor = 0): EndpointCheck[] =>
  hosts.map((host) => checkOf(80, { host, monitor }));

/** Endpoint `e0` is at the first host, and so on; interval 30 s, timeout 10 s, 3 tolerated failures. */
const shopAt = (...hosts: readonly string[]): Snapshot => shopOf([httpMonitor()], checksOf(hosts));

const manyHosts = (count: number): string[] => Array.from({ length: count }, (_, i) => `host${i}`);

const SECOND = 1000;

describe("with mocked time", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  describe("firstRound", () => {
    test("probes every target once and resolves when the last has answered", async () => {
      const slow = Promise.withResolvers<ProbeVerdict>();
      const script = scripted({ dead: down, slow: () => slow.promise });
      const { prober, statuses } = setUp(script.table, { snapshot: shopAt("fine", "dead", "slow") });
      const resolved = vi.fn<() => void>();
      const round = prober.firstRound(5 * SECOND).then(resolved);
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(resolved).not.toHaveBeenCalled();
      slow.resolve(up);
      await round;
      expect(statuses()).toEqual(["online", "degraded", "online"]);
      expect(script.starts).toHaveLength(3);
      expect(vi.getTimerCount()).toBe(0);
    });

    test("degrades on one failure although three are tolerated: there is no good state to protect", async () => {
      const { prober, transitions } = setUp(scripted({ dead: down }).table, { snapshot: shopAt("dead") });
      await Promise.all([prober.firstRound(5 * SECOND), vi.advanceTimersByTimeAsync(0)]);
      expect(transitions).toEqual(["e0 checking → degraded"]);
    });

    test("resolves at the limit, leaves who has not answered checking, and takes the answer when it comes", async () => {
      const script = scripted({ silent: "silent" });
      const { prober, statuses } = setUp(script.table, { snapshot: shopAt("fine", "silent") });
      await Promise.all([prober.firstRound(2 * SECOND), vi.advanceTimersByTimeAsync(2 * SECOND)]);
      expect(statuses()).toEqual(["online", "checking"]);
      await vi.advanceTimersByTimeAsync(8 * SECOND + 1);
      expect(statuses()).toEqual(["online", "degraded"]);
    });

    test("starts no more than 32 probes in 25 ms, and is not held up by targets that do not answer", async () => {
      const hosts = manyHosts(320);
      const silent = Object.fromEntries(hosts.slice(0, 300).map((host) => [host, "silent" as const]));
      const script = scripted(silent);
      const { prober, statuses } = setUp(script.table, { snapshot: shopAt(...hosts) });
      await Promise.all([prober.firstRound(SECOND), vi.advanceTimersByTimeAsync(SECOND)]);
      const perTurn = Map.groupBy(script.starts, ({ at }) => at);
      expect([...perTurn.keys()]).toEqual([0, 25, 50, 75, 100, 125, 150, 175, 200, 225]);
      expect([...perTurn.values()].every((starts) => starts.length === 32)).toBe(true);
      expect(statuses().filter((status) => status === "online")).toHaveLength(20);
    });

    test("resolves at once without targets", async () => {
      await setUp(scripted({}).table, { snapshot: shopAt() }).prober.firstRound(SECOND);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe("start", () => {
    test("probes from start to start at the interval, however long the probes take", async () => {
      const script = scripted({ silent: "silent" });
      const { prober } = setUp(script.table, { snapshot: shopAt("silent") });
      prober.start();
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(script.startsOf("silent")).toEqual([0, 30_000, 60_000, 90_000]);
    });

    test("spreads targets that have a result over the interval by chance", async () => {
      const shares = [0, 0.5, 0.9];
      const script = scripted({});
      const { prober } = setUp(script.table, { snapshot: shopAt("a", "b", "c") }, () => shares.shift() ?? 0);
      await Promise.all([prober.firstRound(SECOND), vi.advanceTimersByTimeAsync(0)]);
      prober.start();
      await vi.advanceTimersByTimeAsync(45 * SECOND);
      expect(script.startsOf("a").slice(1)).toEqual([25, 30_000]);
      expect(script.startsOf("b").slice(1)).toEqual([15_000, 45_000]);
      expect(script.startsOf("c").slice(1)).toEqual([27_000]);
    });

    test("probes at once what has no result, and goes on with what the first round has not finished", async () => {
      const script = scripted({ silent: "silent" });
      const { prober } = setUp(script.table, { snapshot: shopAt("silent") }, () => 0.5);
      await Promise.all([prober.firstRound(SECOND), vi.advanceTimersByTimeAsync(SECOND)]);
      prober.start();
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      expect(script.startsOf("silent")).toEqual([0, 30_000]);

      const unprobed = setUp(script.table, { snapshot: shopAt("new") }, () => 0.5);
      unprobed.prober.start();
      await vi.advanceTimersByTimeAsync(0);
      expect(script.startsOf("new")).toHaveLength(1);
    });

    test("does not double a probe that is still running when it is due again", async () => {
      const script = scripted({ silent: "silent" });
      const monitor = httpMonitor({ interval: 30 * SECOND, timeout: 70 * SECOND });
      const { prober } = setUp(script.table, { snapshot: shopOf([monitor], checksOf(["silent"])) });
      prober.start();
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(script.startsOf("silent")).toEqual([0, 90_000]);
      expect(script.mostRunning()).toBe(1);
    });

    test("keeps targets of different intervals apart", async () => {
      const monitors = [tcpMonitor({ interval: 60 * SECOND }), httpMonitor({ interval: 10 * SECOND })];
      const checks = [checkOf(80, { host: "slow", monitor: 0 }), checkOf(80, { host: "fast", monitor: 1 })];
      const script = scripted({});
      const { prober } = setUp(script.table, { snapshot: shopOf(monitors, checks) });
      prober.start();
      await vi.advanceTimersByTimeAsync(59 * SECOND);
      expect(script.startsOf("slow")).toHaveLength(1);
      expect(script.startsOf("fast")).toHaveLength(6);
    });

    test("degrades after the tolerated failures and recovers, with a line for each endpoint of the target", async () => {
      const check = checkOf(80, { host: "a" });
      const snapshot = snapshotOf(
        [httpMonitor()],
        [
          { name: "shop", endpoints: [{ name: "ireland", check }] },
          { name: "blog", endpoints: [{ name: "dublin", check }] },
        ],
      );
      const script = scripted({ a: up });
      const { prober, results, transitions, lines } = setUp(script.table, { snapshot });
      prober.start();
      await vi.advanceTimersByTimeAsync(0);
      script.behaviours["a"] = down;
      await vi.advanceTimersByTimeAsync(90 * SECOND);
      expect(transitions).toEqual(["ireland checking → online"]);
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      script.behaviours["a"] = up;
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      expect(transitions).toEqual([
        "ireland checking → online",
        "ireland online → degraded",
        "ireland degraded → online",
      ]);
      expect(results.map(({ ok }) => ok)).toEqual([true, false, false, false, false, true, true]);
      const message = "endpoint status changed";
      const target = "http://a:80";
      const { reason } = down;
      expect(lines).toEqual(
        [
          { level: "debug", message, from: "checking", to: "online", reason: undefined, target },
          { level: "warn", message, from: "online", to: "degraded", reason, target },
          { level: "info", message, from: "degraded", to: "online", reason, target },
        ].flatMap((line) => [
          { ...line, profile: "shop", endpoint: "ireland" },
          { ...line, profile: "blog", endpoint: "dublin" },
        ]),
      );
    });

    test("leaves the status alone and warns once a minute when this machine cannot probe", async () => {
      const script = scripted({ a: up });
      const monitor = httpMonitor({ interval: 10 * SECOND, timeout: SECOND, toleratedFailures: 0 });
      const { prober, statuses, lines, results } = setUp(script.table, {
        snapshot: shopOf([monitor], checksOf(["a"])),
      });
      prober.start();
      await vi.advanceTimersByTimeAsync(0);
      script.behaviours["a"] = notProbed;
      await vi.advanceTimersByTimeAsync(120 * SECOND);
      expect(statuses()).toEqual(["online"]);
      expect(results).toHaveLength(13);
      expect(lines.filter(({ level }) => level === "warn")).toEqual(
        Array.from({ length: 2 }, () => ({
          level: "warn",
          message: "this machine cannot probe",
          target: "http://a:80",
          reason: "no file descriptor left in this process",
        })),
      );
    });

    test("leaves the status alone, logs an error and goes on when a probe breaks", async () => {
      const script = scripted({ a: () => Promise.reject(new TypeError("x")) });
      const { prober, statuses, lines } = setUp(script.table, { snapshot: shopAt("a") });
      prober.start();
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
      const { prober } = setUp(script.table, { snapshot: shopAt(...manyHosts(10_000)) }, evenly);
      await Promise.all([prober.firstRound(20 * SECOND), vi.advanceTimersByTimeAsync(20 * SECOND)]);
      expect(script.starts).toHaveLength(10_000);
      prober.start();
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

    test("holds at most 2,048 probes running, and still probes the living when thousands are dead", async () => {
      const hosts = manyHosts(4000);
      const script = scripted(Object.fromEntries(hosts.map((host) => [host, "silent" as const])));
      const { prober, statuses } = setUp(script.table, { snapshot: shopAt(...hosts, "fine") }, Math.random);
      prober.start();
      await vi.advanceTimersByTimeAsync(60 * SECOND);
      expect(script.mostRunning()).toBe(2048);
      expect(statuses().at(-1)).toBe("online");
      expect(statuses().filter((status) => status === "degraded")).toHaveLength(4000);
    });
  });

  describe("stop", () => {
    test("aborts what runs, and leaves no timer and no callback behind", async () => {
      const script = scripted({ silent: "silent" });
      const { prober, results } = setUp(script.table, { snapshot: shopAt("silent", "fine") });
      prober.start();
      await vi.advanceTimersByTimeAsync(1);
      expect(results).toHaveLength(1);
      await prober.stop();
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(100 * SECOND);
      expect(results).toHaveLength(1);
      expect(script.starts).toHaveLength(2);
    });

    test("ends a first round", async () => {
      const { prober } = setUp(scripted({ silent: "silent" }).table, { snapshot: shopAt("silent") });
      const round = prober.firstRound(10 * SECOND);
      await vi.advanceTimersByTimeAsync(1);
      await prober.stop();
      await round;
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  describe("initial", () => {
    test("carries the states of the same checks over to the next prober, wherever they stand in the file", async () => {
      const script = scripted({ dead: down });
      const before = setUp(script.table, { snapshot: shopAt("fine", "dead") });
      await Promise.all([before.prober.firstRound(SECOND), vi.advanceTimersByTimeAsync(SECOND)]);
      await before.prober.stop();

      const snapshot = shopOf(
        [tcpMonitor(), httpMonitor({ interval: 10 * SECOND })],
        [...checksOf(["new"]), ...checksOf(["dead", "fine"], 1)],
      );
      const after = setUp(script.table, { snapshot, initial: before.prober.states() }, () => 0.5);
      expect(after.statuses()).toEqual(["checking", "degraded", "online"]);
      expect(after.prober.states()[1]?.state.lastFailure).toBe("status 503, wanted 200-299");

      after.prober.start();
      await vi.advanceTimersByTimeAsync(4 * SECOND);
      expect(script.starts.slice(2)).toEqual([{ host: "new", at: 1000 }]);
      expect(after.transitions).toEqual(["e0 checking → online"]);
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(new Set(script.starts.slice(3).map(({ host }) => host))).toEqual(new Set(["dead", "fine"]));
    });

    test("begins anew where the check has changed", () => {
      const { table } = scripted({});
      const state = { status: "degraded", failures: 4, successes: 0, since: 0, lastFailure: "x" } as const;
      const initial = setUp(table, { snapshot: shopAt("a") })
        .prober.states()
        .map(({ key }) => ({ key, state }));
      const changed = shopOf([httpMonitor({ path: "/ready" })], checksOf(["a"]));
      expect(setUp(table, { snapshot: shopAt("a"), initial }).statuses()).toEqual(["degraded"]);
      expect(setUp(table, { snapshot: changed, initial }).statuses()).toEqual(["checking"]);
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
    const { prober, transitions } = setUp(realProbes, { snapshot: shopOf([monitor], checks) }, Math.random);
    await prober.firstRound(5000);
    expect(transitions.toSorted()).toEqual(["e0 checking → online", "e1 checking → degraded"]);
    prober.start();
    status = 500;
    await vi.waitFor(() => expect(transitions[2]).toBe("e0 online → degraded"), patience);
    status = 200;
    await vi.waitFor(() => expect(transitions[3]).toBe("e0 degraded → online"), patience);
    await prober.stop();
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain("TCPSocketWrap"), patience);
  });
});
