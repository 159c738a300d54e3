/**
 * The running whole: configuration, GeoIP, state, probes, DNS workers, desk and HTTP, started, reloaded and stopped in
 * order. The only writer of shared state. A load that fails changes nothing: the last good generation keeps serving.
 */
import { availableParallelism } from "node:os";
import path from "node:path";
import { createHttpServer, type HttpServer } from "../admin/http-server.ts";
import { isLogged } from "../config/diagnostic-codes.ts";
import type { CheckedConfig } from "../config/settings.ts";
import { createControl, type Desk } from "../control/create-control.ts";
import { changesBetween, changesInBrief, type Described } from "../control/changes.ts";
import { entryOf } from "../control/history.ts";
import type { Changed, Changes, LoadProblem, ReloadOutcome } from "../control/control.ts";
import { STATUSES } from "../routing/health-view.ts";
import type { LeafTable } from "../routing/leaf-table.ts";
import type { Clock } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { OVERRIDE_ACTIONS } from "../state/override.ts";
import { matchAll, type Matches } from "../state/states.ts";
import { collectGarbage } from "../server/threads/collect-garbage.ts";
import { createWorkerPool, type WorkerPool } from "../server/threads/worker-pool.ts";
import { formatAddress } from "../server/transports/listener.ts";
import { createCounterTotals } from "../telemetry/counter-totals.ts";
import type { LevelledLogger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { commandName } from "./command-name.ts";
import { controlPath, stateFilePath } from "./control-path.ts";
import { createServices } from "./create-service.ts";
import { createDeskWork } from "./desk-work/desk-work.ts";
import type { Generation } from "./generation.ts";
import { createGenerations } from "./generations.ts";
import { createHttpFiles } from "./http-files.ts";
import { inTurns } from "./in-turns.ts";
import { createKeeping, followKeeping, NO_KEEPING, type Keeping } from "./keeping.ts";
import { findLastGood } from "./last-good.ts";
import { createLoader, type LoadedGeneration } from "./load/loader.ts";
import type { SourceFile } from "./load/source-file.ts";
import { lostPlaces } from "./lost-places.ts";
import { endpointReadings, profileReadings } from "./metric-readings.ts";
import { probesWithin, readOpenFileLimit, tcpConnectionsWithin } from "./open-files.ts";
import { createPeerUser } from "./peer-user.ts";
import { readyFields } from "./ready-line.ts";
import { problemOf, type StartError } from "./start-error.ts";
import { VERSION } from "./version.ts";
import { createFileWatcher } from "./watch/file-watcher.ts";

export interface Geosteer {
  start(): Promise<Result<Addresses, StartError>>;
  /**
   * Reads configuration and databases again; the log tells what has become of it too. Reloads that are asked for while
   * one waits for its turn are that one.
   */
  reload(): Promise<ReloadOutcome>;
  /** Answers what has been received; takes at most five seconds. */
  stop(): Promise<void>;
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

/** Problems of a new configuration that are logged; `geosteer check` tells all. */
const MAX_LOGGED = 20;

/** Files that have changed and are named in the log. */
const MAX_NAMED = 5;

/**
 * Octets of earlier generations that may be left lying. V8 counts no shared memory, and leaves several of them before it
 * collects; to have it collect holds this thread up for 15 to 80 ms.
 */
const MOST_LEFT = 256 * 2 ** 20;

/** Leaves; about 15 octets each. */
const LARGE_TABLE = 2_000_000;

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
  /** `at` is wall time, as it is shown. */
  let lastLoad = { success: false, at: Date.now(), problems: [] as readonly LoadProblem[] };
  let stopping = false;
  /** Octets of the generations that were replaced since garbage was last collected. */
  let left = 0;
  const openFiles = readOpenFileLimit();
  /** The start or the latest reload; each waits for the one before. */
  let latest: Promise<unknown> = Promise.resolve();
  /** A reload that has not begun. It will read the files as they are then, so a second request joins it. */
  let waiting: Promise<ReloadOutcome> | undefined;

  const loader = createLoader({ folder });
  const counters = createCounterTotals();
  const services = createServices({ clock });
  const generations = createGenerations({
    clock,
    logger,
    services,
    metrics: () => metrics,
    onChange: (profiles) => desk.rollUp.look(profiles),
    onStates: (states) => keeping.putTargets(states),
    maxProbes: probesWithin(openFiles),
  });
  const current = (): Generation | undefined => generations.current();
  const work = createDeskWork({ current, generation: (number) => keeping.generation(number) });
  const desk: Desk = createControl({
    version: VERSION,
    clock,
    logger,
    store: followKeeping(() => keeping),
    served: () => generations.all(),
    decisions: () => counters.decisions(),
    server: () => ({
      startedAt,
      ready: readiness().length === 0,
      notices: [...readiness(), ...(stale() === undefined ? [] : [`stale: ${stale()}`])],
      lastLoad: { at: lastLoad.at, ok: lastLoad.success, problems: lastLoad.problems },
      dns: addresses.dns,
      udp: pool?.udp() ?? "portable",
    }),
    reload: () => reload(),
    probe: (key) => generations.probe(key),
    explain: (question) => work.explain(question),
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
      endpoints: () => withCurrent((generation) => endpointReadings(generation, desk.rollUp)),
      profiles: () => withCurrent(profileReadings),
      overrides: () => desk.ruling.list(),
      stateDurable: () => (keeping.state().file === undefined ? undefined : keeping.state().durable),
      lastProbes: () => generations.lastProbes(),
      workers: async () => (await pool?.read()) ?? { stalled: { udp: 0, tcp: 0 }, kernelDrops: undefined },
      config: () => ({ generation: servedNumber(), lastLoad }),
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

  const watcher = createFileWatcher(
    {},
    {
      logger,
      onChange(files) {
        logger.info({ files: files.slice(0, MAX_NAMED), changed: files.length }, "files have changed: loading them");
        void reload();
      },
    },
  );
  /** What the last load has read, or tried to, by path. */
  let sources: ReadonlyMap<string, SourceFile> = new Map();

  const load = async (kept?: Uint8Array): Promise<Result<LoadedGeneration, StartError>> => {
    const served = current()?.config.versions ?? [];
    const request = { file: configFile, served, warns: false, archives: true, ...(kept !== undefined && { kept }) };
    // What changes from here on is found by comparing with what the load has read.
    watcher.pause();
    const read = new Map<string, SourceFile>();
    const loaded = await loader.load(request, current()?.geo, (file) => read.set(file.file, file));
    // With kept texts too the files are watched that are to be mended.
    if (read.size > 0) sources = kept === undefined ? read : new Map([...sources, ...read]);
    const settings = (loaded.ok ? loaded.value : current())?.config.settings;
    if (settings?.reload.watch ?? true) watcher.watch([...sources.values()]);
    const problems = loaded.ok ? [] : loaded.error.map(({ code, message }) => ({ code, message }));
    lastLoad = { success: loaded.ok, at: Date.now(), problems };
    services.setStale(!loaded.ok);
    return loaded;
  };

  /** Warnings that a reload may bring without a change of the configuration are logged whole, of all others the number. */
  const tellWarnings = ({ config: { warnings } }: LoadedGeneration): void => {
    if (warnings.length === 0) return;
    const whole = warnings.filter(({ code }) => isLogged(code)).map(problemOf);
    for (const { code, message } of whole.slice(0, MAX_LOGGED)) {
      logger.warn({ code, problem: message }, "the configuration is used, and has a flaw");
    }
    const codes = [...new Set(warnings.map(({ code }) => code))].toSorted();
    const told = `the configuration has warnings; ${commandName()} check tells them`;
    logger.warn({ warnings: warnings.length, codes }, told);
  };

  const tellProblems = (problems: StartError): void => {
    for (const { code, message } of problems.slice(0, MAX_LOGGED)) {
      logger.error({ code, problem: message }, "the new configuration is not used");
    }
    const more = problems.length - MAX_LOGGED;
    if (more > 0) logger.error({ more }, `the new configuration has more problems; ${commandName()} check tells them`);
  };

  function readiness(): readonly string[] {
    if (stopping) return ["stopping"];
    return pool === undefined ? ["starting: the first probes are under way"] : pool.missing();
  }

  function stale(): string | undefined {
    if (lastLoad.success) return undefined;
    return `the last load failed (${[...new Set(lastLoad.problems.map(({ code }) => code))].join(", ")})`;
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
        onKept: (overrides) => desk.ruling.merge(overrides),
      },
    );
    const { overrides, states, generation } = await keeping.open();
    desk.ruling.restore(overrides);
    generations.restore(states);
    generations.continueFrom(generation);
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
    desk.rollUp.follow(generation, isFirst ? (endpoint) => generations.statusBefore(endpoint) : undefined);
    keeping.keepTargets([...generation.probedFor.keys()]);
    return generation;
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
    if (archive !== undefined) await keeping.addGeneration({ ...record, archive: archive.octets });
  };

  const startHttp = async (settings: Settings): Promise<Result<string | undefined, StartError>> => {
    const { listen, api, state } = settings;
    const hosts = () => (current()?.config.settings ?? settings).api.hosts;
    await httpFiles.use(api, settings.reload.watch);
    const control = controlPath({ ...place, control: listen.control, stateFile: state.file });
    const tls = api.tls && (httpFiles.certificate() ?? NO_CERTIFICATE);
    const peerUser = createPeerUser();
    const deps = {
      metrics,
      health: { readiness, stale },
      hosts,
      logger,
      control: desk,
      tokens: httpFiles.tokens,
      peerUser,
    };
    http = createHttpServer({ http: listen.http, tls, control }, deps);
    const started = await http.start();
    if (!started.ok) return err([started.error]);
    return ok(started.value.url);
  };

  const end = async (): Promise<void> => {
    stopping = true;
    watcher.stop();
    httpFiles.stop();
    loader.stop();
    await Promise.all([generations.stop(), pool?.stop()]);
    await http?.stop();
    desk.stop();
    work.stop();
    await keeping.stop();
  };

  const refused = (problems: StartError): ReloadOutcome => {
    const told = problems.map(({ code, message }) => ({ code, message }));
    desk.emit({ kind: "reload-refused", at: new Date().toISOString(), problems: told });
    return { taken: false, generation: servedNumber(), problems: told, changes: undefined };
  };

  const reloadNow = async (): Promise<ReloadOutcome> => {
    if (current() === undefined || pool === undefined || stopping) return refused(NOT_NOW);
    const loaded = await load();
    // It may have been stopped while it read.
    if (stopping) return refused(NOT_NOW);
    if (!loaded.ok) {
      tellProblems(loaded.error);
      return refused(loaded.error);
    }
    tellWarnings(loaded.value);
    const replaced = current()!;
    const changes = await inTurns(changesBetween(described(replaced), described(loaded.value)));
    await generations.firstRound(loaded.value);
    const matches = await matchesIn(loaded.value);
    // Or while it probed.
    if (stopping) return refused(NOT_NOW);
    const before = replaced.config.settings;
    const generation = take(loaded.value, matches);
    const { config, geo, number, publication } = generation;
    for (const key of ["listen", "state"] as const) {
      if (JSON.stringify(config.settings[key]) !== JSON.stringify(before[key])) {
        logger.warn({}, `a change of ${key} takes effect at the next start`);
      }
    }
    for (const raised of config.raised) {
      logger.warn(
        { ...raised },
        "a zone has changed and its serial is not above the one that was served: it is served with a higher one",
      );
    }
    for (const lost of lostPlaces(replaced.geo.known.share, geo.known.share)) {
      logger.warn(
        { ...lost },
        "far fewer addresses have a place than before: is a GeoIP database missing, or one of another kind?",
      );
    }
    await pool.publish(publication);
    generations.keep(pool.serving());
    left += replaced.size;
    // With the table go its copies: there are never more than the one that is served and the one that comes.
    if (left >= MOST_LEFT || (geo.table !== replaced.geo.table && isLarge(replaced.geo.table))) {
      left = 0;
      setImmediate(collectGarbage);
    }
    const missing = pool.missing();
    if (missing.length === 0)
      logger.info({ generation: number, ...changesInBrief(changes) }, "serving a new generation");
    else logger.error({ generation: number, missing }, "not all DNS workers serve the new generation yet");
    void httpFiles.use(config.settings.api, config.settings.reload.watch);
    void announce(generation, loaded.value, named(changes));
    return { taken: true, generation: number, problems: [], changes: named(changes) };
  };

  /** TCP connections, as configured or as many as the limit of open files leaves room for. */
  const affordableConnections = ({ dns, tcp }: Listen, udpWorkers: number): number => {
    if (openFiles === undefined) return tcp.connections;
    const used = tcpConnectionsWithin(openFiles, tcp.connections, { addresses: dns.length, udpWorkers });
    if (used < tcp.connections) {
      logger.warn(
        { configured: tcp.connections, openFiles, used },
        "the limit of open files leaves no room for listen.tcp.connections: fewer are taken; raise it with ulimit -n",
      );
    }
    return used;
  };

  /** Loads the configuration that was served last, where the one of the file cannot be. */
  const loadLastGood = async (problems: StartError): Promise<Result<LoadedGeneration, StartError>> => {
    tellProblems(problems);
    const failed = lastLoad;
    const found = await findLastGood(place, { logger, clock: Date.now });
    if (!found.ok) return err([...problems, { code: "no-last-good", message: found.error }]);
    const loaded = await load(found.value.archive);
    lastLoad = failed;
    services.setStale(true);
    if (!loaded.ok) return err([...problems, ...loaded.error]);
    const { number, at } = found.value;
    logger.error(
      { generation: number, of: new Date(at).toISOString() },
      "the last good configuration is served instead",
    );
    return loaded;
  };

  const start = async (): Promise<Result<Addresses, StartError>> => {
    const first = await load();
    const loaded = first.ok || !lastGood || stopping ? first : await loadLastGood(first.error);
    if (!loaded.ok) return loaded;
    tellWarnings(loaded.value);
    const { config, outline, zones, geo } = loaded.value;
    const { listen } = config.settings;
    await openState(config.settings);
    const url = await startHttp(config.settings);
    if (!url.ok) {
      await end();
      return url;
    }
    addresses = { dns: [], http: url.value };

    if (!stopping) await generations.firstRound(loaded.value);
    const matches = await matchesIn(loaded.value);
    if (stopping) return ok(addresses);
    const generation = take(loaded.value, matches);
    generations.restore(new Map());
    const udpWorkers = listen.workers === "auto" ? availableParallelism() : listen.workers;
    const tcp = { ...listen.tcp, connections: affordableConnections(listen, udpWorkers) };
    pool = createWorkerPool({ addresses: listen.dns, udp: listen.udp, udpWorkers, tcp }, { logger, counters });
    const bound = await pool.start(generation.publication);
    if (!bound.ok) {
      await end();
      return err([bound.error]);
    }
    addresses = { dns: bound.value.map(formatAddress), http: url.value };
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
      await end();
      logger.info({ milliseconds: Math.round(performance.now() - startedAt) }, "stopped");
    },
  };
}

/** Where its files cannot be read. */
const NO_CERTIFICATE = { certificate: "", key: "" };

const NOT_NOW: StartError = [{ code: "load-failed", message: "geosteer is starting or stopping" }];

function isLarge({ ipv4, ipv6 }: LeafTable): boolean {
  return ipv4.count + ipv6.count >= LARGE_TABLE;
}

function described({ outline, digests, config }: Pick<Generation, "outline" | "digests" | "config">): Described {
  return { profiles: outline.profiles, digests, zones: config.contents };
}

/** Names of each kind that are told and kept of what a reload has changed. */
const MOST_CHANGES = 1000;

function named({ profiles, endpoints, zones }: Changes): Changes {
  const first = ({ added, removed, changed }: Changed): Changed => ({
    added: added.slice(0, MOST_CHANGES),
    removed: removed.slice(0, MOST_CHANGES),
    changed: changed.slice(0, MOST_CHANGES),
  });
  return { profiles: first(profiles), endpoints: first(endpoints), zones: first(zones) };
}

type Settings = CheckedConfig["settings"];
type Listen = Settings["listen"];
