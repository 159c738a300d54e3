/**
 * The running whole: configuration, GeoIP, probes, DNS workers and admin HTTP, started, reloaded and stopped in order.
 * The only writer of shared state. A load that fails changes nothing: the last good generation keeps serving.
 */
import { availableParallelism } from "node:os";
import { createHttpServer, type HttpServer } from "../admin/http-server.ts";
import type { CheckedConfig } from "../config/settings.ts";
import type { DatabaseFacts, Geo } from "../geo/load-geo.ts";
import { createHealthTable, viewHealthTable, type HealthTable } from "../health/health-table.ts";
import { probes } from "../health/probes/table.ts";
import { createProber, type Prober } from "../health/prober.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import { endpointStatus } from "../routing/eligibility.ts";
import { STATUSES } from "../routing/health-view.ts";
import { REASONS } from "../routing/plan.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { compileZones } from "../server/compile-zones.ts";
import type { NameTable } from "../server/name-table.ts";
import { createWorkerPool, type WorkerPool } from "../server/worker-pool.ts";
import { formatAddress } from "../server/transport.ts";
import type { Publication } from "../server/worker-messages.ts";
import { createCounterTotals } from "../telemetry/counter-totals.ts";
import { createMetrics, type EndpointReading, type LastProbe } from "../telemetry/metrics.ts";
import { createServices } from "./create-service.ts";
import { loadConfigFile } from "./load-config-file.ts";
import { loadGeoip } from "./load-geoip.ts";
import type { StartError } from "./start-error.ts";
import { VERSION } from "./version.ts";

export interface Geosteer {
  start(): Promise<Result<Addresses, StartError>>;
  /** Reads configuration and databases again. True when the new generation serves; the log says why not. */
  reload(): Promise<boolean>;
  /** Answers what has been received; takes at most five seconds. */
  stop(): Promise<void>;
}

export interface Addresses {
  /** `127.0.0.1:5353`; UDP and TCP. */
  readonly dns: readonly string[];
  /** The admin server's URL; undefined where the configuration has none. */
  readonly http: string | undefined;
}

export interface GeosteerOptions {
  readonly configFile: string;
}

export interface GeosteerDeps {
  /** Made when the configuration has said which level. */
  readonly createLogger: (level: CheckedConfig["settings"]["log"]["level"]) => Logger;
}

/** Milliseconds that the first probe round may hold back the start; who has not answered by then is `checking`. */
const FIRST_ROUND_LIMIT = 5000;

/** Wall time that never steps back, as schedules need it. */
const clock: Clock = () => performance.timeOrigin + performance.now();

/** What one generation is made of. */
interface Generation {
  readonly number: number;
  readonly config: Loaded["config"];
  readonly databases: readonly DatabaseFacts[];
  readonly health: HealthTable;
  readonly prober: Prober;
  readonly publication: Publication;
}

