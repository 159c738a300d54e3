import { createSocket, Socket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Answerer } from "../../../src/server/answer/answer-query.ts";
import type { Listener } from "../../../src/server/transports/listener.ts";
import { withFreePort } from "../../../src/server/transports/free-port.ts";
import { createUdpPortable } from "../../../src/server/transports/udp-portable.ts";
import { testAnswerer, UNCOUNTED } from "../../support/answerer.ts";
import { udpClient } from "../../support/dns-sockets.ts";
import { queryPacket } from "../../support/query-packet.ts";
import { readMessage } from "../../support/read-message.ts";
import type { ListenAddress } from "../../../src/shared/server-settings.ts";

/** Chance in turn: each third of what there is. */
let drawn = 0;
const random = (): number => (drawn++ % 3) / 3 + 0.1;

const { answerer } = testAnswerer(
  {
    networks: { loopback: { cidrs: ["127.0.0.0/8", "::1"], country: "DE" } },
    profiles: {
      shop: {
        method: "geographic",
        endpoints: { de: { address: ["192.0.2.49"], regions: ["DE"] }, world: { regions: ["WORLD"] } },
      },
      mirrors: {
        method: "multivalue",
        maxAnswers: 2,
        endpoints: Object.fromEntries(["a", "b", "c"].map((name, i) => [name, { address: [`192.0.2.7${i}`] }])),
      },
      large: {
        method: "multivalue",
        maxAnswers: 10,
        endpoints: Object.fromEntries(
          Array.from({ length: 10 }, (_, i) => [
            `e${i}`,
            { address: Array.from({ length: 9 }, (__, j) => `198.51.${i}.${j}`) },
          ]),
        ),
      },
      many: { endpoints: { a: { address: Array.from({ length: 100 }, (_, i) => `192.0.2.${i}`) } } },
    },
  },
  { random },
);

interface Started {
  readonly transport: Listener;
  readonly address: ListenAddress;
}

async function started({ host = "127.0.0.1", port = 0, shared = false, answer = answerer } = {}): Promise<Started> {
  const transport = createUdpPortable({ host, port }, { shared, answerer: () => answer, counters: () => UNCOUNTED });
  const result = await transport.start();
  if (!result.ok) throw new Error(result.error.message);
  return { transport, address: result.value.address };
}

async function running(options?: Parameters<typeof started>[0]): Promise<ListenAddress> {
  const { transport, address } = await started(options);
  onTestFinished(() => transport.stop());
  return address;
}

describe("UDP", () => {
  test.for(["127.0.0.1", "::1"])("answers on %s, the peer's address deciding", async (host) => {
    const client = await udpClient(await running({ host }));
    client.send(queryPacket({ id: 7 }));
    expect(readMessage(await client.receive())).toMatchObject({
      id: 7,
      answers: ["shop.gtm.example.com 60 A 192.0.2.49"],
    });
  });

  test("truncates what does not fit", async () => {
    const client = await udpClient(await running());
    client.send(queryPacket({ name: "many.gtm.example.com", edns: { size: 4096 } }));
    expect(readMessage(await client.receive())).toMatchObject({ flags: "qr aa tc", answers: [] });
  });

  test("answers with as many endpoints together as maxAnswers says, each in as many answers", async () => {
    const client = await udpClient(await running());
    const pairs = new Set<string>();
    for (let id = 0; id < 6; id++) {
      client.send(queryPacket({ id, name: "mirrors.gtm.example.com" }));
      const { answers } = readMessage(await client.receive());
      const data = answers.map((line): string => line.split(" ").at(-1)!);
      pairs.add(data.toSorted().join(" "));
    }
    expect([...pairs].toSorted()).toEqual(["192.0.2.70 192.0.2.71", "192.0.2.70 192.0.2.72", "192.0.2.71 192.0.2.72"]);
  });

  test("truncates several together as any other answer", async () => {
    const client = await udpClient(await running());
    client.send(queryPacket({ name: "large.gtm.example.com", edns: { size: 4096 } }));
    expect(readMessage(await client.receive())).toMatchObject({ flags: "qr aa tc", answers: [] });
  });

  test("answers each of many datagrams", async () => {
    const client = await udpClient(await running());
    const ids = Array.from({ length: 200 }, (_, i) => i);
    for (const id of ids) client.send(queryPacket({ id }));
    const received = new Set<number>();
    while (received.size < ids.length) received.add(readMessage(await client.receive()).id);
    expect(client.unread).toEqual([]);
  });

  test("stays silent where the answerer is, and answers what follows", async () => {
    const client = await udpClient(await running());
    for (const packet of [
      new Uint8Array(),
      new Uint8Array(11),
      queryPacket({ flags: 0x8000 }),
      new Uint8Array(60_000).fill(0xff),
    ]) {
      client.send(packet);
    }
    client.send(queryPacket({ id: 9 }));
    expect(readMessage(await client.receive()).id).toBe(9);
  });
});

