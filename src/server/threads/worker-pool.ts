/**
 * All DNS workers: one for TCP, some for UDP. Hands every generation to each of them, replaces one that dies with the
 * generation of the moment, and knows whether all have it.
 *
 * Batched UDP: the main thread owns the sockets. Two workers take turns on them: a new generation goes to the spare one,
 * which takes over when its tables are made, so no query waits for them. A worker that dies leaves its sockets, and what
 * has come in meanwhile, to its successor.
 */
import type { ListenError } from "../../shared/listen-error.ts";
import type { Logger } from "../../shared/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ListenAddress, TcpLimits, UdpTransport } from "../../shared/server-settings.ts";
import type { CounterRow, CounterTotals, Transport } from "../../telemetry/counter-totals.ts";
import { createCounterRow } from "../../telemetry/counters.ts";
import type { WorkersReading } from "../../telemetry/metrics.ts";
import { createBatchSockets } from "./batch-sockets.ts";
import { createDnsWorker, type DnsWorker } from "./dns-worker.ts";
import { lookRegularly } from "./stall-watch.ts";
import { withFreePort } from "../transports/free-port.ts";
import { bindError, RECEIVE_BUFFER, type Bound } from "../transports/listener.ts";
import type { Libc } from "../../system/libc.ts";
import { loadTestedLibc } from "../transports/udp-batch/self-test.ts";
import type { WorkerSocket } from "../transports/udp-batch/serve-batches.ts";
import { createKernelDrops, udpSocketsAt } from "../transports/udp-table.ts";
import type { Publication } from "./worker-messages.ts";

export interface WorkerPool {
  /** Starts workers that answer from `first`. The value is the addresses in use. */
  start(first: Publication): Promise<Result<readonly ListenAddress[], ListenError>>;
  /** Resolves once every living worker answers from this generation. */
  publish(next: Publication): Promise<void>;
  /** Why not every worker answers from the current generation; empty = all do. */
  missing(): readonly string[];
  /** The numbers of all generations that workers answer from, or would if they were replaced now. */
  serving(): ReadonlySet<number>;
  /** How UDP is served. */
  udp(): "batch" | "portable";
  read(): Promise<WorkersReading>;
  /** TCP first; UDP is answered until that has ended, and what has come before its sockets close. */
  stop(): Promise<void>;
}

export interface WorkerPoolOptions {
  readonly addresses: readonly ListenAddress[];
  readonly udp: UdpTransport;
  readonly udpWorkers: number;
  readonly tcp: TcpLimits;
}

export interface WorkerPoolDeps {
  readonly logger: Logger;
  readonly counters: Pick<CounterTotals, "add" | "retire">;
  /** Loads libc for batched UDP, or says why there is none. */
  readonly loadLibc?: () => Result<Libc, string>;
}

/** Milliseconds before a dead worker is replaced; twice as long for each more that dies before it serves. */
const REPLACE_DELAY = 100;
const LONGEST_REPLACE_DELAY = 10_000;
/** Milliseconds that workers may take to stop, one transport after the other; the whole process has five seconds. */
const STOP_LIMIT: Readonly<Record<Transport, number>> = { tcp: 1500, udp: 2000 };
/** Ports that are tried where the configuration leaves the port to the system: others may be as quick. */
const PORT_TRIES = 10;

interface Seat {
  readonly transport: Transport;
  readonly name: string;
  /** Batched UDP only: what the seat's worker serves. */
  sockets: readonly WorkerSocket[] | undefined;
  worker: DnsWorker | undefined;
  /** Batched UDP only: the worker of the generation before, idle until it takes the next one. */
  spare: DnsWorker | undefined;
  /** Batched UDP only: successions follow each other. */
  succession: Promise<void>;
  row: CounterRow | undefined;
  /** The publication that the seat has served last. */
  taken: Publication | undefined;
  /** Workers that have died since one took a generation. */
  deaths: number;
  /** The generation that the worker answers from, and whether it listens. */
  generation: number;
  listening: boolean;
}

