/**
 * What is kept across restarts, in one SQLite file that a thread of its own alone opens: no disk ever holds this thread
 * up, and serving never depends on it. What is promised is durable before it resolves; the rest goes in batches, some
 * times a second, and what there is no room for is counted. docs/state.md tells it to operators.
 */
import type { Clock, Logger } from "../../shared/ports.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Override } from "../override.ts";
import type { Asked, Reading } from "./messages.ts";
import type { Write } from "./writes.ts";
import { isCursor } from "./reads.ts";
import type {
  AuditRecord,
  GenerationRecord,
  ArchivedGeneration,
  Kept,
  NewAuditRecord,
  NewGeneration,
  NoticeChange,
  NoticeRows,
  Page,
  PageQuery,
  TargetRecord,
  TransitionQuery,
  TransitionRecord,
} from "./records.ts";
import { createStoreLink, type StoreFailure } from "./store-link.ts";
import type { Trouble } from "./trouble.ts";
import { createWaitingBatch } from "./waiting-batch.ts";

export interface Store {
  /**
   * Opens the file, once. Never fails: where it cannot be used, `state` says why, it is tried again now and then, and
   * `onKept` is called once it can. What can only be read is read: another server may have the file, or the disk be full.
   */
  open(): Promise<Kept>;
  state(): StoreState;

  /** Durable once it resolves. A failure with the code `stalled` may come to be kept later: `onKept` tells. */
  setOverride(override: Override): Promise<Result<undefined, StoreFailure>>;
  /** The value: the ids that there were. */
  clearOverrides(ids: readonly number[]): Promise<Result<readonly number[], StoreFailure>>;
  appendAudit(entry: NewAuditRecord): Promise<Result<undefined, StoreFailure>>;
  /** The value: its number, which is a higher one where an earlier generation has it. */
  addGeneration(generation: NewGeneration): Promise<Result<number, StoreFailure>>;

  /** States of probe targets, with the next batch; the latest of each counts. */
  putTargets(targets: readonly TargetRecord[]): void;
  /** Forgets all other targets. */
  keepTargets(keys: readonly string[]): void;
  /** Durable once it resolves. */
  changeNotices(change: NoticeChange): Promise<Result<undefined, StoreFailure>>;
  notices(): Promise<Result<NoticeRows, StoreFailure>>;
  /** With the next batch, in this order. */
  appendTransitions(transitions: readonly TransitionRecord[]): void;

  transitions(query: TransitionQuery): Promise<Result<Page<TransitionRecord>, StoreFailure>>;
  generations(query: PageQuery): Promise<Result<Page<GenerationRecord>, StoreFailure>>;
  /** The value is undefined where it is not kept. */
  generation(number: number): Promise<Result<ArchivedGeneration | undefined, StoreFailure>>;
  lastGood(): Promise<Result<ArchivedGeneration | undefined, StoreFailure>>;
  audit(query: PageQuery): Promise<Result<Page<AuditRecord>, StoreFailure>>;

  /**
   * Keeps what waits and closes the file; takes a second at most. False: the disk does not answer. The process then ends
   * by SIGKILL alone, since `process.exit` waits for all threads.
   */
  stop(): Promise<boolean>;
}

export interface StoreState {
  /** Whether changes are kept durably now. */
  readonly durable: boolean;
  /** Why not, or why history is left out. */
  readonly trouble: Trouble | undefined;
  /** Transitions that were left out since the start. */
  readonly dropped: number;
}

export interface StoreOptions {
  /** Absolute. */
  readonly file: string;
  /** Milliseconds that history is kept. */
  readonly keep: number;
  /** Octets that the file may take. */
  readonly size: number;
  /** Milliseconds between two tries of a file that cannot be written. */
  readonly retry?: number;
}

export interface StoreDeps {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Is told of each change of `durable` or `trouble`. */
  readonly onState: (state: StoreState) => void;
  /**
   * Is told when a file has come into use after `open`, or holds other overrides than was answered. The overrides are
   * these now; states of targets and the generation are to be put again.
   */
  readonly onKept: (kept: Kept) => void;
  /** The thread's module, in tests. */
  readonly entry?: URL;
}

/** Milliseconds between two batches at least, and between two signs of life. */
const FLUSH = 250;
const HEARTBEAT = 10_000;
const RETRY = 10_000;
/** Milliseconds between two lines about what was left out. */
const DROPPED_INTERVAL = 10_000;
const STOP_LIMIT = 1000;

const NOTHING: Kept = { overrides: [], targets: [], alive: undefined, generation: undefined };

