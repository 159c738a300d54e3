/** A DNS worker thread: one transport, the answerer of the current generation, swapped by one assignment. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { viewStateTable } from "../../state/state-table.ts";
import { ok } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import { countInto, type Counters } from "../../telemetry/counters.ts";
import { createAnswerer, type Answerer } from "../answer/answer-query.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { counterLabels } from "./counter-labels.ts";
import { readSnapshot } from "./posted-snapshot.ts";
import { createTcpConnections } from "../transports/tcp-connections.ts";
import { createTcp } from "../transports/tcp.ts";
import type { Bound, Listener } from "../transports/listener.ts";
import { loadLibc, type Libc } from "../../system/libc.ts";
import { createBatches, type WorkerSocket } from "../transports/udp-batch/serve-batches.ts";
import { createUdpPortable } from "../transports/udp-portable.ts";
import { createBusy, tellQueries } from "./stall-watch.ts";
import type { FromWorker, ToWorker, WorkerPublication, WorkerSetup } from "./worker-messages.ts";

const { transport, shared, tcp, sent, answering } = workerData as WorkerSetup;
const sentMessages = new Int32Array(sent);
const port = parentPort!;
const listeners: Listener[] = [];
let stopped = false;
const silent: Answerer = () => 0;
let current = silent;
/** The same for one query at a time. */
let single = silent;
const busy = createBusy(answering);
let counters: Counters;
let libc: Libc | undefined;

function say(message: FromWorker): void {
  port.postMessage(message);
}

const connections = createTcpConnections(tcp, {
  opened: () => counters.event("opened"),
  closed: (cause) => counters.event(`closed-${cause}`),
});

function publish({ snapshot: posted, ...publication }: WorkerPublication, row: SharedArrayBuffer): void {
  const { names, service, table, health } = publication;
  let reported = false;
  try {
    const snapshot = readSnapshot(posted);
    const next = countInto(row, counterLabels(snapshot));
    current = createAnswerer({
      snapshot,
      names,
      service,
      table,
      health: viewStateTable(health),
      counters: next,
      random: Math.random,
      clock: Date.now,
      onException(cause) {
        // The first of a generation tells what to mend; the counter tells how many there were.
        if (!reported) say({ kind: "exception", stack: stackOf(cause) });
        reported = true;
      },
    });
    single = tellQueries(current, busy);
    counters = next;
    say({ kind: "published", failure: undefined });
    // A batched worker takes no generation while it serves: it is released before.
    if (listeners.length > 0) setImmediate(collectGarbage);
  } catch (cause) {
    say({ kind: "published", failure: stackOf(cause) });
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? String(cause.stack) : String(cause);
}

async function listen(addresses: readonly ListenAddress[]): Promise<void> {
  const bound: Bound[] = [];
  for (const address of addresses) {
    const made =
      transport === "udp"
        ? createUdpPortable(address, { shared, answerer: () => single, counters: () => counters })
        : createTcp(address, { answerer: () => single, connections });
    const result = await made.start();
    if (!result.ok) {
      // It may be told to listen elsewhere.
      await Promise.all(listeners.splice(0).map((other) => other.stop()));
      return say({ kind: "listening", result });
    }
    listeners.push(made);
    // Told to stop meanwhile: this one was not yet among those to close.
    if (stopped) return made.stop();
    bound.push(result.value);
  }
  say({ kind: "listening", result: ok(bound) });
}

/** Blocks this thread until it is told to stop or to release; messages are looked for between batches. */
function serve(sockets: readonly WorkerSocket[]): void {
  let end: "stop" | "release" | undefined;
  let seen = -1;
  const attend = (): boolean => {
    const now = Atomics.load(sentMessages, 0);
    if (now === seen) return true;
    seen = now;
    while (end === undefined) {
      const next = receiveMessageOnPort(port);
      if (next === undefined) return true;
      const message = next.message as ToWorker;
      if (message.kind === "publish") publish(message.publication, message.counters);
      // What comes behind is for the event loop.
      else if (message.kind === "stop" || message.kind === "release") end = message.kind;
    }
    return false;
  };
  libc ??= loadLibc();
  const batches = createBatches(libc, sockets, { attend, answerer: () => current, counters: () => counters, busy });
  say({ kind: "listening", result: ok([]) });
  batches.serve();
  if (end === "release") return release();
  batches.drain();
  port.close();
}

function release(): void {
  current = silent;
  single = silent;
  say({ kind: "released" });
  setImmediate(collectGarbage);
}

async function stop(): Promise<void> {
  stopped = true;
  await Promise.all(listeners.map((made) => made.stop()));
  // The thread ends when nothing is left to wait for.
  port.close();
}

port.on("message", (message: ToWorker) => {
  // What was on its way when the stop came.
  if (stopped) return;
  if (message.kind === "publish") publish(message.publication, message.counters);
  else if (message.kind === "serve") serve(message.sockets);
  else if (message.kind === "release") release();
  else void (message.kind === "listen" ? listen(message.addresses) : stop());
});
