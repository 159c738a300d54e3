/**
 * How the endpoints of a snapshot are probed. Config builds it; nobody who answers has it, since headers, tokens and keys are
 * secrets.
 */
import type { DomainName } from "../shared/domain-name.ts";
import type { LoadRules } from "./load/load-control.ts";

export interface Monitoring {
  /**
   * A monitor's `id` is its index here. Endpoints with headers or a load signal of their own have one beside the configured
   * monitor, of the same name.
   */
  readonly monitors: readonly Monitor[];
  /** By endpoint id; undefined = not probed. */
  readonly checks: readonly (EndpointCheck | undefined)[];
  readonly loads: readonly LoadSubject[];
}

/** An endpoint or a site with a load of its own. */
export interface LoadSubject {
  /** `PROFILE/ENDPOINT`, or `site:NAME`. */
  readonly name: string;
  readonly source: LoadSource;
  readonly rules: LoadRules;
  /** Milliseconds that resolvers keep an answer with one of its endpoints at most. */
  readonly ttl: number;
  /** `PROFILE/ENDPOINT`, those whose share follows it; at least one. */
  readonly endpoints: readonly string[];
}

export type LoadSource =
  /** Of several probes, the mean. */
  | ProbeLoadSource
  /** Reports through the API. */
  | { readonly kind: "push" }
  | {
      readonly kind: "prometheus";
      /** Of the server, without `/api/v1/query`. */
      readonly url: string;
      /** PromQL. */
      readonly query: string;
      /** The value of the Authorization header; undefined = none. */
      readonly authorization: string | undefined;
      /** Milliseconds from one query to the next. */
      readonly interval: number;
    };

/** What is probed for an endpoint, and what its status follows from. `T`: how it names a probe target. */
export interface EndpointCheck<T = ProbeCheck> {
  /**
   * - `each`: a part for each of its addresses, IPv4 before IPv6; an address whose part is down leaves the answer while
   *   another is up;
   * - `any`: the same parts; it is up while one of them is, and answered whole;
   * - `whole`: one part for all of it.
   */
  readonly addresses: "each" | "any" | "whole";
  /** At least one. */
  readonly parts: readonly Formula<T>[];
}

/** A status from those of probe targets. */
export type Formula<T = ProbeCheck> =
  | { readonly kind: "probe"; readonly check: T }
  /** Up while as many of its members are; `all` and `any` are such. */
  | { readonly kind: "atLeast"; readonly count: number; readonly of: readonly Formula<T>[] }
  | { readonly kind: "not"; readonly of: Formula<T> };

/** One probe target. */
export interface ProbeCheck {
  /** The monitor's id. */
  readonly monitor: number;
  /** The address or host name that probes connect to, and its port. */
  readonly host: string;
  readonly port: number;
  /**
   * The name for the Host header and SNI where the monitor's headers set none: the endpoint's host, or the first name of
   * the profile of its addresses that is no wildcard, or the address. Not `probe`'s.
   */
  readonly serverName: string;
  /** `PROFILE/ENDPOINT` where the probe is about that one endpoint, as push is; undefined = whoever has the same target. */
  readonly subject: string | undefined;
}

/** When a probe target changes its status: `probe-state.ts`. Durations in milliseconds. */
export interface ProbeRules {
  /** Degraded on the consecutive failure after this many, where `window` says nothing else. */
  readonly toleratedFailures: number;
  /** Degraded once so many of the last results are failures, in place of consecutive ones. */
  readonly window: { readonly failures: number; readonly of: number } | undefined;
  /** Online after this many consecutive successes. */
  readonly recoverAfter: number;
  /** A status lasts at least this long. */
  readonly hold: number;
  /** Each flap within the window doubles the time to recovery, up to max. */
  readonly damping: { readonly window: number; readonly max: number } | undefined;
  /** How a target that has recovered comes back: at once, when an operator says so, or after so many milliseconds. */
  readonly failback: "auto" | "manual" | number;
}

export interface MonitorTiming extends ProbeRules {
  readonly id: number;
  readonly name: string;
  /** Milliseconds from the start of a probe to the start of the next. */
  readonly interval: number;
  /** The same while the latest result speaks against the status; at most `interval`. */
  readonly fastInterval: number;
  /** Milliseconds; a probe without an answer by then has failed. */
  readonly timeout: number;
  /** Milliseconds in which the share of an endpoint that has come back grows to the whole; 0 = at once. */
  readonly rampUp: number;
}

/** How a connection is secured. Texts are PEM. */
export interface TlsRules {
  /** Whether a certificate that does not verify is a failure. Azure does not verify. */
  readonly verifyCertificate: boolean;
  /** Trusted in place of the authorities that Node.js knows. */
  readonly ca: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  /** The name in the SNI and the certificate; undefined = that of the check. */
  readonly serverName: string | undefined;
  /** A certificate that expires in fewer days is a failure; 0 = is not looked at. */
  readonly minDaysLeft: number;
}