export function createStore({ file, keep, size, retry = RETRY }: StoreOptions, deps: StoreDeps): Store {
  const { logger, clock, onState, onKept, entry } = deps;
  const waiting = createWaitingBatch();
  let ticking: NodeJS.Timeout | undefined;
  let flushing = false;
  let stopped: Promise<boolean> | undefined;
  /** On the clock of `performance`. */
  let nextFlush = 0;
  let nextHeartbeat = 0;
  let nextDroppedLine = 0;
  let droppedTold = 0;
  let told: Pick<StoreState, "durable" | "trouble"> = { durable: false, trouble: undefined };

  const link = createStoreLink({ file, keep, size, retry }, { logger, onReport: tell, onKept, entry });

  function state(): StoreState {
    const { durable, trouble, dropped } = link.report();
    return { durable, trouble, dropped: dropped + waiting.dropped() };
  }

  function tell(): void {
    if (stopped !== undefined) return;
    const now = state();
    if (now.durable === told.durable && now.trouble?.message === told.trouble?.message) return;
    const isBack = now.durable && told.trouble !== undefined && now.trouble === undefined;
    told = now;
    if (now.trouble !== undefined) {
      logger.error({ code: now.trouble.code, problem: now.trouble.message }, "state is not kept as it should be");
    } else if (isBack) logger.info({ file }, "state is kept again");
    onState(now);
  }

  function tellDropped(now: number): void {
    const { dropped } = state();
    if (dropped === droppedTold || now < nextDroppedLine) return;
    nextDroppedLine = now + DROPPED_INTERVAL;
    logger.error({ transitions: dropped - droppedTold }, "history is left out: more came than could be kept");
    droppedTold = dropped;
  }

  function tick(): void {
    const now = performance.now();
    link.look();
    tellDropped(now);
    if (flushing || now < nextFlush || (waiting.isEmpty() && now < nextHeartbeat)) return;
    flushing = true;
    void flush().finally(() => {
      flushing = false;
    });
  }

  /** One batch after the other, so that an override waits for one at most. */
  async function flush(): Promise<void> {
    do {
      const batch = waiting.take();
      const kept = await write({ kind: "batch", ...batch, alive: clock() });
      const now = performance.now();
      nextFlush = now + (kept.ok ? 0 : retry);
      nextHeartbeat = now + (kept.ok ? HEARTBEAT : retry);
      if (!kept.ok) return waiting.putBack(batch);
    } while (!waiting.isEmpty());
  }

  function ask<T>(asked: Asked): Promise<Result<T, StoreFailure>> {
    return link.ask(asked) as Promise<Result<T, StoreFailure>>;
  }

  function write<T>(asked: Write): Promise<Result<T, StoreFailure>> {
    return ask({ kind: "write", write: asked });
  }

  async function read<T>(reading: Reading): Promise<Result<T, StoreFailure>> {
    const after = "query" in reading ? reading.query.after : undefined;
    if (after !== undefined && !isCursor(after)) {
      return err({ code: "bad-cursor", message: "after: not what the page before has given as next" });
    }
    return ask({ kind: "read", reading });
  }

  async function stop(): Promise<boolean> {
    clearInterval(ticking);
    // All at once: they make one commit.
    if (ticking !== undefined) void write({ kind: "batch", targets: [], transitions: [], alive: clock() });
    while (!waiting.isEmpty()) void write({ kind: "batch", ...waiting.take(), alive: clock() });
    return link.stop(STOP_LIMIT);
  }

  return {
    async open() {
      // A tick looks whether the thread answers.
      const looking = setInterval(() => link.look(), FLUSH);
      const kept = await ask<Kept>({ kind: "open" });
      clearInterval(looking);
      if (stopped === undefined) ticking = setInterval(tick, FLUSH).unref();
      return kept.ok ? kept.value : NOTHING;
    },
    state,
    setOverride: (override) => write({ kind: "set-override", override }),
    clearOverrides: (ids) => write({ kind: "clear-overrides", ids }),
    appendAudit: (entry) => write({ kind: "audit", entry }),
    addGeneration: ({ archive, ...generation }) => write({ kind: "generation", generation, archive }),
    changeNotices: (change) => write({ kind: "notices", change }),
    notices: () => read({ kind: "notices" }),
    putTargets: (targets) => waiting.putTargets(targets),
    keepTargets(keys) {
      waiting.keepTargets(keys);
      void write({ kind: "keep-targets", keys });
    },
    appendTransitions: (transitions) => waiting.appendTransitions(transitions),
    transitions: (query) => read({ kind: "transitions", query }),
    generations: (query) => read({ kind: "generations", query }),
    generation: (number) => read({ kind: "generation", number }),
    lastGood: () => read({ kind: "generation", number: undefined }),
    audit: (query) => read({ kind: "audit", query }),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}
