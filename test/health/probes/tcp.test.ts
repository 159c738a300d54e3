import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { authority, issued, issuedKey } from "../fixtures/issued-certificates.ts";
import { checkOf, tcpMonitor, tlsRules } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { behindProxyProtocol } from "../fixtures/proxied.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

describe("tcpProbe", () => {
  test.for(["127.0.0.1", "::1"])("succeeds where %s accepts, and closes the connection", async (host) => {
    const server = createServer();
    const port = await listen(server, host);
    const accepted = once(server, "connection");
    expect(await probe(checkOf(port, { host }), tcpMonitor())).toMatchObject({ ok: true });
    const [socket] = await accepted;
    await once(socket.resume(), "close");
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()), tcpMonitor())).toMatchObject({ code: "refused" });
  });

  test.for(["127.0.0.1", "::1"])("tries all addresses of a name: only %s accepts", async (address) => {
    const port = await listen(createServer(), address);
    expect(await probe(checkOf(port, { host: "both.localhost" }), tcpMonitor())).toMatchObject({ ok: true });
  });

  test("tells the failure of the first where all addresses fail", async () => {
    expect(await probe(checkOf(await closedTcpPort(), { host: "both.localhost" }), tcpMonitor())).toMatchObject({
      code: "refused",
    });
  });
});

/** Returns the port. Each connection is told what has come so far. */
async function listenTo(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    onConnection(socket);
  });
  return listen(server);
}

const onText = (serve: (text: string, socket: Socket) => void) => (socket: Socket) =>
  void socket.on("data", (octets) => serve(octets.toString(), socket));

describe("tcpProbe with send and expect", () => {
  test("sends the text, and finds the other one in what comes back", async () => {
    const port = await listenTo(
      onText((text, socket) => void socket.write(text === "PING\r\n" ? "+PONG\r\n" : "-ERR")),
    );
    expect(await probe(checkOf(port), tcpMonitor({ send: "PING\r\n", expect: "PONG" }))).toMatchObject({ ok: true });
  });

  test("takes the first words of a server that speaks first", async () => {
    const port = await listenTo((socket) => void socket.write("220 mail.example.com ESMTP\r\n"));
    expect(await probe(checkOf(port), tcpMonitor({ expect: "220 " }))).toMatchObject({ ok: true });
  });

  test("sends and finds texts as UTF-8, whatever stands around them", async () => {
    const port = await listenTo(
      onText((text, socket) => void socket.write(Buffer.concat([Buffer.from([0xff, 0xc3]), Buffer.from(text)]))),
    );
    expect(await probe(checkOf(port), tcpMonitor({ send: "grün", expect: "ün" }))).toMatchObject({ ok: true });
  });

  test("finds a text that comes octet by octet", async () => {
    const port = await listenTo((socket) => {
      socket.setNoDelay();
      const text = "xxpopong";
      let at = 0;
      const drip = setInterval(() => (at < text.length ? socket.write(text[at++]!) : clearInterval(drip)), 5);
      socket.once("close", () => clearInterval(drip));
    });
    expect(await probe(checkOf(port), tcpMonitor({ expect: "pong" }))).toMatchObject({ ok: true });
  });

  test("finds a text at the end of 64 KiB, and none behind", async () => {
    const after = (octets: number): Promise<number> =>
      listenTo((socket) => void socket.write(Buffer.concat([Buffer.alloc(octets, "x"), Buffer.from("pong")])));
    expect(await probe(checkOf(await after(65_532)), tcpMonitor({ expect: "pong" }))).toMatchObject({ ok: true });
    expect(await probe(checkOf(await after(65_533)), tcpMonitor({ expect: "pong" }))).toMatchObject({
      code: "body",
      reason: "64 KiB came without the expected text",
    });
  });

  test.for<[what: string, onConnection: (socket: Socket) => void, failure: object]>([
    [
      "silence",
      (socket) => void socket.resume(),
      { code: "timeout", reason: "connected, but no answer within 300 ms" },
    ],
    [
      "another answer, and silence",
      (socket) => void socket.resume().write("-LOADING\r\n"),
      { code: "timeout", reason: "an answer came, but not the expected text within 300 ms" },
    ],
    [
      "another answer, and the end",
      (socket) => void socket.resume().end("-ERR\r\n"),
      { code: "body", reason: "connection closed before the expected text" },
    ],
    [
      "the end",
      (socket) => void socket.resume().end(),
      { code: "reset", reason: "connection closed before an answer" },
    ],
    ["a reset", (socket) => void socket.resetAndDestroy(), { code: "reset" }],
    [
      "octets without end",
      (socket) => {
        const pour = (): void => {
          if (socket.writable) socket.write(Buffer.alloc(16_000), () => setImmediate(pour));
        };
        pour();
      },
      { code: "body", reason: "64 KiB came without the expected text" },
    ],
  ])("fails on %s", async ([, onConnection, failure]) => {
    const port = await listenTo(onConnection);
    const monitor = tcpMonitor({ send: "PING\r\n", expect: "PONG", timeout: 300 });
    expect(await probe(checkOf(port), monitor)).toMatchObject(failure);
  });

  test("shows nothing of what came", async () => {
    const port = await listenTo((socket) => void socket.resume().end("<script>"));
    expect(JSON.stringify(await probe(checkOf(port), tcpMonitor({ expect: "PONG" })))).not.toContain("script");
  });

  test("closes its connection after an answer", async () => {
    const server = createServer((socket) => void socket.on("error", () => {}).write("pong"));
    const port = await listen(server);
    const accepted = once(server, "connection");
    expect(await probe(checkOf(port), tcpMonitor({ expect: "pong" }))).toMatchObject({ ok: true });
    const [socket] = await accepted;
    await once(socket.resume(), "close");
  });

  test("settles at once when it is aborted", async () => {
    const server = createServer((socket) => void socket.on("error", () => {}).resume());
    const port = await listen(server);
    const accepted = once(server, "connection");
    const running = runProbe(checkOf(port), tcpMonitor({ expect: "pong" }));
    await accepted;
    running.abort();
    expect(await running.outcome).toMatchObject({ code: "timeout" });
  });
});

