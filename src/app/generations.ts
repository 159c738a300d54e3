/**
 * The generations that are served, and the probes that keep their states: each result goes to all of them, since workers
 * may still answer from an earlier one.
 */
import type { Settings } from "../config/settings.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import { createHostLookup } from "../health/lookup/host-lookup.ts";
import type { LoadBook } from "../health/load/load-book.ts";
import { createEndpointFold, subjectOf, type Change } from "../health/endpoint-fold.ts";
import { neverProbed, type ProbeState } from "../health/probe-state.ts";
import type { ProbeOutcome } from "../health/probes/probe.ts";
import { createPushProbe } from "../health/probes/push.ts";
import { probes } from "../health/probes/table.ts";
import { createProber, type TargetState } from "../health/prober.ts";
import { createRampTimer } from "../health/ramp-timer.ts";
import { createReports, type Report, type Reports } from "../health/reports.ts";
import { tellEndpoints } from "../health/tell-endpoints.ts";
import type { ProbedStatus } from "../routing/health-view.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import type { Result } from "../shared/result.ts";
import type { DecisionSums } from "../telemetry/counters.ts";
import type { LastProbe, Metrics } from "../telemetry/metrics.ts";
import type { Matches } from "../state/states.ts";
import { createAskedNames } from "./asked-names.ts";
import type { Services } from "./create-service.ts";
import { foundIn, makeGeneration, unprobedLoads, type Generation } from "./generation.ts";
import type { LoadedGeneration } from "./load/loader.ts";
import { createPushTargets } from "./push-targets.ts";

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
  /** The status that each endpoint of what was loaded had before the start. */
  statusesBefore(loaded: LoadedGeneration): (endpoint: number) => ProbedStatus | undefined;
  /** What their loads leave these endpoints has changed, by `PROFILE/ENDPOINT`. */
  loadsChanged(subjects: readonly string[]): void;
  /** Probes a target at once; undefined = it is not probed. */
  probe(key: string): Promise<ProbeOutcome> | undefined;
  /** Has a target come back where it has recovered; the error is why it cannot. Undefined = it is not probed. */
  release(key: string): Result<unknown, string> | undefined;
  /** Takes a report, and has those probed that it is about; how many there are. */
  report(report: Report): number;
  /** What was reported. */
  readonly reports: Pick<Reports, "latest" | "onReport">;
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
  /** Is given the loads of each generation, and what probes tell of them. */
  readonly loads: Pick<LoadBook, "update" | "probed" | "reported" | "shareOf">;
  /** What has been decided since the start. */
  readonly decisions: () => DecisionSums;
  /** Probes under way at most. */
  readonly maxProbes: number;
}

/** Milliseconds between two looks at what is asked for, where that matters. */
const LOOK_INTERVAL = 5000;

