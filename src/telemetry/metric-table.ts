/**
 * Every metric that geosteer itself exports: `metrics.ts` exports exactly these and docs/reference.md's table of metrics is held
 * to them. Names and units follow https://prometheus.io/docs/practices/naming/. The `process_*` and `nodejs_*` metrics
 * are prom-client's and not listed here.
 */

export interface MetricDescription {
  readonly name: `geosteer_${string}`;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
}

export const METRICS = {
  queries: {
    name: "geosteer_queries_total",
    type: "counter",
    help: "Answered queries; profile is empty for static data and for names that no zone holds.",
    labels: ["profile", "type", "transport", "rcode"],
  },
  decisions: {
    name: "geosteer_decisions_total",
    type: "counter",
    help: "Routing decisions; endpoint is empty where no endpoint answers.",
    labels: ["profile", "endpoint", "reason"],
  },
  residencyFiltered: {
    name: "geosteer_residency_filtered_total",
    type: "counter",
    help: "Routing decisions from which a residency rule has removed endpoints, by the profile that was asked; 0 where it never has.",
    labels: ["rule", "profile"],
  },
  dropped: {
    name: "geosteer_queries_dropped_total",
    type: "counter",
    help: "Messages that get no answer: too short, a response, or from port 0.",
    labels: ["transport"],
  },
  shed: {
    name: "geosteer_queries_shed_total",
    type: "counter",
    help: "Queries left unanswered because they had waited longer than a resolver does.",
    labels: ["transport"],
  },
  limited: {
    name: "geosteer_rate_limited_total",
    type: "counter",
    help: "Answers over a rate limit; action is drop or truncate.",
    labels: ["action"],
  },
  sendFailures: {
    name: "geosteer_udp_send_failures_total",
    type: "counter",
    help: "Answers that the system did not send: no route, a firewall's refusal, or a full buffer.",
    labels: [],
  },
  kernelDrops: {
    name: "geosteer_udp_kernel_drops_total",
    type: "counter",
    help: "Queries that the kernel dropped because a receive buffer was full; absent where the system does not tell.",
    labels: [],
  },
  workerStalled: {
    name: "geosteer_worker_stalled_seconds_total",
    type: "counter",
    help: "Time that DNS workers were kept by one query for more than a second, until they were replaced; please report it.",
    labels: ["transport"],
  },
  truncated: {
    name: "geosteer_responses_truncated_total",
    type: "counter",
    help: "Responses cut to the client's size with the TC bit set.",
    labels: ["transport"],
  },
  exceptions: {
    name: "geosteer_exceptions_total",
    type: "counter",
    help: "Queries answered SERVFAIL because of a bug in geosteer; please report them.",
    labels: ["transport"],
  },
  tcpConnections: {
    name: "geosteer_tcp_connections_total",
    type: "counter",
    help: "TCP connections that were opened, refused ones included.",
    labels: [],
  },
  tcpClosed: {
    name: "geosteer_tcp_connections_closed_total",
    type: "counter",
    help: "TCP connections that were closed: by the peer, after a time-out, evicted to make room, refused for want of room, or stopped with the server.",
    labels: ["cause"],
  },
  endpointStatus: {
    name: "geosteer_endpoint_status",
    type: "gauge",
    help: "1 for the status that the endpoint has, 0 for all others.",
    labels: ["profile", "endpoint", "status"],
  },
  endpointStatusSince: {
    name: "geosteer_endpoint_status_since_seconds",
    type: "gauge",
    help: "Unix time at which the endpoint's status began.",
    labels: ["profile", "endpoint"],
  },
  endpointInfo: {
    name: "geosteer_endpoint_info",
    type: "gauge",
    help: "Always 1; the labels say what the endpoint answers with, and its site, which is empty where it has none.",
    labels: ["profile", "endpoint", "target", "site"],
  },
  endpointLoad: {
    name: "geosteer_endpoint_load_ratio",
    type: "gauge",
    help: "Load that an endpoint follows, its own or its site's, smoothed: 1 is all that it can do; absent before the first reading.",
    labels: ["profile", "endpoint"],
  },
  endpointLoadShare: {
    name: "geosteer_endpoint_load_share",
    type: "gauge",
    help: "What the load of an endpoint leaves it of its clients: 0 to 1.",
    labels: ["profile", "endpoint"],
  },
  endpointLoadStale: {
    name: "geosteer_endpoint_load_stale",
    type: "gauge",
    help: "1 while no load is told of an endpoint that has one, so that health alone decides, else 0.",
    labels: ["profile", "endpoint"],
  },
  loadReadings: {
    name: "geosteer_load_readings_total",
    type: "counter",
    help: "Readings of a load: taken, or ignored since they were no number from 0 to 1000 per cent, or missing in the answer to a probe; subject is an endpoint or a site.",
    labels: ["subject", "outcome"],
  },
  profileStatus: {
    name: "geosteer_profile_status",
    type: "gauge",
    help: "1 for the status that the profile has, 0 for all others.",
    labels: ["profile", "status"],
  },
  profileUp: {
    name: "geosteer_profile_up",
    type: "gauge",
    help: "1 while the profile has an endpoint that is served by choice, else 0.",
    labels: ["profile"],
  },
  regionUp: {
    name: "geosteer_region_up",
    type: "gauge",
    help: "1 while the endpoint of a region of a geographic profile is served by choice, else 0.",
    labels: ["profile", "region"],
  },
  overrides: {
    name: "geosteer_overrides",
    type: "gauge",
    help: "Overrides that are set; action is up, down, out or drain.",
    labels: ["action"],
  },
  oldestOverride: {
    name: "geosteer_override_oldest_timestamp_seconds",
    type: "gauge",
    help: "Unix time at which the oldest override was set; absent where there is none.",
    labels: [],
  },
  notices: {
    name: "geosteer_notices_total",
    type: "counter",
    help: "Notices: messages that were delivered, attempts that failed, and messages that were dropped, since the queue was full, they were a day old, or the receiver wants no more.",
    labels: ["notice", "result"],
  },
  noticesQueued: {
    name: "geosteer_notices_queued",
    type: "gauge",
    help: "Messages of a notice that wait to be taken.",
    labels: ["notice"],
  },
  stateDurable: {
    name: "geosteer_state_durable",
    type: "gauge",
    help: "1 while changes of state are kept on disk, 0 while they are not; absent with state.file: off.",
    labels: [],
  },
  probes: {
    name: "geosteer_probes_total",
    type: "counter",
    help: "Finished probes; outcome is success or the code of the failure.",
    labels: ["monitor", "outcome"],
  },
  probeDuration: {
    name: "geosteer_probe_duration_seconds",
    type: "histogram",
    help: "Time that a probe took, failed ones included.",
    labels: ["monitor"],
  },
  probeDelay: {
    name: "geosteer_probe_delay_seconds",
    type: "histogram",
    help: "How late probes began, against their monitor's schedule.",
    labels: ["monitor"],
  },
  lastProbeDuration: {
    name: "geosteer_probe_last_duration_seconds",
    type: "gauge",
    help: "Time that the last probe of a probe target took, failed ones included.",
    labels: ["monitor", "target"],
  },
  configGeneration: {
    name: "geosteer_config_generation",
    type: "gauge",
    help: "Number of the generation that all workers answer from; it rises once a new one is served.",
    labels: [],
  },
  configLastLoadSuccess: {
    name: "geosteer_config_last_load_success",
    type: "gauge",
    help: "1 if the last load of the configuration succeeded, 0 if it failed and the one before is still served.",
    labels: [],
  },
  configLastLoadTimestamp: {
    name: "geosteer_config_last_load_timestamp_seconds",
    type: "gauge",
    help: "Unix time of the last load of the configuration, successful or not.",
    labels: [],
  },
  geoipBuildTimestamp: {
    name: "geosteer_geoip_build_timestamp_seconds",
    type: "gauge",
    help: "Unix time at which a loaded GeoIP database was built.",
    labels: ["database"],
  },
  geoipKnownShare: {
    name: "geosteer_geoip_known_share",
    type: "gauge",
    help: "Share of the IPv4 addresses, and of the /48 networks in 2000::/3, whose place is known: 0 to 1.",
    labels: ["family"],
  },
  logLinesDropped: {
    name: "geosteer_log_lines_dropped_total",
    type: "counter",
    help: "Lines of the log that were dropped because what reads it did not keep up.",
    labels: [],
  },
  buildInfo: {
    name: "geosteer_build_info",
    type: "gauge",
    help: "Always 1; the label says which version runs.",
    labels: ["version"],
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;
