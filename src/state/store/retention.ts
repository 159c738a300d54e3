/**
 * Keeps the state file within an age and a size, in chunks, so that an override never waits long for it. The oldest
 * transitions, audit entries and texts of generations go first; overrides, states of targets and the last generation
 * always stay.
 */
import { statSync } from "node:fs";
import type { Connection } from "./connection.ts";
import { lowestIdAt } from "./entry-ids.ts";

export interface RetentionLimits {
  /** Milliseconds. */
  readonly keep: number;
  /** Octets, of the file and its write-ahead log. */
  readonly size: number;
}

export interface Retention {
  /** Does one chunk. False: nothing is left to do. */
  tidy(now: number): boolean;
  /** Why it is far above its size; undefined = it is not. */
  oversize(): string | undefined;
}

/** Rows that one chunk deletes, and pages that it gives back: some 10 ms each. */
const ROWS = 500;
const PAGES = 256;
/** Free pages that are left for what comes next. */
const SPARE_PAGES = 256;
/** What it shrinks to once it is above its size, so that not every entry makes it shrink. */
const ROOM = 0.9;
/** Times its size where history is kept no more. */
const FAR_ABOVE = 1.5;

export function createRetention(connection: Connection, file: string, { keep, size }: RetentionLimits): Retention {
  const pragma = (name: string): number => Number(connection.value(`PRAGMA ${name}`));
  const pageSize = pragma("page_size");
  let goal = size;

  const logSize = (): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const used = (): number => pragma("page_count") * pageSize + logSize();

  const dropOld = (cutoff: number): boolean => {
    const changes = connection.transact(() => {
      const lowest = lowestIdAt(Math.max(0, cutoff));
      const entries = deleteLowest("transitions", lowest) + deleteLowest("audit", lowest);
      const generations = connection.run(
        `DELETE FROM generations WHERE number IN (
           SELECT number FROM generations WHERE at < ? AND number < (SELECT max(number) FROM generations) LIMIT ?)`,
        cutoff,
        ROWS,
      );
      if (generations > 0) connection.run("DELETE FROM texts WHERE hash NOT IN (SELECT hash FROM generations)");
      return entries + generations;
    });
    return changes > 0;
  };

  const deleteLowest = (table: "transitions" | "audit", below: number): number =>
    connection.run(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id < ? ORDER BY id LIMIT ?)`,
      below,
      ROWS,
    );

  /** Deletes a chunk of what is oldest; false where only what always stays is left. */
  const dropOldest = (): boolean => {
    const oldest = connection.get(`
      SELECT kind, hash FROM (
        SELECT 'transitions' AS kind, NULL AS hash, (SELECT min(id) FROM transitions) / 1024 AS at
        UNION ALL SELECT 'audit', NULL, (SELECT min(id) FROM audit) / 1024
        UNION ALL SELECT 'texts', hash, max(at) FROM generations
          WHERE hash IN (SELECT hash FROM texts)
            AND hash <> (SELECT hash FROM generations ORDER BY number DESC LIMIT 1)
          GROUP BY hash
      ) WHERE at IS NOT NULL ORDER BY at LIMIT 1`);
    if (oldest === undefined) return false;
    if (oldest["kind"] === "texts") connection.run("DELETE FROM texts WHERE hash = ?", oldest["hash"] as string);
    else deleteLowest(oldest["kind"] as "transitions" | "audit", Number.MAX_SAFE_INTEGER);
    return true;
  };

  const giveBack = (spare: number): boolean => {
    const free = pragma("freelist_count");
    if (free <= spare) return false;
    connection.exec(`PRAGMA incremental_vacuum(${Math.min(PAGES, free - spare)})`);
    return pragma("freelist_count") < free;
  };

  return {
    tidy(now) {
      if (dropOld(now - keep)) return true;
      if (used() <= goal) {
        goal = size;
        return giveBack(SPARE_PAGES);
      }
      goal = size * ROOM;
      if (giveBack(0)) return true;
      connection.get("PRAGMA wal_checkpoint(TRUNCATE)");
      return used() > goal && dropOldest();
    },
    oversize() {
      if (used() <= size * FAR_ABOVE) return undefined;
      const cause =
        logSize() > size / 2
          ? "a program goes on reading it: end that"
          : "what must be kept is too much for it: raise it";
      return cause;
    },
  };
}