export function createWorkerPool(options: WorkerPoolOptions, deps: WorkerPoolDeps): WorkerPool {
  const { logger, counters, loadLibc = loadTestedLibc } = deps;
  const newSeat = (transport: Transport, name: string): Seat => ({
    transport,
    name,
    sockets: undefined,
    worker: undefined,
    spare: undefined,
    succession: Promise.resolve(),
    row: undefined,
    taken: undefined,
    deaths: 0,
    generation: 0,
    listening: false,
  });
  const shared = options.udpWorkers > 1;
  const batchSockets = createBatchSockets({ logger, loadLibc });
  const tcp = newSeat("tcp", "tcp");
  const udp = Array.from({ length: options.udpWorkers }, (_, i) => newSeat("udp", `udp ${i + 1}`));
  const seats = [tcp, ...udp];
  let publication: Publication;
  let bound = options.addresses;
  let stopping = false;
  /** Every living worker, also where a publication is about to make it a seat's worker or to spare it. */
  const living = new Map<DnsWorker, Transport>();
  const stalled: Record<Transport, number> = { udp: 0, tcp: 0 };
  const drops = createKernelDrops();
  let looking: NodeJS.Timeout | undefined;
  let bufferTold = false;
  let isBatched = false;

  const newWorker = (seat: Seat): DnsWorker => {
    const worker = createDnsWorker(
      { transport: seat.transport, shared, tcp: options.tcp },
      {
        onException(stack) {
          logger.error({ worker: seat.name, stack }, "a query raised an exception and was answered SERVFAIL");
        },
        onStall(milliseconds) {
          stalled[seat.transport] += milliseconds / 1000;
        },
        onDeath(cause) {
          living.delete(worker);
          if (stopping) return;
          logger.error({ worker: seat.name, cause }, "a DNS worker died and is replaced");
          const delay = Math.min(REPLACE_DELAY * 2 ** seat.deaths++, LONGEST_REPLACE_DELAY);
          if (seat.spare === worker) {
            // The seat's worker goes on, and a generation that the spare one was to bring still comes.
            seat.spare = undefined;
            setTimeout(() => void publishTo(seat), delay).unref();
          }
          if (seat.worker !== worker) return;
          seat.worker = undefined;
          seat.generation = 0;
          seat.listening = false;
          setTimeout(() => void revive(seat), delay).unref();
        },
      },
    );
    living.set(worker, seat.transport);
    return worker;
  };

  /** Hands a generation to a worker, with counters of its own; undefined where the worker does not take it. */
  const equip = async (seat: Seat, worker: DnsWorker, next: Publication): Promise<CounterRow | undefined> => {
    const row = { row: createCounterRow(next.labels), labels: next.labels, transport: seat.transport };
    counters.add([row]);
    const { labels: _, ...publication } = next;
    const failure = await worker.publish(publication, row.row);
    if (failure === undefined) return row;
    counters.retire([row]);
    if (!stopping)
      logger.error({ worker: seat.name, generation: next.generation, failure }, "a generation was not taken");
    return undefined;
  };

  const settle = (seat: Seat, next: Publication, row: CounterRow): void => {
    if (seat.row !== undefined) counters.retire([seat.row]);
    seat.row = row;
    seat.taken = next;
    seat.deaths = 0;
    seat.generation = next.generation;
  };

  const listen = async (seat: Seat, worker: DnsWorker): Promise<Result<readonly Bound[], ListenError>> => {
    const result = await (seat.sockets === undefined ? worker.listen(bound) : worker.serve(seat.sockets));
    if (seat.worker === worker) seat.listening = result.ok;
    return result;
  };

  const revive = async (seat: Seat): Promise<void> => {
    if (stopping) return;
    const worker = newWorker(seat);
    seat.worker = worker;
    let next = publication;
    let row = await equip(seat, worker, next);
    if (row === undefined && seat.taken !== undefined && next === publication && living.has(worker)) {
      // The current generation cannot be compiled: the one before is still served.
      next = seat.taken;
      row = await equip(seat, worker, next);
    }
    if (seat.worker !== worker) {
      // A newer generation has come with its own worker, or this one died and is replaced in turn.
      if (row !== undefined) counters.retire([row]);
      return;
    }
    if (row !== undefined) settle(seat, next, row);
    const result = await listen(seat, worker);
    // A worker that died meanwhile has been reported, and is replaced in turn.
    if (result.ok || stopping || seat.worker !== worker) return;
    logger.error({ worker: seat.name, reason: result.error.message }, "a DNS worker cannot listen");
  };

  /** The spare worker makes the tables of the new generation, then takes the sockets over and is spared in turn. */
  const succeed = async (seat: Seat): Promise<void> => {
    const before = seat.worker;
    const next = publication;
    if (before === undefined || stopping || seat.generation === next.generation) return;
    const successor = seat.spare ?? newWorker(seat);
    seat.spare = successor;
    const row = await equip(seat, successor, next);
    if (row === undefined) return;
    const serves = !stopping && seat.worker === before && (await successor.serve(seat.sockets!)).ok;
    if (!serves || seat.worker !== before) {
      await successor.release();
      counters.retire([row]);
      return;
    }
    seat.worker = successor;
    seat.listening = true;
    seat.spare = before;
    if (!(await before.release()) && seat.spare === before) seat.spare = undefined;
    settle(seat, next, row);
  };

  const publishTo = async (seat: Seat): Promise<void> => {
    if (seat.worker === undefined) return;
    if (seat.sockets !== undefined) {
      seat.succession = seat.succession.then(() => succeed(seat));
      return seat.succession;
    }
    const next = publication;
    const row = await equip(seat, seat.worker, next);
    if (row !== undefined) settle(seat, next, row);
  };

  /** TCP goes first: its port cannot be shared, so a second server on the same address shows here. */
  const listenTcp = async (worker: DnsWorker): Promise<Result<readonly Bound[], ListenError>> => {
    const { addresses } = options;
    for (let left = PORT_TRIES; ; left--) {
      bound = await Promise.all(addresses.map(withFreePort));
      const result = await listen(tcp, worker);
      if (result.ok) bound = result.value.map(({ address }) => address);
      else if (left > 0 && result.error.code === "port-in-use" && addresses.some(({ port }) => port === 0)) continue;
      return result;
    }
  };

  /** Who has a UDP address already and shares it (SO_REUSEPORT) would get some of our queries, and no bind would fail. */
  const foreignHolder = async (): Promise<ListenError | undefined> => {
    for (const address of bound) {
      const others = await udpSocketsAt(address);
      if (others !== undefined && others.length > 0) {
        return bindError(Object.assign(new Error(), { code: "EADDRINUSE" }), address, "UDP");
      }
    }
    return undefined;
  };

  /** Tells the operator where bursts will be lost. */
  const checkReceiveBuffer = (granted: number | undefined): void => {
    if (granted === undefined || granted >= RECEIVE_BUFFER || bufferTold) return;
    bufferTold = true;
    logger.warn(
      { wanted: RECEIVE_BUFFER, granted },
      "the system cuts the receive buffer of UDP, so bursts of queries may be lost: sysctl -w net.core.rmem_max=1048576",
    );
  };

  /** Opens the sockets of all UDP seats, where UDP is batched. */
  const openSockets = (): Result<undefined, ListenError> => {
    const batched = batchSockets.load(options.udp);
    if (!batched.ok) return batched;
    isBatched = batched.value;
    if (!isBatched) return ok(undefined);
    for (const seat of udp) {
      const opened = batchSockets.open(bound, { shared, onBuffer: checkReceiveBuffer });
      if (!opened.ok) return opened;
      seat.sockets = opened.value;
    }
    return ok(undefined);
  };

  // Not in `start`: what a timer calls would keep the first generation for ever.
  const lookAtAll = (late: boolean): void => {
    for (const worker of living.keys()) worker.look(late);
  };

  const stopAll = async (transport: Transport): Promise<void> => {
    const workers = [...living].filter(([, of]) => of === transport);
    await Promise.all(workers.map(([worker]) => worker.stop(STOP_LIMIT[transport])));
  };

  return {
    async start(first) {
      publication = first;
      const workers = seats.map((seat) => {
        seat.worker = newWorker(seat);
        return { seat, worker: seat.worker };
      });
      for (const { seat, row } of await Promise.all(
        workers.map(async ({ seat, worker }) => ({ seat, row: await equip(seat, worker, first) })),
      )) {
        if (row === undefined)
          return err({ code: "listen-failed", message: "a DNS worker does not start; see the log" });
        settle(seat, first, row);
      }
      looking = lookRegularly(lookAtAll);
      for (const { seat, worker } of workers) {
        const result = await (seat === tcp ? listenTcp(worker) : listen(seat, worker));
        if (!result.ok) return result;
        for (const { receiveBuffer } of result.value) checkReceiveBuffer(receiveBuffer);
        if (seat !== tcp) continue;
        const foreign = await foreignHolder();
        if (foreign !== undefined) return err(foreign);
        const opened = openSockets();
        if (!opened.ok) return opened;
      }
      return ok(bound);
    },
    async publish(next) {
      if (stopping) return;
      publication = next;
      await Promise.all(seats.map(publishTo));
    },
    missing: () =>
      seats
        .filter(({ generation, listening }) => !listening || generation !== publication.generation)
        .map(
          ({ name, listening }) =>
            `worker ${name} ${listening ? "has not taken the current generation" : "is not listening"}`,
        ),
    udp: () => (isBatched ? "batch" : "portable"),
    serving: () => new Set(seats.flatMap(({ taken }) => (taken === undefined ? [] : [taken.generation]))),
    read: async () => ({ stalled: { ...stalled }, kernelDrops: await drops.read(bound) }),
    async stop() {
      stopping = true;
      await stopAll("tcp");
      batchSockets.refuseNewcomers();
      await stopAll("udp");
      batchSockets.close();
      for (const seat of udp) seat.sockets = undefined;
      clearInterval(looking);
    },
  };
}
