/**
 * The generations that are served, and the probes that keep their states: each result goes to all of them, since workers
 * may still answer from an earlier one.
 */
import type { Settings } from "../config/settings.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import { createHostLookup } from "../health/lookup/host-lookup.ts";
import type { ProbeState } from "../health/probe-state.ts";
import { probes } from "../health/probes/table.ts";
import type { ProbeOutcome } from "../health/probes/probe.ts";
import { createProber, type TargetState } from "../health/prober.ts";
import { settledHealth, type Status } from "../routing/health-view.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import type { Result } from "../shared/result.ts";
import type { DecisionSums } from "../telemetry/counters.ts";
import type { LastProbe, Metrics } from "../telemetry/metrics.ts";
import type { Matches } from "../state/states.ts";
import { createAskedNames } from "./asked-names.ts";
import type { Services } from "./create-service.ts";
import { makeGeneration, type Generation } from "./generation.ts";
import type { LoadedGeneration } from "./load/loader.ts";

export interface Generations {
  current(): Generation | undefined;
  /** The current generation and those that workers still answer from, the newest last. */
  all(): readonly Generation[];
  /** Probes what is new in what was loaded, while all that is served goes on being probed. */
  firstRound(loaded: LoadedGeneration): Promise<void>;
  /** Makes a generation of what was loaded, and has its probe targets probed in place of those before. */
  take(loaded: LoadedGeneration, matches: Matches): Generation;
  /** Forgets all generations but the current one and these. */
  keep(numbers: ReadonlySet<number>): void;
  /** Numbers go on from the last one before the start. */
  continueFrom(last: number): void;
  /** States from before the start, by the keys of probe targets: what is loaded first begins with them. */
  restore(states: ReadonlyMap<string, ProbeState>): void;
  /** The status that an endpoint of what was loaded first had before the start. */
  statusBefore(endpoint: number): Status | undefined;
  /** Probes a target at once; undefined = it is not probed. */
  probe(key: string): Promise<ProbeOutcome> | undefined;
  /** Has a target come back where it has recovered; the error is why it cannot. Undefined = it is not probed. */
  release(key: string): Result<unknown, string> | undefined;
  /** The states of all targets that a probe has told of. */
  probed(): readonly TargetState[];
  lastProbes(): Iterable<LastProbe>;
  stop(): Promise<void>;
}

export interface GenerationsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly services: Services;
  readonly metrics: () => Pick<Metrics, "probeStarted" | "probed" | "keepMonitors">;
  /** Is told the profiles of the current generation whose answers may have changed. */
  readonly onChange: (profiles: ReadonlySet<number>) => void;
  /** Is told the states that are to be remembered. */
  readonly onStates: (states: readonly Pick<TargetState, "target" | "state">[]) => void;
  /** What has been decided since the start. */
  readonly decisions: () => DecisionSums;
  /** Probes under way at most. */
  readonly maxProbes: number;
}

/** Milliseconds between two looks at what is asked for, where that matters. */
const LOOK_INTERVAL = 5000;

export function createGenerations(deps: GenerationsDeps): Generations {
  const { clock, logger, services, metrics, decisions, onChange, onStates, maxProbes } = deps;
  let current: Generation | undefined;
  let served: readonly Generation[] = [];
  let lastNumber = 0;
  let restored: ReadonlyMap<string, ProbeState> = new Map();
  const lastProbes = new Map<string, LastProbe>();

  const slowDown = (): Settings["health"]["slowDown"] => current?.config.settings.health.slowDown;
  const asked = createAskedNames(() => slowDown()?.after ?? Number.POSITIVE_INFINITY, { decisions, clock });
  const isSlow = ({ endpoints }: ProbeTarget): boolean =>
    slowDown() !== undefined && !asked.isAsked(endpoints.map(({ profile }) => profile));
  const looking = setInterval(() => {
    if (current === undefined || slowDown() === undefined) return;
    if (asked.look(current.outline)) prober.hasten((target) => !isSlow(target));
  }, LOOK_INTERVAL);

  const lookup = createHostLookup(
    { lastAddress: () => current?.config.settings.health.lastAddress ?? 0 },
    { clock, logger },
  );
  const prober = createProber(
    { maxRunning: maxProbes },
    {
      probes,
      lookup,
      clock,
      random: Math.random,
      logger,
      restore: (key) => restored.get(key),
      paceOf: (target) => (isSlow(target) ? (slowDown()?.factor ?? 1) : 1),
      onStart: (target, delay) => metrics().probeStarted({ monitor: target.monitor.name, delay }),
      onResult(target, outcome) {
        const duration = outcome.durationMs;
        const monitor = target.monitor.name;
        metrics().probed({ monitor, outcome: outcome.ok ? "success" : outcome.code, duration });
        lastProbes.set(target.key, { monitor, target: target.label, duration });
      },
      onTransition({ target, state }) {
        for (const { states, probedFor } of served) {
          const ids = probedFor.get(target.key) ?? [];
          const changed = states.probe(ids.map((id) => [id, settledHealth(state.status)]));
          if (states === current?.states) onChange(changed);
        }
      },
      onState: (target, state) => onStates([{ target, state }]),
    },
  );

  const probed = (): readonly TargetState[] =>
    prober.states().filter(({ state, restored: isOld }) => !isOld && state.status !== "checking");

  return {
    current: () => current,
    all: () => served,
    firstRound: ({ config, targets }) => prober.prepare(targets, config.settings.health.firstRound),
    take(loaded, matches) {
      const { targets } = loaded;
      const known = current?.probedFor;
      // No probe ends between here and the return: probe targets and state table always have the ids of one snapshot.
      prober.update(targets);
      const generation = makeGeneration(loaded, {
        number: ++lastNumber,
        before: current?.publication,
        services,
        matches,
        prober,
      });
      for (const key of lastProbes.keys()) if (!generation.probedFor.has(key)) lastProbes.delete(key);
      metrics().keepMonitors(targets.map(({ monitor }) => monitor.name));
      current = generation;
      served = [...served, generation];
      onStates(probed().filter(({ target }) => !known?.has(target.key)));
      return generation;
    },
    keep(numbers) {
      served = served.filter((generation) => generation === current || numbers.has(generation.number));
    },
    continueFrom(last) {
      lastNumber = Math.max(lastNumber, last);
    },
    restore(states) {
      restored = states;
    },
    statusBefore(endpoint) {
      const target = current?.probeOf(endpoint)?.target;
      return target && restored.get(target.key)?.status;
    },
    probe: (key) => prober.probe(key),
    release: (key) => prober.release(key),
    probed,
    lastProbes: () => lastProbes.values(),
    async stop() {
      clearInterval(looking);
      lookup.stop();
      await prober.stop();
    },
  };
}
