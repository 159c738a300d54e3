/** A worker pool with batched UDP on real sockets: which address answers, and what is lost when workers change. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { loadLibc } from "../../../../src/system/libc.ts";
import { loadTestedLibc } from "../../../../src/server/transports/udp-batch/self-test.ts";
import type { Publication } from "../../../../src/server/threads/worker-messages.ts";
import {
  createWorkerPool,
  type WorkerPool,
  type WorkerPoolDeps,
  type WorkerPoolOptions,
} from "../../../../src/server/threads/worker-pool.ts";
import type { LogFields } from "../../../../src/shared/ports.ts";
import { err } from "../../../../src/shared/result.ts";
import type { ListenAddress } from "../../../../src/shared/server-settings.ts";
import type { CounterRow } from "../../../../src/telemetry/counter-totals.ts";
import { impossible, publicationOf, TCP_LIMITS } from "../../../support/answerer.ts";
import { queryPacket } from "../../../support/query-packet.ts";
import { readMessage } from "../../../support/read-message.ts";

/** Datagrams that a worker has in hand at most: what is lost when it dies. */
const IN_HAND = 64;
const UDP_THREAD = "geosteer udp";

/** Answers shop.gtm.example.com with 192.0.2.`number`. */
function generation(number: number): Publication {
  const endpoints = { main: { address: [`192.0.2.${number}`] } };
  return publicationOf({ profiles: { shop: { endpoints } } }, number).publication;
}

interface Created {
  readonly pool: WorkerPool;
  /** `level message`, with the fields. */
  readonly logged: readonly (readonly [line: string, fields: LogFields])[];
  /** The UDP threads that are alive. */
  readonly threads: ReadonlySet<Worker>;
  /** The counter rows that are not retired. */
  readonly rows: ReadonlySet<CounterRow>;
}

function created({
  hosts = ["127.0.0.1"],
  udp = "batch",
  udpWorkers = 1,
  ...deps
}: { readonly hosts?: readonly string[] } & Partial<Pick<WorkerPoolOptions, "udp" | "udpWorkers">> &
  Pick<WorkerPoolDeps, "loadLibc">): Created {
  const logged: [string, LogFields][] = [];
  const log =
    (level: string) =>
    (fields: LogFields, message: string): void =>
      void logged.push([`${level} ${message}`, fields]);
  const logger = { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
  const threads = new Set<Worker>();
  const onWorker = (worker: Worker): void => {
    if (worker.threadName !== UDP_THREAD) return;
    threads.add(worker);
    worker.once("exit", () => threads.delete(worker));
  };
  process.on("worker", onWorker);
  const addresses = hosts.map((host) => ({ host, port: 0 }));
  const rows = new Set<CounterRow>();
  const counters: WorkerPoolDeps["counters"] = {
    add: (added) => added.forEach((row) => rows.add(row)),
    retire: (retired) => retired.forEach((row) => rows.delete(row)),
  };
  const pool = createWorkerPool({ addresses, udp, udpWorkers, tcp: TCP_LIMITS }, { logger, counters, ...deps });
  onTestFinished(async () => {
    await pool.stop();
    process.off("worker", onWorker);
  });
  return { pool, logged, threads, rows };
}

interface Started extends Created {
  readonly addresses: readonly ListenAddress[];
}

async function started(options: Parameters<typeof created>[0] = {}): Promise<Started> {
  const parts = created(options);
  const result = await parts.pool.start(generation(1));
  if (!result.ok) throw new Error(result.error.message);
  return { ...parts, addresses: result.value };
}

interface Client {
  send(id: number): void;
  readonly onAnswer: (listener: (id: number, address: string) => void) => void;
}

/** Connected: a reply from any other address is not seen. */
async function connected({ host, port }: ListenAddress): Promise<Client> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  onTestFinished(() => void socket.close());
  // The port of a server that has stopped refuses: no news.
  socket.on("error", () => {});
  socket.connect(port, host);
  await once(socket, "connect");
  return {
    send: (id) => socket.send(queryPacket({ id })),
    onAnswer(listener) {
      socket.on("message", (packet) => {
        const { id, answers } = readMessage(packet);
        listener(id, answers[0]?.split(" ").at(-1) ?? "nothing");
      });
    },
  };
}

