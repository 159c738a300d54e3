import { setTimeout as delay } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createTcpConnections } from "../../../src/server/transports/tcp-connections.ts";
import { createTcp } from "../../../src/server/transports/tcp.ts";
import { testAnswerer } from "../../support/answerer.ts";
import { tcpClient, tcpServer, type TcpClient } from "../../support/dns-sockets.ts";
import { queryPacket, type QuerySpec } from "../../support/query-packet.ts";
import { readMessage } from "../../support/read-message.ts";
import { recordSet, ZONE } from "../../support/snapshot.ts";

const TXT = 16;
/** 60 kB: more than UDP takes, and a few dozen fill the buffers of a socket. */
const LONG_TEXT = `TXT ${"x".repeat(60_000)}`;

const { answerer } = testAnswerer({
  profiles: { shop: { endpoints: { a: {} } } },
  records: [recordSet(`long.${ZONE}`, LONG_TEXT)],
});

async function connected(options?: Parameters<typeof tcpServer>[1]): Promise<TcpClient> {
  return tcpClient((await tcpServer(answerer, options)).address);
}

const query = (id: number, spec: QuerySpec = {}): Uint8Array => queryPacket({ id, ...spec });
const long = (id: number): Uint8Array => query(id, { name: `long.${ZONE}`, type: TXT });

async function receiveIds(client: TcpClient, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const packet = await client.receive();
    ids.push((packet[0]! << 8) | packet[1]!);
  }
  return ids;
}

describe("TCP", () => {
  test.for(["127.0.0.1", "::1"])("answers on %s", async (host) => {
    const client = await connected({ host });
    client.send(query(7));
    expect(readMessage(await client.receive())).toMatchObject({
      id: 7,
      answers: ["shop.gtm.example.com 60 A 192.0.2.1"],
    });
  });

  test("gives whole what UDP truncates", async () => {
    const client = await connected();
    client.send(long(1));
    const message = readMessage(await client.receive());
    expect(message.flags).toBe("qr aa");
    expect(message.size).toBeGreaterThan(60_000);
  });

  test("takes a length in two segments and a message octet by octet", async () => {
    const client = await connected();
    client.socket.setNoDelay();
    for (const octet of [0, query(8).length, ...query(8)]) {
      client.socket.write(Uint8Array.of(octet));
      await delay(1);
    }
    expect(readMessage(await client.receive()).id).toBe(8);
  });

  test("answers queries of one segment in order, on one connection", async () => {
    const client = await connected();
    const ids = Array.from({ length: 300 }, (_, i) => i);
    client.send(...ids.map((id) => query(id)));
    expect(await receiveIds(client, 300)).toEqual(ids);
    client.send(query(300));
    expect(await receiveIds(client, 1)).toEqual([300]);
  });

  test("stays silent where the answerer is, and answers what follows", async () => {
    const client = await connected();
    client.send(new Uint8Array(), query(1).slice(0, 11), query(2, { flags: 0x8000 }), query(3));
    expect(await receiveIds(client, 1)).toEqual([3]);
  });

  test("answers what came before a half-close, then closes", async () => {
    const client = await connected();
    client.send(query(1), long(2));
    client.socket.end();
    expect(await receiveIds(client, 2)).toEqual([1, 2]);
    await client.ended;
  });

  test("answers everything before a half-close, also where the peer is slow to read", async () => {
    const client = await connected();
    client.socket.pause();
    const ids = Array.from({ length: 300 }, (_, i) => i);
    client.send(...ids.map(long));
    client.socket.end();
    await delay(100);
    client.socket.resume();
    expect(await receiveIds(client, 300)).toEqual(ids);
    await client.ended;
  });

  test("closes on the end of a message that never came", async () => {
    const client = await connected();
    client.socket.end(Uint8Array.of(0xff, 0xff, 1, 2, 3));
    await client.ended;
    expect(client.unread).toEqual([]);
  });

  test("survives whatever clients do and however they leave", async () => {
    type Deed = (client: TcpClient) => unknown;
    const deeds: Readonly<Record<string, Deed>> = {
      ask: (client) => client.send(query(1)),
      "ask a lot": (client) => client.send(...Array.from({ length: 100 }, (_, i) => long(i))),
      "send what is ignored": (client) => client.send(new Uint8Array(), query(1).slice(0, 11)),
      "begin a message": (client) => client.socket.write(Uint8Array.of(0, 50, 1)),
      "stop reading": (client) => client.socket.pause(),
      "read again": (client) => client.socket.resume(),
      wait: () => delay(2),
      "half-close": (client) => client.socket.end(),
      reset: (client) => client.socket.resetAndDestroy(),
      leave: (client) => client.socket.destroy(),
    };
    const { address, open } = await tcpServer(answerer);
    const act = async (names: readonly string[]): Promise<void> => {
      const client = await tcpClient(address);
      for (const name of names) {
        if (client.socket.writable || name === "reset") await deeds[name]!(client);
      }
      client.socket.destroy();
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...Object.keys(deeds)), { maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        async (clients) => {
          const witness = await tcpClient(address);
          await Promise.all(clients.map(act));
          witness.send(query(3));
          expect(await receiveIds(witness, 1)).toEqual([3]);
          witness.socket.destroy();
        },
      ),
      { numRuns: 50 },
    );
    await expect.poll(open).toBe(0);
  });

  test("answers no faster than the peer reads, and loses nothing", async () => {
    let answered = 0;
    const { address } = await tcpServer((...args) => {
      answered++;
      return answerer(...args);
    });
    const client = await tcpClient(address);
    client.socket.pause();
    const ids = Array.from({ length: 1000 }, (_, i) => i);
    client.send(...ids.map(long));
    await expect.poll(() => answered).toBeGreaterThan(0);
    await delay(200);
    // 60 MB in all; the kernel takes some on both sides, we hold next to none.
    expect(answered).toBeLessThan(500);
    client.socket.resume();
    expect(await receiveIds(client, 1000)).toEqual(ids);
  });

  test("loses nothing of what comes while the peer is slow to read", async () => {
    const { address } = await tcpServer((message, length, _peer, out) => (out.set(message), length));
    const client = await tcpClient(address);
    client.socket.pause();
    const messages = Array.from({ length: 200 }, (_, i) => new Uint8Array(60_000).fill(i));
    client.send(...messages);
    await delay(100);
    client.socket.resume();
    for (const message of messages) expect(Buffer.compare(await client.receive(), message)).toBe(0);
  });

  test("gives others their turn between the answers to one that reads as fast as it asks", async () => {
    let inTurn = 0;
    let most = 0;
    const { address } = await tcpServer((...args) => {
      if (inTurn++ === 0) {
        setImmediate(() => {
          most = Math.max(most, inTurn);
          inTurn = 0;
        });
      }
      return answerer(...args);
    });
    const client = await tcpClient(address);
    client.send(...Array.from({ length: 100 }, (_, i) => long(i)));
    await receiveIds(client, 100);
    // Two fill what is written at once; the kernel would have taken dozens.
    expect(most).toBeLessThan(5);
  });
});

