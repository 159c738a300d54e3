import { probedState } from "../../../src/routing/health-view.ts";
import { createSocket, Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { StateTable } from "../../../src/state/state-table.ts";
import { NONE } from "../../../src/server/names/name-table.ts";
import { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from "../../../src/server/threads/worker-pool.ts";
import type { Publication } from "../../../src/server/threads/worker-messages.ts";
import type { Logger } from "../../../src/shared/ports.ts";
import type { ListenAddress } from "../../../src/shared/server-settings.ts";
import { createCounterTotals, type CounterRow, type CounterTotals } from "../../../src/telemetry/counter-totals.ts";
import { impossible, publicationOf, TCP_LIMITS } from "../../support/answerer.ts";
import { tcpClient, udpClient } from "../../support/dns-sockets.ts";
import { queryPacket } from "../../support/query-packet.ts";
import { readMessage, type Message } from "../../support/read-message.ts";

const UDP_WORKERS = 2;

/** How the pools of the running tests serve UDP. */
let udp: WorkerPoolOptions["udp"] = "batch";

interface Generation {
  readonly publication: Publication;
  readonly health: StateTable;
}

/** Answers shop.gtm.example.com with 192.0.2.`generation`; its spare is 192.0.2.250. */
function generation(number: number): Generation {
  const endpoints = { main: { address: [`192.0.2.${number}`] }, spare: { address: ["192.0.2.250"] } };
  return publicationOf({ profiles: { shop: { endpoints } } }, number);
}

interface Started {
  readonly pool: WorkerPool;
  readonly address: ListenAddress;
  readonly counters: CounterTotals;
  /** The counter rows that are not retired. */
  readonly rows: ReadonlySet<CounterRow>;
  readonly errors: readonly string[];
  /** The threads that are alive. */
  readonly threads: ReadonlySet<Worker>;
}

function created(addresses: readonly ListenAddress[]): Omit<Started, "address"> {
  const errors: string[] = [];
  const logger: Logger = { debug() {}, info() {}, warn() {}, error: (_fields, message) => void errors.push(message) };
  const threads = new Set<Worker>();
  const onWorker = (worker: Worker): void => {
    threads.add(worker);
    worker.once("exit", () => threads.delete(worker));
  };
  process.on("worker", onWorker);
  const totals = createCounterTotals();
  const rows = new Set<CounterRow>();
  const counters: CounterTotals = {
    ...totals,
    add(added) {
      for (const row of added) rows.add(row);
      totals.add(added);
    },
    retire(retired) {
      for (const row of retired) rows.delete(row);
      totals.retire(retired);
    },
  };
  const pool = createWorkerPool({ addresses, udp, udpWorkers: UDP_WORKERS, tcp: TCP_LIMITS }, { logger, counters });
  onTestFinished(async () => {
    await pool.stop();
    process.off("worker", onWorker);
  });
  return { pool, counters, rows, errors, threads };
}

async function started(
  first = generation(1).publication,
  at: ListenAddress = { host: "127.0.0.1", port: 0 },
): Promise<Started> {
  const parts = created([at]);
  const result = await parts.pool.start(first);
  if (!result.ok) throw new Error(result.error.message);
  return { ...parts, address: result.value[0]! };
}

const QUERY = queryPacket();

async function askTcp(address: ListenAddress): Promise<Message> {
  const client = await tcpClient(address);
  client.send(QUERY);
  return readMessage(await client.receive());
}

/** From so many ports that every worker gets some. */
async function askUdp(address: ListenAddress): Promise<Message[]> {
  const clients = await Promise.all(Array.from({ length: 24 }, () => udpClient(address)));
  for (const client of clients) client.send(QUERY);
  return Promise.all(clients.map(async (client) => readMessage(await client.receive())));
}

async function askAll(address: ListenAddress): Promise<Set<string>> {
  const messages = [await askTcp(address), ...(await askUdp(address))];
  return new Set(messages.map(({ answers }) => answers[0]?.split(" ").at(-1) ?? "nothing"));
}

/** Another program's UDP socket, which shares its address with all who ask for that. */
async function sharing(host: string): Promise<ListenAddress> {
  const socket = createSocket({ type: "udp4", reusePort: true });
  onTestFinished(() => void socket.close());
  socket.bind(0, host);
  await once(socket, "listening");
  return { host, port: socket.address().port };
}

/** Leaves no slot of the table of names free: the search for a name that is not there never ends. */
function poison({ names: { slots } }: Publication): () => void {
  const whole = slots.slice();
  slots.set(slots.map((node) => (node === NONE ? 0 : node)));
  return () => slots.set(whole);
}

const POISONOUS = queryPacket({ name: "nobody.gtm.example.com" });

/** With the counters of what it serves and no others. */
const everyWorkerReady = ({ pool, rows }: Started): Promise<void> =>
  vi.waitFor(() => expect([pool.missing(), rows.size]).toEqual([[], 1 + UDP_WORKERS]), { timeout: 10_000 });

/** Ends a thread without a word, as running out of memory would. */
async function kill(worker: Worker): Promise<void> {
  await worker.terminate();
}

/** The worker that is started `wait` milliseconds of mocked time from now, and not one earlier. */
async function replacementAfter(wait: number, { threads }: Started): Promise<Worker> {
  const before = new Set(threads);
  const started = async (): Promise<Worker[]> => {
    // A thread is told of behind the current turn.
    await setImmediate();
    return [...threads].filter((worker) => !before.has(worker));
  };
  vi.advanceTimersByTime(wait - 1);
  expect(await started()).toEqual([]);
  vi.advanceTimersByTime(1);
  const [worker, ...others] = await started();
  expect([worker, others]).toEqual([expect.anything(), []]);
  return worker!;
}

describe.for(["batch", "portable"] as const)("%s UDP:", (transport) => {
  beforeAll(() => {
    udp = transport;
  });

  describe("WorkerPool", () => {
    test("answers over UDP and TCP on one port, and says that no worker is missing", async () => {
      const { pool, address } = await started();
      expect(address).toEqual({ host: "127.0.0.1", port: expect.any(Number) });
      expect(address.port).toBeGreaterThan(0);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
      expect(pool.missing()).toEqual([]);
      expect(pool.udp()).toBe(transport);
    });

    test("answers every query from the generation that was published, once publish resolves", async () => {
      const { pool, address, threads, rows } = await started();
      for (const number of [2, 3, 4]) {
        await pool.publish(generation(number).publication);
        expect(await askAll(address)).toEqual(new Set([`192.0.2.${number}`]));
        expect(threads.size).toBe(1 + UDP_WORKERS * (transport === "batch" ? 2 : 1));
        expect(rows.size).toBe(1 + UDP_WORKERS);
      }
    });

    test("sees a change of health without a message", async () => {
      const { publication, health } = generation(1);
      const { address } = await started(publication);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
      health.setAll([[0, probedState("degraded")]]);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.250"]));
    });

    test("counts every query once, over generations", async () => {
      const { pool, address, counters } = await started();
      const totals = (): Record<string, number> =>
        Object.fromEntries([...counters.read().queries].map(({ transport, count }) => [transport, count]));
      await askAll(address);
      expect(totals()).toEqual({ udp: 24, tcp: 1 });
      await pool.publish(generation(2).publication);
      expect(totals()).toEqual({ udp: 24, tcp: 1 });
      await askAll(address);
      expect(totals()).toEqual({ udp: 48, tcp: 2 });
    });

    test("replaces a worker that dies, on the same port", async () => {
      const running = await started();
      const { pool, address, threads, errors } = running;
      for (const worker of Array.from(threads)) {
        const before = errors.length;
        await kill(worker);
        await vi.waitFor(() => expect(pool.missing()).toHaveLength(1));
        await everyWorkerReady(running);
        expect(errors.slice(before)).toEqual(["a DNS worker died and is replaced"]);
        expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
      }
      expect(threads.size).toBe(1 + UDP_WORKERS);
    });

    test("replaces a worker that one query keeps for more than a second, and no other", async () => {
      const { publication } = generation(1);
      const running = await started(publication);
      const { pool, address, threads, errors } = running;
      const before = new Set(threads);
      const heal = poison(publication);
      const [udp, tcp] = [await udpClient(address), await tcpClient(address)];
      const asked = performance.now();
      udp.send(POISONOUS);
      tcp.send(POISONOUS);
      await vi.waitFor(() => expect(pool.missing()).toHaveLength(2), { timeout: 5000, interval: 5 });
      expect(performance.now() - asked).toBeGreaterThan(950);
      heal();
      await everyWorkerReady(running);
      expect([...threads].filter((thread) => before.has(thread))).toHaveLength(UDP_WORKERS - 1);
      expect(errors).toEqual(Array<string>(2).fill("a DNS worker died and is replaced"));
      expect(await pool.read()).toEqual({ stalled: { udp: 1, tcp: 1 }, kernelDrops: 0 });
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
    });

    test("goes on replacing workers while queries that keep them come again and again", async () => {
      const { publication } = generation(1);
      const running = await started(publication);
      const { address, threads } = running;
      const heal = poison(publication);
      const clients = await Promise.all(Array.from({ length: 24 }, () => udpClient(address)));
      const again = setInterval(() => clients.forEach((client) => client.send(POISONOUS)), 100);
      let most = 0;
      for (let i = 0; i < 40; i++) {
        most = Math.max(most, threads.size);
        await delay(100);
      }
      clearInterval(again);
      heal();
      await everyWorkerReady(running);
      expect(most).toBeLessThanOrEqual(1 + UDP_WORKERS);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
    });

    test("waits twice as long for each worker that dies before it serves, and anew after one that has served", async () => {
      const running = await started();
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      let worker = [...running.threads].at(-1)!;
      for (const wait of [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]) {
        await kill(worker);
        worker = await replacementAfter(wait, running);
      }
      await everyWorkerReady(running);
      await kill(worker);
      await replacementAfter(100, running);
      await everyWorkerReady(running);
      const told = Map.groupBy(running.errors, (message) => message);
      expect([...told].map(([message, times]) => [message, times.length])).toEqual([
        ["a DNS worker died and is replaced", 10],
        ["a generation was not taken", 8],
      ]);
    });

    test("tells of the first exception of a worker and a generation alone", async () => {
      const failing = (number: number): Publication => ({
        ...generation(number).publication,
        health: new SharedArrayBuffer(0),
      });
      const { pool, address, errors } = await started(failing(1));
      const once = Array<string>(1 + UDP_WORKERS).fill("a query raised an exception and was answered SERVFAIL");
      expect(await askAll(address)).toEqual(new Set(["nothing"]));
      // What workers have said comes before that they have taken the next generation.
      await pool.publish(failing(2));
      expect(errors).toEqual(once);
      expect(await askAll(address)).toEqual(new Set(["nothing"]));
      await pool.publish(generation(3).publication);
      expect(errors).toEqual([...once, ...once]);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.3"]));
    });

    test("replaces all at once, and takes a generation published meanwhile", async () => {
      const running = await started();
      const { pool, address, threads } = running;
      await Promise.all([...threads].map(kill));
      await pool.publish(generation(2).publication);
      await everyWorkerReady(running);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.2"]));
    });

    test("takes a generation published while the replacements start", async () => {
      const running = await started();
      const { pool, address, threads } = running;
      await Promise.all([...threads].map(kill));
      await vi.waitFor(() => expect(threads.size).toBe(1 + UDP_WORKERS), { interval: 1 });
      await pool.publish(generation(2).publication);
      await everyWorkerReady(running);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.2"]));
    });

    test("serves the generation before one that cannot be compiled, and takes the next", async () => {
      const running = await started();
      const { pool, address, rows } = running;
      await pool.publish(impossible(generation(2).publication));
      expect(pool.missing()).toHaveLength(1 + UDP_WORKERS);
      expect(pool.serving()).toEqual(new Set([1]));
      expect(rows.size).toBe(1 + UDP_WORKERS);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
      await pool.publish(generation(3).publication);
      await everyWorkerReady(running);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.3"]));
      expect(pool.serving()).toEqual(new Set([3]));
    });
  });

  describe("WorkerPool.start", () => {
    test("tells that another pool has the port", async () => {
      const { address } = await started();
      const { pool } = created([address]);
      expect(await pool.start(generation(1).publication)).toMatchObject({ ok: false, error: { code: "port-in-use" } });
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
    });

    test("refuses an address that another program shares over UDP: it would get some of the queries", async () => {
      const foreign = await sharing("127.0.0.1");
      const { pool } = created([foreign]);
      expect(await pool.start(generation(1).publication)).toEqual({
        ok: false,
        error: { code: "port-in-use", message: expect.stringMatching(/^127\.0\.0\.1:\d+ UDP: the port is in use/) },
      });
    });

    test("takes an address where another program shares all addresses: it gets none of the queries", async () => {
      const { port } = await sharing("0.0.0.0");
      const { pool, address } = await started(generation(1).publication, { host: "127.0.0.1", port });
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
      expect(pool.missing()).toEqual([]);
    });

    test("takes another port where the one that UDP has free is not free for TCP", async () => {
      const taken = createServer().listen(0, "127.0.0.1");
      onTestFinished(() => void taken.close());
      await once(taken, "listening");
      vi.spyOn(UdpSocket.prototype, "address").mockReturnValueOnce(taken.address() as AddressInfo);
      onTestFinished(() => void vi.restoreAllMocks());
      const { address } = await started();
      expect(address.port).not.toBe((taken.address() as AddressInfo).port);
      expect(await askAll(address)).toEqual(new Set(["192.0.2.1"]));
    });

    test("fails with a listen error where the workers cannot take the first generation", async () => {
      const { pool } = created([{ host: "127.0.0.1", port: 0 }]);
      expect(await pool.start(impossible(generation(1).publication))).toMatchObject({
        ok: false,
        error: { code: "listen-failed" },
      });
    });
  });

  describe("WorkerPool.stop", () => {
    test("answers what was received and ends every thread within a second or so", async () => {
      const { pool, address, threads, errors } = await started();
      const [udp, tcp] = [await udpClient(address), await tcpClient(address)];
      tcp.send(QUERY);
      await tcp.receive();
      udp.send(QUERY);
      tcp.send(QUERY);
      const start = performance.now();
      tcp.socket.once("end", () => tcp.socket.end());
      await Promise.all([pool.stop(), udp.receive(), tcp.receive()]);
      expect(performance.now() - start).toBeLessThan(2000);
      expect(threads.size).toBe(0);
      expect(errors).toEqual([]);
    });

    test("answers over UDP until the last TCP client has gone, and then refuses", async () => {
      const { pool, address } = await started();
      // It never says goodbye.
      await tcpClient(address);
      const client = await udpClient(address);
      client.socket.on("error", () => {});
      const start = performance.now();
      let lastAnswer = start;
      client.socket.on("message", () => (lastAnswer = performance.now()));
      const asking = setInterval(() => client.send(QUERY), 10);
      await pool.stop();
      clearInterval(asking);
      expect(performance.now() - start).toBeGreaterThan(900);
      // A worker that waits for a datagram does so for 100 ms.
      expect(performance.now() - lastAnswer).toBeLessThan(250);
      expect(client.unread.length).toBeGreaterThan(25);
    });

    test("frees the port", async () => {
      const { pool, address } = await started();
      await pool.stop();
      const { pool: next } = created([address]);
      expect(await next.start(generation(4).publication)).toEqual({ ok: true, value: [address] });
      expect(await askAll(address)).toEqual(new Set(["192.0.2.4"]));
    });

    test.for([0, 50, 100, 200])("ends every thread %d ms into a publication", async (wait) => {
      const { pool, threads, errors } = await started();
      const published = pool.publish(generation(2).publication);
      await delay(wait);
      await pool.stop();
      await published;
      expect(threads.size).toBe(0);
      expect(errors).toEqual([]);
    });

    test("logs no error of workers that die with a publication under way", async () => {
      const { pool, threads, errors } = await started();
      const published = pool.publish(generation(2).publication);
      const stopped = pool.stop();
      await Promise.all([...threads].map(kill));
      await Promise.all([published, stopped]);
      expect(errors).toEqual([]);
    });

    // A replacement starts 100 ms after a death.
    test.for([0, 150])("starts no thread again and logs no error %d ms after every worker died", async (wait) => {
      const { pool, threads, errors } = await started();
      await Promise.all([...threads].map(kill));
      await delay(wait);
      const before = errors.length;
      await pool.stop();
      await delay(200);
      expect(threads.size).toBe(0);
      expect(errors.slice(before)).toEqual([]);
    });
  });
});
