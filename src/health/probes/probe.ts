/**
 * The contract of a probe: one question to one endpoint, answered within a time bound that the caller holds.
 * A probe knows nothing of thresholds, statuses or schedules.
 */
import type { FoundAddresses } from "../lookup/host-lookup.ts";
import type { Monitor } from "../monitoring.ts";

/**
 * Connects to the host afresh and asks what `monitor` says.
 *
 * `signal` is aborted when `monitor.timeout` has passed, or when nobody wants the verdict any more. The probe then
 * closes its sockets and returns at once, with a `timeout` that says how far it came. Expected failures are verdicts;
 * a rejected promise is a bug.
 */
export type Probe<M extends Monitor = Monitor> = (
  host: ProbedHost,
  monitor: M,
  signal: AbortSignal,
) => Promise<ProbeVerdict>;

export interface ProbedHost {
  /**
   * At least one, which are tried in this order until one answers. None where the protocol asks another than the host
   * (`ASKS_OTHERS` in `table.ts`).
   */
  readonly addresses: readonly string[];
  /** As it is configured: an address or a name. */
  readonly host: string;
  /** 0 = none. */
  readonly port: number;
  /** `PROFILE/ENDPOINT` where the probe is about that one endpoint. */
  readonly subject: string | undefined;
  /** The name for the Host header and SNI where the monitor's headers set none. */
  readonly serverName: string;
  /** Looks up the addresses of another host, in the time of the probe. */
  readonly find: (host: string) => Promise<FoundAddresses>;
}

export type ProbeVerdict = ProbeSuccess | ProbeFailure;

export interface ProbeSuccess {
  readonly ok: true;
  /** The load that the answer told, in per cent: finite, at least 0. Absent where none was asked for or none can be read. */
  readonly load?: number;
}

export interface ProbeFailure {
  readonly ok: false;
  readonly code: ProbeFailureCode;
  /** The failure for people, such as `status 503, wanted 200-299`. Holds no text that came from the network. */
  readonly reason: string;
}

/** A verdict and the milliseconds that it took. */
export type ProbeOutcome = ProbeVerdict & { readonly durationMs: number };

export type ProbeFailureCode =
  | "timeout"
  | "refused"
  /** Closed or reset by the other side before an answer. */
  | "reset"
  | "unreachable"
  | "name-not-found"
  | "tls"
  /** A certificate that is valid for fewer days than wanted. */
  | "certificate-expires"
  /** An answer that is not of the protocol. */
  | "protocol"
  | "status"
  /** An answer whose body, or what came back, is not what is wanted. */
  | "body"
  | "dns-rcode"
  | "dns-no-data"
  | "dns-mismatch"
  /** exec: another than 0. */
  | "exit-code"
  /** push: the endpoint, or who speaks for it, says that it is down. */
  | "reported-down"
  /** push: no report that still counts. */
  | "no-report"
  /** prometheus: the query selects nothing. */
  | "no-value"
  /** prometheus: a value that is not within the bounds. */
  | "value"
  | "other"
  /** This machine could not ask (no file descriptor, no memory, no resolver): no verdict on the endpoint. */
  | "not-probed";