describe("TCP stop", () => {
  test("answers what was received also where the peer is slow to read", async () => {
    const { transport, address } = await tcpServer(answerer);
    const client = await tcpClient(address);
    client.socket.pause();
    const ids = Array.from({ length: 300 }, (_, i) => i);
    client.send(...ids.map(long));
    await delay(100);
    // On a busy machine 18 MB may take longer than a stopping server waits.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const stopped = transport.stop();
    await delay(50);
    // Too late to be answered; it does no harm either.
    client.send(query(300));
    await delay(50);
    client.socket.resume();
    expect(await receiveIds(client, 300)).toEqual(ids);
    await client.ended;
    client.socket.end();
    await stopped;
  });

  test("answers what was received, then closes", async () => {
    const { transport, address } = await tcpServer(answerer);
    const client = await tcpClient(address);
    client.send(query(0));
    await receiveIds(client, 1);
    client.send(query(1), query(2));
    const stopped = transport.stop();
    expect(await receiveIds(client, 2)).toEqual([1, 2]);
    await client.ended;
    client.socket.end();
    await stopped;
  });

  test("does not wait for idle peers that close", async () => {
    const { transport, address } = await tcpServer(answerer);
    const clients = await Promise.all(Array.from({ length: 10 }, () => tcpClient(address)));
    for (const { socket } of clients) socket.on("end", () => socket.end());
    clients[0]!.send(query(0));
    await clients[0]!.receive();
    const start = performance.now();
    await transport.stop();
    expect(performance.now() - start).toBeLessThan(900);
  });

  test("ends peers that do not close within two seconds", async () => {
    const { transport, address } = await tcpServer(answerer);
    const client = await tcpClient(address);
    client.send(query(0));
    await client.receive();
    const start = performance.now();
    await transport.stop();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("leaves no timer behind", async () => {
    const { transport } = await tcpServer(answerer);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    await transport.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("refuses new connections", async () => {
    const { transport, address } = await tcpServer(answerer);
    await transport.stop();
    await expect(tcpClient(address)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("TCP start", () => {
  const connections = createTcpConnections({ connections: 1, perClient: 1, idle: 1000 }, { opened() {}, closed() {} });

  test("tells that the port is in use", async () => {
    const { address } = await tcpServer(answerer);
    const second = createTcp(address, { answerer: () => answerer, connections });
    expect(await second.start()).toEqual({
      ok: false,
      error: { code: "port-in-use", message: expect.stringContaining(`127.0.0.1:${address.port} TCP`) },
    });
    await second.stop();
  });

  test("takes the same port of either family", async () => {
    const { address } = await tcpServer(answerer, { host: "0.0.0.0" });
    const ipv6 = createTcp({ host: "::", port: address.port }, { answerer: () => answerer, connections });
    onTestFinished(() => ipv6.stop());
    expect(await ipv6.start()).toEqual({ ok: true, value: { address: { host: "::", port: address.port } } });
  });

  test("tells that the address is not of this machine", async () => {
    // RFC 5737: an address for documentation, never assigned.
    const result = await createTcp({ host: "192.0.2.1", port: 0 }, { answerer: () => answerer, connections }).start();
    expect(result).toMatchObject({ ok: false, error: { code: "address-not-available" } });
  });
});
