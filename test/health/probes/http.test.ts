import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import type { TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import type { ProbeCheck, HttpMonitor } from "../../../src/health/monitoring.ts";
import { certificate, privateKey } from "../fixtures/certificate.ts";
import { checkOf, httpMonitor, tlsRules } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

const serve = (answer: RequestListener, host?: string): Promise<number> => listen(createServer(answer), host);

const serveTls = (answer: RequestListener, host?: string): Promise<number> =>
  listen(createTlsServer({ cert: certificate, key: privateKey }, answer), host);

function withStatus(status: number): RequestListener {
  return (_request, response) => void response.writeHead(status, { location: "/elsewhere" }).end("body");
}

async function requestSeen(
  monitor: HttpMonitor,
  check: Partial<ProbeCheck> = {},
): Promise<{ readonly request: IncomingMessage; readonly port: number; readonly sni: string | false | null }> {
  let request: IncomingMessage | undefined;
  const answer: RequestListener = (received, response) => {
    request = received;
    response.end();
  };
  const port = await (monitor.protocol === "https" ? serveTls : serve)(answer, check.host);
  expect(await probe(checkOf(port, check), monitor)).toMatchObject({ ok: true });
  if (request === undefined) throw new Error("no request");
  return { request, port, sni: (request.socket as TLSSocket).servername ?? null };
}

describe("httpProbe", () => {
  test.for([200, 204, 299])("succeeds on status %d of 200-299", async (status) => {
    const port = await serve(withStatus(status));
    expect(await probe(checkOf(port), httpMonitor())).toMatchObject({ ok: true, durationMs: expect.any(Number) });
  });

  test.for([
    [503, [[200, 299]], "status 503, wanted 200-299"],
    [302, [[200, 299]], "status 302, wanted 200-299"],
    [
      404,
      [
        [200, 200],
        [301, 303],
      ],
      "status 404, wanted 200, 301-303",
    ],
  ] as const)("fails on status %d where another is wanted", async ([status, expectedStatus, reason]) => {
    const port = await serve(withStatus(status));
    expect(await probe(checkOf(port), httpMonitor({ expectedStatus }))).toMatchObject({ code: "status", reason });
  });

  test("takes a redirect as a status, and does not follow it", async () => {
    const asked: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      asked.push(request.url);
      withStatus(301)(request, response);
    });
    expect(await probe(checkOf(port), httpMonitor({ expectedStatus: [[301, 301]] }))).toMatchObject({ ok: true });
    expect(asked).toEqual(["/healthz"]);
  });

  test("asks with GET, the monitor's path and headers, for the server name, and closes the connection", async () => {
    const { request, port } = await requestSeen(
      httpMonitor({ path: "/up?deep=1", headers: { "x-token": "t", "user-agent": "checker" } }),
    );
    expect(request).toMatchObject({ method: "GET", url: "/up?deep=1" });
    expect(request.headers).toEqual({
      host: `shop.example.com:${port}`,
      connection: "close",
      "user-agent": "checker",
      accept: "*/*",
      "x-token": "t",
    });
  });

  test("asks with SNI of the server name", async () => {
    const { request, port, sni } = await requestSeen(httpMonitor({ protocol: "https" }));
    expect(sni).toBe("shop.example.com");
    expect(request.headers.host).toBe(`shop.example.com:${port}`);
  });

  test("lets a custom host header win for Host and SNI", async () => {
    const headers = { host: "internal.example.net:8443" };
    const { request, sni } = await requestSeen(httpMonitor({ protocol: "https", headers }));
    expect(sni).toBe("internal.example.net");
    expect(request.headers.host).toBe("internal.example.net:8443");
  });

  test("sends no SNI for an address (RFC 6066)", async () => {
    const { request, port, sni } = await requestSeen(httpMonitor({ protocol: "https" }), { serverName: "::1" });
    expect(sni).toBe(false);
    expect(request.headers.host).toBe(`[::1]:${port}`);
  });

  test.for(["http", "https"] as const)("tries all addresses of a name with %s", async (protocol) => {
    // The server is at the last address only.
    const port = await (protocol === "https" ? serveTls : serve)(withStatus(200), "::1");
    const check = checkOf(port, { host: "both.localhost" });
    expect(await probe(check, httpMonitor({ protocol }))).toMatchObject({ ok: true });
  });

  test.for(["http", "https"] as const)("connects to an IPv6 address with %s", async (protocol) => {
    // The server is at ::1 only.
    const { request, port } = await requestSeen(httpMonitor({ protocol }), { host: "::1" });
    expect(request.headers.host).toBe(`shop.example.com:${port}`);
  });

  test("connects to a host name", async () => {
    const port = await serve(withStatus(200));
    expect(await probe(checkOf(port, { host: "localhost" }), httpMonitor())).toMatchObject({ ok: true });
  });

  test("opens a connection for each probe", async () => {
    const ports = new Set<number | undefined>();
    const port = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    await probe(checkOf(port), httpMonitor());
    await probe(checkOf(port), httpMonitor());
    expect(ports.size).toBe(2);
  });

  test("judges an endless body by its head and closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await serve((_request, response) => {
      const pour = (): void => void (response.destroyed || response.write("x".repeat(65_536), pour));
      pour();
      response.on("close", closed.resolve);
    });
    expect(await probe(checkOf(port), httpMonitor())).toMatchObject({ ok: true });
    await closed.promise;
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()), httpMonitor())).toMatchObject({
      code: "refused",
      reason: "connection refused",
    });
  });

  test.for([
    ["reset", "reset", (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
    ["close", "reset", (socket: { end(): void }) => socket.end()],
    ["another protocol", "protocol", (socket: { end(text: string): void }) => socket.end("SSH-2.0-OpenSSH_9.9\r\n")],
  ] as const)("fails on a server that answers with %s", async ([, code, answer]) => {
    const port = await listen(
      createTcpServer((socket) => void socket.on("error", () => {}).once("data", () => answer(socket))),
    );
    expect(await probe(checkOf(port), httpMonitor())).toMatchObject({ code });
  });

  test.for(["http", "https"] as const)(
    "gives up at the timeout over %s and closes the connection",
    async (protocol) => {
      const closed = Promise.withResolvers<void>();
      const answer: RequestListener = (request) => void request.on("close", closed.resolve);
      const port = await (protocol === "https" ? serveTls : serve)(answer);
      expect(await probe(checkOf(port), httpMonitor({ protocol, timeout: 200 }))).toMatchObject({
        code: "timeout",
        reason: "connected, but no response within 200 ms",
      });
      await closed.promise;
    },
  );

  test("counts the TLS handshake into the timeout, and closes the connection", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    const accepted = once(server, "connection");
    expect(await probe(checkOf(port), httpMonitor({ protocol: "https", timeout: 100 }))).toMatchObject({
      code: "timeout",
      reason: "no TLS handshake within 100 ms",
    });
    const [socket] = await accepted;
    await once(socket.resume(), "close");
  });

  test("settles at once and closes the connection when it is aborted", async () => {
    const arrived = Promise.withResolvers<IncomingMessage>();
    const port = await serve((request) => arrived.resolve(request));
    const running = runProbe(checkOf(port), httpMonitor());
    const request = await arrived.promise;
    const closed = new Promise((resolve) => void request.on("close", resolve));
    running.abort();
    expect(await running.outcome).toMatchObject({ ok: false });
    await closed;
  });

  test.for(["TLSv1.2", "TLSv1.3"] as const)("ends %s with close_notify, whatever is left to read", async (version) => {
    const ended = Promise.withResolvers<string>();
    const server = createTlsServer({ cert: certificate, key: privateKey, minVersion: version, maxVersion: version });
    server.on("secureConnection", (socket: TLSSocket) => {
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\n\r\nbody"));
      socket.on("end", () => ended.resolve("close_notify"));
      socket.on("error", (error) => ended.resolve(error.message));
      socket.on("close", () => ended.resolve("closed"));
    });
    const port = await listen(server);
    const transcript = await relay(port);
    expect(await probe(checkOf(transcript.port), httpMonitor({ protocol: "https" }))).toMatchObject({ ok: true });
    expect(await ended.promise).toBe("close_notify");
    // An alert; TLS 1.3 encrypts its kind: two octets of alert, one of kind, 16 of tag.
    const last = transcript.records().at(-1)!;
    expect(last).toEqual(version === "TLSv1.2" ? { kind: 21, length: 26 } : { kind: 23, length: 19 });
  });

  test("fails on a server without TLS", async () => {
    const port = await serve(withStatus(200));
    expect(await probe(checkOf(port), httpMonitor({ protocol: "https" }))).toMatchObject({ code: "tls" });
  });

  test("does not verify the certificate unless told", async () => {
    const port = await serveTls(withStatus(200));
    expect(await probe(checkOf(port), httpMonitor({ protocol: "https" }))).toMatchObject({ ok: true });
    expect(
      await probe(checkOf(port), httpMonitor({ protocol: "https", tls: { ...tlsRules, verifyCertificate: true } })),
    ).toMatchObject({
      code: "tls",
      reason: "TLS handshake failed (DEPTH_ZERO_SELF_SIGNED_CERT)",
    });
  });
});

/** Passes on what it gets to the port, and keeps the TLS records that the client sends (RFC 8446 section 5.1). */
async function relay(to: number) {
  const sent: Buffer[] = [];
  const server = createTcpServer((socket) => {
    const onward = connect(to, "127.0.0.1");
    for (const either of [socket, onward]) either.on("error", () => {});
    socket.on("data", (octets) => void sent.push(octets));
    socket.pipe(onward).pipe(socket);
  });
  return {
    port: await listen(server),
    records() {
      const octets = Buffer.concat(sent);
      const records: { readonly kind: number; readonly length: number }[] = [];
      for (let at = 0; at < octets.length; at += 5 + octets.readUInt16BE(at + 3)) {
        records.push({ kind: octets[at]!, length: octets.readUInt16BE(at + 3) });
      }
      return records;
    },
  };
}
