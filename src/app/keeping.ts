/**
 * What outlives the process, as the server and the desk use it: the store where there is one, and where there is none the
 * same without memory. Knows which states from before the start still hold.
 */
import type { StoreStatus } from "../control/control.ts";
import type { HistoryStore } from "../control/history.ts";
import type { OverrideStore } from "../control/overrides.ts";
import type { TargetState } from "../health/prober.ts";
import type { ProbeState } from "../health/probe-state.ts";
import type { NoticeStore } from "../notices/notice-store.ts";
import type { Clock } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Override } from "../state/override.ts";
import type { ArchivedGeneration, NewGeneration, NoticeRows, TargetRecord } from "../state/store/records.ts";
import { createStore, type Store, type StoreDeps } from "../state/store/store.ts";

export interface Keeping extends OverrideStore, HistoryStore, NoticeStore {
  /** What is kept of notices; nothing where it cannot be read. */
  notices(): Promise<NoticeRows>;
  open(): Promise<Remembered>;
  state(): StoreStatus;
  putTargets(states: readonly Pick<TargetState, "target" | "state">[]): void;
  /** Forgets the states of all other targets. */
  keepTargets(keys: readonly string[]): void;
  addGeneration(generation: NewGeneration): Promise<Result<number, string>>;
  generation(number: number): Promise<Result<ArchivedGeneration | undefined, string>>;
  lastGood(): Promise<Result<ArchivedGeneration | undefined, string>>;
  stop(): Promise<boolean>;
}

/** What is known from before the start. */
export interface Remembered {
  readonly overrides: readonly Override[];
  /** The state of a probe target by its key; none of one that is too old. */
  readonly states: ReadonlyMap<string, ProbeState>;
  /** The number of the last generation that was served; 0 = none. */
  readonly generation: number;
}

export interface KeepingOptions {
  /** Absolute. */
  readonly file: string;
  /** Milliseconds that history is kept. */
  readonly keep: number;
  /** Octets that the file may take. */
  readonly size: number;
  /** Milliseconds after which a state from before the start means nothing. */
  readonly maxAge: number;
}

export interface KeepingDeps extends Pick<StoreDeps, "logger" | "clock"> {
  readonly onState: (state: StoreStatus) => void;
  /** The file has come into use after the start, with these overrides in it. */
  readonly onKept: (overrides: readonly Override[]) => void;
}

export function createKeeping(options: KeepingOptions, { logger, clock, onState, onKept }: KeepingDeps): Keeping {
  const { file, keep, size, maxAge } = options;
  const store: Store = createStore(
    { file, keep, size },
    {
      logger,
      clock,
      onState: () => onState(state()),
      onKept: ({ overrides }) => onKept(overrides),
    },
  );
  const state = (): StoreStatus => {
    const { durable, trouble } = store.state();
    return { file, durable, trouble: trouble?.message };
  };
  return {
    async open() {
      const { overrides, targets, alive, generation } = await store.open();
      return { overrides, states: stillTrue(targets, alive, maxAge, clock), generation: generation ?? 0 };
    },
    state,
    setOverride: async (override) => (await store.setOverride(override)).ok,
    clearOverrides: async (ids) => (await store.clearOverrides(ids)).ok,
    appendAudit: async (entry) => (await store.appendAudit(entry)).ok,
    appendTransitions: (records) => store.appendTransitions(records),
    changeNotices: async (change) => (await store.changeNotices(change)).ok,
    async notices() {
      const rows = await store.notices();
      return rows.ok ? rows.value : NO_NOTICES;
    },
    putTargets: (states) =>
      store.putTargets(states.map(({ target: { key }, state: probed }): TargetRecord => ({ key, ...probed }))),
    keepTargets: (keys) => store.keepTargets(keys),
    addGeneration: async (generation) => told(await store.addGeneration(generation)),
    generation: async (number) => told(await store.generation(number)),
    lastGood: async () => told(await store.lastGood()),
    transitions: async (query) => told(await store.transitions(query)),
    generations: async (query) => told(await store.generations(query)),
    audit: async (query) => told(await store.audit(query)),
    stop: () => store.stop(),
  };
}

const NO_NOTICES: NoticeRows = { messages: [], told: [] };

/** `state.file: off`. */
export const NO_KEEPING: Keeping = {
  open: async () => ({ overrides: [], states: new Map(), generation: 0 }),
  state: () => ({ file: undefined, durable: false, trouble: undefined }),
  setOverride: async () => false,
  clearOverrides: async () => true,
  appendAudit: async () => false,
  appendTransitions() {},
  changeNotices: async () => false,
  notices: async () => NO_NOTICES,
  putTargets() {},
  keepTargets() {},
  addGeneration: async ({ number }) => ok(number),
  generation: async () => err(OFF),
  lastGood: async () => err(OFF),
  transitions: async () => err(OFF),
  generations: async () => err(OFF),
  audit: async () => err(OFF),
  stop: async () => true,
};

/** The keeping of the moment, for those who are made before the configuration has said which. */
export function followKeeping(
  current: () => Keeping,
): OverrideStore & HistoryStore & NoticeStore & Pick<Keeping, "state"> {
  return {
    state: () => current().state(),
    setOverride: (override) => current().setOverride(override),
    clearOverrides: (ids) => current().clearOverrides(ids),
    appendTransitions: (records) => current().appendTransitions(records),
    appendAudit: (entry) => current().appendAudit(entry),
    changeNotices: (change) => current().changeNotices(change),
    transitions: (query) => current().transitions(query),
    generations: (query) => current().generations(query),
    audit: (query) => current().audit(query),
  };
}

const OFF = "state.file is off";

function told<T>(result: Result<T, { readonly message: string }>): Result<T, string> {
  return result.ok ? result : err(result.error.message);
}

function stillTrue(
  targets: readonly TargetRecord[],
  alive: number | undefined,
  maxAge: number,
  clock: Clock,
): ReadonlyMap<string, ProbeState> {
  if (alive === undefined || clock() - alive > maxAge) return new Map();
  return new Map(targets.map(({ key, ...state }) => [key, state]));
}
