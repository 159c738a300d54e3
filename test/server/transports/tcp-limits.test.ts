/** Limits and time-outs of TCP over real sockets; `tcp-connections.test.ts` has their rules with time in hand. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Answerer } from "../../../src/server/answer/answer-query.ts";
import { createTcpConnections } from "../../../src/server/transports/tcp-connections.ts";
import { createTcp } from "../../../src/server/transports/tcp.ts";
import { createUdpPortable } from "../../../src/server/transports/udp-portable.ts";
import { UNCOUNTED } from "../../support/answerer.ts";
import { tcpClient, tcpServer, udpClient, type TcpClient, type TcpServer } from "../../support/dns-sockets.ts";

/** Says a message back, and ignores an empty one. */
const echo: Answerer = (message, length, _peer, out) => {
  out.set(message);
  return length;
};

/** 60 kB for each message. */
const verbose: Answerer = () => 60_000;

const ping = Uint8Array.of(1, 2, 3);

async function asks(client: TcpClient): Promise<void> {
  client.send(ping);
  expect(await client.receive()).toEqual(ping);
}

describe("TCP time-out", () => {
  test("closes a connection that idles, and not one that asks now and then", async () => {
    const { address, closed } = await tcpServer(echo, { idle: 300 });
    const [idle, busy] = [await tcpClient(address), await tcpClient(address)];
    for (let i = 0; i < 8; i++) {
      await delay(100);
      await asks(busy);
    }
    await idle.ended;
    expect(closed).toEqual(["timed-out"]);
  });

  test("closes a connection whose message is not complete in time, however its octets trickle", async () => {
    const { address, closed } = await tcpServer(echo, { idle: 300 });
    const client = await tcpClient(address);
    client.socket.write(Uint8Array.of(0, 200));
    for (let i = 0; i < 40 && closed.length === 0; i++) {
      client.socket.write(Uint8Array.of(i));
      await delay(50);
    }
    expect(closed).toEqual(["timed-out"]);
  });

  test("closes a connection that sends only what is ignored", async () => {
    const { address, closed } = await tcpServer(echo, { idle: 300 });
    const client = await tcpClient(address);
    for (let i = 0; i < 40 && closed.length === 0; i++) {
      client.send(new Uint8Array());
      await delay(50);
    }
    expect(closed).toEqual(["timed-out"]);
  });

  test("closes a connection whose peer does not take its answers, and holds few of them", async () => {
    let answered = 0;
    const { address, closed } = await tcpServer((...args) => (answered++, verbose(...args)), { idle: 300 });
    const client = await tcpClient(address);
    client.socket.pause();
    client.send(...Array.from({ length: 1000 }, () => ping));
    await expect.poll(() => closed).toEqual(["timed-out"]);
    expect(answered).toBeLessThan(500);
  });
});

describe("TCP keepalive", () => {
  test("is told to the answerer for each message: less under pressure, 0 at the limit", async () => {
    const told: number[] = [];
    const { address } = await tcpServer(
      (message, length, peer, out, transport) => {
        told.push(peer.keepalive);
        return echo(message, length, peer, out, transport);
      },
      { connections: 4, idle: 10_000 },
    );
    const first = await tcpClient(address);
    await asks(first);
    for (let i = 0; i < 3; i++) {
      await asks(await tcpClient(address));
      await asks(first);
    }
    expect(told).toEqual([100, 100, 100, 55, 55, 0, 0]);
  });
});

