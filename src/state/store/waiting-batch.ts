/** What waits for the next batch: of each probe target the latest state, and of transitions no more than a bound. */
import type { TargetRecord, TransitionRecord } from "./records.ts";

export interface Batch {
  readonly targets: readonly TargetRecord[];
  readonly transitions: readonly TransitionRecord[];
}

export interface WaitingBatch {
  putTargets(targets: readonly TargetRecord[]): void;
  appendTransitions(transitions: readonly TransitionRecord[]): void;
  isEmpty(): boolean;
  /** Takes out what makes one batch. */
  take(): Batch;
  /** Puts a batch that was not kept in front again; what is newer of its targets stays. */
  putBack(batch: Batch): void;
  /** Leaves out the states of all other targets. */
  keepTargets(keys: readonly string[]): void;
  /** Transitions that there was no room for. */
  dropped(): number;
}

/** Transitions that wait at most: some 25 MB. */
export const MOST_WAITING = 50_000;
/** Transitions and targets of one batch: some 30 ms, which an override waits for at most. */
export const BATCH = 2000;

export function createWaitingBatch(): WaitingBatch {
  const targets = new Map<string, TargetRecord>();
  let transitions: TransitionRecord[] = [];
  let dropped = 0;
  return {
    putTargets(records) {
      for (const record of records) targets.set(record.key, record);
    },
    appendTransitions(records) {
      const taken = records.slice(0, Math.max(0, MOST_WAITING - transitions.length));
      dropped += records.length - taken.length;
      for (const one of taken) transitions.push(one);
    },
    isEmpty: () => targets.size === 0 && transitions.length === 0,
    take() {
      const some = [...targets.values().take(BATCH)];
      for (const { key } of some) targets.delete(key);
      const batch = { targets: some, transitions: transitions.slice(0, BATCH - some.length) };
      transitions = transitions.slice(batch.transitions.length);
      return batch;
    },
    putBack(batch) {
      for (const record of batch.targets) if (!targets.has(record.key)) targets.set(record.key, record);
      transitions = [...batch.transitions, ...transitions];
      dropped += Math.max(0, transitions.length - MOST_WAITING);
      transitions = transitions.slice(0, MOST_WAITING);
    },
    keepTargets(keys) {
      const kept = new Set(keys);
      for (const key of targets.keys()) if (!kept.has(key)) targets.delete(key);
    },
    dropped: () => dropped,
  };
}
