/** What the store keeps, as plain data. Times are milliseconds since the Unix epoch. */
import type { ProbedStatus, Status } from "../../routing/health-view.ts";
import type { Override } from "../override.ts";

/** What is found when a server starts. */
export interface Kept {
  readonly overrides: readonly Override[];
  readonly targets: readonly TargetRecord[];
  /** When a server that kept its state here was last known to live; undefined = never. */
  readonly alive: number | undefined;
  /** The number of the last generation that was served; undefined = none is kept. */
  readonly generation: number | undefined;
}

/** The state of a probe target: `health/probe-state.ts` says what the fields mean. */
export interface TargetRecord {
  /** A digest of the target's key, which may hold secrets. */
  readonly key: string;
  readonly status: ProbedStatus;
  readonly since: number;
  readonly failures: number;
  readonly successes: number;
  readonly lastFailure: string | undefined;
  readonly recovered: number | undefined;
  readonly window: number;
  readonly returned: boolean;
  readonly flaps: number;
}

export interface TransitionRecord {
  readonly at: number;
  /** `PROFILE` or `PROFILE/ENDPOINT`. */
  readonly subject: string;
  readonly from: Status;
  readonly to: Status;
  readonly reason: string | undefined;
}

export interface GenerationRecord {
  readonly number: number;
  readonly at: number;
  /** Of the configuration and the files that it names: generations with the same hash have the same text. */
  readonly hash: string;
  readonly databases: readonly { readonly database: string; readonly built: number }[];
  readonly changes: Changes | undefined;
}

/** What a load has changed, by name; of many the first thousand. */
export interface Changes {
  readonly profiles: Changed;
  readonly endpoints: Changed;
  readonly zones: Changed;
}

export interface Changed {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface NewGeneration extends GenerationRecord {
  /** The texts of its files, packed: octets that the store does not look into. */
  readonly archive: Uint8Array;
}

export interface ArchivedGeneration extends GenerationRecord {
  /** Undefined = too large, or gone to make room. */
  readonly archive: Uint8Array | undefined;
}

export interface NewAuditRecord {
  readonly at: number;
  readonly who: string;
  /** From where. */
  readonly from: string;
  readonly what: string;
  readonly result: string;
}

export interface AuditRecord extends NewAuditRecord {
  readonly id: number;
}

/** What is kept of the notices: texts that the store does not look into. */
export interface NoticeRows {
  /** Messages that wait, the oldest first. */
  readonly messages: readonly NoticeMessageRow[];
  readonly told: readonly { readonly notice: string; readonly subject: string; readonly text: string }[];
}

export interface NoticeMessageRow {
  readonly id: string;
  readonly notice: string;
  readonly text: string;
}

/** One change of it: done as a whole or not at all, in this order. */
export interface NoticeChange {
  /** The names of all notices that there are: the rows of others go. */
  readonly only?: readonly string[];
  /** Names of notices all of whose rows go first. */
  readonly reset?: readonly string[];
  /** Messages behind all others; one that is there stays where it is. */
  readonly add: readonly NoticeMessageRow[];
  /** The ids of messages. */
  readonly remove: readonly string[];
  /** Without a text the row goes. */
  readonly told: readonly { readonly notice: string; readonly subject: string; readonly text: string | undefined }[];
}

export interface PageQuery {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Entries at most, 1 to 1000; 100 where it is not said. */
  readonly limit?: number | undefined;
}

export interface TransitionQuery extends PageQuery {
  /** `PROFILE/ENDPOINT`, or `PROFILE`: the profile's own and those of all its endpoints. */
  readonly subject?: string | undefined;
  readonly since?: number | undefined;
}

/** Newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What to give as `after` for the next page; undefined = this is the last. */
  readonly next: string | undefined;
}
