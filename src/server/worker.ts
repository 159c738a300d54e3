/** A DNS worker thread: one transport, the answerer of the current generation, swapped by one assignment. */
import { parentPort, workerData } from "node:worker_threads";
import { viewHealthTable } from "../health/health-table.ts";
import { ok } from "../shared/result.ts";
import { countInto } from "../telemetry/counters.ts";
import { createAnswerer, type Answerer } from "./answer-query.ts";
import { createTcp } from "./tcp.ts";
import type { ListenAddress, Transport } from "./transport.ts";
import { createUdpPortable } from "./udp-portable.ts";
import type { FromWorker, Publication, ToWorker, WorkerSetup } from "./worker-messages.ts";

const { transport, shared } = workerData as WorkerSetup;
const port = parentPort!;
const transports: Transport[] = [];
let current: Answerer = () => 0;

function say(message: FromWorker): void {
  port.postMessage(message);
}

function publish({ generation, snapshot, table, health, labels }: Publication, counters: SharedArrayBuffer): void {
  let reported = false;
  current = createAnswerer({
    snapshot,
    table,
    health: viewHealthTable(health),
    counters: countInto(counters, labels),
    random: Math.random,
    onException(cause) {
      // The first of a generation tells what to mend; the counter tells how many there were.
      if (!reported) say({ kind: "exception", stack: cause instanceof Error ? String(cause.stack) : String(cause) });
      reported = true;
    },
  });
  say({ kind: "published", generation });
}

async function listen(addresses: readonly ListenAddress[]): Promise<void> {
  const bound: ListenAddress[] = [];
  for (const address of addresses) {
    const made =
      transport === "udp"
        ? createUdpPortable(address, { shared, answerer: () => current })
        : createTcp(address, { answerer: () => current });
    const result = await made.start();
    if (!result.ok) return say({ kind: "listening", result });
    transports.push(made);
    bound.push(result.value);
  }
  say({ kind: "listening", result: ok(bound) });
}

async function stop(): Promise<void> {
  await Promise.all(transports.map((made) => made.stop()));
  say({ kind: "stopped" });
  port.close();
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "publish") publish(message.publication, message.counters);
  else void (message.kind === "listen" ? listen(message.addresses) : stop());
});
