/** What was: changes of status, generations and what operators did, written to the store and read from it in pages. */
import { err, ok, type Result } from "../shared/result.ts";
import type {
  Answer,
  AuditEntry,
  ControlProblem,
  GenerationEntry,
  HistoryQuery,
  Page,
  PageQuery,
  Transition,
} from "./control.ts";
import { instant } from "./describe.ts";
import type { StatusChange } from "./roll-up.ts";
import type {
  AuditRecord,
  GenerationRecord,
  NewAuditRecord,
  Page as RecordPage,
  PageQuery as RecordQuery,
  TransitionQuery,
  TransitionRecord,
} from "../state/store/records.ts";

/** What the store can be asked. A reading fails with a line that says why. */
export interface HistoryStore {
  appendTransitions(records: readonly TransitionRecord[]): void;
  /** True once it is durable. */
  appendAudit(record: NewAuditRecord): Promise<boolean>;
  transitions(query: TransitionQuery): Promise<Result<RecordPage<TransitionRecord>, string>>;
  generations(query: RecordQuery): Promise<Result<RecordPage<GenerationRecord>, string>>;
  audit(query: RecordQuery): Promise<Result<RecordPage<AuditRecord>, string>>;
}

export interface History {
  transitions(changes: readonly StatusChange[]): void;
  audit(record: NewAuditRecord): void;
  read(query: HistoryQuery): Promise<Answer<Page<Transition>>>;
  generations(query: PageQuery): Promise<Answer<Page<GenerationEntry>>>;
  readAudit(query: PageQuery): Promise<Answer<Page<AuditEntry>>>;
}

export function createHistory(store: HistoryStore): History {
  return {
    transitions(changes) {
      store.appendTransitions(
        changes.map(({ at, profile, endpoint, from, to, reason }) => ({
          at,
          subject: endpoint === undefined ? profile : `${profile}/${endpoint}`,
          from,
          to,
          reason,
        })),
      );
    },
    audit: (record) => void store.appendAudit(record),
    read: async (query) => paged(await store.transitions(query), (one) => ({ ...one, at: instant(one.at) })),
    generations: async (query) => paged(await store.generations(query), entryOf),
    readAudit: async (query) => paged(await store.audit(query), (one) => ({ ...one, at: instant(one.at) })),
  };
}

export function entryOf({ number, at, hash, databases, changes }: GenerationRecord): GenerationEntry {
  return {
    number,
    at: instant(at),
    hash,
    databases: databases.map(({ database, built }) => ({ database, built: instant(built) })),
    changes,
  };
}

function paged<T, U>(read: Result<RecordPage<T>, string>, map: (item: T) => U): Answer<Page<U>> {
  if (!read.ok) return err(noStore(read.error));
  return ok({ items: read.value.items.map(map), next: read.value.next });
}

export function noStore(why: string): ControlProblem {
  return { code: "no-store", message: `nothing is kept: ${why}` };
}
