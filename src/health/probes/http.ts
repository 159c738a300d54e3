/**
 * HTTP and HTTPS probe: one GET (RFC 9110 section 9.3.1) over HTTP/1.1 on a fresh connection, judged by its status
 * alone (`http-status.ts`). A redirect is a status and is not followed. Neither fields nor body are read: the connection
 * is closed on the status line, so an endless body costs nothing.
 */
import { isIPv6, type Socket } from "node:net";
import type { HttpMonitor } from "../monitoring.ts";
import { createStatusReader, type HttpStatus } from "./http-status.ts";
import { networkFailure, timedOut } from "./network-failure.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import type { Probe, ProbedHost, ProbeFailure, ProbeVerdict } from "./probe.ts";

export const httpProbe: Probe<HttpMonitor> = async (probed, monitor, signal) => {
  const host = monitor.headers["host"] ?? hostHeader(probed, monitor);
  const tls = monitor.tls && { rules: monitor.tls, name: nameInHost(host), protocols: ["http/1.1"] };
  const opened = await openSocket(probed, monitor.timeout, signal, { tls, proxyProtocol: monitor.proxyProtocol });
  if (!opened.ok) return opened;
  const { socket } = opened;
  const verdict = await exchange(socket, requestOf(host, monitor), monitor, signal);
  closeSocket(socket);
  return verdict;
};

function exchange(
  socket: Socket,
  request: string,
  { timeout, expectedStatus }: HttpMonitor,
  signal: AbortSignal,
): Promise<ProbeVerdict> {
  return new Promise((resolve) => {
    const read = createStatusReader();
    socket.on("data", (octets: Buffer) => {
      const status = read(octets);
      if (status === undefined) return;
      socket.pause();
      resolve(judge(status, expectedStatus));
    });
    socket.once("end", () => resolve(CLOSED));
    socket.once("error", (error) => resolve(networkFailure(error)));
    const late = (): void => resolve(timedOut("connected, but no response", timeout));
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    socket.write(request, "latin1");
  });
}

const CLOSED: ProbeFailure = { ok: false, code: "reset", reason: "connection closed before an answer" };

/** RFC 9112 section 9.6: "close" tells the server that no other request follows. */
function requestOf(host: string, { path, headers }: HttpMonitor): string {
  const fields = { host, connection: "close", "user-agent": "geosteer", accept: "*/*", ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

function judge(status: HttpStatus, expected: HttpMonitor["expectedStatus"]): ProbeVerdict {
  if (status === "not-http") return { ok: false, code: "protocol", reason: "not an HTTP response" };
  if (status === "too-long") return { ok: false, code: "protocol", reason: "no status in the first 64 KiB" };
  if (expected.some(([low, high]) => low <= status && status <= high)) return { ok: true };
  const wanted = expected.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(", ");
  return { ok: false, code: "status", reason: `status ${status}, wanted ${wanted}` };
}

/** RFC 9110 section 4.2: the ports that a Host header leaves out. */
const DEFAULT_PORT = { http: 80, https: 443 } as const;

function hostHeader({ serverName, port }: ProbedHost, { protocol }: HttpMonitor): string {
  const host = bracketed(serverName);
  return port === DEFAULT_PORT[protocol] ? host : `${host}:${port}`;
}

/** RFC 3986 section 3.2.2: an IPv6 address in an authority stands in brackets. */
function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** The name or address in a Host header, without port and brackets. */
function nameInHost(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d*$/, "");
}
