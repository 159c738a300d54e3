/**
 * The running whole: configuration, GeoIP, probes, DNS workers and admin HTTP, started, reloaded and stopped in order.
 * The only writer of shared state. A load that fails changes nothing: the last good generation keeps serving.
 */
import { availableParallelism } from "node:os";
import path from "node:path";
import { createHttpServer, type HttpServer } from "../admin/http-server.ts";
import { isLogged } from "../config/diagnostic-codes.ts";
import type { CheckedConfig } from "../config/settings.ts";
import { changesBetween, changesInBrief, type Described } from "../control/changes.ts";
import type { Changes } from "../control/control.ts";
import { createHealthTable, viewHealthTable, type HealthTable } from "../health/health-table.ts";
import { createHostLookup } from "../health/lookup/host-lookup.ts";
import { probes } from "../health/probes/table.ts";
import { createProber } from "../health/prober.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import { STATUSES, type ProbedStatus } from "../routing/health-view.ts";
import type { Outline } from "../routing/outline.ts";
import { createAround } from "../routing/profiles-around.ts";
import type { LeafTable } from "../routing/leaf-table.ts";
import { createStatuses } from "../routing/statuses.ts";
import type { Clock } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { collectGarbage } from "../server/threads/collect-garbage.ts";
import { counterLabels } from "../server/threads/counter-labels.ts";
import { createWorkerPool, type WorkerPool } from "../server/threads/worker-pool.ts";
import { formatAddress } from "../server/transports/listener.ts";
import type { Publication } from "../server/threads/worker-messages.ts";
import { createCounterTotals } from "../telemetry/counter-totals.ts";
import type { LevelledLogger } from "../telemetry/logger.ts";
import { createMetrics, type EndpointReading, type LastProbe } from "../telemetry/metrics.ts";
import { commandName } from "./command-name.ts";
import { createServices } from "./create-service.ts";
import type { LoadedGeo } from "./load/databases.ts";
import { createLoader, type LoadedGeneration } from "./load/loader.ts";
import type { SourceFile } from "./load/source-file.ts";
import { probesWithin, readOpenFileLimit, tcpConnectionsWithin } from "./open-files.ts";
import { inTurns } from "./in-turns.ts";
import { lostPlaces } from "./lost-places.ts";
import { readyFields } from "./ready-line.ts";
import { problemOf, type StartError } from "./start-error.ts";
import { VERSION } from "./version.ts";
import { createFileWatcher } from "./watch/file-watcher.ts";

