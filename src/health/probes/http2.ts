/**
 * One request over HTTP/2 (RFC 9113) on a fresh connection, by `node:http2`: with TLS as ALPN has it, else with prior
 * knowledge. `undici` would do the same by the same module, with a pool of connections around it that a probe has no use
 * for. What comes is bounded by its octets, and with them frames of all kinds.
 */
import { connect, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { boundedStream, TooLongError } from "./bounded-stream.ts";
import { collectBody, type BodyCollector } from "./collect-body.ts";
import type { HttpFields } from "./http-head.ts";
import { CLOSED, CUT, protocolFailure, type Answered, type HttpRequest, type Wanted } from "./http-message.ts";
import { networkFailure, timedOut } from "./network-failure.ts";

/** Octets beside the body: settings, headers, what else a server has to say. */
const MAX_OVERHEAD = 128 * 1024;

/** The socket stays open: whoever called closes it. */
export function exchangeHttp2(
  socket: Socket,
  request: HttpRequest,
  wanted: Wanted,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Answered> {
  if (request.scheme === "https" && (socket as TLSSocket).alpnProtocol !== "h2") {
    return Promise.resolve(protocolFailure("the server does not choose HTTP/2"));
  }
  return new Promise((resolve) => {
    let collector: BodyCollector | undefined;
    /** Nothing more is needed of the connection. */
    let hasBody = false;
    const session = connect(`${request.scheme}://${request.authority}`, {
      createConnection: () => boundedStream(socket, wanted.atMost + MAX_OVERHEAD),
      settings: { enablePush: false },
    });
    const settle = (answered: Answered): void => {
      collector?.discard();
      resolve(answered);
      session.destroy();
    };
    const late = (): void => {
      settle(timedOut(collector === undefined ? "connected, but no response" : "no end of the body", timeoutMs));
    };
    const fail = (failure: Answered): void => {
      if (!hasBody) settle(failure);
    };
    const closed = (): void => fail(collector === undefined ? CLOSED : CUT);
    const onError = (error: Error): void => fail(failureOf(error));
    session.on("error", onError);
    session.once("close", closed);
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    if (session.destroyed) return;

    const stream = session.request(headersOf(request));
    stream.on("error", onError);
    stream.once("close", closed);
    stream.once("response", (received) => {
      const status = received[":status"] ?? 0;
      const fields = fieldsOf(received);
      if (!wanted.bodyOf(status, fields)) return settle({ ok: true, answer: { status, fields, body: undefined } });
      collector = collectBody(fields.get("content-encoding"), wanted, (body) => {
        if (body === "undecodable") settle(protocolFailure("a body that cannot be decompressed"));
        else settle({ ok: true, answer: { status, fields, body } });
      });
      const known = collector;
      stream.on("data", (octets: Buffer) => known.write(octets));
      stream.once("end", () => {
        // An end that the server did not say is told as one too.
        if (stream.aborted || stream.rstCode !== 0) return fail(CUT);
        hasBody = true;
        known.end();
      });
    });
    stream.end(request.method === "POST" ? request.body : undefined);
  });
}

/** RFC 9113 section 8.3.1: `:authority` stands in place of Host. */
function headersOf({ method, scheme, authority, path, headers }: HttpRequest) {
  return { ":method": method, ":scheme": scheme, ":authority": authority, ":path": path, ...headers };
}

function fieldsOf(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): HttpFields {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(":") || value === undefined) continue;
    fields.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return fields;
}

function failureOf(error: Error): Answered {
  if (error instanceof TooLongError) return protocolFailure("no end of the answer within the octets that are read");
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ERR_HTTP2_STREAM_ERROR" || code === "ERR_HTTP2_SESSION_ERROR") {
    return { ok: false, code: "reset", reason: "the server has ended the request or the connection (HTTP/2)" };
  }
  return code.startsWith("ERR_HTTP2_") ? protocolFailure(`not HTTP/2 (${code})`) : networkFailure(error);
}
