/** Probes over HTTP/2, of servers that behave and of those that do not. */
import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { describe, expect, test } from "vitest";
import type { HttpMonitor } from "../../../src/health/monitoring.ts";
import { certificate, privateKey } from "../fixtures/certificate.ts";
import { FLOODS, flooding } from "../fixtures/http2-floods.ts";
import { checkOf, httpMonitor } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { listen } from "../fixtures/servers.ts";

type OnStream = (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void;

async function listenHttp2(server: Http2Server, onStream: OnStream): Promise<number> {
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    onStream(stream, headers);
  });
  server.on("session", (session) => {
    session.on("error", () => {});
    onTestFinished(() => session.destroy());
  });
  return listen(server);
}

const plain = (onStream: OnStream): Promise<number> => listenHttp2(createServer(), onStream);
const secure = (onStream: OnStream): Promise<number> =>
  listenHttp2(createSecureServer({ cert: certificate, key: privateKey }), onStream);

const monitor = (fields: Partial<HttpMonitor> = {}): HttpMonitor => httpMonitor({ http2: true, ...fields });

const OK = { ok: true };

describe("httpProbe over HTTP/2", () => {
  test.for(["http", "https"] as const)("asks by %s, and closes the connection", async (protocol) => {
    const closed = Promise.withResolvers<void>();
    let seen: Record<string, unknown> = {};
    const port = await (protocol === "https" ? secure : plain)((stream, headers) => {
      seen = Object.fromEntries(Object.entries(headers));
      stream.session!.once("close", closed.resolve);
      stream.respond({ ":status": 204 }, { endStream: true });
    });
    const headers = { "x-token": "t" };
    expect(await probe(checkOf(port), monitor({ protocol, headers, path: "/up?a" }))).toMatchObject(OK);
    expect(seen).toEqual({
      ":method": "GET",
      ":scheme": protocol,
      ":authority": `shop.example.com:${port}`,
      ":path": "/up?a",
      "user-agent": "geosteer",
      accept: "*/*",
      "x-token": "t",
    });
    await closed.promise;
  });

  test("a custom host header is the authority", async () => {
    let authority: unknown;
    const port = await plain((stream, headers) => {
      authority = headers[":authority"];
      stream.respond({ ":status": 200 }, { endStream: true });
    });
    await probe(checkOf(port), monitor({ headers: { host: "internal.example.net" } }));
    expect(authority).toBe("internal.example.net");
  });

  test("judges the status", async () => {
    const port = await plain((stream) => stream.respond({ ":status": 503 }));
    expect(await probe(checkOf(port), monitor())).toMatchObject({
      code: "status",
      reason: "status 503, wanted 200-299",
    });
  });

  test("takes interim responses for none", async () => {
    const port = await plain((stream) => {
      stream.additionalHeaders({ ":status": 103 });
      stream.respond({ ":status": 200 }, { endStream: true });
    });
    expect(await probe(checkOf(port), monitor())).toMatchObject(OK);
  });

  test("reads a body, compressed or not, and the load", async () => {
    const port = await plain((stream) => {
      stream.respond({ ":status": 200, "content-encoding": "gzip", "x-load": "42" });
      stream.end(gzipSync("all is ok"));
    });
    const rules = { contains: "ok", matches: "^all", load: { kind: "header", name: "x-load" } } as const;
    expect(await probe(checkOf(port), monitor(rules))).toMatchObject({ ok: true, load: 42 });
    expect(await probe(checkOf(port), monitor({ contains: "down" }))).toMatchObject({ code: "body" });
  });

  test("sends a body", async () => {
    let received = "";
    const port = await plain((stream) => {
      stream.setEncoding("utf8").on("data", (part: string) => void (received += part));
      stream.on("end", () => stream.respond({ ":status": 200 }, { endStream: true }));
    });
    expect(await probe(checkOf(port), monitor({ method: "POST", body: "hello" }))).toMatchObject(OK);
    expect(received).toBe("hello");
  });

  test("HEAD is answered without a body", async () => {
    const port = await plain((stream) => stream.respond({ ":status": 200, "content-length": 5 }, { endStream: true }));
    expect(await probe(checkOf(port), monitor({ method: "HEAD" }))).toMatchObject(OK);
  });

  test("follows a redirect on a fresh connection", async () => {
    const port = await plain((stream, headers) => {
      const isFirst = headers[":path"] === "/healthz";
      stream.respond(isFirst ? { ":status": 302, location: "/up" } : { ":status": 200 }, { endStream: true });
    });
    expect(await probe(checkOf(port), monitor({ followRedirects: true }))).toMatchObject(OK);
  });

  test("an endless body costs no more than is to be read", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await plain((stream) => {
      stream.respond({ ":status": 200 });
      const pour = (): void => void (stream.destroyed || stream.write("x".repeat(16_384), pour));
      pour();
      stream.on("close", closed.resolve);
    });
    expect(await probe(checkOf(port), monitor({ contains: "ok" }))).toMatchObject({
      code: "body",
      reason: "a body without the text wanted in its first 65536 octets",
    });
    await closed.promise;
  });

  test("needs a server that chooses it", async () => {
    const port = await listen(
      createHttpsServer({ cert: certificate, key: privateKey, ALPNProtocols: [] }, (_request, response) => {
        response.end();
      }),
    );
    const outcome = await probe(checkOf(port), monitor({ protocol: "https" }));
    expect(outcome).toMatchObject({ ok: false, code: expect.stringMatching(/^(?:tls|protocol)$/) });
  });

  test("needs a server that speaks it", async () => {
    const port = await listen(createHttp1Server((_request, response) => void response.end()));
    expect(await probe(checkOf(port), monitor())).toMatchObject({ ok: false, code: "protocol" });
  });

  test("gives up at the timeout and closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await plain((stream) => void stream.session!.once("close", closed.resolve));
    expect(await probe(checkOf(port), monitor({ timeout: 200 }))).toMatchObject({
      code: "timeout",
      reason: "connected, but no response within 200 ms",
    });
    await closed.promise;
  });

  test("gives up at the timeout on a server that says nothing at all", async () => {
    const port = await listen(createTcpServer((socket) => void socket.on("error", () => {})));
    expect(await probe(checkOf(port), monitor({ timeout: 200 }))).toMatchObject({ code: "timeout" });
  });

  test("settles at once when it is aborted", async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await plain(() => arrived.resolve());
    const running = runProbe(checkOf(port), monitor());
    await arrived.promise;
    running.abort();
    expect(await running.outcome).toMatchObject({ ok: false });
  });

  test.for<[what: string, onStream: OnStream, code: string]>([
    ["RST_STREAM", (stream) => stream.close(2), "reset"],
    ["RST_STREAM of REFUSED_STREAM", (stream) => stream.close(7), "reset"],
    ["GOAWAY", (stream) => stream.session!.goaway(11), "reset"],
    ["the end of the session", (stream) => stream.session!.destroy(), "reset"],
    ["the end of the connection", (stream) => stream.session!.socket.destroy(), "reset"],
    [
      "the end of the connection within the body",
      (stream) => {
        stream.respond({ ":status": 200 });
        stream.write("o", () => stream.session!.socket.destroy());
      },
      "reset",
    ],
    [
      "RST_STREAM within the body",
      (stream) => {
        stream.respond({ ":status": 200 });
        stream.write("o", () => stream.destroy(new Error("a failure within the body")));
      },
      "reset",
    ],
  ])("fails on %s", async ([, onStream, code]) => {
    const port = await plain(onStream);
    expect(await probe(checkOf(port), monitor({ contains: "ok" }))).toMatchObject({ ok: false, code });
  });

  test.for(FLOODS)("an endless flood of %s is an end", async ([, first, again]) => {
    const closed = Promise.withResolvers<void>();
    const server = flooding(first, again);
    server.on("connection", (socket) => void socket.once("close", closed.resolve));
    const port = await listen(server);
    expect(await probe(checkOf(port), monitor({ contains: "ok" }))).toMatchObject({
      ok: false,
      code: expect.stringMatching(/^(?:protocol|reset)$/),
    });
    await closed.promise;
  });
});