async function ask(address: ListenAddress): Promise<string> {
  const client = await connected(address);
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no answer from ${address.host}`)), 5000);
    client.onAnswer((_id, answer) => {
      clearTimeout(limit);
      resolve(answer);
    });
    client.send(1);
  });
}

interface Load {
  /** The ids answered so far. */
  readonly answered: ReadonlySet<number>;
  /** Resolves to the number of queries without an answer, when all have one or nothing has come for a while. */
  readonly lost: Promise<number>;
}

const QUERIES = 1200;
/** Milliseconds. */
const LOAD_TIME = 1200;
const PATIENCE = 600;

/** `QUERIES` over `LOAD_TIME` from 20 sockets, so that every worker gets some. */
/** What is answered of a load however slow the machine is and whatever was in the hands of workers that died. */
const NEARLY_ALL = QUERIES * 0.75;

async function load(address: ListenAddress): Promise<Load> {
  const clients = await Promise.all(Array.from({ length: 20 }, () => connected(address)));
  const abandoned = new AbortController();
  onTestFinished(() => abandoned.abort());
  const answered = new Set<number>();
  let last = performance.now();
  for (const client of clients) {
    client.onAnswer((id) => {
      answered.add(id);
      last = performance.now();
    });
  }
  const run = async (): Promise<number> => {
    const start = performance.now();
    for (let sent = 0; sent < QUERIES && !abandoned.signal.aborted;) {
      const due = Math.min(QUERIES, ((performance.now() - start) / LOAD_TIME) * QUERIES);
      for (; sent < due; sent++) clients[sent % clients.length]!.send(sent);
      await delay(5);
    }
    last = performance.now();
    while (answered.size < QUERIES && performance.now() - last < PATIENCE) await delay(5);
    return QUERIES - answered.size;
  };
  return { answered, lost: run() };
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 2 });

describe("batched UDP answers from the address that was asked:", () => {
  test.for([
    ["any IPv4 address", ["0.0.0.0"], ["127.0.0.1", "127.0.0.2", "127.0.0.3"]],
    ["any IPv6 address", ["::"], ["::1"]],
    ["any of both families", ["0.0.0.0", "::"], ["127.0.0.2", "::1", "127.0.0.3", "::1"]],
    ["one IPv4 address", ["127.0.0.2"], ["127.0.0.2"]],
    ["one IPv6 address", ["::1"], ["::1"]],
    ["one of both families", ["::1", "127.0.0.3"], ["127.0.0.3", "::1"]],
  ] as const)("%s", async ([, hosts, asked]) => {
    const { addresses } = await started({ hosts });
    const portOf = (host: string): number =>
      addresses.find((address) => address.host.includes(":") === host.includes(":"))!.port;
    for (const host of asked) expect(await ask({ host, port: portOf(host) })).toBe("192.0.2.1");
  });

  test("every worker does", async () => {
    const { addresses } = await started({ hosts: ["0.0.0.0"], udpWorkers: 2 });
    const answers = Array.from({ length: 24 }, (_, i) => ask({ host: `127.0.0.${2 + i}`, port: addresses[0]!.port }));
    expect(new Set(await Promise.all(answers))).toEqual(new Set(["192.0.2.1"]));
  });
});

describe("batched UDP stops", () => {
  /** Milliseconds. */
  const LIMIT = 200;

  /** The shortest of three: what else the machine does makes it only longer. */
  async function stopTime(stop: () => Promise<number>): Promise<number> {
    return Math.min(await stop(), await stop(), await stop());
  }

  async function timed({ pool, logged, threads }: Created): Promise<number> {
    const start = performance.now();
    await pool.stop();
    expect(threads.size).toBe(0);
    expect(logged).toEqual([]);
    return performance.now() - start;
  }

  test.for([
    ["one socket", ["127.0.0.1"]],
    ["several sockets", ["127.0.0.1", "::1"]],
  ] as const)("within 200 ms, idle on %s", async ([, hosts]) => {
    const stop = async (): Promise<number> => {
      const running = await started({ hosts });
      // It has just begun to wait again.
      await ask(running.addresses[0]!);
      await delay(10);
      return timed(running);
    };
    expect(await stopTime(stop)).toBeLessThan(LIMIT);
  });

  test("within 200 ms while queries keep coming", async () => {
    const stop = async (): Promise<number> => {
      const running = await started();
      const { answered } = await load(running.addresses[0]!);
      await until(() => expect(answered.size).toBeGreaterThan(20));
      return timed(running);
    };
    expect(await stopTime(stop)).toBeLessThan(LIMIT);
  });

  test.for([1, 2])("once it has answered what %d workers have received", async (udpWorkers) => {
    const { pool, addresses } = await started({ udpWorkers });
    const clients = await Promise.all(Array.from({ length: 20 }, () => connected(addresses[0]!)));
    let answers = 0;
    for (const client of clients) client.onAnswer(() => answers++);
    for (let id = 0; id < 200; id++) clients[id % 20]!.send(id);
    await pool.stop();
    await until(() => expect(answers).toBe(200));
  });

  test.for([1, 2])("with %d workers in a flood: what comes is answered, until all is refused", async (udpWorkers) => {
    const { pool, addresses } = await started({ udpWorkers });
    const socket = createSocket("udp4");
    onTestFinished(() => void socket.close());
    const answered: number[] = [];
    let sent = 0;
    let sentBeforeRefusal: number | undefined;
    socket.on("message", (packet) => answered.push(readMessage(packet).id));
    socket.on("error", () => (sentBeforeRefusal ??= sent));
    socket.connect(addresses[0]!.port, "127.0.0.1");
    await once(socket, "connect");
    const flood = (): void => {
      if (sentBeforeRefusal !== undefined) return;
      socket.send(queryPacket({ id: sent++ }), (cause) => {
        if (cause !== null) sentBeforeRefusal ??= sent;
      });
      setTimeout(flood, 0);
    };
    flood();
    await until(() => expect(answered.length).toBeGreaterThan(100));
    await pool.stop();
    await until(() => expect(sentBeforeRefusal).toBeDefined());
    // The news of a refusal comes with the next query or the one behind it.
    await until(() => expect(sentBeforeRefusal! - answered.length).toBeLessThanOrEqual(3));
    expect(answered).toEqual(answered.map((_, index) => index));
  });

  test("and a generation that comes later starts nothing", async () => {
    const { pool, threads } = await started();
    await pool.stop();
    await pool.publish(generation(2));
    expect(threads.size).toBe(0);
  });
});

describe("batched UDP under load", () => {
  test.for([1, 2])(
    "loses at most what one of %d workers had in hand when it died, and has it back",
    async (udpWorkers) => {
      const { pool, addresses, threads, logged } = await started({ udpWorkers });
      const { answered, lost } = await load(addresses[0]!);
      await until(() => expect(answered.size).toBeGreaterThan(QUERIES / 8));
      await Array.from(threads)[0]!.terminate();
      expect(pool.missing()).toEqual([expect.stringContaining("is not listening")]);
      await until(() => expect(pool.missing()).toEqual([]));
      expect(await lost).toBeLessThanOrEqual(IN_HAND);
      expect(logged.map(([line]) => line)).toEqual(["error a DNS worker died and is replaced"]);
    },
  );

  test("goes on where one worker of two has died", async () => {
    const { pool, addresses, threads } = await started({ udpWorkers: 2 });
    const { answered } = await load(addresses[0]!);
    await until(() => expect(answered.size).toBeGreaterThan(20));
    await Array.from(threads)[0]!.terminate();
    const before = answered.size;
    await until(() => expect(answered.size).toBeGreaterThanOrEqual(Math.min(before + 10, NEARLY_ALL)));
    // It is not back: the other one has answered these.
    expect(pool.missing()).toHaveLength(1);
  });

  test("takes a generation whose worker died before it served", async () => {
    const { pool, addresses, threads } = await started();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    process.once("worker", (worker) => void worker.terminate());
    await pool.publish(generation(2));
    vi.advanceTimersByTime(99);
    expect(pool.missing()).toEqual(["worker udp 1 has not taken the current generation"]);
    expect(await ask(addresses[0]!)).toBe("192.0.2.1");
    expect(threads.size).toBe(1);
    vi.advanceTimersByTime(1);
    await until(() => expect(pool.missing()).toEqual([]));
    expect(await ask(addresses[0]!)).toBe("192.0.2.2");
    expect(threads.size).toBe(2);
  });

  test("takes a generation when the worker that served has died while the next one made its tables", async () => {
    const { pool, addresses, threads, rows } = await started();
    const [serving] = threads;
    const client = await connected(addresses[0]!);
    process.once("worker", () => {
      void serving!.terminate();
      // A thread ends when it no longer waits for a datagram.
      client.send(1);
    });
    await pool.publish(generation(2));
    await until(() => expect(pool.missing()).toEqual([]));
    expect(await ask(addresses[0]!)).toBe("192.0.2.2");
    // Of TCP and of UDP.
    await until(() => expect(rows.size).toBe(2));
  });

  test("goes on when the worker of the generation before dies, and takes the next one at once", async () => {
    const { pool, addresses, threads, logged } = await started();
    const [idle] = threads;
    await pool.publish(generation(2));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    await idle!.terminate();
    expect(pool.missing()).toEqual([]);
    expect(await ask(addresses[0]!)).toBe("192.0.2.2");
    // It was to bring nothing: no other one is needed yet.
    vi.advanceTimersByTime(60_000);
    await setImmediate();
    expect(threads.size).toBe(1);
    await pool.publish(generation(3));
    expect(pool.missing()).toEqual([]);
    expect(await ask(addresses[0]!)).toBe("192.0.2.3");
    expect(threads.size).toBe(2);
    expect(logged.map(([line]) => line)).toEqual(["error a DNS worker died and is replaced"]);
  });

  test("serves the generation before one that cannot be compiled, also with a new worker, and takes the next", async () => {
    const { pool, addresses, threads } = await started();
    await pool.publish(impossible(generation(2)));
    for (const worker of Array.from(threads)) await worker.terminate();
    expect(pool.missing()).toContain("worker udp 1 is not listening");
    await until(() => expect(pool.missing()).toContain("worker udp 1 has not taken the current generation"));
    expect(await ask(addresses[0]!)).toBe("192.0.2.1");
    await pool.publish(generation(3));
    expect(pool.missing()).toEqual([]);
    expect(await ask(addresses[0]!)).toBe("192.0.2.3");
  });

  test("takes the last of generations that come at once", async () => {
    const { pool, addresses, threads } = await started();
    await Promise.all([2, 3, 4].map((number) => pool.publish(generation(number))));
    expect(pool.missing()).toEqual([]);
    expect(await ask(addresses[0]!)).toBe("192.0.2.4");
    expect(threads.size).toBe(2);
  });

  test("loses nothing when generations change", async () => {
    const { pool, addresses, logged } = await started({ udpWorkers: 2 });
    const { answered, lost } = await load(addresses[0]!);
    for (let number = 2; number < 10; number++) {
      const before = answered.size;
      await pool.publish(generation(number));
      await until(() => expect(answered.size).toBeGreaterThanOrEqual(Math.min(before + 1, NEARLY_ALL)));
    }
    expect(await ask(addresses[0]!)).toBe("192.0.2.9");
    expect(await lost).toBe(0);
    expect(logged).toEqual([]);
  });

  test("loses at most what was in hand when workers die while generations change", async () => {
    const { pool, addresses, threads } = await started({ udpWorkers: 2 });
    const { answered, lost } = await load(addresses[0]!);
    let killed = 0;
    for (let number = 2; number < 6; number++) {
      const published = pool.publish(generation(number));
      const before = answered.size;
      await until(() => expect(answered.size).toBeGreaterThanOrEqual(Math.min(before + 50, NEARLY_ALL)));
      // The seat's own, the spare one or a new one.
      await Array.from(threads)[number % threads.size]?.terminate();
      killed++;
      await published;
    }
    await until(() => expect(pool.missing()).toEqual([]));
    expect(await ask(addresses[0]!)).toBe("192.0.2.5");
    expect(await lost).toBeLessThanOrEqual(killed * IN_HAND);
  });
});

describe("batched UDP and the receive buffer:", () => {
  const SO_RCVBUF = 8;
  const CUT =
    "warn the system cuts the receive buffer of UDP, so bursts of queries may be lost: sysctl -w net.core.rmem_max=1048576";
  const granting = (octets: number) => (): ReturnType<typeof loadTestedLibc> => {
    const real = loadLibc();
    const libc: typeof real = {
      ...real,
      getsockopt(fd, level, name, value, length) {
        if (name !== SO_RCVBUF) return real.getsockopt(fd, level, name, value, length);
        new DataView(value.buffer).setInt32(0, octets, true);
        return 0;
      },
    };
    return loadTestedLibc({ platform: "linux", arch: "x64", load: () => libc });
  };

  test.for([
    [425_984, [CUT]],
    [1024 * 1024, []],
    [2 * 1024 * 1024, []],
  ] as const)("%d octets for each of two workers are told as %j", async ([granted, told]) => {
    const { logged } = await started({ udpWorkers: 2, loadLibc: granting(granted) });
    expect(logged).toEqual(told.map((message) => [message, { wanted: 1024 * 1024, granted }]));
  });
});

describe("where batched UDP is not possible", () => {
  const REASON = "koffi does not load: no such file";
  const none = { loadLibc: () => err(REASON) };

  test("auto serves through Node, and says so once", async () => {
    const { addresses, logged } = await started({ ...none, udp: "auto", udpWorkers: 2 });
    expect(await ask(addresses[0]!)).toBe("192.0.2.1");
    expect(logged).toEqual([["info batched UDP is not available, UDP goes through Node", { reason: REASON }]]);
  });

  test("auto serves through Node where SO_REUSEPORT is refused", async () => {
    const real = loadLibc();
    const SO_REUSEPORT = 15;
    const ENOPROTOOPT = 92;
    const refusing: typeof real = {
      ...real,
      setsockopt: (fd, level, name, value, length) =>
        name === SO_REUSEPORT ? -1 : real.setsockopt(fd, level, name, value, length),
      errno: () => ENOPROTOOPT,
    };
    const { addresses, logged } = await started({
      udp: "auto",
      udpWorkers: 2,
      loadLibc: () => loadTestedLibc({ platform: "linux", arch: "x64", load: () => refusing }),
    });
    expect(await ask(addresses[0]!)).toBe("192.0.2.1");
    expect(logged).toEqual([
      [expect.stringMatching(/^info batched UDP is not/), { reason: expect.stringContaining("ENOPROTOOPT") }],
    ]);
  });

  test("batch does not start, and says what to write", async () => {
    const { pool, logged } = created({ ...none, udp: "batch" });
    expect(await pool.start(generation(1))).toEqual({
      ok: false,
      error: {
        code: "listen-failed",
        message: `listen.udp: batch is not possible here (${REASON}); write auto or portable`,
      },
    });
    expect(logged).toEqual([]);
  });

  test("portable does not look for it", async () => {
    let looked = false;
    const loadLibc = (): ReturnType<typeof none.loadLibc> => {
      looked = true;
      return none.loadLibc();
    };
    const { addresses, logged } = await started({ loadLibc, udp: "portable" });
    expect(await ask(addresses[0]!)).toBe("192.0.2.1");
    expect([looked, logged]).toEqual([false, []]);
  });
});