export interface Geosteer {
  start(): Promise<Result<Addresses, StartError>>;
  /**
   * Reads configuration and databases again. True when the new generation serves; the log says why not. Reloads that are
   * asked for while one waits for its turn are that one.
   */
  reload(): Promise<boolean>;
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

/** What one generation is made of. */
interface Generation {
  readonly number: number;
  readonly config: LoadedGeneration["config"];
  /** Octets that came with it: without the leaf table where that is the one before. */
  readonly size: number;
  readonly outline: Outline;
  readonly geo: LoadedGeo;
  readonly digests: LoadedGeneration["digests"];
  /** What it has changed of the one before; undefined for the first. */
  readonly changes: Changes | undefined;
  readonly health: HealthTable;
  /** The ids of endpoints by the key of their probe target. */
  readonly probedFor: ReadonlyMap<string, readonly number[]>;
  readonly publication: Publication;
}

export function createGeosteer({ configFile, folder }: GeosteerOptions, { logger }: GeosteerDeps): Geosteer {
  let current: Generation | undefined;
  /** The current generation, and earlier ones that workers still answer from. */
  let served: readonly Generation[] = [];
  let pool: WorkerPool | undefined;
  let http: HttpServer | undefined;
  /** Whether DNS is answered. */
  let isReady = false;
  /** `at` is wall time, as it is shown. */
  let lastLoad = { success: false, at: Date.now(), codes: [] as readonly string[] };
  let stopping = false;
  /** Octets of the generations that were replaced since garbage was last collected. */
  let left = 0;
  const openFiles = readOpenFileLimit();
  /** The start or the latest reload; each waits for the one before. */
  let latest: Promise<unknown> = Promise.resolve();
  /** A reload that has not begun. It will read the files as they are then, so a second request joins it. */
  let waiting: Promise<boolean> | undefined;

  const loader = createLoader({ folder });
  const counters = createCounterTotals();
  const services = createServices({ clock });
  const lastProbes = new Map<string, LastProbe>();
  const metrics = createMetrics(
    { version: VERSION, statuses: STATUSES },
    {
      counters,
      endpoints: () => (current === undefined ? [] : endpointReadings(current)),
      lastProbes: () => lastProbes.values(),
      workers: async () => (await pool?.read()) ?? { stalled: { udp: 0, tcp: 0 }, kernelDrops: undefined },
      config: () => ({ generation: servedNumber(), lastLoad }),
      geoipDatabases: () =>
        (current?.geo.databases ?? []).map(({ file, built }) => ({ database: file, builtAt: built.getTime() })),
      geoipKnownShare: () => current?.geo.known.share,
      logLinesDropped: () => logger.dropped(),
    },
  );

  const lookup = createHostLookup(
    { lastAddress: () => current?.config.settings.health.lastAddress ?? 0 },
    { clock, logger },
  );
  const prober = createProber(
    { maxRunning: probesWithin(openFiles) },
    {
      probes,
      lookup,
      clock,
      random: Math.random,
      logger,
      onStart: (target, delay) => metrics.probeStarted({ monitor: target.monitor.name, delay }),
      onResult(target, outcome) {
        const duration = outcome.durationMs;
        const monitor = target.monitor.name;
        metrics.probed({ monitor, outcome: outcome.ok ? "success" : outcome.code, duration });
        lastProbes.set(target.key, { monitor, target: target.label, duration });
      },
      onTransition({ target, state }) {
        for (const generation of served) setStatus(generation, target, state.status);
      },
    },
  );

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

  const load = async (): Promise<Result<LoadedGeneration, StartError>> => {
    const request = { file: configFile, served: current?.config.versions ?? [], warns: false };
    // What changes from here on is found by comparing with what the load has read.
    watcher.pause();
    const read = new Map<string, SourceFile>();
    const loaded = await loader.load(request, current?.geo, (file) => read.set(file.file, file));
    if (read.size > 0) sources = read;
    if (isWatched((loaded.ok ? loaded.value : current)?.config.settings)) watcher.watch([...sources.values()]);
    lastLoad = { success: loaded.ok, at: Date.now(), codes: loaded.ok ? [] : loaded.error.map(({ code }) => code) };
    services.setStale(!loaded.ok);
    return loaded;
  };

  /** Probes what is new in what was loaded, while all that is served goes on being probed. */
  const firstRound = async ({ config, targets }: LoadedGeneration): Promise<void> => {
    if (!stopping) await prober.prepare(targets, config.settings.health.firstRound);
  };

  /** Makes a generation of what was loaded, and has its probe targets probed in place of those before. */
  const take = (loaded: LoadedGeneration, changes: Changes | undefined): Generation => {
    const { config, size, outline, digests, targets, snapshot, names, geo } = loaded;
    const health = createHealthTable(outline, createAround(outline));
    const number = (current?.number ?? 0) + 1;
    logger.setLevel(config.settings.log.level);
    // No probe ends between here and the return: probe targets and health table always have the ids of one snapshot.
    prober.update(targets);
    const states = prober.states();
    const probedFor = new Map(states.map(({ target: { key, endpoints } }) => [key, endpoints.map(({ id }) => id)]));
    const generation = {
      number,
      config,
      size,
      outline,
      geo,
      digests,
      changes,
      health,
      probedFor,
      publication: {
        generation: number,
        snapshot,
        names,
        service: services.of(config.settings.dns),
        table: geo.table,
        health: health.buffer,
        labels: counterLabels(outline, current?.publication.labels),
      },
    };
    health.setAll(
      states.flatMap(({ target, statuses }) => target.endpoints.map(({ id }, i) => [id, statuses[i]!] as const)),
    );
    for (const key of lastProbes.keys()) if (!probedFor.has(key)) lastProbes.delete(key);
    metrics.keepMonitors(targets.map(({ monitor }) => monitor.name));
    current = generation;
    served = [...served, generation];
    return generation;
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

  const readiness = (): readonly string[] => {
    if (stopping) return ["stopping"];
    return pool === undefined ? ["starting: the first probes are under way"] : pool.missing();
  };

  const stale = (): string | undefined => {
    return lastLoad.success ? undefined : `the last load failed (${[...new Set(lastLoad.codes)].join(", ")})`;
  };

  const startHttp = async ({
    settings,
  }: LoadedGeneration["config"]): Promise<Result<string | undefined, StartError>> => {
    if (settings.listen.http === undefined) return ok(undefined);
    const hosts = () => (current?.config.settings ?? settings).api.hosts;
    http = createHttpServer(settings.listen.http, { metrics, health: { readiness, stale }, hosts, logger });
    const started = await http.start();
    if (started.ok) return ok(started.value.url);
    http = undefined;
    return err([started.error]);
  };

  const end = async (): Promise<void> => {
    stopping = true;
    watcher.stop();
    loader.stop();
    lookup.stop();
    await Promise.all([prober.stop(), pool?.stop()]);
    await http?.stop();
  };

  const reloadNow = async (): Promise<boolean> => {
    if (current === undefined || pool === undefined || stopping) return false;
    const loaded = await load();
    // It may have been stopped while it read.
    if (stopping) return false;
    if (!loaded.ok) {
      for (const { code, message } of loaded.error.slice(0, MAX_LOGGED)) {
        logger.error({ code, problem: message }, "the new configuration is not used");
      }
      const more = loaded.error.length - MAX_LOGGED;
      if (more > 0)
        logger.error({ more }, `the new configuration has more problems; ${commandName()} check tells them`);
      return false;
    }
    tellWarnings(loaded.value);
    const replaced: Generation = current;
    const changes = await inTurns(changesBetween(described(replaced), described(loaded.value)));
    await firstRound(loaded.value);
    // Or while it probed.
    if (stopping) return false;
    const before = replaced.config.settings;
    const { config, geo, number, publication } = take(loaded.value, changes);
    if (JSON.stringify(config.settings.listen) !== JSON.stringify(before.listen)) {
      logger.warn({}, "a change of listen takes effect at the next start");
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
    const serving = pool.serving();
    served = served.filter((generation) => generation.number === number || serving.has(generation.number));
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
    return missing.length === 0;
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

  const start = async (): Promise<Result<Addresses, StartError>> => {
    const loaded = await load();
    if (!loaded.ok) return loaded;
    tellWarnings(loaded.value);
    const { config, outline, zones, geo } = loaded.value;
    const { listen } = config.settings;
    const url = await startHttp(config);
    if (!url.ok) return url;

    await firstRound(loaded.value);
    if (stopping) return ok({ dns: [], http: url.value });
    const { publication } = take(loaded.value, undefined);
    const udpWorkers = listen.workers === "auto" ? availableParallelism() : listen.workers;
    const tcp = { ...listen.tcp, connections: affordableConnections(listen, udpWorkers) };
    pool = createWorkerPool({ addresses: listen.dns, udp: listen.udp, udpWorkers, tcp }, { logger, counters });
    const bound = await pool.start(publication);
    if (!bound.ok) {
      await end();
      return err([bound.error]);
    }
    const addresses = { dns: bound.value.map(formatAddress), http: url.value };
    isReady = true;
    const ready = {
      version: VERSION,
      config: path.resolve(folder, configFile),
      generation: publication.generation,
      ...addresses,
      udp: pool.udp(),
      workers: udpWorkers,
      zones,
      profiles: outline.profiles.length,
      databases: geo.databases,
    };
    logger.info(readyFields(ready, Date.now()), "ready");
    return ok(addresses);
  };

  function reload(): Promise<boolean> {
    waiting ??= latest
      .then(() => {
        waiting = undefined;
        return reloadNow();
      })
      .catch((cause: unknown) => {
        logger.error({ stack: (cause as Error).stack }, "a fault of geosteer: the new configuration is not used");
        return false;
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

function isLarge({ ipv4, ipv6 }: LeafTable): boolean {
  return ipv4.count + ipv6.count >= LARGE_TABLE;
}

type Listen = CheckedConfig["settings"]["listen"];

/** `reload.watch`; what is not known yet is. */
function isWatched(settings: { readonly reload?: { readonly watch: boolean } } & object = {}): boolean {
  return settings.reload?.watch ?? true;
}

function described({ outline, digests, config }: Pick<Generation, "outline" | "digests" | "config">): Described {
  return { profiles: outline.profiles, digests, zones: config.contents };
}

function setStatus({ health, probedFor }: Generation, { key }: ProbeTarget, status: ProbedStatus): void {
  health.setAll((probedFor.get(key) ?? []).map((id) => [id, status]));
}

function* endpointReadings({ outline, health }: Generation): Generator<EndpointReading> {
  const statuses = createStatuses(outline, viewHealthTable(health.buffer));
  for (const endpoint of outline.endpoints) {
    yield {
      profile: outline.profiles[endpoint.profile]!.name,
      endpoint: endpoint.name,
      status: statuses.of(endpoint),
    };
  }
}
