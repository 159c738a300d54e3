/**
 * The running whole: configuration, GeoIP, state, probes, DNS workers, desk and HTTP, started, reloaded and stopped in
 * order. The only writer of shared state. A load that fails changes nothing: the last good generation keeps serving.
 */
import { randomBytes } from "node:crypto";
import { availableParallelism, hostname } from "node:os";
import path from "node:path";
import type { HttpServer } from "../admin/http-server.ts";
import type { CheckedConfig } from "../config/settings.ts";
import { createControl, type Desk } from "../control/create-control.ts";
import { changesBetween, changesInBrief, firstOf } from "../control/changes.ts";
import { entryOf } from "../control/history.ts";
import type { Changes, ReloadOutcome } from "../control/control.ts";
import { createNotices } from "../notices/notices.ts";
import { createLoadBook } from "../health/load/load-book.ts";
import { instantQuery } from "../health/probes/instant-query.ts";
import { STATUSES } from "../routing/health-view.ts";
import type { Clock } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { OVERRIDE_ACTIONS } from "../state/override.ts";
import type { NewGeneration } from "../state/store/records.ts";
import { matchAll, type Matches } from "../state/states.ts";
import { createWorkerPool, type WorkerPool } from "../server/threads/worker-pool.ts";
import { formatAddress } from "../server/transports/listener.ts";
import { createCounterTotals } from "../telemetry/counter-totals.ts";
import type { LevelledLogger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { stateFilePath } from "./control-path.ts";
import { createServices } from "./create-service.ts";
import { createDeskWork } from "./desk-work/desk-work.ts";
import { described, type Generation } from "./generation.ts";
import { createGenerations } from "./generations.ts";
import { createHttpFiles } from "./http-files.ts";
import { inTurns, nextTurn } from "./in-turns.ts";
import { createKeeping, followKeeping, NO_KEEPING, type Keeping } from "./keeping.ts";
import type { LoadedGeneration } from "./load/loader.ts";
import { createLoading } from "./loading.ts";
import { endpointReadings, profileReadings } from "./metric-readings.ts";
import { createLeftGarbage } from "./left-garbage.ts";
import { noticedStates } from "./noticed-states.ts";
import { affordableConnections, probesWithin, readOpenFileLimit } from "./open-files.ts";
import { readyFields } from "./ready-line.ts";
import type { StartError } from "./start-error.ts";
import { startHttp } from "./start-http.ts";
import { tellProblems, tellSurprises, tellWarnings } from "./tell-loads.ts";
import { VERSION } from "./version.ts";

export interface Geosteer {
  start(): Promise<Result<Addresses, StartError>>;
  /**
   * Reads configuration and databases again; the log tells what has become of it too. Reloads that are asked for while
   * one waits for its turn are that one.
   */
  reload(): Promise<ReloadOutcome>;
  /**
   * Answers what has been received; takes at most five seconds. False: the disk of the state file does not answer, and the
   * process ends by SIGKILL alone.
   */
  stop(): Promise<boolean>;
}

export interface Addresses {
  /** `127.0.0.1:5353`; UDP and TCP. None where it was stopped while it started. */
  readonly dns: readonly string[];
  /** The admin server's URL; undefined where the configuration has none. */
  readonly http: string | undefined;
}

export interface GeosteerOptions {
  readonly configFile: string;
  /** From where its path counts. */
  readonly folder: string;
  /** Whether the last good configuration is served where that of the file is not. */
  readonly lastGood?: boolean;
}

export interface GeosteerDeps {
  /** The logger, whose level each configuration that is taken sets. */
  readonly logger: LevelledLogger;
}

/** Wall time that never steps back, as schedules need it. */
const clock: Clock = () => performance.timeOrigin + performance.now();

export function createGeosteer(options: GeosteerOptions, { logger }: GeosteerDeps): Geosteer {
  const { configFile, folder, lastGood = false } = options;
  const startedAt = Date.now();
  const place = { configFile: path.resolve(folder, configFile), stateDirectory: process.env["STATE_DIRECTORY"] };
  let pool: WorkerPool | undefined;
  let http: HttpServer | undefined;
  let keeping: Keeping = NO_KEEPING;
  let addresses: Addresses = { dns: [], http: undefined };
  /** Whether DNS is answered. */
  let isReady = false;
  /** The current generation, as long as the state file does not have it. */
  let unremembered: NewGeneration | undefined;
  let stopping = false;
  const openFiles = readOpenFileLimit();
  /** The start or the latest reload; each waits for the one before. */
  let latest: Promise<unknown> = Promise.resolve();
  /** A reload that has not begun. It will read the files as they are then, so a second request joins it. */
  let waiting: Promise<ReloadOutcome> | undefined;

  const garbage = createLeftGarbage();
  const counters = createCounterTotals();
  const services = createServices({ clock });
  const loads = createLoadBook({
    clock,
    logger,
    query: instantQuery,
    onChange: (endpoints) => generations.loadsChanged(endpoints),
  });
  const generations = createGenerations({
    clock,
    logger,
    services,
    metrics: () => metrics,
    decisions: () => counters.decisions(),
    onChange: (profiles) => desk.rollUp.look(profiles),
    onStates: (states) => keeping.putTargets(states),
    loads,
    maxProbes: probesWithin(openFiles),
  });
  const current = (): Generation | undefined => generations.current();
  const loading = createLoading(
    { configFile, folder, place },
    { logger, services, current, onChange: () => void reload() },
  );
  const stale = (): string | undefined => loading.stale();
  const store = followKeeping(() => keeping);
  const notices = createNotices({
    clock: Date.now,
    random: Math.random,
    logger,
    store,
    states: () => noticedStates(current(), desk.rollUp, loading.last()),
    server: () => current()?.config.settings.dns.identity.name ?? hostname(),
    newId: () => `msg_${randomBytes(16).toString("hex")}`,
  });
  const work = createDeskWork({ current, generation: (number) => keeping.generation(number) });
  const desk: Desk = createControl({
    version: VERSION,
    // What is told to people, and compared with times of an earlier life, goes with the clock on the wall.
    clock: Date.now,
    logger,
    store,
    served: () => generations.all(),
    decisions: () => counters.decisions(),
    server: () => ({
      startedAt,
      ready: readiness().length === 0,
      notices: [...readiness(), ...(stale() === undefined ? [] : [`stale: ${stale()}`])],
      lastLoad: loading.last(),
      dns: addresses.dns,
      udp: pool?.udp() ?? "portable",
    }),
    reload: () => reload(),
    probe: (key) => generations.probe(key),
    loads,
    release: (key) => generations.release(key),
    report: (report) => generations.report(report),
    explain: (question) => work.explain(question),
    notices,
    onLook: () => notices.poke(),
    texts: work,
  });
  const withCurrent = <T>(read: (generation: Generation) => Iterable<T>): Iterable<T> => {
    const generation = current();
    return generation === undefined ? [] : read(generation);
  };
  const metrics = createMetrics(
    { version: VERSION, statuses: STATUSES, actions: OVERRIDE_ACTIONS },
    {
      counters,
      endpoints: () => withCurrent((generation) => endpointReadings(generation, desk.rollUp.pinned())),
      profiles: () => withCurrent(profileReadings),
      loads: () => loads.readings(),
      overrides: () => desk.ruling.list(),
      notices: () => notices.readings(),
      stateDurable: () => (keeping.state().file === undefined ? undefined : keeping.state().durable),
      lastProbes: () => generations.lastProbes(),
      workers: async () => (await pool?.read()) ?? { stalled: { udp: 0, tcp: 0 }, kernelDrops: undefined },
      config: () => ({ generation: servedNumber(), lastLoad: loading.last() }),
      geoipDatabases: () =>
        (current()?.databases ?? []).map(({ file, built }) => ({ database: file, builtAt: built.getTime() })),
      geoipKnownShare: () => current()?.geo.known.share,
      logLinesDropped: () => logger.dropped(),
    },
  );

  const httpFiles = createHttpFiles({ folder }, { logger, onCertificate: (files) => void http?.setCertificate(files) });

  /** The oldest generation that a worker may still answer from: the newest once all have it. */
  function servedNumber(): number {
    return isReady && pool !== undefined ? Math.min(...pool.serving()) : 0;
  }

  function readiness(): readonly string[] {
    if (stopping) return ["stopping"];
    return pool === undefined ? ["starting: the first probes are under way"] : pool.missing();
  }

  /** Opens the state file, and takes what it remembers. */
  const openState = async ({ state }: Settings): Promise<void> => {
    const file = stateFilePath({ ...place, stateFile: state.file });
    if (file === undefined) return;
    keeping = createKeeping(
      { ...state, file },
      {
        logger,
        clock: Date.now,
        onState(now) {
          if (now.durable) desk.ruling.settle();
          desk.emit({ kind: "state", at: new Date().toISOString(), state: now });
        },
        onKept(overrides) {
          desk.ruling.merge(overrides);
          // What has come into use may be another file, or one that was written by another server.
          keeping.putTargets(generations.probed());
          void remember();
          void keepNotices();
        },
      },
    );
    const { overrides, states, generation } = await keeping.open();
    desk.ruling.restore(overrides);
    generations.restore(states);
    generations.continueFrom(generation);
    notices.restore(await keeping.notices());
  };

  /** Puts the notices into a file that has come into use, behind what it has of them. */
  const keepNotices = async (): Promise<void> => {
    notices.restore(await keeping.notices());
    notices.keepAll();
  };

  /** What the overrides that there are will be for: a thousand patterns over 40,000 endpoints take seconds. */
  const matchesIn = ({ outline }: LoadedGeneration): Promise<Matches> =>
    inTurns(
      matchAll(
        outline,
        desk.ruling.list().map(({ pattern }) => pattern),
      ),
    );

  /** Takes what was loaded: from here on its endpoints are probed, ruled and rolled up. */
  const take = (loaded: LoadedGeneration, matches: Matches): Generation => {
    const isFirst = current() === undefined;
    logger.setLevel(loaded.config.settings.log.level);
    const generation = generations.take(loaded, matches);
    desk.ruling.tell(generation);
    desk.rollUp.follow(generation, isFirst ? generations.statusesBefore(loaded) : undefined);
    keeping.keepTargets([...generation.probedKeys]);
    notices.follow(loaded.config.settings.notices);
    return generation;
  };

  const remember = async (): Promise<void> => {
    const generation = unremembered;
    if (generation !== undefined && (await keeping.addGeneration(generation)).ok && unremembered === generation) {
      unremembered = undefined;
    }
  };

  /** Says that a generation is served, and has it remembered. */
  const announce = async (
    { number, databases }: Generation,
    { archive }: LoadedGeneration,
    changes?: Changes,
  ): Promise<void> => {
    const record = {
      number,
      at: Date.now(),
      hash: archive?.hash ?? "",
      databases: databases.map(({ file, built }) => ({ database: file, built: built.getTime() })),
      changes,
    };
    desk.emit({ kind: "generation", ...entryOf(record) });
    if (archive === undefined) return;
    unremembered = { ...record, archive: archive.octets };
    await remember();
  };

  const end = async (): Promise<boolean> => {
    stopping = true;
    loading.stop();
    httpFiles.stop();
    loads.stop();
    await Promise.all([generations.stop(), pool?.stop()]);
    await http?.stop();
    notices.stop();
    desk.stop();
    work.stop();
    return keeping.stop();
  };

  const refused = (problems: StartError): ReloadOutcome => {
    const told = problems.map(({ code, message }) => ({ code, message }));
    desk.emit({ kind: "reload-refused", at: new Date().toISOString(), problems: told });
    notices.poke();
    return { taken: false, generation: servedNumber(), problems: told, changes: undefined };
  };

  const reloadNow = async (): Promise<ReloadOutcome> => {
    if (current() === undefined || pool === undefined || stopping) return refused(NOT_NOW);
    const loaded = await loading.load();
    // It may have been stopped while it read.
    if (stopping) return refused(NOT_NOW);
    if (!loaded.ok) {
      tellProblems(loaded.error, logger);
      return refused(loaded.error);
    }
    tellWarnings(loaded.value, logger);
    const replaced = current()!;
    const all = await inTurns(changesBetween(described(replaced), described(loaded.value)));
    const changes = firstOf(all);
    await generations.firstRound(loaded.value);
    const matches = await matchesIn(loaded.value);
    // Or while it probed.
    if (stopping) return refused(NOT_NOW);
    const generation = take(loaded.value, matches);
    const { config, number, publication } = generation;
    // Both take their time where there are ten thousand profiles.
    await nextTurn();
    tellSurprises(replaced, generation, logger);
    await pool.publish(publication);
    generations.keep(pool.serving());
    garbage.add(replaced, generation);
    const missing = pool.missing();
    if (missing.length === 0) logger.info({ generation: number, ...changesInBrief(all) }, "serving a new generation");
    else logger.error({ generation: number, missing }, "not all DNS workers serve the new generation yet");
    void httpFiles.use(config.settings.api, config.settings.reload.watch);
    void announce(generation, loaded.value, changes);
    return { taken: true, generation: number, problems: [], changes };
  };

  const start = async (): Promise<Result<Addresses, StartError>> => {
    const first = await loading.load();
    const loaded = first.ok || !lastGood || stopping ? first : await loading.loadLastGood(first.error);
    if (!loaded.ok) return loaded;
    tellWarnings(loaded.value, logger);
    const { config, outline, zones, geo } = loaded.value;
    const { listen } = config.settings;
    await openState(config.settings);
    const hosts = () => (current()?.config.settings ?? config.settings).api.hosts;
    const health = { readiness, stale };
    const started = await startHttp(config.settings, place, {
      metrics,
      health,
      hosts,
      logger,
      control: desk,
      files: httpFiles,
    });
    if (!started.ok) {
      await end();
      return started;
    }
    const { url } = started.value;
    http = started.value.server;
    addresses = { dns: [], http: url };

    if (!stopping) await generations.firstRound(loaded.value);
    const matches = await matchesIn(loaded.value);
    if (stopping) return ok(addresses);
    const generation = take(loaded.value, matches);
    generations.restore(new Map());
    const udpWorkers = listen.workers === "auto" ? availableParallelism() : listen.workers;
    const tcp = { ...listen.tcp, connections: affordableConnections(openFiles, listen, udpWorkers, logger) };
    pool = createWorkerPool({ addresses: listen.dns, udp: listen.udp, udpWorkers, tcp }, { logger, counters });
    const bound = await pool.start(generation.publication);
    if (!bound.ok) {
      await end();
      return err([bound.error]);
    }
    addresses = { dns: bound.value.map(formatAddress), http: url };
    isReady = true;
    const ready = {
      version: VERSION,
      config: place.configFile,
      generation: generation.number,
      ...addresses,
      udp: pool.udp(),
      workers: udpWorkers,
      zones,
      profiles: outline.profiles.length,
      databases: geo.databases,
    };
    logger.info(readyFields(ready, Date.now()), "ready");
    void announce(generation, loaded.value);
    return ok(addresses);
  };

  function reload(): Promise<ReloadOutcome> {
    waiting ??= latest
      .then(() => {
        waiting = undefined;
        return reloadNow();
      })
      .catch((cause: unknown) => {
        logger.error({ stack: (cause as Error).stack }, "a fault of geosteer: the new configuration is not used");
        return refused([{ code: "load-failed", message: "a fault of geosteer; the log has it" }]);
      });
    latest = waiting;
    return waiting;
  }

  return {
    start() {
      const started = start();
      // A reload that is asked for meanwhile comes behind.
      latest = started.catch(() => {});
      return started;
    },
    reload,
    async stop() {
      const startedAt = performance.now();
      logger.info({}, "stopping");
      const isClean = await end();
      logger.info({ milliseconds: Math.round(performance.now() - startedAt) }, "stopped");
      return isClean;
    },
  };
}

const NOT_NOW: StartError = [{ code: "load-failed", message: "geosteer is starting or stopping" }];

type Settings = CheckedConfig["settings"];
