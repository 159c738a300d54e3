/**
 * What Node.js and OpenSSL throw, as failures of a probe. Messages of the libraries are not passed on: they
 * may quote what the other side sent. Codes are constants and may be shown.
 */
import type { ProbeFailure, ProbeFailureCode } from "./probe.ts";

/** Error code → failure; an unlisted code is `other`. */
const FAILURES: ReadonlyMap<string, readonly [code: ProbeFailureCode, reason: string]> = new Map([
  ["ECONNREFUSED", ["refused", "connection refused"]],
  ["ECONNRESET", ["reset", "connection reset before an answer"]],
  ["EPIPE", ["reset", "connection closed before an answer"]],
  ["ETIMEDOUT", ["timeout", "the network gave up connecting"]],
  ["EHOSTUNREACH", ["unreachable", "host unreachable"]],
  ["ENETUNREACH", ["unreachable", "network unreachable"]],
  ["EADDRNOTAVAIL", ["unreachable", "no local address to connect from"]],
  ["EACCES", ["unreachable", "forbidden by this machine"]],
  ["EPERM", ["unreachable", "forbidden by this machine"]],
  ["EMFILE", ["not-probed", "no file descriptor left in this process"]],
  ["ENFILE", ["not-probed", "no file descriptor left on this machine"]],
  ["ENOBUFS", ["not-probed", "no socket buffer left on this machine"]],
  ["ENOMEM", ["not-probed", "no memory left on this machine"]],
] as const);

export function networkFailure(error: unknown): ProbeFailure {
  if (error instanceof AggregateError && error.errors.length > 0) return mostTelling(error.errors.map(networkFailure));
  const errorCode = codeOf(error);
  // In TLS 1.3 the other side refuses a client's certificate after the handshake.
  if (errorCode.startsWith("ERR_SSL_")) return { ok: false, code: "tls", reason: `TLS failed (${errorCode})` };
  const [code, reason] = FAILURES.get(errorCode) ?? ["other", errorCode];
  return { ok: false, code, reason };
}

/** A failure between the TCP handshake and the end of the TLS handshake, certificate included. */
export function tlsFailure(error: unknown): ProbeFailure {
  return { ok: false, code: "tls", reason: `TLS handshake failed (${codeOf(error)})` };
}

/** `what` is what did not come, such as `no response`. */
export function timedOut(what: string, timeoutMs: number): ProbeFailure {
  return { ok: false, code: "timeout", reason: `${what} within ${timeoutMs} ms` };
}

/**
 * Of the failures of a host's addresses, at least one: that this machine could not ask, else the first that came from
 * the host. A machine with one family fails on all addresses of the other.
 */
export function mostTelling(failures: readonly ProbeFailure[]): ProbeFailure {
  const own = failures.find(({ code }) => code === "not-probed");
  return own ?? failures.find(({ code }) => code !== "unreachable") ?? failures[0]!;
}

/** The error's code, or its name where it has none. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error.name;
}
