/** How the endpoints of a snapshot are probed. Config builds it; nobody who answers has it, since headers may hold secrets. */
import type { DomainName } from "../shared/domain-name.ts";

export interface Monitoring {
  /**
   * A monitor's `id` is its index here. Endpoints with headers of their own have one beside the configured monitor, of the
   * same name.
   */
  readonly monitors: readonly Monitor[];
  /** By endpoint id; undefined = not probed. */
  readonly checks: readonly (EndpointCheck | undefined)[];
}

export interface EndpointCheck {
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
}

export interface MonitorTiming {
  readonly id: number;
  readonly name: string;
  /** Milliseconds from the start of a probe to the start of the next. */
  readonly interval: number;
  /** Milliseconds; a probe without an answer by then has failed. */
  readonly timeout: number;
  /** Degraded on the consecutive failure after this many. */
  readonly toleratedFailures: number;
  /** Online after this many consecutive successes. */
  readonly recoverAfter: number;
}

export interface HttpMonitor extends MonitorTiming {
  readonly protocol: "http" | "https";
  readonly path: string;
  /** Inclusive ranges of status codes that count as success. */
  readonly expectedStatus: readonly (readonly [low: number, high: number])[];
  /** Names in lower case; `host` also sets the SNI. */
  readonly headers: Readonly<Record<string, string>>;
  /** https: whether a certificate that does not verify is a failure. Azure does not verify. */
  readonly verifyCertificate: boolean;
}

export interface TcpMonitor extends MonitorTiming {
  readonly protocol: "tcp";
}

export interface DnsMonitor extends MonitorTiming {
  readonly protocol: "dns";
  readonly query: DomainName;
  readonly type: "A" | "AAAA" | "CNAME" | "TXT" | "NS" | "MX" | "SOA";
  /** At least one answer has this text (an address, a name or a string); undefined = any answer with data. */
  readonly expect: string | undefined;
}

export type Monitor = HttpMonitor | TcpMonitor | DnsMonitor;

/** The monitors of one protocol. */
export type MonitorOf<P extends Monitor["protocol"], M = Monitor> = M extends { readonly protocol: infer Q }
  ? P extends Q
    ? M & { readonly protocol: P }
    : never
  : never;
