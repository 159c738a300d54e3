import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Answerer } from "../../src/server/answer-query.ts";
import { createTcp, type TcpOptions } from "../../src/server/tcp.ts";
import type { ListenAddress, Transport } from "../../src/server/transport.ts";
import { testAnswerer } from "../support/answerer.ts";
import { tcpClient, type TcpClient } from "../support/dns-sockets.ts";
import { queryPacket, type QuerySpec } from "../support/query-packet.ts";
import { readMessage } from "../support/read-message.ts";
import { ZONE } from "../support/snapshot.ts";

const TXT = 16;
/** 60 kB: more than UDP takes, and a few dozen fill the buffers of a socket. */
const LONG_TEXT = Array.from({ length: 240 }, () => new Uint8Array(250).fill(0x78));

const { answerer } = testAnswerer({
  profiles: { shop: { endpoints: { a: {} } } },
  records: [{ owner: `long.${ZONE}`, type: "TXT", ttl: 300, records: [{ type: "TXT", strings: LONG_TEXT }] }],
});

interface Started {
  readonly transport: Transport;
  readonly address: ListenAddress;
}

async function started(options: Partial<TcpOptions> = {}, answer: Answerer = answerer): Promise<Started> {
  const transport = createTcp({ host: "127.0.0.1", port: 0, ...options }, { answerer: () => answer });
  const result = await transport.start();
  if (!result.ok) throw new Error(result.error.message);
  onTestFinished(() => transport.stop());
  return { transport, address: result.value };
}

async function connected(options?: Partial<TcpOptions>): Promise<TcpClient> {
  return tcpClient((await started(options)).address);
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

  test("closes on the end of a message that never came", async () => {
    const client = await connected();
    client.socket.end(Uint8Array.of(0xff, 0xff, 1, 2, 3));
    await client.ended;
    expect(client.unread).toEqual([]);
  });

  test("survives a reset in the middle of a message and of an answer", async () => {
    const { address } = await started();
    const [first, second] = [await tcpClient(address), await tcpClient(address)];
    first.socket.write(Uint8Array.of(0, 50, 1));
    second.socket.pause();
    second.send(...Array.from({ length: 200 }, (_, i) => long(i)));
    await delay(20);
    first.socket.resetAndDestroy();
    second.socket.resetAndDestroy();
    const third = await tcpClient(address);
    third.send(query(3));
    expect(await receiveIds(third, 1)).toEqual([3]);
  });

  test("answers no faster than the peer reads, and loses nothing", async () => {
    let answered = 0;
    const { address } = await started({}, (...args) => {
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

  test("closes an idle connection, and one whose peer does not read", async () => {
    const { address } = await started({ idle: 50 });
    const [idle, deaf] = [await tcpClient(address), await tcpClient(address)];
    deaf.socket.pause();
    deaf.send(...Array.from({ length: 1000 }, (_, i) => long(i)));
    await idle.ended;
    await delay(200);
    deaf.socket.resume();
    await deaf.ended;
    expect(deaf.unread.length).toBeLessThan(500);
  });
});

describe("TCP stop", () => {
  test("answers what was received, then closes", async () => {
    const { transport, address } = await started();
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
    const { transport, address } = await started();
    const clients = await Promise.all(Array.from({ length: 10 }, () => tcpClient(address)));
    for (const { socket } of clients) socket.on("end", () => socket.end());
    clients[0]!.send(query(0));
    await clients[0]!.receive();
    const start = performance.now();
    await transport.stop();
    expect(performance.now() - start).toBeLessThan(900);
  });

  test("ends peers that do not close within two seconds", async () => {
    const { transport, address } = await started();
    const client = await tcpClient(address);
    client.send(query(0));
    await client.receive();
    const start = performance.now();
    await transport.stop();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("refuses new connections", async () => {
    const { transport, address } = await started();
    await transport.stop();
    await expect(tcpClient(address)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("TCP start", () => {
  test("tells that the port is in use", async () => {
    const { address } = await started();
    const second = createTcp(address, { answerer: () => answerer });
    expect(await second.start()).toEqual({
      ok: false,
      error: { code: "port-in-use", message: expect.stringContaining(`127.0.0.1:${address.port} TCP`) },
    });
    await second.stop();
  });

  test("tells that the address is not of this machine", async () => {
    // RFC 5737: an address for documentation, never assigned.
    const result = await createTcp({ host: "192.0.2.1", port: 0 }, { answerer: () => answerer }).start();
    expect(result).toMatchObject({ ok: false, error: { code: "address-not-available" } });
  });
});