export function createGeosteer({ configFile }: GeosteerOptions, { createLogger }: GeosteerDeps): Geosteer {
  let logger: Logger;
  let current: Generation | undefined;
  let pool: WorkerPool | undefined;
  let http: HttpServer | undefined;
  let lastLoad = { success: false, at: clock() };
  let stopping = false;
  /** Reloads follow each other. */
  let reloads: Promise<unknown> = Promise.resolve();

  const counters = createCounterTotals();
  const services = createServices({ clock });
  const lastProbes = new Map<string, LastProbe>();
  const metrics = createMetrics(
    { version: VERSION, statuses: STATUSES },
    {
      counters,
      endpoints: () => (current === undefined ? [] : endpointReadings(current)),
      lastProbes: () => lastProbes.values(),
      config: () => ({ generation: current?.number ?? 0, lastLoad }),
      geoipDatabases: () =>
        (current?.databases ?? []).map(({ file, built }) => ({ database: file, builtAt: built.getTime() })),
    },
  );

  const load = async (): Promise<Result<Loaded, StartError>> => {
    const config = await loadConfigFile(configFile, { served: current?.config.versions ?? [] });
    const geo = config.ok ? await loadGeoip(config.value) : config;
    lastLoad = { success: geo.ok, at: clock() };
    services.setStale(!geo.ok);
    if (!config.ok || !geo.ok) return geo as Extract<typeof geo, { ok: false }>;
    const { zones, ...rest } = config.value;
    return ok({ config: rest, names: compileZones(zones, rest.snapshot), zones: zones.length, geo: geo.value });
  };

  /** A generation with the states that probes of the one before have found. */
  const generationOf = ({ config, names, geo }: Loaded, before: Generation | undefined): Generation => {
    const { snapshot } = config;
    const health = createHealthTable(snapshot.endpoints.length);
    const setStatus = (target: ProbeTarget, status: Parameters<HealthTable["set"]>[1]): void => {
      for (const { id } of target.endpoints) health.set(id, status);
    };
    const prober = createProber(
      { snapshot, initial: before?.prober.states() ?? [] },
      {
        probes,
        clock,
        random: Math.random,
        logger,
        onResult(target, outcome) {
          const duration = outcome.durationMs;
          const monitor = target.monitor.name;
          metrics.probed({ monitor, outcome: outcome.ok ? "success" : outcome.code, duration });
          lastProbes.set(target.key, { monitor, target: target.label, duration });
        },
        onTransition: ({ target, state }) => setStatus(target, state.status),
      },
    );
    for (const { target, state } of prober.states()) setStatus(target, state.status);
    const number = (before?.number ?? 0) + 1;
    const labels = {
      profiles: snapshot.profiles.map(({ name }) => name),
      endpoints: snapshot.endpoints.map(({ name, profile }) => ({
        profile: snapshot.profiles[profile]!.name,
        endpoint: name,
      })),
      reasons: REASONS,
    };
    return {
      number,
      config,
      databases: geo.databases,
      health,
      prober,
      publication: {
        generation: number,
        snapshot,
        names,
        service: services.of(config.settings.dns),
        table: geo.table,
        health: health.buffer,
        labels,
      },
    };
  };

  const readiness = (): readonly string[] => {
    if (stopping) return ["stopping"];
    return pool === undefined ? ["starting: the first probes are under way"] : pool.missing();
  };

  const startHttp = async ({ settings }: Loaded["config"]): Promise<Result<string | undefined, StartError>> => {
    if (settings.listen.http === undefined) return ok(undefined);
    http = createHttpServer(settings.listen.http, { metrics, readiness, logger });
    const started = await http.start();
    if (started.ok) return ok(started.value.url);
    http = undefined;
    return err([started.error]);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    await Promise.all([current?.prober.stop(), pool?.stop()]);
    await http?.stop();
  };

  const reload = async (): Promise<boolean> => {
    if (current === undefined || pool === undefined || stopping) return false;
    const loaded = await load();
    if (!loaded.ok) {
      for (const { code, message } of loaded.error) {
        logger.error({ code, problem: message }, "the new configuration is not used");
      }
      return false;
    }
    const { config } = loaded.value;
    if (JSON.stringify(config.settings.listen) !== JSON.stringify(current.config.settings.listen)) {
      logger.warn({}, "a change of listen takes effect at the next start");
    }
    for (const raised of config.raised) {
      logger.warn({ ...raised }, "a zone has changed and its serial has not: it is served with a higher one");
    }
    await current.prober.stop();
    current = generationOf(loaded.value, current);
    const probed = new Set(current.prober.states().map(({ key }) => key));
    for (const key of lastProbes.keys()) if (!probed.has(key)) lastProbes.delete(key);
    current.prober.start();
    await pool.publish(current.publication);
    logger.info({ generation: current.number }, "serving a new generation");
    return true;
  };

  const start = async (): Promise<Result<Addresses, StartError>> => {
    const loaded = await load();
    if (!loaded.ok) return loaded;
    const { config, zones } = loaded.value;
    const { listen, log } = config.settings;
    logger = createLogger(log.level);
    const url = await startHttp(config);
    if (!url.ok) return url;

    current = generationOf(loaded.value, undefined);
    await current.prober.firstRound(FIRST_ROUND_LIMIT);
    current.prober.start();
    const udpWorkers = listen.workers === "auto" ? availableParallelism() : listen.workers;
    pool = createWorkerPool(
      { addresses: listen.dns, udp: listen.udp, udpWorkers, tcp: listen.tcp },
      { logger, counters },
    );
    const bound = await pool.start(current.publication);
    if (!bound.ok) {
      await stop();
      return err([bound.error]);
    }
    const addresses = { dns: bound.value.map(formatAddress), http: url.value };
    const { snapshot } = config;
    logger.info({ ...addresses, workers: udpWorkers, zones, profiles: snapshot.profiles.length }, "ready");
    return ok(addresses);
  };

  return {
    start() {
      const started = start();
      // A reload that is asked for meanwhile comes behind.
      reloads = started.catch(() => {});
      return started;
    },
    reload() {
      const next = reloads.then(reload).catch((cause: unknown) => {
        logger.error({ stack: (cause as Error).stack }, "a fault of geosteer: the new configuration is not used");
        return false;
      });
      reloads = next;
      return next;
    },
    stop,
  };
}

/** What a configuration file and its databases have become. */
interface Loaded {
  /** Without the zones, which may be large: what is served of them is in the table of names. */
  readonly config: Omit<CheckedConfig, "zones">;
  readonly names: NameTable;
  /** How many there are. */
  readonly zones: number;
  readonly geo: Geo;
}

function endpointReadings({ config: { snapshot }, health }: Generation): EndpointReading[] {
  const view = viewHealthTable(health.buffer);
  return snapshot.endpoints.map((endpoint) => ({
    profile: snapshot.profiles[endpoint.profile]!.name,
    endpoint: endpoint.name,
    status: endpointStatus(snapshot, endpoint, view),
  }));
}
