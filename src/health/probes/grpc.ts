/**
 * gRPC probe: one unary call of grpc.health.v1.Health/Check
 * (https://github.com/grpc/grpc/blob/master/doc/health-checking.md) over HTTP/2 (RFC 9113) on a fresh connection, with
 * prior knowledge or, over TLS, by ALPN. Success is SERVING. No streams (Watch), no compression, no reflection.
 */
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { GrpcMonitor } from "../monitoring.ts";
import { boundedStream, TooLongError } from "./bounded-stream.ts";
import { healthRequest, readHealthResponse } from "./grpc-message.ts";
import { networkFailure, timedOut } from "./network-failure.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import type { Probe, ProbedHost, ProbeFailure, ProbeVerdict } from "./probe.ts";

/** Octets of all that comes on a connection; an answer takes a few hundred. */
const MOST_OCTETS = 64 * 1024;

/** Octets of a message; that of a health check has seven. */
const MOST_OF_MESSAGE = 1024;

export const grpcProbe: Probe<GrpcMonitor> = async (probed, monitor, signal) => {
  const { timeout, proxyProtocol, tls: rules } = monitor;
  const tls = rules && { rules, name: probed.serverName, protocols: ["h2"] };
  const opened = await openSocket(probed, timeout, signal, { proxyProtocol, tls });
  if (!opened.ok) return opened;
  const { socket } = opened;
  if (socket instanceof TLSSocket && socket.alpnProtocol !== "h2") {
    closeSocket(socket);
    return { ok: false, code: "protocol", reason: "no HTTP/2 over TLS (ALPN)" };
  }
  const session = sessionOn(socket);
  const verdict = await call(session, probed, monitor, signal);
  session.destroy();
  closeSocket(socket);
  return verdict;
};

function sessionOn(socket: Socket): ClientHttp2Session {
  return connect("http://localhost", {
    createConnection: () => boundedStream(socket, MOST_OCTETS),
    settings: { enablePush: false },
  });
}

function call(
  session: ClientHttp2Session,
  { serverName, port }: ProbedHost,
  { timeout, service, tls }: GrpcMonitor,
  signal: AbortSignal,
): Promise<ProbeVerdict> {
  return new Promise((resolve) => {
    let goaway: number | undefined;
    const fail = (error: unknown): void => resolve(failureOf(error, goaway));
    session.once("goaway", (code: number) => void (goaway = code));
    const late = (): void => resolve(timedOut("connected, but no response", timeout));
    session.on("error", fail);
    signal.addEventListener("abort", late, { once: true });
    if (signal.aborted) late();
    if (session.destroyed) return resolve(CLOSED);
    const stream = session.request({
      ":method": "POST",
      ":scheme": tls === undefined ? "http" : "https",
      ":authority": `${serverName.includes(":") ? `[${serverName}]` : serverName}:${port}`,
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
      "user-agent": "geosteer",
    });
    let head: IncomingHttpHeaders | undefined;
    let trailers: IncomingHttpHeaders | undefined;
    const body: Buffer[] = [];
    let octets = 0;
    stream.once("response", (headers) => {
      head = headers;
      const failure = notGrpc(headers);
      if (failure !== undefined) resolve(failure);
    });
    stream.once("trailers", (headers) => void (trailers = headers));
    stream.on("data", (chunk: Buffer) => {
      octets += chunk.length;
      body.push(chunk);
      // The event of the head that came before is told in the next tick.
      if (octets > MOST_OF_MESSAGE) process.nextTick(resolve, TOO_LONG);
    });
    stream.once("end", () => {
      // Without a message the status stands in the one header block: "Trailers-Only".
      if (head !== undefined && stream.rstCode === 0) resolve(judge(trailers ?? head, Buffer.concat(body)));
    });
    stream.on("error", (error) => {
      const isReset = "code" in error && error.code === "ERR_HTTP2_STREAM_ERROR";
      if (isReset && goaway === undefined) resolve(resetFailure(stream.rstCode));
      else fail(error);
    });
    stream.once("close", () => resolve(session.destroyed ? CLOSED : resetFailure(stream.rstCode)));
    stream.end(healthRequest(service));
  });
}

/** Why the head of a response is none of gRPC. */
function notGrpc(head: IncomingHttpHeaders): ProbeFailure | undefined {
  const status = Number(head[":status"]);
  if (status !== 200) return { ok: false, code: "status", reason: `HTTP status ${status}, not a gRPC response` };
  return /^application\/grpc(?:$|[+;])/i.test(head["content-type"] ?? "")
    ? undefined
    : { ok: false, code: "protocol", reason: "an HTTP response that is none of gRPC" };
}

function judge(fields: IncomingHttpHeaders, body: Buffer): ProbeVerdict {
  const grpcStatus = String(fields["grpc-status"] ?? "");
  if (!/^\d{1,2}$/.test(grpcStatus)) return { ok: false, code: "protocol", reason: "a response without grpc-status" };
  const number = Number(grpcStatus);
  if (number !== 0) {
    const name = STATUS_NAMES[number] ?? `status ${number}`;
    const means = MEANINGS.get(name);
    return { ok: false, code: "status", reason: means === undefined ? `gRPC ${name}` : `gRPC ${name}: ${means}` };
  }
  const serving = readHealthResponse(body);
  if (serving === undefined)
    return { ok: false, code: "protocol", reason: "a response that is none of a health check" };
  return serving === "SERVING" ? { ok: true } : { ok: false, code: "status", reason: `${serving}, wanted SERVING` };
}

/** https://github.com/grpc/grpc/blob/master/doc/statuscodes.md, by number. */
const STATUS_NAMES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/** What they mean for this call. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ["NOT_FOUND", "the service is not known there"],
  ["UNIMPLEMENTED", "the server has no grpc.health.v1.Health"],
]);

const CLOSED: ProbeFailure = { ok: false, code: "reset", reason: "connection closed before an answer" };
const TOO_LONG: ProbeFailure = { ok: false, code: "protocol", reason: "an answer that is too long for a health check" };

/** RFC 9113 section 7, by number. */
const ERROR_NAMES = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
];

function resetFailure(code: number): ProbeFailure {
  return { ok: false, code: "reset", reason: `the call was reset (${ERROR_NAMES[code] ?? `HTTP/2 error ${code}`})` };
}

function failureOf(error: unknown, goaway: number | undefined): ProbeFailure {
  if (error instanceof TooLongError) return TOO_LONG;
  if (goaway !== undefined) {
    const name = ERROR_NAMES[goaway] ?? `HTTP/2 error ${goaway}`;
    return { ok: false, code: "reset", reason: `connection ended by the server (GOAWAY, ${name})` };
  }
  const isHttp2 = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_HTTP2");
  return isHttp2 ? { ok: false, code: "protocol", reason: "not HTTP/2" } : networkFailure(error);
}
