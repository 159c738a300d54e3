import { once } from "node:events";
import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Stream } from "node:http2";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { ServerCredentials, status } from "@grpc/grpc-js";
import { describe, expect, test, vi } from "vitest";
import { authority, issued, issuedKey } from "../fixtures/issued-certificates.ts";
import { checkOf, grpcMonitor, tlsRules } from "../fixtures/monitors.ts";
import { listenBareGrpc, listenGrpc, type Said } from "../fixtures/grpc-server.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { behindProxyProtocol } from "../fixtures/proxied.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

describe("grpcProbe and grpc-js", () => {
  test.for(["127.0.0.1", "::1"])("a server at %s that is SERVING", async (host) => {
    const port = await listenGrpc({ "": "SERVING" }, undefined, host);
    expect(await probe(checkOf(port, { host }), grpcMonitor())).toMatchObject({ ok: true });
  });

  test("asks for the service", async () => {
    const port = await listenGrpc({ "": "NOT_SERVING", "shop.v1.Cart": "SERVING" });
    expect(await probe(checkOf(port), grpcMonitor({ service: "shop.v1.Cart" }))).toMatchObject({ ok: true });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: false });
  });

  test.for<[said: Said, reason: string]>([
    ["NOT_SERVING", "NOT_SERVING, wanted SERVING"],
    ["UNKNOWN", "UNKNOWN, wanted SERVING"],
    ["SERVICE_UNKNOWN", "SERVICE_UNKNOWN, wanted SERVING"],
    [{ code: status.NOT_FOUND }, "gRPC NOT_FOUND: the service is not known there"],
    [{ code: status.UNAVAILABLE }, "gRPC UNAVAILABLE"],
  ])("fails on %o", async ([said, reason]) => {
    const port = await listenGrpc({ "": said });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ code: "status", reason });
  });

  test("tells that there is no health service", async () => {
    expect(await probe(checkOf(await listenBareGrpc()), grpcMonitor())).toMatchObject({
      code: "status",
      reason: "gRPC UNIMPLEMENTED: the server has no grpc.health.v1.Health",
    });
  });

  test("gives up at the timeout where the service hangs", async () => {
    const port = await listenGrpc({ "": "hangs" });
    expect(await probe(checkOf(port), grpcMonitor({ timeout: 200 }))).toMatchObject({ code: "timeout" });
  });

  test("over TLS, as the monitor's rules have it", async () => {
    const pair = { cert_chain: Buffer.from(issued), private_key: Buffer.from(issuedKey) };
    const port = await listenGrpc({ "": "SERVING" }, ServerCredentials.createSsl(null, [pair]));
    const verified = { ...tlsRules, verifyCertificate: true };
    expect(await probe(checkOf(port), grpcMonitor({ tls: { ...verified, ca: authority } }))).toMatchObject({
      ok: true,
    });
    expect(await probe(checkOf(port), grpcMonitor({ tls: verified }))).toMatchObject({ code: "tls" });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: false });
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()), grpcMonitor())).toMatchObject({ code: "refused" });
  });
});

const GRPC = { ":status": 200, "content-type": "application/grpc" };
const SERVING = Buffer.from([0, 0, 0, 0, 2, 0x08, 1]);

/** The streams of a server by `node:http2`. Returns the port. */
async function listenHttp2(onStream: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void) {
  const server = createHttp2Server();
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    onStream(stream, headers);
  });
  server.on("session", (session) => session.on("error", () => {}));
  return listen(server);
}

