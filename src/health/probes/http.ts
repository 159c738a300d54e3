/**
 * HTTP and HTTPS probe: one GET (RFC 9110 section 9.3.1) over HTTP/1.1 on a fresh connection, judged by its status
 * alone. A redirect is a status and is not followed. The body is not read: the connection is closed on the head of the
 * response, so an endless body costs nothing.
 */
import { isIP, isIPv6 } from "node:net";
import { checkServerIdentity, createSecureContext, type ConnectionOptions, type SecureContext } from "node:tls";
import { Client } from "undici";
import type { EndpointCheck, HttpMonitor } from "../../routing/snapshot.ts";
import { networkFailure, timedOut } from "./network-failure.ts";
import { openSocket } from "./open-socket.ts";
import type { Probe, ProbeVerdict } from "./probe.ts";

export const httpProbe: Probe<HttpMonitor> = async (check, monitor, signal) => {
  const host = monitor.headers["host"] ?? hostHeader(check, monitor);
  const tls = monitor.protocol === "https" ? tlsOptions(nameInHost(host), monitor) : undefined;
  const opened = await openSocket(check, monitor.timeout, signal, tls);
  if (!opened.ok) return opened;
  const { socket } = opened;
  // The connection is there: this URL is a form to fill, and nothing asks for its name.
  const client = new Client("http://endpoint", {
    // A connector must not call back at once: undici would never send the request.
    connect: (_options, done) => queueMicrotask(() => done(null, socket)),
    // The signal bounds the whole probe.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const { statusCode } = await client.request({
      method: "GET",
      path: monitor.path,
      headers: { "user-agent": "geosteer", accept: "*/*", ...monitor.headers, host },
      reset: true,
      signal,
    });
    return judgeStatus(statusCode, monitor.expectedStatus);
  } catch (error) {
    return signal.aborted ? timedOut("connected, but no response", monitor.timeout) : networkFailure(error);
  } finally {
    socket.destroy();
  }
};

function judgeStatus(status: number, expected: HttpMonitor["expectedStatus"]): ProbeVerdict {
  if (expected.some(([low, high]) => low <= status && status <= high)) return { ok: true };
  const wanted = expected.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(", ");
  return { ok: false, code: "status", reason: `status ${status}, wanted ${wanted}` };
}

/** RFC 9110 section 4.2: the ports that a Host header leaves out. */
const DEFAULT_PORT = { http: 80, https: 443 } as const;

function hostHeader(check: EndpointCheck, monitor: HttpMonitor): string {
  const host = bracketed(check.serverName);
  return check.port === DEFAULT_PORT[monitor.protocol] ? host : `${host}:${check.port}`;
}

/** RFC 3986 section 3.2.2: an IPv6 address in an authority stands in brackets. */
function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** The name or address in a Host header, without port and brackets. */
function nameInHost(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d*$/, "");
}

/** Settings and trusted certificates, no sessions. One for each probe would take most of a probe's time and memory. */
let sharedContext: SecureContext | undefined;

function tlsOptions(name: string, monitor: HttpMonitor): ConnectionOptions {
  return {
    // RFC 6066 section 3: "Literal IPv4 and IPv6 addresses are not permitted in "HostName"." Empty = no SNI.
    servername: isIP(name) === 0 ? name : "",
    secureContext: (sharedContext ??= createSecureContext()),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: monitor.verifyCertificate,
    // The certificate is to be of the name that clients use, not of the address that is probed.
    checkServerIdentity: (_connectedTo, certificate) => checkServerIdentity(name, certificate),
  };
}
