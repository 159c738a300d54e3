/**
 * What `/metrics` answers, in Prometheus' text format. Most of it is state that others keep and that is read at each
 * scrape, so it never is stale and a reload leaves no series behind; what probes report is counted in
 * `probe-counts.ts`. prom-client adds the metrics of the process.
 *
 * Labels are bounded by the configuration, never by what comes from the network. Probes are not labelled by endpoint:
 * endpoints with the same probe target share one probe, which would count once for each. `monitor` carries the
 * histogram and the outcomes; `target` carries a single gauge, enough to see which probe target is slow without a
 * histogram for each.
 */
import { collectDefaultMetrics, Registry } from "prom-client";
import type { CountedEvent } from "./counters.ts";
import { type CounterTotals, type CounterTotalsReading, type Transport, TRANSPORTS } from "./counter-totals.ts";
import { METRICS } from "./metric-table.ts";
import { createProbeCounts, type FinishedProbe, type ProbeCounts, type StartedProbe } from "./probe-counts.ts";
import { type Sample, writeMetric } from "./text-format.ts";

export interface MetricsOptions {
  readonly version: string;
  /** Every status that an endpoint can have. */
  readonly statuses: readonly string[];
  /** Every action of an override. */
  readonly actions: readonly string[];
}

export interface MetricSources {
  readonly counters: Pick<CounterTotals, "read">;
  readonly endpoints: () => Iterable<EndpointReading>;
  readonly profiles: () => Iterable<ProfileReading>;
  readonly loads: () => readonly LoadReading[];
  readonly overrides: () => readonly OverrideReading[];
  readonly notices: () => readonly NoticeReading[];
  /** Undefined: nothing is to be kept. */
  readonly stateDurable: () => boolean | undefined;
  readonly lastProbes: () => Iterable<LastProbe>;
  readonly config: () => ConfigReading;
  readonly workers: () => Promise<WorkersReading>;
  readonly geoipDatabases: () => Iterable<GeoipDatabaseReading>;
  /** 0 to 1; undefined as long as nothing is served. */
  readonly geoipKnownShare: () => { readonly ipv4: number; readonly ipv6: number } | undefined;
  readonly logLinesDropped: () => number;
}

export interface EndpointReading {
  readonly profile: string;
  readonly endpoint: string;
  readonly status: string;
  /** When the status began, in milliseconds since the Unix epoch. */
  readonly since: number;
  readonly target: string;
  /** Empty = none. */
  readonly site: string;
  readonly regions: readonly string[];
  readonly isUp: boolean;
}

export interface ProfileReading {
  readonly profile: string;
  readonly status: string;
  readonly isUp: boolean;
}

export interface LoadReading {
  /** `PROFILE/ENDPOINT`, or `site:NAME`. */
  readonly name: string;
  /** `PROFILE/ENDPOINT`, those that follow it. */
  readonly endpoints: readonly string[];
  /** Per cent; undefined before the first reading. */
  readonly smoothed: number | undefined;
  readonly share: number;
  readonly isStale: boolean;
  readonly taken: number;
  readonly ignored: number;
}

export interface OverrideReading {
  readonly action: string;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
}

export interface NoticeReading {
  readonly notice: string;
  readonly queued: number;
  readonly delivered: number;
  readonly failed: number;
  readonly dropped: number;
}