describe("UDP stop", () => {
  test("answers what was received, then is silent", async () => {
    const { transport, address } = await started();
    const client = await udpClient(address);
    for (let id = 0; id < 50; id++) client.send(queryPacket({ id }));
    await client.receive();
    await transport.stop();
    const ids = new Set<number>();
    while (ids.size < 49) ids.add(readMessage(await client.receive()).id);
    client.send(queryPacket({ id: 50 }));
    await delay(50);
    expect(client.unread).toEqual([]);
  });

  test.for([
    ["127.0.0.1", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.1"],
    ["::1", "::1"],
    ["::", "::1"],
  ] as const)(
    "in a flood on %s answers each query that comes before the port closes, and refuses all that come later",
    async ([host, asked]) => {
      // Its port is written, as the pool writes it: one that the system chose is let go with the peer.
      const { transport, address } = await started(await withFreePort({ host, port: 0 }));
      const client = createSocket(asked.includes(":") ? "udp6" : "udp4");
      onTestFinished(() => void client.close());
      const answered: number[] = [];
      let sent = 0;
      let sentBeforeRefusal: number | undefined;
      client.on("message", (packet) => answered.push(readMessage(packet).id));
      client.on("error", () => (sentBeforeRefusal ??= sent));
      client.connect(address.port, asked);
      await once(client, "connect");
      const flood = (): void => {
        if (sentBeforeRefusal !== undefined) return;
        client.send(queryPacket({ id: sent++ }), (cause) => {
          if (cause !== null) sentBeforeRefusal ??= sent;
        });
        setImmediate(flood);
      };
      flood();
      await vi.waitFor(() => expect(answered.length).toBeGreaterThan(100));
      const start = performance.now();
      await transport.stop();
      expect(performance.now() - start).toBeLessThan(400);
      await vi.waitFor(() => expect(sentBeforeRefusal).toBeDefined());
      expect(answered).toEqual(answered.map((_, index) => index));
      // The news of a refusal comes with the next query or the one behind it.
      expect(sentBeforeRefusal! - answered.length).toBeLessThanOrEqual(3);
    },
  );

  test("ends after half a second where the system refuses nobody and queries keep coming", async () => {
    vi.spyOn(Socket.prototype, "connect").mockReturnValue();
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    onTestFinished(() => void vi.restoreAllMocks());
    const answered = vi.fn<Answerer>(() => {
      clock++;
      return 0;
    });
    const { transport, address } = await started({ answer: answered });
    const client = await udpClient(address);
    let flooding = true;
    const flood = (): void => {
      if (!flooding) return;
      client.send(queryPacket());
      setImmediate(flood);
    };
    flood();
    await vi.waitFor(() => expect(answered).toHaveBeenCalled());
    const start = clock;
    await transport.stop();
    flooding = false;
    expect(clock - start).toBeGreaterThanOrEqual(500);
  });

  test("ends as soon as nothing has come for a while", async () => {
    const { transport } = await started();
    vi.spyOn(performance, "now").mockImplementation(() => 1000);
    onTestFinished(() => void vi.restoreAllMocks());
    await expect(transport.stop()).resolves.toBeUndefined();
  });
});

describe("UDP start", () => {
  test("tells how much it may receive: twice what it has asked for, as the kernel counts", async () => {
    const transport = createUdpPortable(
      { host: "127.0.0.1", port: 0 },
      { shared: false, answerer: () => answerer, counters: () => UNCOUNTED },
    );
    onTestFinished(() => transport.stop());
    expect(await transport.start()).toMatchObject({ ok: true, value: { receiveBuffer: 2 * 1024 * 1024 } });
  });

  test("tells that the port is in use", async () => {
    const address = await running();
    const second = createUdpPortable(address, { shared: false, answerer: () => answerer, counters: () => UNCOUNTED });
    expect(await second.start()).toEqual({
      ok: false,
      error: { code: "port-in-use", message: expect.stringContaining(`127.0.0.1:${address.port} UDP`) },
    });
  });

  test("tells that the address is not of this machine, and leaves no socket open", async () => {
    const sockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap").length;
    await vi.waitFor(() => expect(sockets()).toBe(0));
    // RFC 5737: an address for documentation, never assigned.
    const transport = createUdpPortable(
      { host: "192.0.2.1", port: 0 },
      { shared: false, answerer: () => answerer, counters: () => UNCOUNTED },
    );
    expect(await transport.start()).toMatchObject({ ok: false, error: { code: "address-not-available" } });
    await vi.waitFor(() => expect(sockets()).toBe(0));
  });

  test("takes the same port of either family", async () => {
    const { port } = await running({ host: "0.0.0.0" });
    expect(await running({ host: "::", port })).toEqual({ host: "::", port });
  });

  test("shares a port among sockets that all ask for it", async () => {
    const marked =
      (mark: number): Answerer =>
      (packet, length, peer, out, transport) => {
        const size = answerer(packet, length, peer, out, transport);
        out[1] = mark;
        return size;
      };
    const address = await running({ shared: true, answer: marked(1) });
    await running({ ...address, shared: true, answer: marked(2) });
    const marks = new Set<number>();
    // The kernel chooses by the peer's port.
    for (let i = 0; i < 64 && marks.size < 2; i++) {
      const client = await udpClient(address);
      client.send(queryPacket());
      marks.add((await client.receive())[1]!);
    }
    expect(marks).toEqual(new Set([1, 2]));
  });
});