describe("tcpProbe with TLS and a PROXY header", () => {
  const secured = { cert: issued, key: issuedKey };

  test("speaks over TLS", async () => {
    const server = createTlsServer(secured, (socket) => {
      socket.on("error", () => {});
      socket.on("data", (octets) => void socket.write(`you said ${octets.toString()}`));
    });
    const monitor = tcpMonitor({
      tls: { ...tlsRules, verifyCertificate: true, ca: authority },
      send: "hi",
      expect: "said hi",
    });
    expect(await probe(checkOf(await listen(server)), monitor)).toMatchObject({ ok: true });
  });

  test("without expect the handshake of TLS is wanted", async () => {
    const monitor = tcpMonitor({ tls: tlsRules, timeout: 300 });
    expect(await probe(checkOf(await listen(createTlsServer(secured))), monitor)).toMatchObject({ ok: true });
    const plain = await listenTo((socket) => void socket.resume());
    expect(await probe(checkOf(plain), monitor)).toMatchObject({
      code: "timeout",
      reason: "no TLS handshake within 300 ms",
    });
  });

  test("begins with the header, then says its text", async () => {
    const server = behindProxyProtocol((socket) => {
      socket.on("data", (octets) => void socket.write(octets)).resume();
    });
    const port = await listen(server);
    const monitor = tcpMonitor({ proxyProtocol: true, send: "hello", expect: "hello" });
    expect(await probe(checkOf(port), monitor)).toMatchObject({ ok: true });
    expect(await probe(checkOf(port), { ...monitor, proxyProtocol: false, timeout: 300 })).toMatchObject({ ok: false });
  });
});
