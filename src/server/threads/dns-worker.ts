/** The main thread's end of one worker: asks it for one thing at a time and waits for the answer. */
import { Worker } from "node:worker_threads";
import type { ListenError } from "../../shared/listen-error.ts";
import { err, type Result } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Bound } from "../transports/listener.ts";
import type { WorkerSocket } from "../transports/udp-batch/serve-batches.ts";
import { createQueryWord, createStallWatch } from "./stall-watch.ts";
import type { FromWorker, ToWorker, WorkerPublication, WorkerSetup } from "./worker-messages.ts";

export interface DnsWorker {
  /** Resolves once the worker answers from this generation, with undefined, or with why it does not. */
  publish(publication: WorkerPublication, counters: SharedArrayBuffer): Promise<string | undefined>;
  /** The value is what was bound, in the order of the addresses. */
  listen(addresses: readonly ListenAddress[]): Promise<Result<readonly Bound[], ListenError>>;
  /** Serves sockets that the main thread has opened and closes: batched UDP. */
  serve(sockets: readonly WorkerSocket[]): Promise<Result<readonly Bound[], ListenError>>;
  /** Leaves the sockets to a successor; true once it can take a generation and sockets again. */
  release(): Promise<boolean>;
  /** To be called by `lookRegularly`. Ends a worker that is stalled. */
  look(late: boolean): void;
  /** Answers what has been received; waits for the thread to end for `limit` milliseconds. */
  stop(limit: number): Promise<void>;
}

export interface DnsWorkerEvents {
  /** Is told that the thread has ended by itself. Nothing that was asked of it will be answered. */
  readonly onDeath: (cause: string) => void;
  readonly onException: (stack: string) => void;
  /** Is told that one query has kept the worker for so many milliseconds. Its death follows. */
  readonly onStall: (milliseconds: number) => void;
}

/** MiB; answering allocates next to nothing, and Node's default lets 48 MiB of start-up garbage lie in each worker. */
const YOUNG_GENERATION = 6;

/** The worker's module: .ts in the sources, .js in the published package. */
const ENTRY = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

export function createDnsWorker(
  setup: Omit<WorkerSetup, "sent" | "answering">,
  { onDeath, onException, onStall }: DnsWorkerEvents,
): DnsWorker {
  const sent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const answering = createQueryWord();
  const watch = createStallWatch(answering);
  const thread = new Worker(ENTRY, {
    workerData: { ...setup, sent: sent.buffer, answering } satisfies WorkerSetup,
    name: `geosteer ${setup.transport}`,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
  });
  /** Who waits for an answer of each kind, in the order of asking; undefined tells them that the thread has ended. */
  const waiting = new Map<FromWorker["kind"], ((message: FromWorker | undefined) => void)[]>();
  let ended = false;
  let stopping = false;
  let cause = "";

  thread.on("message", (message: FromWorker) => {
    if (message.kind === "exception") onException(message.stack);
    else waiting.get(message.kind)?.shift()?.(message);
  });
  thread.on("error", (error: Error) => {
    cause = error.stack ?? error.message;
  });
  const exited = new Promise((resolve) => thread.once("exit", resolve));
  thread.on("exit", (code) => {
    ended = true;
    for (const answer of [...waiting.values()].flat()) answer(undefined);
    waiting.clear();
    if (!stopping) onDeath(cause || `exit code ${code}`);
  });

  const send = (message: ToWorker): void => {
    thread.postMessage(message);
    Atomics.add(sent, 0, 1);
  };
  const ask = <Kind extends FromWorker["kind"]>(
    message: ToWorker,
    kind: Kind,
  ): Promise<Extract<FromWorker, { kind: Kind }> | undefined> =>
    new Promise((resolve) => {
      if (ended) return resolve(undefined);
      const queue = waiting.get(kind) ?? [];
      queue.push((answer) => resolve(answer as Extract<FromWorker, { kind: Kind }> | undefined));
      waiting.set(kind, queue);
      send(message);
    });

  const listening = async (message: ToWorker): Promise<Result<readonly Bound[], ListenError>> => {
    const answer = await ask(message, "listening");
    return answer?.result ?? err({ code: "listen-failed", message: "the DNS worker ended before it listened" });
  };

  return {
    async publish(publication, counters) {
      const answer = await ask({ kind: "publish", publication, counters }, "published");
      return answer === undefined ? "the DNS worker ended before" : answer.failure;
    },
    listen: (addresses) => listening({ kind: "listen", addresses }),
    serve: (sockets) => listening({ kind: "serve", sockets }),
    async release() {
      return (await ask({ kind: "release" }, "released")) !== undefined;
    },
    look(late) {
      if (late) return watch.forget();
      const stalled = watch.look();
      if (stalled === 0) return;
      onStall(stalled);
      cause = "one query has kept it for more than a second";
      void thread.terminate();
    },
    async stop(limit) {
      stopping = true;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, limit);
      });
      send({ kind: "stop" });
      await Promise.race([exited, late]);
      clearTimeout(timer);
      // Not terminated: koffi ends the whole process when its thread is terminated in a system call.
      thread.unref();
    },
  };
}
