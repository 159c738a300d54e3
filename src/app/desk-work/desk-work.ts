/**
 * What the desk is asked that takes long: explaining a decision on all tables, and texts of generations. A thread does it,
 * which is started when it is needed and ended when it has been idle, or busy with one thing for too long.
 */
import { Worker } from "node:worker_threads";
import { noStore, entryOf } from "../../control/history.ts";
import type { Answer, Explained, ExplainQuery, GenerationDiff, GenerationText } from "../../control/control.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ArchivedGeneration } from "../../state/store/records.ts";
import type { Generation } from "../generation.ts";
import type { DeskJob, FromDesk, ToDesk } from "./desk-messages.ts";

export interface DeskWork {
  explain(question: ExplainQuery): Promise<Answer<Explained>>;
  generation(number: number): Promise<Answer<GenerationText>>;
  diff(from: number, to: number): Promise<Answer<GenerationDiff>>;
  stop(): void;
}

export interface DeskWorkDeps {
  readonly current: () => Generation | undefined;
  readonly generation: (number: number) => Promise<Result<ArchivedGeneration | undefined, string>>;
}

/** The thread's module: .ts in the sources, .js in the published package. */
const ENTRY = new URL(import.meta.url.endsWith(".ts") ? "./desk-thread.ts" : "./desk-thread.js", import.meta.url);

/** Milliseconds that one job may take. */
const JOB_LIMIT = 20_000;
/** Milliseconds without a job before the thread ends: it holds a whole snapshot. */
const IDLE = 30_000;
/** Jobs that wait at most. */
const MOST_WAITING = 32;
/** MiB. */
const HEAP = { maxOldGenerationSizeMb: 2048 };

interface Waiting {
  readonly message: ToDesk;
  readonly settle: (answer: Answer<unknown>) => void;
}

export function createDeskWork({ current, generation }: DeskWorkDeps): DeskWork {
  let thread: Worker | undefined;
  let waiting: readonly Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let stopped = false;

  const end = (): void => {
    clearTimeout(timer);
    const ended = thread;
    thread = undefined;
    void ended?.terminate();
  };

  const failAll = (message: string): void => {
    const all = waiting;
    waiting = [];
    end();
    for (const { settle } of all) settle(err({ code: "busy", message }));
  };

  const begin = (): void => {
    clearTimeout(timer);
    const [first] = waiting;
    if (first === undefined) {
      timer = setTimeout(end, IDLE);
    } else {
      thread ??= started();
      thread.postMessage(first.message);
      timer = setTimeout(() => failAll("it takes too long, and was given up"), JOB_LIMIT);
    }
    timer.unref();
  };

  const started = (): Worker => {
    const worker = new Worker(ENTRY, { resourceLimits: HEAP });
    worker.unref();
    worker.on("message", ({ id, answer }: FromDesk) => {
      const [first, ...others] = waiting;
      if (first?.message.id !== id) return;
      waiting = others;
      first.settle(answer);
      begin();
    });
    worker.on("error", (cause) => {
      if (thread === worker) failAll(`it broke: ${cause.message}`);
    });
    return worker;
  };

  const ask = <T>(job: DeskJob): Promise<Answer<T>> => {
    if (stopped) return Promise.resolve(err({ code: "stopping", message: "geosteer is stopping" }));
    if (waiting.length >= MOST_WAITING) {
      return Promise.resolve(err({ code: "busy", message: `${MOST_WAITING} such questions wait already; ask again` }));
    }
    return new Promise((resolve) => {
      waiting = [...waiting, { message: { id: ++lastId, job }, settle: resolve as Waiting["settle"] }];
      if (waiting.length === 1) begin();
    });
  };

  const archiveOf = async (number: number): Promise<Answer<ArchivedGeneration & { readonly archive: Uint8Array }>> => {
    const kept = await generation(number);
    if (!kept.ok) return err(noStore(kept.error));
    if (kept.value === undefined)
      return err({ code: "unknown-generation", message: `generation ${number} is not kept` });
    const { archive, ...record } = kept.value;
    if (archive !== undefined) return ok({ ...record, archive });
    return err({ code: "unknown-generation", message: `of generation ${number} the text is not kept` });
  };

  return {
    explain(question) {
      const { number, publication, config } = current()!;
      const { snapshot, names, table, health } = publication;
      const tables = { generation: number, snapshot, names, table, states: health, dns: config.settings.dns };
      return ask({ kind: "explain", tables, question });
    },
    async generation(number) {
      const kept = await archiveOf(number);
      if (!kept.ok) return kept;
      const files = await ask<GenerationText["files"]>({ kind: "text", archive: kept.value.archive });
      return files.ok ? ok({ ...entryOf(kept.value), files: files.value }) : files;
    },
    async diff(from, to) {
      const [before, after] = [await archiveOf(from), await archiveOf(to)];
      if (!before.ok) return before;
      if (!after.ok) return after;
      const sides = {
        from: { generation: from, archive: before.value.archive },
        to: { generation: to, archive: after.value.archive },
      };
      const text = await ask<string>({ kind: "diff", ...sides });
      return text.ok ? ok({ from, to, text: text.value }) : text;
    },
    stop() {
      stopped = true;
      failAll("geosteer is stopping");
    },
  };
}