/** The last finished probe of a probe target that is probed now. */
export interface LastProbe {
  readonly monitor: string;
  /** The probe target, as the configuration says it. */
  readonly target: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface ConfigReading {
  readonly generation: number;
  readonly lastLoad: {
    readonly success: boolean;
    /** Milliseconds since the Unix epoch. */
    readonly at: number;
  };
}

/** What the counters of a worker cannot hold. */
export interface WorkersReading {
  /** Seconds that workers were kept by a query each, until they were replaced. */
  readonly stalled: Readonly<Record<Transport, number>>;
  /** Datagrams for which the kernel had no room; undefined where it does not tell. */
  readonly kernelDrops: number | undefined;
}

export interface GeoipDatabaseReading {
  /** The database file as the configuration names it. */
  readonly database: string;
  /** Milliseconds since the Unix epoch. */
  readonly builtAt: number;
}

export interface Exposition {
  readonly contentType: string;
  /** The text in slices: to join 40 MB would hold up the main thread. */
  readonly body: readonly Buffer[];
}

export interface Metrics {
  /** What all metrics are now. Made in slices: it takes a second where there are 300,000 series. */
  exposition(): Promise<Exposition>;
  probeStarted(probe: StartedProbe): void;
  probed(probe: FinishedProbe): void;
  /** Forgets what probes with other monitors have reported. */
  keepMonitors(names: readonly string[]): void;
}

export function createMetrics(options: MetricsOptions, sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray()) if (!OF_PROCESS.has(name)) registry.removeSingleMetric(name);
  const probes = createProbeCounts();
  return {
    async exposition() {
      const own = await readMetrics(options, sources, probes);
      const ofProcess = Buffer.from(await registry.metrics());
      return { contentType: registry.contentType, body: [...own.flat(), ofProcess] };
    },
    probeStarted: (probe) => probes.started(probe),
    probed: (probe) => probes.finished(probe),
    keepMonitors: (names) => probes.keep(new Set(names)),
  };
}

/**
 * Of prom-client's metrics those that tell an operator something. Of the others some break the rules of names
 * (`nodejs_active_handles_total` is a gauge), or are one for each space of V8's heap.
 */
export const OF_PROCESS: ReadonlySet<string> = new Set([
  "process_cpu_user_seconds_total",
  "process_cpu_system_seconds_total",
  "process_cpu_seconds_total",
  "process_start_time_seconds",
  "process_resident_memory_bytes",
  "process_virtual_memory_bytes",
  "process_open_fds",
  "process_max_fds",
  "nodejs_eventloop_lag_seconds",
  "nodejs_eventloop_lag_max_seconds",
  "nodejs_eventloop_lag_p99_seconds",
  "nodejs_active_resources",
  "nodejs_heap_size_total_bytes",
  "nodejs_heap_size_used_bytes",
  "nodejs_external_memory_bytes",
  "nodejs_gc_duration_seconds",
  "nodejs_version_info",
]);

const CLOSE_CAUSES = ["peer", "timed-out", "evicted", "refused", "stopped"] as const;