describe("TCP limits", () => {
  test("count the connections of all addresses together", async () => {
    const closed: string[] = [];
    const connections = createTcpConnections(
      { connections: 3, perClient: 3, idle: 10_000 },
      { opened() {}, closed: (cause) => void closed.push(cause) },
    );
    const clients: TcpClient[] = [];
    for (const host of ["127.0.0.1", "::1"]) {
      const transport = createTcp({ host, port: 0 }, { answerer: () => echo, connections });
      onTestFinished(() => transport.stop());
      const started = await transport.start();
      if (!started.ok) throw new Error(started.error.message);
      for (let i = 0; i < 2; i++) {
        const client = await tcpClient(started.value.address);
        await asks(client);
        clients.push(client);
      }
    }
    await clients[0]!.ended;
    for (const client of clients.slice(1)) await asks(client);
    expect(closed).toEqual(["evicted"]);
  });

  test("of a client are its own affair: another address is served", async () => {
    const { address, closed } = await tcpServer(echo, { perClient: 2 });
    const other = await tcpClient(address, "127.0.0.3");
    const clients: TcpClient[] = [];
    for (let i = 0; i < 4; i++) {
      const client = await tcpClient(address, "127.0.0.2");
      await asks(client);
      clients.push(client);
    }
    await Promise.all([clients[0]!.ended, clients[1]!.ended]);
    for (const client of [other, clients[2]!, clients[3]!]) await asks(client);
    expect(closed).toEqual(["evicted", "evicted"]);
  });

  test("refuse a new connection where all others have answers to take", async () => {
    const { address, closed } = await tcpServer(verbose, { connections: 2 });
    for (let i = 0; i < 2; i++) {
      const deaf = await tcpClient(address);
      deaf.socket.pause();
      deaf.send(...Array.from({ length: 1000 }, () => ping));
    }
    await delay(100);
    const late = await tcpClient(address);
    await late.ended;
    expect(closed).toEqual(["refused"]);
  });
});

describe("TCP with 2,000 idle connections", () => {
  const COUNT = 2000;
  /** Of the event loop; `expect.poll` would move the time. */
  const turn = (): Promise<unknown> => new Promise(setImmediate);

  /** From 40 addresses; 200 at a time, so that they are accepted in this order. */
  async function crowd({ address, open }: TcpServer): Promise<readonly TcpClient[]> {
    const clients: TcpClient[] = [];
    while (clients.length < COUNT) {
      const some = Array.from({ length: 200 }, (_, i) => tcpClient(address, `127.0.1.${1 + (i % 40)}`));
      clients.push(...(await Promise.all(some)));
      while (open() < clients.length) await turn();
    }
    return clients;
  }

  test("answers a new client and UDP at once, and closes the oldest over the limit", async () => {
    // Time-outs do not come into it.
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const server = await tcpServer(echo, { connections: COUNT, perClient: COUNT / 40 });
    const udp = createUdpPortable(
      { host: "127.0.0.1", port: 0 },
      { shared: false, answerer: () => echo, counters: () => UNCOUNTED },
    );
    onTestFinished(() => udp.stop());
    const bound = await udp.start();
    if (!bound.ok) throw new Error(bound.error.message);
    const clients = await crowd(server);
    expect(server.closed).toEqual([]);

    const datagrams = await udpClient(bound.value.address);
    const start = performance.now();
    await asks(await tcpClient(server.address));
    datagrams.send(ping);
    await datagrams.receive();
    // Milliseconds; a few on a machine that has nothing else to do.
    expect(performance.now() - start).toBeLessThan(250);

    for (let i = 0; i < 100; i++) await asks(await tcpClient(server.address, `127.0.0.${2 + (i % 4)}`));
    expect(server.closed).toEqual(Array.from({ length: 101 }, () => "evicted"));
    expect(server.open()).toBe(COUNT);
    const gone = clients.map(() => false);
    for (const [i, { ended }] of clients.entries()) void ended.then(() => (gone[i] = true));
    while (gone.filter(Boolean).length < 101) await turn();
    expect(gone.lastIndexOf(true)).toBe(100);
  });
});

test("TCP outlives a lack of file descriptors", async () => {
  const source = path.resolve(import.meta.dirname, "../../../src/server/transports");
  const script = `
    import { createTcpConnections } from "${source}/tcp-connections.ts";
    import { createTcp } from "${source}/tcp.ts";
    const connections = createTcpConnections(
      { connections: 4000, perClient: 4000, idle: 300 },
      { opened() {}, closed() {} },
    );
    const answerer = () => (message, length, peer, out) => (out.set(message), length);
    const started = await createTcp({ host: "127.0.0.1", port: 0 }, { answerer, connections }).start();
    process.send(started.value.address);
  `;
  const command = `ulimit -n 60; exec "${process.execPath}" --input-type=module --eval '${script}'`;
  const server = spawn("sh", ["-c", command], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  onTestFinished(() => void server.kill());
  const [address] = (await once(server, "message")) as [{ host: string; port: number }];
  const clients = await Promise.all(Array.from({ length: 100 }, () => tcpClient(address)));
  // Those that there was no descriptor for at once, the others when they have idled.
  await Promise.all(clients.map(({ ended }) => ended));
  await asks(await tcpClient(address));
  expect(server.exitCode).toBeNull();
});
