/**
 * All DNS workers: one for TCP, some for UDP. Hands every generation to each of them, replaces one that dies with the
 * generation of the moment, and knows whether all have it.
 */
import type { ListenError } from "../shared/listen-error.ts";
import type { Logger } from "../shared/ports.ts";
import { ok, type Result } from "../shared/result.ts";
import type { CounterRow, CounterTotals, Transport } from "../telemetry/counter-totals.ts";
import { createCounterRow } from "../telemetry/counters.ts";
import { createDnsWorker, type DnsWorker } from "./dns-worker.ts";
import type { ListenAddress } from "./transport.ts";
import type { Publication } from "./worker-messages.ts";

export interface WorkerPool {
  /** Workers that answer from `first`; the addresses in use. */
  start(first: Publication): Promise<Result<readonly ListenAddress[], ListenError>>;
  /** Resolves once every living worker answers from this generation. */
  publish(next: Publication): Promise<void>;
  /** Why not every worker answers from the current generation; empty = all do. */
  missing(): readonly string[];
  stop(): Promise<void>;
}

export interface WorkerPoolOptions {
  readonly addresses: readonly ListenAddress[];
  readonly udpWorkers: number;
}

/** Milliseconds before a dead worker is replaced, so that one that dies at once does not spin. */
const REPLACE_DELAY = 100;
/** Milliseconds that a worker may take to stop. */
const STOP_LIMIT = 3000;

interface Seat {
  readonly transport: Transport;
  readonly name: string;
  worker: DnsWorker | undefined;
  row: SharedArrayBuffer | undefined;
  /** The generation that the worker has acknowledged, and whether it listens. */
  generation: number;
  listening: boolean;
}

export function createWorkerPool(
  { addresses, udpWorkers }: WorkerPoolOptions,
  { logger, counters }: { readonly logger: Logger; readonly counters: Pick<CounterTotals, "add" | "retire"> },
): WorkerPool {
  const newSeat = (transport: Transport, name: string): Seat => ({
    transport,
    name,
    worker: undefined,
    row: undefined,
    generation: 0,
    listening: false,
  });
  const seats = [
    newSeat("tcp", "tcp"),
    ...Array.from({ length: udpWorkers }, (_, i) => newSeat("udp", `udp ${i + 1}`)),
  ];
  let publication: Publication;
  let bound = addresses;
  let rows: readonly CounterRow[] = [];
  let stopping = false;

  const spawn = (seat: Seat): DnsWorker => {
    const worker = createDnsWorker(
      { transport: seat.transport, shared: udpWorkers > 1 },
      {
        onException(stack) {
          logger.error({ worker: seat.name, stack }, "a query raised an exception and was answered SERVFAIL");
        },
        onDeath(cause) {
          seat.worker = undefined;
          seat.generation = 0;
          seat.listening = false;
          if (stopping) return;
          logger.error({ worker: seat.name, cause }, "a DNS worker died and is replaced");
          setTimeout(() => void revive(seat), REPLACE_DELAY).unref();
        },
      },
    );
    seat.worker = worker;
    return worker;
  };

  const hand = async (seat: Seat, worker: DnsWorker, next: Publication): Promise<void> => {
    if (await worker.publish(next, seat.row!)) seat.generation = next.generation;
  };

  const listen = async (seat: Seat, worker: DnsWorker): Promise<Result<readonly ListenAddress[], ListenError>> => {
    const result = await worker.listen(bound);
    seat.listening = result.ok;
    return result;
  };

  const revive = async (seat: Seat): Promise<void> => {
    if (stopping) return;
    const worker = spawn(seat);
    await hand(seat, worker, publication);
    const result = await listen(seat, worker);
    if (!result.ok) logger.error({ worker: seat.name, reason: result.error.message }, "a DNS worker cannot listen");
  };

  /** New counters for every seat; returns those of the generation before. */
  const renewCounters = ({ labels }: Publication): readonly CounterRow[] => {
    const before = rows;
    rows = seats.map(({ transport }) => ({ row: createCounterRow(labels), labels, transport }));
    counters.add(rows);
    for (const [index, seat] of seats.entries()) seat.row = rows[index]!.row;
    return before;
  };

  return {
    async start(first) {
      publication = first;
      renewCounters(first);
      await Promise.all(seats.map((seat) => hand(seat, spawn(seat), first)));
      // TCP first: its port cannot be shared, so a second server on the same address shows here.
      for (const seat of seats) {
        const result = await listen(seat, seat.worker!);
        if (!result.ok) return result;
        bound = result.value;
      }
      return ok(bound);
    },
    async publish(next) {
      publication = next;
      const before = renewCounters(next);
      await Promise.all(
        seats.map(async (seat) => {
          if (seat.worker !== undefined) await hand(seat, seat.worker, next);
        }),
      );
      counters.retire(before);
    },
    missing: () =>
      seats
        .filter(({ generation, listening }) => !listening || generation !== publication.generation)
        .map(
          ({ name, listening }) =>
            `worker ${name} ${listening ? "has not taken the current generation" : "is not listening"}`,
        ),
    async stop() {
      stopping = true;
      await Promise.all(seats.map(async ({ worker }) => worker?.stop(STOP_LIMIT)));
    },
  };
}
