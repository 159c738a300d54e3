/** What the main thread and the store's thread send each other. */
import type { LogFields, LogLevel } from "../../shared/ports.ts";
import type { Result } from "../../shared/result.ts";
import type { Kept, PageQuery, TransitionQuery } from "./records.ts";
import type { Trouble } from "./trouble.ts";
import type { Write } from "./writes.ts";

export interface StoreSetup {
  readonly file: string;
  readonly keep: number;
  readonly size: number;
  /** Milliseconds between two tries of a file that cannot be written. */
  readonly retry: number;
}

export type Reading =
  /** `Kept`. */
  | { readonly kind: "kept" }
  | { readonly kind: "transitions"; readonly query: TransitionQuery }
  | { readonly kind: "generations"; readonly query: PageQuery }
  | { readonly kind: "audit"; readonly query: PageQuery }
  /** `NoticeRows`. */
  | { readonly kind: "notices" }
  /** The last one where no number is given. */
  | { readonly kind: "generation"; readonly number: number | undefined };

/** What is asked of the thread, and answered once. */
export type Asked =
  /** `Kept`; whatever is wrong with the file is reported. */
  | { readonly kind: "open" }
  | { readonly kind: "write"; readonly write: Write }
  | { readonly kind: "read"; readonly reading: Reading };

export type ToStore =
  | { readonly kind: "ask"; readonly id: number; readonly asked: Asked }
  /** Once all before is done. The thread ends. */
  | { readonly kind: "stop" };

export interface StoreReport {
  readonly durable: boolean;
  readonly trouble: Trouble | undefined;
  /** Transitions that the thread has left out, since it began. */
  readonly dropped: number;
}

export type FromStore =
  | { readonly kind: "answer"; readonly id: number; readonly result: Result<unknown, Trouble> }
  | { readonly kind: "report"; readonly report: StoreReport }
  /** A file has come into use, or its overrides are others than was told. */
  | { readonly kind: "kept"; readonly kept: Kept }
  | { readonly kind: "log"; readonly level: LogLevel; readonly fields: LogFields; readonly message: string };
