import { describe, expect, test } from "vitest";
import { type CounterRow, createCounterTotals } from "../../src/telemetry/counter-totals.ts";
import { countInto, createCounterRow } from "../../src/telemetry/counters.ts";
import { METRICS } from "../../src/telemetry/metric-table.ts";
import {
  createMetrics,
  OF_PROCESS,
  type EndpointReading,
  type Metrics,
  type MetricSources,
} from "../../src/telemetry/metrics.ts";
import { brokenRules } from "./metric-rules.ts";
import { parseExposition, type ParsedMetric } from "./parse-exposition.ts";

const STATUSES = ["online", "degraded", "checking", "disabled", "inactive", "stopped", "unmonitored"];
const LABELS = {
  profiles: ["shop"],
  endpoints: [{ profile: "shop", endpoint: "ireland" }],
  reasons: ["method", "fallback"],
  filters: [
    { profile: "payroll", rule: "eu" },
    { profile: "payroll", rule: "hq" },
  ],
};
const QUIET: MetricSources = {
  counters: createCounterTotals(),
  endpoints: () => [],
  profiles: () => [],
  loads: () => [],
  overrides: () => [],
  notices: () => [],
  stateDurable: () => undefined,
  lastProbes: () => [],
  config: () => ({ generation: 1, lastLoad: { success: true, at: 0 } }),
  workers: () => Promise.resolve({ stalled: { udp: 0, tcp: 0 }, kernelDrops: undefined }),
  geoipDatabases: () => [],
  geoipKnownShare: () => ({ ipv4: 0.75, ipv6: 0.125 }),
  logLinesDropped: () => 0,
};

const IRELAND: EndpointReading = {
  profile: "shop",
  endpoint: "ireland",
  status: "online",
  since: 1500,
  target: "192.0.2.1",
  site: "dublin",
  regions: [],
  isUp: true,
};

function metricsOf(sources: Partial<MetricSources> = {}): Metrics {
  return createMetrics({ version: "1.2.3", statuses: STATUSES, actions: ["up", "out"] }, { ...QUIET, ...sources });
}

async function textOf(metrics: Metrics): Promise<string> {
  return Buffer.concat((await metrics.exposition()).body).toString();
}

async function scrape(metrics: Metrics): Promise<Map<string, ParsedMetric>> {
  return parseExposition(await textOf(metrics));
}

/** Series and value of one metric. */
async function samplesOf(metrics: Metrics, { name }: { readonly name: string }): Promise<Record<string, number>> {
  return Object.fromEntries((await scrape(metrics)).get(name)!.samples);
}

function rowOf(transport: "udp" | "tcp"): CounterRow {
  return { row: createCounterRow(LABELS), labels: LABELS, transport };
}