export function createGenerations(deps: GenerationsDeps): Generations {
  const { clock, logger, services, metrics, decisions, onChange, onStates, loads, maxProbes } = deps;
  let current: Generation | undefined;
  let served: readonly Generation[] = [];
  let lastNumber = 0;
  let restored: ReadonlyMap<string, ProbeState> = new Map();
  const lastProbes = new Map<string, LastProbe>();

  const slowDown = (): Settings["health"]["slowDown"] => current?.config.settings.health.slowDown;
  const asked = createAskedNames(() => slowDown()?.after ?? Number.POSITIVE_INFINITY, { decisions, clock });
  const isSlow = ({ profiles }: ProbeTarget): boolean => slowDown() !== undefined && !asked.isAsked(profiles);
  const looking = setInterval(() => {
    if (current === undefined || slowDown() === undefined) return;
    if (asked.look(current.outline)) prober.hasten((target) => !isSlow(target));
  }, LOOK_INTERVAL);

  const lookup = createHostLookup(
    { lastAddress: () => current?.config.settings.health.lastAddress ?? 0 },
    { clock, logger },
  );
  const pushTargets = createPushTargets((key) => prober.probe(key));
  const reports = createReports({ clock, siteOf: (subject) => pushTargets.siteOf(subject) });
  const prober = createProber(
    { maxRunning: maxProbes },
    {
      probes: { ...probes, push: createPushProbe(reports) },
      lookup,
      clock,
      random: Math.random,
      logger,
      restore: (key) => restored.get(key),
      paceOf: (target) => (isSlow(target) ? (slowDown()?.factor ?? 1) : 1),
      onStart: (target, delay) => metrics().probeStarted({ monitor: target.monitor.name, delay }),
      onResult(target, outcome, state) {
        const duration = outcome.durationMs;
        const monitor = target.monitor.name;
        metrics().probed({ monitor, outcome: outcome.ok ? "success" : outcome.code, duration });
        lastProbes.set(target.key, { monitor, target: target.label, duration });
        takeState(target.key, state);
        if (outcome.ok) loads.probed(target.key, outcome.load);
      },
      onTransition({ target, state }) {
        takeState(target.key, state);
      },
      onState: (target, state) => onStates([{ target, state }]),
    },
  );

  /** Has each generation take what has changed, and tells of the current one. */
  const takeAll = (changesOf: (fold: Generation["fold"], now: number) => readonly Change[]): void => {
    const now = clock();
    let hasChanged = false;
    for (const { fold, states } of served) {
      const changes = changesOf(fold, now);
      if (changes.length === 0) continue;
      hasChanged = true;
      const changed = states.probe(foundIn(changes.map(({ to }) => to)));
      if (states !== current?.states) continue;
      tellEndpoints(changes, logger);
      onChange(changed);
    }
    // All that grow are looked at for the next step: once a share has begun to, not at each of a thousand results a second.
    if (hasChanged) ramps.arm();
  };
  const takeState = (key: string, state: ProbeState): void => takeAll((fold, now) => fold.take(key, state, now));
  const ramps = createRampTimer({
    clock,
    next: (now) => Math.min(...served.map(({ fold }) => fold.nextStep(now) ?? Number.POSITIVE_INFINITY)),
    step: () => takeAll((fold, now) => fold.step(now)),
  });

  const probed = (): readonly TargetState[] =>
    prober.states().filter(({ state, restored: isOld }) => !isOld && state.status !== "checking");

  return {
    current: () => current,
    all: () => served,
    firstRound: ({ config, probes: { targets } }) => prober.prepare(targets, config.settings.health.firstRound),
    take(loaded, matches) {
      const { targets } = loaded.probes;
      const before = current;
      // No probe ends between here and the return: probe targets and state table always have the ids of one snapshot.
      prober.update(targets);
      pushTargets.follow(loaded.probes, loaded.outline);
      loads.update(loaded.loads);
      // Those that are new were probed before their loads were watched.
      for (const { target, last } of prober.states()) {
        if (last?.ok === true && before?.probedKeys.has(target.key) !== true) loads.probed(target.key, last.load);
      }
      const generation = makeGeneration(loaded, {
        number: ++lastNumber,
        before,
        services,
        matches,
        prober,
        loadOf: (subject) => loads.shareOf(subject),
        now: clock(),
      });
      for (const key of lastProbes.keys()) if (!generation.probedKeys.has(key)) lastProbes.delete(key);
      metrics().keepMonitors(targets.map(({ monitor }) => monitor.name));
      current = generation;
      served = [...served, generation];
      onStates(probed().filter(({ target }) => before?.probedKeys.has(target.key) !== true));
      tellEndpoints(
        generation.fold.all().map((to) => ({ from: before?.fold.named(subjectOf(to.endpoint)), to })),
        logger,
      );
      ramps.arm();
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
    statusesBefore({ probes }) {
      const stateOf = (key: string): ProbeState => restored.get(key) ?? neverProbed(0);
      const fold = createEndpointFold(probes, { stateOf, before: undefined, loadOf: () => 1, now: 0 });
      return (endpoint) => {
        const status = fold.of(endpoint)?.status;
        return status === "checking" ? undefined : status;
      };
    },
    loadsChanged(subjects) {
      takeAll((fold, now) => fold.takeLoads(subjects, now));
      for (const { states, unprobed } of served) {
        const changed = states.probe(unprobedLoads(unprobed, subjects, (subject) => loads.shareOf(subject)));
        if (states === current?.states) onChange(changed);
      }
    },
    probe: (key) => prober.probe(key),
    release: (key) => prober.release(key),
    report(report) {
      reports.take(report);
      if (report.load !== undefined) loads.reported(report.subject, report.load);
      if (report.up !== undefined) pushTargets.wake(report.subject);
      return pushTargets.countOf(report.subject);
    },
    reports,
    probed,
    lastProbes: () => lastProbes.values(),
    async stop() {
      clearInterval(looking);
      ramps.stop();
      lookup.stop();
      await prober.stop();
    },
  };
}
