/**
 * Probes, overrides, failbacks, reloads and restarts in any order: the real prober, state machine, generations, overrides,
 * state table and state file (in memory), held to a plain reference. Time is mocked, and what probes find.
 */
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createGenerations, type Generations } from "../../src/app/generations.ts";
import type { LoadedGeneration } from "../../src/app/load/loader.ts";
import { createOverrides, type Overrides } from "../../src/control/overrides.ts";
import type { Formula, Monitor } from "../../src/health/monitoring.ts";
import { planProbes } from "../../src/health/probe-target.ts";
import type { TargetRules } from "../../src/health/probe-state.ts";
import type { Probe } from "../../src/health/probes/probe.ts";
import { connect } from "../../src/state/store/connection.ts";
import { migrate } from "../../src/state/store/migrations.ts";
import { readKept } from "../../src/state/store/reads.ts";
import { STEPS } from "../../src/state/store/schema.ts";
import { createWriter } from "../../src/state/store/writes.ts";
import { checkOf, httpMonitor, tcpMonitor } from "../health/fixtures/monitors.ts";
import { snapshotOf } from "../health/fixtures/snapshot.ts";
import { asReferred } from "../health/reference-state.ts";
import type { LogFields } from "../../src/shared/ports.ts";
import {
  createGenerationsReference,
  targetsOf,
  type Configured,
  type ConfiguredEndpoint,
  type MonitorName,
  type TargetName,
} from "./generations-reference.ts";

/** What all probes do, by their monitors: set by the test that runs. */
const asked = vi.hoisted(() => ({
  by: undefined as unknown as (monitor: string, host: string) => "up" | "down" | "not-probed",
}));

vi.mock("../../src/health/probes/table.ts", () => {
  const probe: Probe = async ({ addresses: [host] }, { name }) => {
    const answer = asked.by(name, host!);
    if (answer === "up") return { ok: true };
    if (answer === "down") return { ok: false, code: "refused", reason: "connection refused" };
    return { ok: false, code: "not-probed", reason: "no file descriptor left in this process" };
  };
  return { probes: { http: probe, tcp: probe }, ASKS_OTHERS: new Set() };
});