describe("createMetrics", () => {
  test("exports exactly the table's metrics, with their types and help, and those of the process", async () => {
    const metrics = [...(await scrape(metricsOf()))];
    const own = metrics.filter(([name]) => name.startsWith("geosteer_"));
    const described = Object.values(METRICS).map(({ name, type, help }) => [name, { type, help }] as const);
    expect(Object.fromEntries(own)).toMatchObject(Object.fromEntries(described));
    expect(own).toHaveLength(described.length);
    const others = metrics.map(([name]) => name).filter((name) => !name.startsWith("geosteer_"));
    expect(others).toContain("process_resident_memory_bytes");
    // Without /proc there are fewer.
    expect(others.filter((name) => !OF_PROCESS.has(name))).toEqual([]);
  });

  test("keeps the rules of names, units and types, with samples and without", async () => {
    const counters = createCounterTotals();
    const udp = rowOf("udp");
    counters.add([udp]);
    const count = countInto(udp.row, LABELS);
    count.query(0, 1, 0);
    count.decision(0, 0);
    const metrics = metricsOf({
      counters,
      endpoints: () => [IRELAND],
      profiles: () => [{ profile: "shop", status: "online", isUp: true }],
      overrides: () => [{ action: "out", since: 1 }],
      notices: () => [{ notice: "ops", queued: 1, delivered: 2, failed: 3, dropped: 4 }],
      stateDurable: () => true,
      lastProbes: () => [{ monitor: "web", target: "http://192.0.2.1:80", duration: 1 }],
      geoipDatabases: () => [{ database: "country.mmdb", builtAt: 1 }],
      workers: () => Promise.resolve({ stalled: { udp: 0, tcp: 0 }, kernelDrops: 7 }),
    });
    metrics.probeStarted({ monitor: "web", delay: 1 });
    metrics.probed({ monitor: "web", outcome: "success", duration: 1 });
    expect(brokenRules(await scrape(metrics))).toEqual([]);
    expect(brokenRules(await scrape(metricsOf()))).toEqual([]);
  });

  test("a DNS probe and an HTTP probe of one address are two series", async () => {
    const lastProbes = () => [
      { monitor: "web", target: "http://192.0.2.1:80", duration: 1000 },
      { monitor: "resolver", target: "dns://192.0.2.1:53", duration: 2000 },
      { monitor: "other", target: "dns://192.0.2.1:53", duration: 3000 },
    ];
    expect(await samplesOf(metricsOf({ lastProbes }), METRICS.lastProbeDuration)).toEqual({
      'geosteer_probe_last_duration_seconds{monitor="web",target="http://192.0.2.1:80"}': 1,
      'geosteer_probe_last_duration_seconds{monitor="resolver",target="dns://192.0.2.1:53"}': 2,
      'geosteer_probe_last_duration_seconds{monitor="other",target="dns://192.0.2.1:53"}': 3,
    });
  });

  test("names the text format in the content type", async () => {
    expect((await metricsOf().exposition()).contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
  });

  test("does not share a registry between two instances", async () => {
    const [one, other] = [metricsOf(), metricsOf()];
    one.probed({ monitor: "web", outcome: "success", duration: 1 });
    expect(await samplesOf(other, METRICS.probes)).toEqual({});
  });

  test("reads queries, decisions and events of the workers at each scrape", async () => {
    const counters = createCounterTotals();
    const [udp, tcp] = [rowOf("udp"), rowOf("tcp")];
    counters.add([udp, tcp]);
    const metrics = metricsOf({ counters });
    expect(await samplesOf(metrics, METRICS.queries)).toEqual({});

    const overUdp = countInto(udp.row, LABELS);
    overUdp.query(0, 1, 0);
    overUdp.query(0, 1, 0);
    overUdp.query(-1, 28, 5);
    overUdp.decision(0, 0);
    overUdp.filtered(1);
    overUdp.event("truncated");
    const overTcp = countInto(tcp.row, LABELS);
    overTcp.query(0, 1, 0);
    overTcp.decisionWithoutEndpoint(0, 1);
    overTcp.event("dropped");
    overTcp.event("exception");

    expect(await samplesOf(metrics, METRICS.queries)).toEqual({
      'geosteer_queries_total{profile="shop",type="A",transport="udp",rcode="NOERROR"}': 2,
      'geosteer_queries_total{profile="",type="AAAA",transport="udp",rcode="REFUSED"}': 1,
      'geosteer_queries_total{profile="shop",type="A",transport="tcp",rcode="NOERROR"}': 1,
    });
    expect(await samplesOf(metrics, METRICS.decisions)).toEqual({
      'geosteer_decisions_total{profile="shop",endpoint="ireland",reason="method"}': 1,
      'geosteer_decisions_total{profile="shop",endpoint="",reason="fallback"}': 1,
    });
    expect(await samplesOf(metrics, METRICS.residencyFiltered)).toEqual({
      'geosteer_residency_filtered_total{rule="eu",profile="payroll"}': 0,
      'geosteer_residency_filtered_total{rule="hq",profile="payroll"}': 1,
    });
    expect(await samplesOf(metrics, METRICS.dropped)).toEqual({
      'geosteer_queries_dropped_total{transport="udp"}': 0,
      'geosteer_queries_dropped_total{transport="tcp"}': 1,
    });
    expect(await samplesOf(metrics, METRICS.truncated)).toEqual({
      'geosteer_responses_truncated_total{transport="udp"}': 1,
      'geosteer_responses_truncated_total{transport="tcp"}': 0,
    });
    expect(await samplesOf(metrics, METRICS.exceptions)).toEqual({
      'geosteer_exceptions_total{transport="udp"}': 0,
      'geosteer_exceptions_total{transport="tcp"}': 1,
    });
  });

  test("shows what is lost below the workers, and what has kept them", async () => {
    const counters = createCounterTotals();
    const udp = rowOf("udp");
    counters.add([udp]);
    countInto(udp.row, LABELS).event("unsent", 3);
    const metrics = metricsOf({
      counters,
      workers: () => Promise.resolve({ stalled: { udp: 2.25, tcp: 0 }, kernelDrops: 7 }),
    });
    expect(await samplesOf(metrics, METRICS.sendFailures)).toEqual({ geosteer_udp_send_failures_total: 3 });
    expect(await samplesOf(metrics, METRICS.kernelDrops)).toEqual({ geosteer_udp_kernel_drops_total: 7 });
    expect(await samplesOf(metrics, METRICS.workerStalled)).toEqual({
      'geosteer_worker_stalled_seconds_total{transport="udp"}': 2.25,
      'geosteer_worker_stalled_seconds_total{transport="tcp"}': 0,
    });
    expect(await samplesOf(metricsOf(), METRICS.kernelDrops)).toEqual({});
  });

  test("shows the status of an endpoint as 1 among all statuses, and forgets an endpoint that is gone", async () => {
    let endpoints: EndpointReading[] = [{ ...IRELAND, status: "degraded" }];
    const metrics = metricsOf({ endpoints: () => endpoints });
    const expected = STATUSES.map((status) => [
      `geosteer_endpoint_status{profile="shop",endpoint="ireland",status="${status}"}`,
      status === "degraded" ? 1 : 0,
    ]);
    expect(await samplesOf(metrics, METRICS.endpointStatus)).toEqual(Object.fromEntries(expected));
    endpoints = [];
    expect(await samplesOf(metrics, METRICS.endpointStatus)).toEqual({});
  });

  test("tells since when, with which target, and for which regions an endpoint is what it is", async () => {
    const metrics = metricsOf({ endpoints: () => [IRELAND, { ...IRELAND, endpoint: "rest", site: "", isUp: false }] });
    expect(await samplesOf(metrics, METRICS.endpointStatusSince)).toMatchObject({
      'geosteer_endpoint_status_since_seconds{profile="shop",endpoint="ireland"}': 1.5,
    });
    expect(await samplesOf(metrics, METRICS.endpointInfo)).toMatchObject({
      'geosteer_endpoint_info{profile="shop",endpoint="ireland",target="192.0.2.1",site="dublin"}': 1,
      'geosteer_endpoint_info{profile="shop",endpoint="rest",target="192.0.2.1",site=""}': 1,
    });
    const other = metricsOf({ endpoints: () => [{ ...IRELAND, regions: ["IE", "GB"], isUp: false }] });
    expect(await samplesOf(other, METRICS.regionUp)).toEqual({
      'geosteer_region_up{profile="shop",region="IE"}': 0,
      'geosteer_region_up{profile="shop",region="GB"}': 0,
    });
  });

  test("shows the status of a profile, and whether it has an endpoint up", async () => {
    const metrics = metricsOf({ profiles: () => [{ profile: "shop", status: "degraded", isUp: true }] });
    expect(await samplesOf(metrics, METRICS.profileStatus)).toMatchObject({
      'geosteer_profile_status{profile="shop",status="degraded"}': 1,
      'geosteer_profile_status{profile="shop",status="online"}': 0,
    });
    expect(await samplesOf(metrics, METRICS.profileUp)).toEqual({ 'geosteer_profile_up{profile="shop"}': 1 });
  });

  test("counts overrides by action, tells the oldest, and whether state is kept", async () => {
    const set = [
      { action: "out", since: 9000 },
      { action: "out", since: 4000 },
    ];
    const metrics = metricsOf({ overrides: () => set, stateDurable: () => false });
    expect(await samplesOf(metrics, METRICS.overrides)).toEqual({
      'geosteer_overrides{action="up"}': 0,
      'geosteer_overrides{action="out"}': 2,
    });
    expect(await samplesOf(metrics, METRICS.oldestOverride)).toEqual({ geosteer_override_oldest_timestamp_seconds: 4 });
    expect(await samplesOf(metrics, METRICS.stateDurable)).toEqual({ geosteer_state_durable: 0 });
    expect(await samplesOf(metricsOf(), METRICS.oldestOverride)).toEqual({});
    expect(await samplesOf(metricsOf(), METRICS.stateDurable)).toEqual({});
  });

  test("sorts how late probes began into buckets", async () => {
    const metrics = metricsOf();
    metrics.probeStarted({ monitor: "web", delay: 12 });
    metrics.probeStarted({ monitor: "web", delay: 3000 });
    expect(await samplesOf(metrics, METRICS.probeDelay)).toMatchObject({
      'geosteer_probe_delay_seconds_bucket{monitor="web",le="0.05"}': 1,
      'geosteer_probe_delay_seconds_bucket{monitor="web",le="1"}': 1,
      'geosteer_probe_delay_seconds_bucket{monitor="web",le="5"}': 2,
      'geosteer_probe_delay_seconds_sum{monitor="web"}': 3.012,
    });
  });

  test("counts probes by monitor and outcome and sorts their durations into buckets", async () => {
    const metrics = metricsOf();
    metrics.probed({ monitor: "web", outcome: "success", duration: 30 });
    metrics.probed({ monitor: "web", outcome: "success", duration: 30 });
    metrics.probed({ monitor: "web", outcome: "timeout", duration: 10_000 });
    expect(await samplesOf(metrics, METRICS.probes)).toEqual({
      'geosteer_probes_total{monitor="web",outcome="success"}': 2,
      'geosteer_probes_total{monitor="web",outcome="timeout"}': 1,
    });
    expect(await samplesOf(metrics, METRICS.probeDuration)).toMatchObject({
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="0.025"}': 0,
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="0.05"}': 2,
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="5"}': 2,
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="10"}': 3,
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="+Inf"}': 3,
      'geosteer_probe_duration_seconds_sum{monitor="web"}': 10.06,
      'geosteer_probe_duration_seconds_count{monitor="web"}': 3,
    });
  });

  test("keepMonitors: the series of other monitors go, those of the kept ones stay as they are", async () => {
    const metrics = metricsOf();
    for (const monitor of ["web", "mail"]) {
      metrics.probed({ monitor, outcome: "success", duration: 30 });
      metrics.probed({ monitor, outcome: "timeout", duration: 30 });
    }
    metrics.keepMonitors(["web", "new"]);
    const kept = {
      'geosteer_probes_total{monitor="web",outcome="success"}': 1,
      'geosteer_probes_total{monitor="web",outcome="timeout"}': 1,
    };
    expect(await samplesOf(metrics, METRICS.probes)).toEqual(kept);
    const durations = Object.keys(await samplesOf(metrics, METRICS.probeDuration));
    expect(durations.filter((series) => !series.includes('monitor="web"'))).toEqual([]);
    expect(durations).toHaveLength(14);
    metrics.probed({ monitor: "mail", outcome: "success", duration: 30 });
    expect(await samplesOf(metrics, METRICS.probes)).toEqual({
      ...kept,
      'geosteer_probes_total{monitor="mail",outcome="success"}': 1,
    });
  });

  test("a probe that takes as long as a bucket's bound is in it", async () => {
    const metrics = metricsOf();
    metrics.probed({ monitor: "web", outcome: "success", duration: 50 });
    expect(await samplesOf(metrics, METRICS.probeDuration)).toMatchObject({
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="0.025"}': 0,
      'geosteer_probe_duration_seconds_bucket{monitor="web",le="0.05"}': 1,
    });
  });

  test("shows how many lines of the log were dropped", async () => {
    const metrics = metricsOf({ logLinesDropped: () => 7 });
    expect(await samplesOf(metrics, METRICS.logLinesDropped)).toEqual({ geosteer_log_lines_dropped_total: 7 });
  });

  test("shows the last duration of each target in seconds, once, and forgets a target that is gone", async () => {
    let lastProbes = [
      { monitor: "web", target: "https://203.0.113.10:443", duration: 30 },
      { monitor: "web", target: "https://203.0.113.10:443", duration: 128 },
      { monitor: "mail", target: "tcp://203.0.113.10:25", duration: 2 },
    ];
    const metrics = metricsOf({ lastProbes: () => lastProbes });
    expect(await samplesOf(metrics, METRICS.lastProbeDuration)).toEqual({
      'geosteer_probe_last_duration_seconds{monitor="web",target="https://203.0.113.10:443"}': 0.03,
      'geosteer_probe_last_duration_seconds{monitor="mail",target="tcp://203.0.113.10:25"}': 0.002,
    });
    lastProbes = [];
    expect(await samplesOf(metrics, METRICS.lastProbeDuration)).toEqual({});
  });

  test.for([
    { success: true, expected: 1 },
    { success: false, expected: 0 },
  ])("shows the configuration after a load with success = $success", async ({ success, expected }) => {
    const metrics = metricsOf({ config: () => ({ generation: 7, lastLoad: { success, at: 1_763_805_600_250 } }) });
    expect(await samplesOf(metrics, METRICS.configGeneration)).toEqual({ geosteer_config_generation: 7 });
    expect(await samplesOf(metrics, METRICS.configLastLoadSuccess)).toEqual({
      geosteer_config_last_load_success: expected,
    });
    expect(await samplesOf(metrics, METRICS.configLastLoadTimestamp)).toEqual({
      geosteer_config_last_load_timestamp_seconds: 1_763_805_600.25,
    });
  });

  test("shows when each GeoIP database was built, and the version", async () => {
    const database = { database: "geoip-data/country.mmdb", builtAt: Date.UTC(2026, 5, 1) };
    const metrics = metricsOf({ geoipDatabases: () => [database, database] });
    expect(await samplesOf(metrics, METRICS.geoipBuildTimestamp)).toEqual({
      'geosteer_geoip_build_timestamp_seconds{database="geoip-data/country.mmdb"}': Date.UTC(2026, 5, 1) / 1000,
    });
    expect(await samplesOf(metrics, METRICS.geoipKnownShare)).toEqual({
      'geosteer_geoip_known_share{family="ipv4"}': 0.75,
      'geosteer_geoip_known_share{family="ipv6"}': 0.125,
    });
    expect(await samplesOf(metrics, METRICS.buildInfo)).toEqual({ 'geosteer_build_info{version="1.2.3"}': 1 });
  });

  test("exports each endpoint of 10,000 profiles with 4 endpoints each", async () => {
    const endpoints = Array.from({ length: 40_000 }, (_, i) => ({
      profile: `profile-${Math.floor(i / 4)}`,
      endpoint: `endpoint-${i % 4}`,
      status: "online",
      since: 0,
      target: "192.0.2.1",
      site: "",
      regions: [],
      isUp: true,
    }));
    const metrics = metricsOf({ endpoints: () => endpoints });
    const body = await textOf(metrics);
    expect(body.match(/^geosteer_endpoint_status\{.*status="online"\} 1$/gm)).toHaveLength(40_000);
  });
});

describe("METRICS", () => {
  test.for(Object.values(METRICS))("$name keeps Prometheus' naming conventions", ({ name, type, help, labels }) => {
    expect(name).toMatch(/^geosteer_[a-z]+(?:_[a-z]+)*$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
    expect(help).toMatch(/^[A-Z0-9].*\.$/);
    for (const label of labels) expect(label).toMatch(/^[a-z]+$/);
  });

  test("names no metric twice", () => {
    const names = Object.values(METRICS).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
