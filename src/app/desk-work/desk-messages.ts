/** What the main thread and the desk's thread say to each other. */
import type { DnsSettings } from "../../config/settings.ts";
import type { Answer, ExplainQuery } from "../../control/control.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import type { NameTable } from "../../server/names/name-table.ts";
import type { PostedSnapshot } from "../../server/threads/posted-snapshot.ts";

export type DeskJob =
  | { readonly kind: "explain"; readonly tables: DeskTables; readonly question: ExplainQuery }
  | { readonly kind: "text"; readonly archive: Uint8Array }
  | { readonly kind: "diff"; readonly from: DiffSide; readonly to: DiffSide };

/** All of it but numbers and settings lies in shared memory. */
export interface DeskTables {
  readonly generation: number;
  readonly snapshot: PostedSnapshot;
  readonly names: NameTable;
  readonly table: LeafTable;
  readonly states: SharedArrayBuffer;
  readonly dns: DnsSettings;
}

export interface DiffSide {
  readonly generation: number;
  readonly archive: Uint8Array;
}

export interface ToDesk {
  readonly id: number;
  readonly job: DeskJob;
}

export interface FromDesk {
  readonly id: number;
  readonly answer: Answer<unknown>;
}