/** Reads each source when its turn comes, over many turns of the event loop. */
async function readMetrics(
  options: MetricsOptions,
  sources: MetricSources,
  probes: ProbeCounts,
): Promise<(readonly Buffer[])[]> {
  const { stalled, kernelDrops } = await sources.workers();
  const counters = sources.counters.read();
  const one = (value: number) => [{ labels: {}, value }];
  return [
    await writeMetric(METRICS.queries, labelled(counters.queries)),
    await writeMetric(METRICS.decisions, labelled(counters.decisions)),
    await writeMetric(METRICS.residencyFiltered, labelled(counters.filters)),
    await writeMetric(METRICS.dropped, events(counters, "dropped")),
    await writeMetric(METRICS.shed, events(counters, "shed")),
    await writeMetric(METRICS.limited, [
      { labels: { action: "drop" }, value: counters.events.udp.limited },
      { labels: { action: "truncate" }, value: counters.events.udp.slipped },
    ]),
    await writeMetric(METRICS.sendFailures, [{ labels: {}, value: counters.events.udp.unsent }]),
    await writeMetric(METRICS.kernelDrops, kernelDrops === undefined ? [] : [{ labels: {}, value: kernelDrops }]),
    await writeMetric(
      METRICS.workerStalled,
      TRANSPORTS.map((transport) => ({ labels: { transport }, value: stalled[transport] })),
    ),
    await writeMetric(METRICS.truncated, events(counters, "truncated")),
    await writeMetric(METRICS.exceptions, events(counters, "exception")),
    await writeMetric(METRICS.tcpConnections, one(counters.events.tcp.opened)),
    await writeMetric(
      METRICS.tcpClosed,
      CLOSE_CAUSES.map((cause) => ({ labels: { cause }, value: counters.events.tcp[`closed-${cause}`] })),
    ),
    await writeMetric(METRICS.endpointStatus, endpointStatuses(options.statuses, sources.endpoints())),
    await writeMetric(METRICS.endpointStatusSince, endpointSinces(sources.endpoints())),
    await writeMetric(METRICS.endpointInfo, endpointInfos(sources.endpoints())),
    await writeMetric(METRICS.endpointLoad, ofEndpoints(sources.loads(), levelOf)),
    await writeMetric(
      METRICS.endpointLoadShare,
      ofEndpoints(sources.loads(), ({ share }) => share),
    ),
    await writeMetric(
      METRICS.endpointLoadStale,
      ofEndpoints(sources.loads(), ({ isStale }) => Number(isStale)),
    ),
    await writeMetric(METRICS.loadReadings, loadReadings(sources.loads())),
    await writeMetric(METRICS.profileStatus, profileStatuses(options.statuses, sources.profiles())),
    await writeMetric(METRICS.profileUp, profilesUp(sources.profiles())),
    await writeMetric(METRICS.regionUp, regionsUp(sources.endpoints())),
    await writeMetric(METRICS.overrides, overrideCounts(options.actions, sources.overrides())),
    await writeMetric(METRICS.oldestOverride, oldestOverride(sources.overrides())),
    await writeMetric(METRICS.notices, noticeCounts(sources.notices())),
    await writeMetric(
      METRICS.noticesQueued,
      sources.notices().map(({ notice, queued }) => ({ labels: { notice }, value: queued })),
    ),
    await writeMetric(METRICS.stateDurable, durability(sources.stateDurable())),
    await writeMetric(METRICS.probes, probes.outcomes()),
    await writeMetric(METRICS.probeDuration, probes.durations()),
    await writeMetric(METRICS.probeDelay, probes.delays()),
    await writeMetric(METRICS.lastProbeDuration, lastProbeDurations(sources.lastProbes())),
    await writeMetric(METRICS.configGeneration, one(sources.config().generation)),
    await writeMetric(METRICS.configLastLoadSuccess, one(Number(sources.config().lastLoad.success))),
    await writeMetric(METRICS.configLastLoadTimestamp, one(seconds(sources.config().lastLoad.at))),
    await writeMetric(METRICS.geoipBuildTimestamp, geoipBuildTimestamps(sources.geoipDatabases())),
    await writeMetric(METRICS.geoipKnownShare, geoipKnownShares(sources.geoipKnownShare())),
    await writeMetric(METRICS.logLinesDropped, one(sources.logLinesDropped())),
    await writeMetric(METRICS.buildInfo, [{ labels: { version: options.version }, value: 1 }]),
  ];
}

/** An entry of the counters carries its labels beside its count. */
function* labelled<T extends { readonly count: number }>(totals: Iterable<T>) {
  for (const labels of totals) yield { labels, value: labels.count };
}

function events(counters: CounterTotalsReading, event: CountedEvent): Sample<"transport">[] {
  return TRANSPORTS.map((transport) => ({ labels: { transport }, value: counters.events[transport][event] }));
}

function* endpointStatuses(
  statuses: readonly string[],
  endpoints: Iterable<EndpointReading>,
): Iterable<Sample<"profile" | "endpoint" | "status">> {
  for (const { profile, endpoint, status: current } of endpoints) {
    for (const status of statuses) yield { labels: { profile, endpoint, status }, value: Number(status === current) };
  }
}

function* endpointSinces(endpoints: Iterable<EndpointReading>): Iterable<Sample<"profile" | "endpoint">> {
  for (const { profile, endpoint, since } of endpoints) yield { labels: { profile, endpoint }, value: seconds(since) };
}

