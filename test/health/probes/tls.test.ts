import { once } from "node:events";
import { createServer as createTcpServer, type Socket } from "node:net";
import { createServer, type TlsOptions, type TLSSocket } from "node:tls";
import { describe, expect, test, vi } from "vitest";
import type { ProbeCheck, TlsRules } from "../../../src/health/monitoring.ts";
import { authority, issued, issuedExpired, issuedKey, issuedToOther } from "../fixtures/issued-certificates.ts";
import { checkOf, tlsMonitor, tlsRules } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { behindProxyProtocol } from "../fixtures/proxied.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

const good: TlsOptions = { cert: issued, key: issuedKey };

/** Returns the port. */
function listenTls(options: TlsOptions = good, onSecure: (socket: TLSSocket) => void = () => {}, host?: string) {
  const server = createServer(options, (socket) => {
    socket.on("error", () => {});
    onSecure(socket);
  });
  server.on("tlsClientError", () => {});
  return listen(server, host);
}

const monitorOf = (rules: Partial<TlsRules>) => tlsMonitor({ tls: { ...tlsRules, ...rules } });

describe("tlsProbe", () => {
  test.for(["127.0.0.1", "::1"])("succeeds on a handshake with %s", async (host) => {
    const port = await listenTls(good, undefined, host);
    expect(await probe(checkOf(port, { host }), tlsMonitor())).toMatchObject({ ok: true });
  });

  test.for<[what: string, options: TlsOptions, rules: Partial<TlsRules>, check: Partial<ProbeCheck>, failure: object]>([
    ["a good one", good, { ca: authority }, {}, { ok: true }],
    ["one of no known authority", good, {}, {}, { code: "tls" }],
    ["another name's", good, { ca: authority }, { serverName: "blog.example.com" }, { code: "tls" }],
    [
      "that of the monitor's own name",
      { ...good, cert: issuedToOther },
      { ca: authority, serverName: "blog.example.com" },
      {},
      { ok: true },
    ],
    ["an expired one", { ...good, cert: issuedExpired }, { ca: authority }, {}, { code: "tls" }],
    ["one that has 30 days left", good, { ca: authority, minDaysLeft: 30 }, {}, { ok: true }],
  ])("verifies the certificate: %s", async ([, options, rules, check, outcome]) => {
    const port = await listenTls(options);
    const monitor = monitorOf({ verifyCertificate: true, ...rules });
    expect(await probe(checkOf(port, check), monitor)).toMatchObject(outcome);
  });

  test("minDaysLeft looks at a certificate that is not verified, too", async () => {
    const port = await listenTls({ ...good, cert: issuedExpired });
    expect(await probe(checkOf(port), monitorOf({ minDaysLeft: 30 }))).toMatchObject({
      code: "certificate-expires",
      reason: "certificate has expired, wanted 30",
    });
    expect(await probe(checkOf(port), tlsMonitor())).toMatchObject({ ok: true });
  });

  test("asks for the name of the check, and for the monitor's own", async () => {
    const names: unknown[] = [];
    const port = await listenTls(good, ({ servername }) => void names.push(servername));
    await probe(checkOf(port), tlsMonitor());
    await probe(checkOf(port), monitorOf({ serverName: "blog.example.com" }));
    await probe(checkOf(port, { serverName: "127.0.0.1" }), tlsMonitor());
    expect(names).toEqual(["shop.example.com", "blog.example.com", false]);
  });

  test.for(["TLSv1.2", "TLSv1.3"] as const)("shows a certificate where the server wants one: %s", async (version) => {
    const wants = { ...good, requestCert: true, ca: authority, minVersion: version, maxVersion: version };
    const port = await listenTls(wants);
    expect(await probe(checkOf(port), tlsMonitor())).toMatchObject({ code: "tls" });
    const shown = monitorOf({ clientCertificate: issued, clientKey: issuedKey });
    expect(await probe(checkOf(port), shown)).toMatchObject({ ok: true });
  });

  test.for<[what: string, options: TlsOptions, onSecure: (socket: TLSSocket) => void]>([
    ["speaks TLS 1.2", { ...good, maxVersion: "TLSv1.2" }, () => {}],
    ["cuts the connection off", good, (socket) => void socket.destroy()],
    ["speaks first", good, (socket) => void socket.write("220 hello\r\n")],
    [
      "speaks without end",
      good,
      (socket) => {
        const pour = (): void => {
          if (socket.writable) socket.write(Buffer.alloc(16_000), () => setImmediate(pour));
        };
        pour();
      },
    ],
  ])("succeeds where a server %s", async ([, options, onSecure]) => {
    const port = await listenTls(options, onSecure);
    expect(await probe(checkOf(port), tlsMonitor())).toMatchObject({ ok: true });
  });

  test.for<[what: string, onConnection: (socket: Socket) => void, failure: object]>([
    ["speaks no TLS", (socket) => void socket.write("220 mail.example.com ESMTP\r\n"), { code: "tls" }],
    ["ends at once", (socket) => void socket.end(), { code: "tls" }],
    ["resets at once", (socket) => void socket.resetAndDestroy(), { ok: false }],
    ["is silent", () => {}, { code: "timeout", reason: "no TLS handshake within 300 ms" }],
    [
      "drips",
      (socket) => {
        // A record of a handshake that is never whole.
        const octets = Buffer.from([0x16, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xfb, 3, 3]);
        let at = 0;
        const drip = setInterval(() => socket.write(Buffer.from([octets[at++] ?? 0])), 10);
        socket.once("close", () => clearInterval(drip));
      },
      { code: "timeout" },
    ],
  ])("fails where a server %s", async ([, onConnection, failure]) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {}).resume();
      onConnection(socket);
    });
    const port = await listen(server);
    expect(await probe(checkOf(port), { ...tlsMonitor(), timeout: 300 })).toMatchObject(failure);
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()), tlsMonitor())).toMatchObject({ code: "refused" });
  });

  test("begins with a PROXY header where the monitor says so", async () => {
    const tls = createServer(good);
    const port = await listen(behindProxyProtocol((socket) => void tls.emit("connection", socket)));
    expect(await probe(checkOf(port), tlsMonitor({ proxyProtocol: true }))).toMatchObject({ ok: true });
    expect(await probe(checkOf(port), tlsMonitor())).toMatchObject({ code: "tls" });
  });

  test("settles at once and closes the connection when it is aborted", async () => {
    const server = createTcpServer((socket) => void socket.on("error", () => {}).resume());
    const port = await listen(server);
    const connected = once(server, "connection");
    const running = runProbe(checkOf(port), tlsMonitor());
    const [socket] = await connected;
    running.abort();
    expect(await running.outcome).toMatchObject({ code: "timeout" });
    await vi.waitFor(() => expect(socket.destroyed).toBe(true));
  });
});
