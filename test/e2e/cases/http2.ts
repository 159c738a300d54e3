/** Over HTTP/2, with prior knowledge and over TLS. */
import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { Server } from "node:net";
import { FLOODS, flooding } from "../../health/fixtures/http2-floods.ts";
import { issued, issuedKey } from "../../health/fixtures/issued-certificates.ts";
import { saying } from "../../health/fixtures/misbehaving.ts";
import { down, timeoutFor, UP, type Case, type Expected } from "../case.ts";

function http2(what: string, serve: () => Server, first: Expected, protocol = "http"): Case {
  return {
    what: `http2: ${what}`,
    first,
    async cast(stage) {
      const address = stage.address();
      const port = await stage.listen(serve(), address);
      const monitor = { protocol, port, http2: true, contains: "ok", timeout: timeoutFor(first) };
      return { monitor, endpoint: { address }, answer: [address] };
    },
  };
}

const onStreams =
  (onStream: (stream: ServerHttp2Stream) => void, create: () => Http2Server = createServer) =>
  (): Server => {
    const server = create();
    server.on("stream", (stream) => {
      stream.on("error", () => {});
      onStream(stream);
    });
    return server.on("session", (session) => void session.on("error", () => {}));
  };

const secured = { cert: issued, key: issuedKey };

function ok(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200 });
  stream.end("ok");
}

/** Of one that closes behind it, a reset may be all that comes. */
const HTTP1 = "HTTP/1.1 400 Bad Request\r\n\r\n";
const ENDED = "the server has ended the request or the connection (HTTP/2)";

export const http2Cases: readonly Case[] = [
  http2("a good answer", onStreams(ok), UP),
  http2(
    "a good answer over TLS",
    onStreams(ok, () => createSecureServer(secured)),
    UP,
    "https",
  ),
  http2(
    "503",
    onStreams((stream) => stream.respond({ ":status": 503 })),
    down("status", "status 503, wanted 200"),
  ),
  http2("an HTTP/1 server", () => saying((socket) => void socket.write(HTTP1)), down("protocol", /^not HTTP\/2/)),
  http2(
    "TLS that does not choose h2",
    () => createHttpsServer({ ...secured, ALPNProtocols: [] }, (_, r) => void r.end("ok")),
    down("protocol", "the server does not choose HTTP/2"),
    "https",
  ),
  http2(
    "RST_STREAM",
    onStreams((stream) => stream.close(7)),
    down("reset", ENDED),
  ),
  http2(
    "GOAWAY",
    onStreams((stream) => stream.session!.goaway(11)),
    down("reset", /^(?:the server has ended|connection closed)/),
  ),
  http2(
    "cut within the body",
    onStreams((stream) => {
      stream.respond({ ":status": 200 });
      stream.write("o", () => stream.session!.socket.destroy());
    }),
    down("reset", /body|ended|reset|closed/),
  ),
  http2(
    "silence",
    onStreams(() => {}),
    down("timeout", "connected, but no response within 1000 ms"),
  ),
  http2(
    "an endless body",
    onStreams((stream) => {
      stream.respond({ ":status": 200 });
      const pour = (): void => void (stream.destroyed || stream.write("x".repeat(16_384), pour));
      pour();
    }),
    down("body", "a body without the text wanted in its first 65536 octets"),
  ),
  ...FLOODS.map(([what, first, again]): Case =>
    http2(`an endless flood of ${what}`, () => flooding(first, again), {
      status: "degraded",
      outcome: "protocol",
      reason: /./,
    }),
  ),
];
