/**
 * The main thread's end of the store's thread. Each question is answered or fails: the thread may end, which is made up
 * for by another one, or wait for a disk that does not answer, which is waited for without end, but not by whoever asked.
 */
import { Worker } from "node:worker_threads";
import type { Logger } from "../../shared/ports.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Asked, FromStore, StoreReport, StoreSetup, ToStore } from "./messages.ts";
import type { Kept } from "./records.ts";
import { troubleWith, type Trouble, type TroubleCode } from "./trouble.ts";

export interface StoreLink {
  ask(asked: Asked): Promise<Result<unknown, StoreFailure>>;
  /** Why nothing can be asked; else what the thread has said of the file. */
  report(): StoreReport;
  /** Looks whether the thread answers; to be called a few times a second. */
  look(): void;
  /** Has the thread do what it was asked, and end. False: it has not within so many milliseconds. */
  stop(limit: number): Promise<boolean>;
}

/** Why something was not kept or read. */
export interface StoreFailure {
  readonly code: TroubleCode | "busy" | "stopped" | "bad-cursor";
  readonly message: string;
}

export interface StoreLinkEvents {
  /** What the report says may have changed. */
  readonly onReport: () => void;
  /** What is kept is other than what was answered. */
  readonly onKept: (kept: Kept) => void;
}

export interface StoreLinkDeps extends StoreLinkEvents {
  readonly logger: Logger;
  /** The thread's module; `store-thread.ts` but in tests. */
  readonly entry?: URL | undefined;
}

/** The thread's module: .ts in the sources, .js in the published package. */
const ENTRY = new URL(import.meta.url.endsWith(".ts") ? "./store-thread.ts" : "./store-thread.js", import.meta.url);

/** MiB; what is over that ends the thread, not the server. */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };
/** Milliseconds that an answer may take. */
const ANSWER_LIMIT = 5000;
/** Milliseconds between two looks after which this process must have been stopped, or held up. */
const LATE = 1000;
/** Questions that may wait for an answer. */
const MOST_ASKED = 1000;
/** Milliseconds before a thread that has ended is replaced; twice as long each time. */
const REPLACE_DELAY = 1000;
const LONGEST_REPLACE_DELAY = 60_000;

interface Question {
  readonly asked: Asked;
  /** When it was asked, on the clock of `performance`; later by as long as this process was stopped. */
  at: number;
  readonly settle: (result: Result<unknown, StoreFailure>) => void;
}

export function createStoreLink(setup: StoreSetup, deps: StoreLinkDeps): StoreLink {
  const { logger, onReport, onKept, entry = ENTRY } = deps;
  let thread: Worker | undefined;
  let last: StoreReport = { durable: false, trouble: undefined, dropped: 0 };
  /** What threads that have ended had left out. */
  let droppedBefore = 0;
  let deaths = 0;
  let opened = false;
  let stalled = false;
  let stopping = false;
  let nextId = 0;
  let lastLook = performance.now();
  const questions = new Map<number, Question>();
  /** Those whose askers were told that the disk does not answer. */
  const givenUp = new Map<number, Asked>();
  let onExit = (): void => {};

  const trouble = (code: TroubleCode): Trouble => troubleWith(setup.file, code);

  const answered = (id: number, result: Result<unknown, Trouble>): void => {
    stalled = false;
    const late = givenUp.get(id);
    if (late === undefined) {
      const question = questions.get(id);
      questions.delete(id);
      question?.settle(result);
      return;
    }
    givenUp.delete(id);
    if (!result.ok || stopping) return;
    if (late.kind === "open") onKept(result.value as Kept);
    // It was told to have failed, and was done after all.
    else if (late.kind === "write" && late.write.kind !== "batch")
      void tellKept({ kind: "read", reading: { kind: "kept" } });
  };

  const tellKept = async (asked: Asked): Promise<void> => {
    const kept = await ask(asked);
    if (kept.ok && !stopping) onKept(kept.value as Kept);
  };

  const take = (message: FromStore): void => {
    if (message.kind === "answer") answered(message.id, message.result);
    else if (message.kind === "kept") onKept(message.kept);
    else if (message.kind === "log") logger[message.level](message.fields, message.message);
    else {
      last = message.report;
      deaths = 0;
    }
    onReport();
  };

  const settleAll = (failure: StoreFailure): void => {
    const left = [...questions.values()];
    questions.clear();
    givenUp.clear();
    for (const { settle } of left) settle(err(failure));
  };

  const start = (): void => {
    let cause = "";
    const started = new Worker(entry, { workerData: setup, name: "geosteer store", resourceLimits: HEAP });
    thread = started;
    started.on("message", take);
    started.on("error", (error: Error) => {
      cause = error.stack ?? error.message;
    });
    started.on("exit", (code) => {
      thread = undefined;
      onExit();
      if (stopping) return settleAll(STOPPED);
      stalled = false;
      droppedBefore += last.dropped;
      last = { durable: false, trouble: trouble("thread-ended"), dropped: 0 };
      settleAll(trouble("thread-ended"));
      logger.error({ cause: cause || `exit code ${code}` }, "the store's thread died and is replaced");
      setTimeout(replace, Math.min(REPLACE_DELAY * 2 ** deaths++, LONGEST_REPLACE_DELAY)).unref();
      onReport();
      return undefined;
    });
  };

  const replace = (): void => {
    if (stopping) return;
    start();
    if (opened) void tellKept({ kind: "open" });
  };

  const ask = (asked: Asked): Promise<Result<unknown, StoreFailure>> =>
    new Promise((settle) => {
      if (stopping) return settle(err(STOPPED));
      opened ||= asked.kind === "open";
      if (thread === undefined) return settle(err(trouble("thread-ended")));
      if (stalled) return settle(err(trouble("stalled")));
      if (questions.size >= MOST_ASKED) return settle(err(BUSY));
      const id = nextId++;
      questions.set(id, { asked, at: performance.now(), settle });
      thread.postMessage({ kind: "ask", id, asked } satisfies ToStore);
    });

  start();
  return {
    ask,
    report() {
      const dropped = droppedBefore + last.dropped;
      return stalled ? { durable: false, trouble: trouble("stalled"), dropped } : { ...last, dropped };
    },
    look() {
      const now = performance.now();
      const gap = now - lastLook;
      lastLook = now;
      // Answers may lie there.
      if (gap > LATE) for (const question of questions.values()) question.at += gap;
      const longAgo = now - ANSWER_LIMIT;
      for (const [id, { asked, at, settle }] of questions) {
        if (at > longAgo) return;
        stalled = true;
        questions.delete(id);
        givenUp.set(id, asked);
        settle(err(trouble("stalled")));
        onReport();
      }
    },
    async stop(limit) {
      stopping = true;
      if (thread === undefined) return true;
      const stuck = thread;
      // It has no file yet, and may not even have begun.
      if (!opened) {
        await stuck.terminate();
        return true;
      }
      let timer: NodeJS.Timeout | undefined;
      const ended = await new Promise<boolean>((resolve) => {
        onExit = () => resolve(true);
        timer = setTimeout(resolve, limit, false);
        stuck.postMessage({ kind: "stop" } satisfies ToStore);
      });
      clearTimeout(timer);
      settleAll(STOPPED);
      if (!ended) stuck.unref();
      return ended;
    },
  };
}

const STOPPED: StoreFailure = { code: "stopped", message: "geosteer stops: nothing more is kept" };
const BUSY: StoreFailure = { code: "busy", message: "too much is asked of the state file at a time: try again" };