beforeAll(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterAll(() => void vi.useRealTimers());

const HOSTS = ["192.0.2.1", "192.0.2.2"];
const NAMES = ["a", "b"];

function loadedOf({ rules, endpoints }: Configured): LoadedGeneration {
  const monitors: readonly Monitor[] = [
    httpMonitor({ name: "web", ...rules.web }),
    tcpMonitor({ name: "port", ...rules.port }),
  ];
  const names = Object.keys(endpoints);
  const { snapshot } = snapshotOf(monitors, [
    { name: "shop", endpoints: names.map((name) => ({ name, check: checkOf(80) })) },
  ]);
  const checks = Object.values(endpoints).map(({ host, monitors: of }) => {
    if (of.length === 0) return undefined;
    const parts = of.map((name): Formula => {
      const monitor = name === "web" ? 0 : 1;
      return { kind: "probe", check: checkOf(80, { host, monitor }) };
    });
    return { addresses: "whole" as const, parts: [{ kind: "atLeast" as const, count: parts.length, of: parts }] };
  });
  const settings = { health: { firstRound: 5000, lastAddress: 0, slowDown: undefined }, dns: {} };
  return {
    config: { settings, sites: [], contents: [] },
    outline: snapshot,
    probes: planProbes({ snapshot, monitoring: { monitors, checks, loads: [] } }),
    loads: [],
    targetTexts: names,
    geo: { databases: [], table: undefined },
  } as unknown as LoadedGeneration;
}

/** All that runs, as the server puts it together. */
class Running {
  readonly #connection = connect(":memory:", { timeout: 0 });
  readonly #answers = new Map<string, "up" | "down" | "not-probed">();
  readonly reference = createGenerationsReference();
  /** The rules by which new targets are judged before their configuration is taken. */
  #coming: Configured | undefined;
  readonly faults: LogFields[] = [];
  config: Configured;
  generations!: Generations;
  overrides!: Overrides;

  constructor(first: Configured) {
    migrate(this.#connection, STEPS);
    this.config = first;
    asked.by = (monitor, host) => {
      const answer = this.#answers.get(host) ?? "up";
      const name = monitor as MonitorName;
      const isNew = !Object.values(this.config.endpoints).flatMap(targetsOf).includes(`${name} ${host}`);
      const { rules } = isNew ? (this.#coming ?? this.config) : this.config;
      if (answer !== "not-probed") this.reference.found(`${name} ${host}`, answer === "up", rules[name], Date.now());
      return answer;
    };
  }

  async start(): Promise<void> {
    const write = createWriter(this.#connection);
    // A fault of ours must not pass for a probe that could not be made.
    const logger = { debug() {}, info() {}, warn() {}, error: (fields: LogFields) => void this.faults.push(fields) };
    this.generations = createGenerations({
      clock: Date.now,
      logger,
      services: { of: () => undefined } as never,
      metrics: () => ({ probeStarted() {}, probed() {}, keepMonitors() {} }),
      onChange() {},
      onStates(states) {
        const targets = states.map(({ target: { key }, state }) => ({ key, ...state }));
        write({ kind: "batch", targets, transitions: [], alive: Date.now() });
      },
      loads: { update() {}, probed() {}, reported() {}, shareOf: () => 1 },
      decisions: () => ({}) as never,
      maxProbes: 100,
    });
    this.overrides = createOverrides({
      clock: Date.now,
      logger,
      store: {
        async setOverride(override) {
          write({ kind: "set-override", override });
          return true;
        },
        async clearOverrides(ids) {
          write({ kind: "clear-overrides", ids });
          return true;
        },
      },
      served: () => this.generations.all(),
      onChange() {},
      onEvent() {},
    });
    const { overrides, targets } = readKept(this.#connection);
    this.overrides.restore(overrides);
    this.generations.restore(new Map(targets.map(({ key, ...state }) => [key, state])));
    await this.take(this.config);
    this.generations.restore(new Map());
  }

  async take(config: Configured): Promise<void> {
    const loaded = loadedOf(config);
    this.#coming = config;
    await Promise.all([this.generations.firstRound(loaded), vi.advanceTimersByTimeAsync(100)]);
    const generation = this.generations.take(loaded, new Map());
    this.overrides.tell(generation);
    createWriter(this.#connection)({ kind: "keep-targets", keys: [...generation.probedKeys] });
    this.config = config;
    this.#coming = undefined;
    this.reference.reload(config);
  }

  async stop(): Promise<void> {
    this.overrides.stop();
    await this.generations.stop();
  }

  answers(host: string, answer: "up" | "down" | "not-probed"): void {
    this.#answers.set(host, answer);
  }

  keyOf(name: TargetName): string {
    const [monitor, host] = name.split(" ");
    const targets = this.generations
      .current()!
      .fold.all()
      .flatMap((one) => one.targets);
    return targets.find((target) => target.monitor.name === monitor && target.check.host === host)!.key;
  }

  /** The probe targets of an endpoint that is configured. */
  targetsOf(name: string): readonly TargetName[] {
    const endpoint = this.config.endpoints[name];
    return endpoint === undefined ? [] : targetsOf(endpoint);
  }

  /** What is kept of probe targets, by their names. */
  targets() {
    const { outline, probedOf } = this.generations.current()!;
    const all = outline.endpoints.flatMap(({ id }) => probedOf(id)?.targets ?? []);
    return Object.fromEntries(
      all.map(({ target: { monitor, check }, state }) => [`${monitor.name} ${check.host}`, asReferred(state)]),
    );
  }

  /** What workers see. */
  states() {
    const { outline, states } = this.generations.current()!;
    return Object.fromEntries(
      outline.endpoints.map(({ id, name }) => {
        const { status, forced } = states.view.stateOf(id);
        return [name, { status, forced }];
      }),
    );
  }
}

type Model = Record<string, never>;
type Command = fc.AsyncCommand<Model, Running>;

/** A command; the reference is told what it does, and asked afterwards. */
function command(text: string, run: (real: Running) => Promise<void> | void): Command {
  return {
    check: () => true,
    async run(_model, real) {
      await run(real);
      expect(real.faults).toEqual([]);
      expect(real.states()).toEqual(real.reference.states(Date.now()));
      expect(real.targets()).toEqual(real.reference.targets());
    },
    toString: () => text,
  };
}

const millis = (max: number) => fc.integer({ min: 0, max });
const SECOND = 1000;

const anyRules: fc.Arbitrary<TargetRules> = fc.record({
  interval: fc.constantFrom(5 * SECOND, 10 * SECOND),
  toleratedFailures: fc.integer({ min: 0, max: 3 }),
  window: fc.option(fc.constantFrom({ failures: 2, of: 4 }, { failures: 3, of: 10 }), { nil: undefined, freq: 2 }),
  recoverAfter: fc.integer({ min: 1, max: 3 }),
  hold: fc.constantFrom(0, 0, 7 * SECOND),
  damping: fc.option(fc.constant({ window: 60 * SECOND, max: 90 * SECOND }), { nil: undefined, freq: 2 }),
  failback: fc.constantFrom("auto" as const, "auto" as const, "manual" as const, 20 * SECOND),
});
const anyEndpoint: fc.Arbitrary<ConfiguredEndpoint> = fc.record({
  host: fc.constantFrom(...HOSTS),
  monitors: fc.constantFrom<MonitorName[]>(["web"], ["web"], ["web", "port"], []),
});
const anyConfig: fc.Arbitrary<Configured> = fc.record({
  rules: fc.record({ web: anyRules, port: anyRules }),
  endpoints: fc.dictionary(fc.constantFrom(...NAMES), anyEndpoint, { minKeys: 1 }),
});
const anyPattern = fc.constantFrom(undefined, ...NAMES);

/** What was left at restarts. */
const left = new Set<string>();

function onRestart({ status, isRecovered, flaps = 0, returned = false }: ReturnType<typeof asReferred>): string {
  return [status, isRecovered && "recovered", flaps > 0 && "damped", returned && "returned"].filter(Boolean).join(" ");
}

const answers = (host: string, answer: "up" | "down" | "not-probed"): Command =>
  command(`${host} is ${answer}`, (real) => real.answers(host, answer));

const pass = (time: number): Command =>
  command(`${time} ms pass`, async () => {
    await vi.advanceTimersByTimeAsync(time);
  });

const reload = (config: Configured): Command =>
  command(`reload of ${fc.stringify(config)}`, (real) => real.take(config));

const restart = (time: number): Command =>
  command(`restart after ${time} ms`, async (real) => {
    for (const one of Object.values(real.reference.targets())) left.add(onRestart(one));
    await real.stop();
    vi.setSystemTime(Date.now() + time);
    real.reference.restart();
    await real.start();
  });

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...HOSTS),
        fc.constantFrom("up" as const, "down" as const, "down" as const, "not-probed" as const),
      )
      .map(([host, answer]) => answers(host, answer)),
  },
  {
    weight: 8,
    arbitrary: fc
      .oneof({ weight: 3, arbitrary: millis(12 * SECOND) }, { weight: 1, arbitrary: millis(100 * SECOND) })
      .map(pass),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 5 })).map(([name, times]) =>
      command(`${name} is probed ${times} times`, async (real) => {
        for (let i = 0; i < times; i++) {
          for (const target of real.targetsOf(name)) await real.generations.probe(real.keyOf(target));
        }
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...NAMES).map((name) =>
      command(`failback of ${name}`, (real) => {
        for (const target of real.targetsOf(name)) {
          const { ok: isBack } = real.generations.release(real.keyOf(target))!;
          if (isBack !== real.reference.failback(target, Date.now()))
            throw new Error(`failback of ${target}: ${isBack}`);
        }
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        anyPattern,
        fc.constantFrom("up" as const, "down" as const, "out" as const),
        fc.option(millis(60 * SECOND), { nil: undefined }),
      )
      .map(([name, action, time]) =>
        command(`${name ?? "*"} is forced ${action} for ${time}`, async (real) => {
          const asks = { pattern: `shop/${name ?? "*"}`, action, for: time };
          await real.overrides.set(real.overrides.draft(asks, "ada"));
          real.reference.rule(name, action, time === undefined ? Number.POSITIVE_INFINITY : Date.now() + time);
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(3).map((index) =>
      command(`override ${index} is cleared`, async (real) => {
        const chosen = real.overrides.list()[index];
        if (chosen === undefined) return;
        await real.overrides.clear([chosen]);
        real.reference.unrule(index, Date.now());
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: anyConfig.map(reload),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(fc.constant(0), millis(100 * SECOND)).map(restart),
  },
);

async function runs(first: Configured, commands: Iterable<Command>): Promise<void> {
  const real = new Running(first);
  await real.start();
  try {
    await fc.asyncModelRun(() => ({ model: {}, real }), commands);
  } finally {
    await real.stop();
  }
}

test("generations: what workers see is what a plain reference says, whatever is done in whatever order", async () => {
  const anyCommands = fc.commands([anyCommand], { maxCommands: 60, size: "max" });
  const holds = fc.asyncProperty(anyConfig, anyCommands, runs);
  await expect(fc.assert(holds, { numRuns: 300 })).resolves.toBeUndefined();
}, 60_000);

test("generations: a restart keeps all that a target can have come to", async () => {
  const rules: TargetRules = {
    interval: 10 * SECOND,
    toleratedFailures: 0,
    window: undefined,
    recoverAfter: 2,
    hold: 0,
    damping: { window: 60 * SECOND, max: 90 * SECOND },
    failback: "auto",
  };
  const [first, second] = HOSTS as [string, string];
  const config: Configured = {
    rules: { web: rules, port: { ...rules, damping: undefined, failback: "manual" } },
    endpoints: { a: { host: first, monitors: ["web"] }, b: { host: second, monitors: ["port"] } },
  };
  left.clear();
  await runs({ ...config, endpoints: { a: config.endpoints["a"]! } }, [
    answers(second, "not-probed"),
    reload(config),
    restart(0),
    ...HOSTS.flatMap((host) => [answers(host, "up"), pass(12 * SECOND)]),
    restart(0),
    ...HOSTS.flatMap((host) => [answers(host, "down"), pass(12 * SECOND)]),
    restart(SECOND),
    ...HOSTS.map((host) => answers(host, "up")),
    pass(32 * SECOND),
    restart(0),
    // Within the window again: a flap, for which twice the time of a recovery is too short.
    answers(first, "down"),
    pass(12 * SECOND),
    restart(0),
    answers(first, "up"),
    pass(22 * SECOND),
    restart(SECOND),
    pass(60 * SECOND),
  ]);
  expect([...left].toSorted()).toEqual([
    "checking",
    "degraded",
    "degraded damped",
    "degraded recovered",
    "degraded recovered damped",
    "online",
    "online returned",
  ]);
});
