/** What is written to the state file: one module line for each kind, within the transaction of whoever calls. */
import type { Override } from "../override.ts";
import type { Connection } from "./connection.ts";
import { createEntryIds } from "./entry-ids.ts";
import { partsOf, readOverrides } from "./reads.ts";
import type { GenerationRecord, NewAuditRecord, NoticeChange, TargetRecord, TransitionRecord } from "./records.ts";

export type Write =
  | { readonly kind: "set-override"; readonly override: Override }
  | { readonly kind: "clear-overrides"; readonly ids: readonly number[] }
  | { readonly kind: "audit"; readonly entry: NewAuditRecord }
  | { readonly kind: "generation"; readonly generation: GenerationRecord; readonly archive: Uint8Array | undefined }
  | { readonly kind: "keep-targets"; readonly keys: readonly string[] }
  | { readonly kind: "notices"; readonly change: NoticeChange }
  | {
      readonly kind: "batch";
      readonly targets: readonly TargetRecord[];
      readonly transitions: readonly TransitionRecord[];
      /** Until when the server has lived. */
      readonly alive: number;
    };

/** What each gives. */
export interface Written {
  readonly "set-override": undefined;
  /** Those that there were. */
  readonly "clear-overrides": readonly number[];
  readonly audit: undefined;
  /** The number that it has got. */
  readonly generation: number;
  readonly "keep-targets": undefined;
  readonly notices: undefined;
  readonly batch: undefined;
}

export type Writer = (write: Write) => Written[keyof Written];

/** For one connection. Times become whole milliseconds. */
export function createWriter(connection: Connection): Writer {
  const lastId = (table: string): number | undefined =>
    (connection.value(`SELECT max(id) FROM ${table}`) as number | null) ?? undefined;
  const transitionId = createEntryIds(lastId("transitions"));
  const auditId = createEntryIds(lastId("audit"));

  const writers: { readonly [K in Write["kind"]]: (write: Extract<Write, { kind: K }>) => Written[K] } = {
    "set-override"({ override }) {
      insertOverride(connection, override);
      return undefined;
    },
    "clear-overrides": ({ ids }) =>
      ids.filter((id) => connection.value("DELETE FROM overrides WHERE id = ? RETURNING id", id) !== undefined),
    audit({ entry: { at, who, from, what, result } }) {
      connection.run(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
        auditId(at),
        Math.round(at),
        who,
        from,
        what,
        result,
      );
      return undefined;
    },
    generation({ generation: { at, hash, databases, changes, ...asked }, archive }) {
      const last = Number(connection.value("SELECT max(number) FROM generations"));
      const number = Math.max(asked.number, last + 1);
      connection.run(
        "INSERT INTO generations VALUES (?, ?, ?, ?, ?)",
        number,
        Math.round(at),
        hash,
        JSON.stringify(databases),
        changes === undefined ? null : JSON.stringify(changes),
      );
      // A copy: it may lie in shared memory.
      if (archive !== undefined) {
        connection.run("INSERT OR IGNORE INTO texts VALUES (?, ?)", hash, new Uint8Array(archive));
      }
      return number;
    },
    "keep-targets"({ keys }) {
      const wanted = new Set(keys);
      for (const row of connection.all("SELECT key FROM targets")) {
        const key = row["key"] as string;
        if (!wanted.has(key)) connection.run("DELETE FROM targets WHERE key = ?", key);
      }
      return undefined;
    },
    notices({ change }) {
      changeNotices(connection, change);
      return undefined;
    },
    batch({ targets, transitions, alive }) {
      for (const target of targets) putTarget(connection, target);
      for (const { at, subject, from, to, reason } of transitions) {
        const { profile, endpoint } = partsOf(subject);
        connection.run(
          "INSERT INTO transitions VALUES (?, ?, ?, ?, ?, ?, ?)",
          transitionId(at),
          Math.round(at),
          profile,
          endpoint ?? null,
          from,
          to,
          reason ?? null,
        );
      }
      connection.run("INSERT OR REPLACE INTO life VALUES (1, ?)", Math.round(alive));
      return undefined;
    },
  };
  return (write) => (writers[write.kind] as (of: Write) => Written[keyof Written])(write);
}

function putTarget(connection: Connection, target: TargetRecord): void {
  const { key, status, since, failures, successes, lastFailure, recovered, window, returned, flaps } = target;
  connection.run(
    "INSERT OR REPLACE INTO targets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    key,
    status,
    Math.round(since),
    failures,
    successes,
    lastFailure ?? null,
    recovered === undefined ? null : Math.round(recovered),
    window,
    Number(returned),
    flaps,
  );
}

/** Makes the overrides of the file these, where they are not. */
export function putOverrides(connection: Connection, overrides: readonly Override[]): void {
  if (JSON.stringify(readOverrides(connection)) === JSON.stringify(overrides)) return;
  connection.transact(() => {
    connection.exec("DELETE FROM overrides");
    for (const override of overrides) insertOverride(connection, override);
  });
}

function changeNotices(connection: Connection, { only, reset = [], add, remove, told }: NoticeChange): void {
  for (const table of ["notice_messages", "notice_told"]) {
    if (only !== undefined) {
      const marks = only.map(() => "?").join();
      connection.run(`DELETE FROM ${table} WHERE notice NOT IN (${marks})`, ...only);
    }
    for (const notice of reset) connection.run(`DELETE FROM ${table} WHERE notice = ?`, notice);
  }
  for (const { id, notice, text } of add) {
    connection.run(
      `INSERT OR IGNORE INTO notice_messages
       SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM notice_messages`,
      id,
      notice,
      text,
    );
  }
  for (const id of remove) connection.run("DELETE FROM notice_messages WHERE id = ?", id);
  for (const { notice, subject, text } of told) {
    if (text === undefined) connection.run("DELETE FROM notice_told WHERE notice = ? AND subject = ?", notice, subject);
    else connection.run("INSERT OR REPLACE INTO notice_told VALUES (?, ?, ?)", notice, subject, text);
  }
}

function insertOverride(connection: Connection, override: Override): void {
  const { id, pattern, action, since, until, over, reason, author } = override;
  connection.run(
    "INSERT OR REPLACE INTO overrides VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    id,
    pattern,
    action,
    Math.round(since),
    until === undefined ? null : Math.round(until),
    Math.round(over),
    reason ?? null,
    author,
  );
}