/** With trailers at the end. */
function answer(stream: ServerHttp2Stream, body: Buffer, trailers: Record<string, string>, head = GRPC): void {
  stream.respond(head, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(body);
}

describe("grpcProbe", () => {
  test("asks as gRPC has it, for the name of the check", async () => {
    let asked: Record<string, unknown> = {};
    const port = await listenHttp2((stream, headers) => {
      asked = headers;
      answer(stream, SERVING, { "grpc-status": "0" });
    });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: true });
    expect(asked).toMatchObject({
      ":method": "POST",
      ":scheme": "http",
      ":authority": `shop.example.com:${port}`,
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
  });

  test.for<[what: string, onStream: (stream: ServerHttp2Stream) => void, failure: { code: string; reason: string }]>([
    [
      "trailers alone",
      (stream) => stream.respond({ ...GRPC, "grpc-status": "12" }, { endStream: true }),
      { code: "status", reason: "gRPC UNIMPLEMENTED: the server has no grpc.health.v1.Health" },
    ],
    [
      "status OK without a message",
      (stream) => stream.respond({ ...GRPC, "grpc-status": "0" }, { endStream: true }),
      { code: "protocol", reason: "a response that is none of a health check" },
    ],
    [
      "a message that is none",
      (stream) => answer(stream, Buffer.from("hello"), { "grpc-status": "0" }),
      { code: "protocol", reason: "a response that is none of a health check" },
    ],
    [
      "no grpc-status",
      (stream) => {
        stream.respond(GRPC);
        stream.end(SERVING);
      },
      { code: "protocol", reason: "a response without grpc-status" },
    ],
    [
      "a grpc-status that is no number",
      (stream) => answer(stream, SERVING, { "grpc-status": "-1" }),
      { code: "protocol", reason: "a response without grpc-status" },
    ],
    [
      "a grpc-status that nobody knows",
      (stream) => answer(stream, SERVING, { "grpc-status": "77" }),
      { code: "status", reason: "gRPC status 77" },
    ],
    [
      "a site over HTTP/2",
      (stream) => {
        stream.respond({ ":status": 200, "content-type": "text/html" });
        stream.end("<p>hello");
      },
      { code: "protocol", reason: "an HTTP response that is none of gRPC" },
    ],
    [
      "a proxy without a backend",
      (stream) => {
        stream.respond({ ":status": 503 });
        stream.end("x".repeat(5000));
      },
      { code: "status", reason: "HTTP status 503, not a gRPC response" },
    ],
    [
      "a message that is too long",
      (stream) => answer(stream, Buffer.alloc(2000), { "grpc-status": "0" }),
      { code: "protocol", reason: "an answer that is too long for a health check" },
    ],
    [
      "data without end",
      (stream) => {
        stream.respond(GRPC);
        const pour = (): void => {
          if (!stream.destroyed) stream.write(Buffer.alloc(16_000), () => setImmediate(pour));
        };
        pour();
      },
      { code: "protocol", reason: "an answer that is too long for a health check" },
    ],
    ["RST_STREAM", (stream) => stream.close(7), { code: "reset", reason: "the call was reset (REFUSED_STREAM)" }],
    [
      "a stream that is cancelled",
      (stream) => stream.close(8),
      { code: "reset", reason: "the call was reset (CANCEL)" },
    ],
    [
      "a stream that is reset within its message",
      (stream) => {
        stream.respond(GRPC);
        stream.write(SERVING, () => stream.destroy(new Error("broken")));
      },
      { code: "reset", reason: "the call was reset (INTERNAL_ERROR)" },
    ],
    [
      "GOAWAY",
      (stream) => stream.session!.goaway(11),
      { code: "reset", reason: "connection ended by the server (GOAWAY, ENHANCE_YOUR_CALM)" },
    ],
    [
      "a connection that is cut",
      (stream) => stream.session!.socket.destroy(),
      { code: "reset", reason: "connection closed before an answer" },
    ],
  ])("fails on %s", async ([, onStream, failure]) => {
    const port = await listenHttp2(onStream);
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: false, ...failure });
  });

  test("takes the answer of a server that says goodbye meanwhile", async () => {
    const port = await listenHttp2((stream) => {
      stream.session!.goaway(0, stream.id);
      setTimeout(() => answer(stream, SERVING, { "grpc-status": "0" }), 20);
    });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: true });
  });

  test("a server of HTTP/1 is none", async () => {
    const port = await listen(createHttp1Server((_request, response) => void response.end("hello")));
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ code: "protocol", reason: "not HTTP/2" });
  });

  test.for<[what: string, onConnection: (socket: Socket) => void, failure: object]>([
    ["octets of no protocol", (socket) => void socket.write("220 mail.example.com ESMTP\r\n"), { code: "protocol" }],
    ["an end at once", (socket) => void socket.end(), { code: "reset" }],
    ["a reset at once", (socket) => void socket.resetAndDestroy(), { code: "reset" }],
    ["silence", () => {}, { code: "timeout", reason: "connected, but no response within 300 ms" }],
    [
      "SETTINGS and silence",
      (socket) => void socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])),
      { code: "timeout", reason: "connected, but no response within 300 ms" },
    ],
    [
      "a frame that drips",
      (socket) => {
        const drip = setInterval(() => socket.write(Buffer.from([0])), 20);
        socket.once("close", () => clearInterval(drip));
      },
      { ok: false },
    ],
    [
      "frames of an unknown type without end",
      (socket) => {
        socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
        const frame = Buffer.concat([Buffer.from([0, 0x20, 0, 0x77, 0, 0, 0, 0, 0]), Buffer.alloc(0x2000)]);
        const pour = (): void => {
          if (socket.writable) socket.write(frame, () => setImmediate(pour));
        };
        pour();
      },
      { code: "protocol", reason: "an answer that is too long for a health check" },
    ],
  ])("fails on %s", async ([, onConnection, failure]) => {
    const server = createServer((socket) => {
      socket.on("error", () => {}).resume();
      onConnection(socket);
    });
    const port = await listen(server);
    expect(await probe(checkOf(port), grpcMonitor({ timeout: 300 }))).toMatchObject({ ok: false, ...failure });
  });

  test("a server of TLS that speaks no HTTP/2 is none", async () => {
    const onSecure = (socket: TLSSocket): void => void socket.on("error", () => {});
    const without = await listen(createTlsServer({ cert: issued, key: issuedKey }, onSecure));
    expect(await probe(checkOf(without), grpcMonitor({ tls: tlsRules }))).toMatchObject({
      code: "protocol",
      reason: "no HTTP/2 over TLS (ALPN)",
    });
    const http1 = createTlsServer({ cert: issued, key: issuedKey, ALPNProtocols: ["http/1.1"] }, onSecure);
    http1.on("tlsClientError", () => {});
    expect(await probe(checkOf(await listen(http1)), grpcMonitor({ tls: tlsRules }))).toMatchObject({ code: "tls" });
  });

  test("begins with a PROXY header where the monitor says so", async () => {
    const http2 = createHttp2Server();
    http2.on("stream", (stream) => answer(stream, SERVING, { "grpc-status": "0" }));
    const port = await listen(behindProxyProtocol((socket) => void http2.emit("connection", socket)));
    expect(await probe(checkOf(port), grpcMonitor({ proxyProtocol: true }))).toMatchObject({ ok: true });
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ code: "reset" });
  });

  test("settles at whatever step it is aborted", async () => {
    const port = await listenGrpc({ "": "hangs" });
    for (let steps = 0; steps < 40; steps++) {
      const running = runProbe(checkOf(port), grpcMonitor());
      const abortAfter = (left: number): void => {
        if (left > 0) setImmediate(abortAfter, left - 1);
        else running.abort();
      };
      abortAfter(steps);
      expect(await running.outcome).toMatchObject({ code: "timeout" });
    }
  });

  test("settles at once and closes the connection when it is aborted", async () => {
    const server = createServer((socket) => void socket.on("error", () => {}).resume());
    const port = await listen(server);
    const connected = once(server, "connection");
    const running = runProbe(checkOf(port), grpcMonitor({ timeout: 60_000 }));
    const [socket] = await connected;
    running.abort();
    expect(await running.outcome).toMatchObject({ code: "timeout" });
    await vi.waitFor(() => expect(socket.destroyed).toBe(true));
  });

  test("closes its connection after an answer", async () => {
    const server = createHttp2Server();
    server.on("stream", (stream) => answer(stream, SERVING, { "grpc-status": "0" }));
    const port = await listen(server);
    const connected = once(server, "session");
    expect(await probe(checkOf(port), grpcMonitor())).toMatchObject({ ok: true });
    const [session] = await connected;
    await vi.waitFor(() => expect(session.destroyed).toBe(true));
  });
});