function* endpointInfos(
  endpoints: Iterable<EndpointReading>,
): Iterable<Sample<"profile" | "endpoint" | "target" | "site">> {
  for (const { profile, endpoint, target, site } of endpoints) {
    yield { labels: { profile, endpoint, target, site }, value: 1 };
  }
}

function* ofEndpoints(
  loads: readonly LoadReading[],
  valueOf: (load: LoadReading) => number | undefined,
): Iterable<Sample<"profile" | "endpoint">> {
  for (const load of loads) {
    const value = valueOf(load);
    if (value === undefined) continue;
    for (const name of load.endpoints) {
      const slash = name.indexOf("/");
      yield { labels: { profile: name.slice(0, slash), endpoint: name.slice(slash + 1) }, value };
    }
  }
}

function levelOf({ smoothed }: LoadReading): number | undefined {
  return smoothed === undefined ? undefined : smoothed / 100;
}

function* loadReadings(loads: readonly LoadReading[]): Iterable<Sample<"subject" | "outcome">> {
  for (const { name: subject, taken, ignored } of loads) {
    yield { labels: { subject, outcome: "taken" }, value: taken };
    yield { labels: { subject, outcome: "ignored" }, value: ignored };
  }
}

function* regionsUp(endpoints: Iterable<EndpointReading>): Iterable<Sample<"profile" | "region">> {
  for (const { profile, regions, isUp } of endpoints) {
    for (const region of regions) yield { labels: { profile, region }, value: Number(isUp) };
  }
}

function* profileStatuses(
  statuses: readonly string[],
  profiles: Iterable<ProfileReading>,
): Iterable<Sample<"profile" | "status">> {
  for (const { profile, status: current } of profiles) {
    for (const status of statuses) yield { labels: { profile, status }, value: Number(status === current) };
  }
}

function* profilesUp(profiles: Iterable<ProfileReading>): Iterable<Sample<"profile">> {
  for (const { profile, isUp } of profiles) yield { labels: { profile }, value: Number(isUp) };
}

function overrideCounts(actions: readonly string[], overrides: readonly OverrideReading[]): Sample<"action">[] {
  return actions.map((action) => {
    return { labels: { action }, value: overrides.filter((override) => override.action === action).length };
  });
}

function oldestOverride(overrides: readonly OverrideReading[]): Sample<never>[] {
  const oldest = Math.min(...overrides.map(({ since }) => since));
  return overrides.length === 0 ? [] : [{ labels: {}, value: seconds(oldest) }];
}

function noticeCounts(notices: readonly NoticeReading[]): Sample<"notice" | "result">[] {
  return notices.flatMap(({ notice, ...counts }) =>
    (["delivered", "failed", "dropped"] as const).map((result) => ({
      labels: { notice, result },
      value: counts[result],
    })),
  );
}

function durability(durable: boolean | undefined): Sample<never>[] {
  return durable === undefined ? [] : [{ labels: {}, value: Number(durable) }];
}

/** One for each pair of labels: a series that occurs twice fails the scrape, and virtual hosts on one address have it. */
function* lastProbeDurations(lastProbes: Iterable<LastProbe>): Iterable<Sample<"monitor" | "target">> {
  const seen = new Set<string>();
  for (const { monitor, target, duration } of lastProbes) {
    const series = `${monitor} ${target}`;
    if (seen.has(series)) continue;
    seen.add(series);
    yield { labels: { monitor, target }, value: seconds(duration) };
  }
}

/** One for each file, which can be listed twice. */
function* geoipBuildTimestamps(databases: Iterable<GeoipDatabaseReading>): Iterable<Sample<"database">> {
  const byFile = new Map(Array.from(databases, (database) => [database.database, database]));
  for (const { database, builtAt } of byFile.values()) yield { labels: { database }, value: seconds(builtAt) };
}

function geoipKnownShares(share: { readonly ipv4: number; readonly ipv6: number } | undefined): Sample<"family">[] {
  if (share === undefined) return [];
  return (["ipv4", "ipv6"] as const).map((family) => ({ labels: { family }, value: share[family] }));
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