/** From where a probe's answer tells the load of who answers; `load/` says what follows. */
export type ProbeLoadSource =
  /** The ORCA metric of this name, such as `cpu_utilization` or `named_metrics.queue`, in `endpoint-load-metrics`. */
  | { readonly kind: "orca"; readonly metric: string }
  | { readonly kind: "header"; readonly name: string }
  /** A JSON path (RFC 9535) into the body. */
  | { readonly kind: "json"; readonly path: string };

export interface HttpMonitor extends MonitorTiming {
  readonly protocol: "http" | "https";
  readonly method: "GET" | "HEAD" | "POST";
  readonly path: string;
  readonly body: string | undefined;
  /** Inclusive ranges of status codes that count as success. */
  readonly expectedStatus: readonly (readonly [low: number, high: number])[];
  /** Names in lower case; `host` also sets the SNI. */
  readonly headers: Readonly<Record<string, string>>;
  /** The value of the Authorization header; undefined = none. */
  readonly authorization: string | undefined;
  /** The body has this text. */
  readonly contains: string | undefined;
  /** The body matches this regular expression, in RE2's syntax. */
  readonly matches: string | undefined;
  /** The JSON path (RFC 9535) selects a value that equals this one, or any value where it is undefined. */
  readonly json: { readonly path: string; readonly equals: string | number | boolean | null | undefined } | undefined;
  /** Octets of the body, decompressed, that are looked at. */
  readonly readAtMost: number;
  readonly followRedirects: boolean;
  readonly http2: boolean;
  readonly proxyProtocol: boolean;
  readonly tls: TlsRules | undefined;
  readonly load: ProbeLoadSource | undefined;
}

export interface TcpMonitor extends MonitorTiming {
  readonly protocol: "tcp";
  /** Undefined = without TLS. */
  readonly tls: TlsRules | undefined;
  readonly proxyProtocol: boolean;
  readonly send: string | undefined;
  /** What comes back has this text within the first 64 KiB. */
  readonly expect: string | undefined;
}

/** The handshake alone. */
export interface TlsMonitor extends MonitorTiming {
  readonly protocol: "tls";
  readonly tls: TlsRules;
  readonly proxyProtocol: boolean;
}

export interface DnsMonitor extends MonitorTiming {
  readonly protocol: "dns";
  readonly query: DomainName;
  readonly type: "A" | "AAAA" | "CNAME" | "TXT" | "NS" | "MX" | "SOA";
  /** At least one answer has this text (an address, a name or a string); undefined = any answer with data. */
  readonly expect: string | undefined;
  readonly transport: "udp" | "tcp";
  /** The RCODE's mnemonic; another than NOERROR is asked for without data. */
  readonly expectedRcode: "NOERROR" | "NXDOMAIN" | "REFUSED" | "SERVFAIL";
  /** SOA: the serial is not older than the one that this server tells (RFC 1982). */
  readonly notOlderThan: { readonly host: string; readonly port: number } | undefined;
}

/** grpc.health.v1 (https://github.com/grpc/grpc/blob/master/doc/health-checking.md). */
export interface GrpcMonitor extends MonitorTiming {
  readonly protocol: "grpc";
  /** Empty = the server as a whole. */
  readonly service: string;
  readonly tls: TlsRules | undefined;
  readonly proxyProtocol: boolean;
}

export interface IcmpMonitor extends MonitorTiming {
  readonly protocol: "icmp";
}

/** A program of the operator's: exit code 0 is a success. */
export interface ExecMonitor extends MonitorTiming {
  readonly protocol: "exec";
  /** The program and its arguments; no shell. `%{host}` and its like are replaced: `placeholders.ts`. */
  readonly command: readonly string[];
}

/** The endpoint reports by itself, through the API. */
export interface PushMonitor extends MonitorTiming {
  readonly protocol: "push";
  /** Milliseconds after which a report counts no more: that is a failure. */
  readonly validFor: number;
}

/** An instant query (https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries). */
export interface PrometheusMonitor extends MonitorTiming {
  readonly protocol: "prometheus";
  /** Of the server, without `/api/v1/query`. */
  readonly url: string;
  /** PromQL; `%{host}` and its like are replaced: `placeholders.ts`. */
  readonly expression: string;
  /** Success is a value above the one and below the other; where both are undefined, one that is not 0. */
  readonly above: number | undefined;
  readonly below: number | undefined;
  /** The value of the Authorization header; undefined = none. */
  readonly authorization: string | undefined;
}

export type Monitor =
  | HttpMonitor
  | TcpMonitor
  | TlsMonitor
  | DnsMonitor
  | GrpcMonitor
  | IcmpMonitor
  | ExecMonitor
  | PushMonitor
  | PrometheusMonitor;

/** The monitors of one protocol. */
export type MonitorOf<P extends Monitor["protocol"], M = Monitor> = M extends { readonly protocol: infer Q }
  ? P extends Q
    ? M & { readonly protocol: P }
    : never
  : never;
