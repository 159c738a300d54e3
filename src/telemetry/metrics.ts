/**
 * What `/metrics` answers, in Prometheus' text format. Most of it is state that others keep and that is read at each
 * scrape, so it never is stale and a reload leaves no series behind; only what probes report is counted here, by
 * prom-client, which adds the metrics of the process.
 *
 * Labels are bounded by the configuration, never by what comes from the network. Probes are not labelled by endpoint:
 * endpoints with the same probe target share one probe, which would count once for each. `monitor` carries the
 * histogram and the outcomes; `target` carries a single gauge, enough to see which probe target is slow without a
 * histogram for each.
 */
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import type { CountedEvent } from "./counters.ts";
import { type CounterTotals, type CounterTotalsReading, TRANSPORTS } from "./counter-totals.ts";
import { type MetricDescription, METRICS } from "./metric-table.ts";
import { type Sample, writeMetric } from "./text-format.ts";

export interface MetricsOptions {
  readonly version: string;
  /** Every status that an endpoint can have. */
  readonly statuses: readonly string[];
}

export interface MetricSources {
  readonly counters: Pick<CounterTotals, "read">;
  readonly endpoints: () => Iterable<EndpointReading>;
  readonly lastProbes: () => Iterable<LastProbe>;
  readonly config: () => ConfigReading;
  readonly geoipDatabases: () => Iterable<GeoipDatabaseReading>;
}

export interface EndpointReading {
  readonly profile: string;
  readonly endpoint: string;
  readonly status: string;
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

export interface GeoipDatabaseReading {
  /** The database file as the configuration names it. */
  readonly database: string;
  /** Milliseconds since the Unix epoch. */
  readonly builtAt: number;
}

export interface FinishedProbe {
  readonly monitor: string;
  /** `success` or the code of the failure. */
  readonly outcome: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface StartedProbe {
  readonly monitor: string;
  /** Milliseconds by which it is late. */
  readonly delay: number;
}

export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

export interface Metrics {
  exposition(): Promise<Exposition>;
  probeStarted(probe: StartedProbe): void;
  probed(probe: FinishedProbe): void;
}

export function createMetrics(options: MetricsOptions, sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const probes = new Counter({ ...configurationOf(METRICS.probes), registers: [registry] });
  const probeDuration = new Histogram({
    ...configurationOf(METRICS.probeDuration),
    buckets: [...PROBE_BUCKETS],
    registers: [registry],
  });
  const probeDelay = new Histogram({
    ...configurationOf(METRICS.probeDelay),
    buckets: [...DELAY_BUCKETS],
    registers: [registry],
  });
  return {
    async exposition() {
      const parts = [...(await readMetrics(options, sources)), await registry.metrics()];
      return { contentType: registry.contentType, body: parts.join("") };
    },
    probeStarted({ monitor, delay }) {
      probeDelay.observe({ monitor }, seconds(delay));
    },
    probed({ monitor, outcome, duration }) {
      probes.inc({ monitor, outcome });
      probeDuration.observe({ monitor }, seconds(duration));
    },
  };
}

const CLOSE_CAUSES = ["peer", "timed-out", "evicted", "refused", "stopped"] as const;

/** Seconds: from a neighbour on the same network to 10 s, the longest timeout that Azure allows. */
const PROBE_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Seconds: probes begin in turns of 25 ms; more than a second late is told in the log. */
const DELAY_BUCKETS = [0.05, 0.25, 1, 5, 30] as const;

/** Reads all metrics at one moment, then writes one after the other, over several turns of the event loop. */
async function readMetrics(options: MetricsOptions, sources: MetricSources): Promise<string[]> {
  const counters = sources.counters.read();
  const endpoints = [...sources.endpoints()];
  const lastProbes = [...sources.lastProbes()];
  const databases = [...sources.geoipDatabases()];
  const { generation, lastLoad } = sources.config();
  return [
    await writeMetric(METRICS.queries, labelled(counters.queries)),
    await writeMetric(METRICS.decisions, labelled(counters.decisions)),
    await writeMetric(METRICS.dropped, events(counters, "dropped")),
    await writeMetric(METRICS.shed, events(counters, "shed")),
    await writeMetric(METRICS.limited, [
      { labels: { action: "drop" }, value: counters.events.udp.limited },
      { labels: { action: "truncate" }, value: counters.events.udp.slipped },
    ]),
    await writeMetric(METRICS.truncated, events(counters, "truncated")),
    await writeMetric(METRICS.exceptions, events(counters, "exception")),
    await writeMetric(METRICS.tcpConnections, [{ labels: {}, value: counters.events.tcp.opened }]),
    await writeMetric(
      METRICS.tcpClosed,
      CLOSE_CAUSES.map((cause) => ({ labels: { cause }, value: counters.events.tcp[`closed-${cause}`] })),
    ),
    await writeMetric(METRICS.endpointStatus, endpointStatuses(options.statuses, endpoints)),
    await writeMetric(METRICS.lastProbeDuration, distinct(lastProbes.map(lastProbeDuration))),
    await writeMetric(METRICS.configGeneration, [{ labels: {}, value: generation }]),
    await writeMetric(METRICS.configLastLoadSuccess, [{ labels: {}, value: Number(lastLoad.success) }]),
    await writeMetric(METRICS.configLastLoadTimestamp, [{ labels: {}, value: seconds(lastLoad.at) }]),
    await writeMetric(METRICS.geoipBuildTimestamp, distinct(databases.map(geoipBuildTimestamp))),
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
): Iterable<Sample<keyof EndpointReading>> {
  for (const { profile, endpoint, status: current } of endpoints) {
    for (const status of statuses) yield { labels: { profile, endpoint, status }, value: Number(status === current) };
  }
}

function lastProbeDuration({ monitor, target, duration }: LastProbe): Sample<"monitor" | "target"> {
  return { labels: { monitor, target }, value: seconds(duration) };
}

function geoipBuildTimestamp({ database, builtAt }: GeoipDatabaseReading): Sample<"database"> {
  return { labels: { database }, value: seconds(builtAt) };
}

/**
 * The last sample of each set of labels: a series that occurs twice fails the scrape. A database can be listed twice,
 * and while a reload has its new probe targets probed, one may be there with its monitor of before and the new one.
 */
function distinct<Label extends string>(samples: readonly Sample<Label>[]): Iterable<Sample<Label>> {
  return new Map(samples.map((sample) => [JSON.stringify(sample.labels), sample])).values();
}

function configurationOf<M extends MetricDescription>({ name, help, labels }: M) {
  return { name, help, labelNames: labels as readonly M["labels"][number][] };
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
