/**
 * What Node.js, OpenSSL and undici throw, as failures of a probe. Messages of the libraries are not passed on: they
 * may quote what the other side sent. Codes are constants and may be shown.
 */
import type { ProbeFailure, ProbeFailureCode } from "./probe.ts";

/** Error code → failure; an unlisted code is `other`. */
const FAILURES: ReadonlyMap<string, readonly [code: ProbeFailureCode, reason: string]> = new Map([
  ["ECONNREFUSED", ["refused", "connection refused"]],
  ["ECONNRESET", ["reset", "connection reset before an answer"]],
  ["EPIPE", ["reset", "connection closed before an answer"]],
  ["UND_ERR_SOCKET", ["reset", "connection closed before an answer"]],
  ["ETIMEDOUT", ["timeout", "the network gave up connecting"]],
  ["EHOSTUNREACH", ["unreachable", "host unreachable"]],
  ["ENETUNREACH", ["unreachable", "network unreachable"]],
  ["EADDRNOTAVAIL", ["unreachable", "no local address to connect from"]],
  ["EACCES", ["unreachable", "forbidden by this machine"]],
  ["EPERM", ["unreachable", "forbidden by this machine"]],
  ["ENOTFOUND", ["name-not-found", "host name not found"]],
  ["EAI_AGAIN", ["name-not-found", "host name not found: the resolver does not answer"]],
  ["HTTPParserError", ["protocol", "not an HTTP response"]],
  ["UND_ERR_HEADERS_OVERFLOW", ["protocol", "response head too long"]],
  ["EMFILE", ["not-probed", "no file descriptor left in this process"]],
  ["ENFILE", ["not-probed", "no file descriptor left on this machine"]],
  ["ENOBUFS", ["not-probed", "no socket buffer left on this machine"]],
  ["ENOMEM", ["not-probed", "no memory left on this machine"]],
  ["EAI_MEMORY", ["not-probed", "no memory left on this machine"]],
] as const);

export function networkFailure(error: unknown): ProbeFailure {
  const errorCode = codeOf(error);
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

/** The error's code, or its name where it has none or one of the HTTP parser's many. The last of several errors counts. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1));
  if (!(error instanceof Error)) return "unknown error";
  const code = "code" in error && error.name !== "HTTPParserError" ? error.code : undefined;
  return typeof code === "string" ? code : error.name;
}
