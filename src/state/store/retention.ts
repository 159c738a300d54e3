/**
 * Keeps the state file within an age and a size, in chunks, so that an override never waits long for it. The oldest
 * transitions, audit entries and texts of generations go first; overrides, states of targets and the last generation
 * always stay.
 */
import { statSync } from "node:fs";
import { LOCK_WAIT, type Connection } from "./connection.ts";
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

const HISTORY = ["transitions", "audit"] as const;
type History = (typeof HISTORY)[number];

/** Rows that one chunk deletes, and pages that it gives back: some 10 ms each. */
const ROWS = 1000;
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
  let shrinking = false;
  /** Whether a program kept the log from being emptied the last time. */
  let isRead = false;

  const logSize = (): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const occupied = (): number => pragma("page_count") * pageSize + logSize();
  const used = (): number => (pragma("page_count") - pragma("freelist_count")) * pageSize;

  const deleteBelow = (table: History, id: number): number =>
    connection.run(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id < ? ORDER BY id LIMIT ?)`,
      id,
      ROWS,
    );

  const dropOld = (cutoff: number): boolean =>
    connection.transact(() => {
      const lowest = lowestIdAt(Math.max(0, cutoff));
      const entries = HISTORY.reduce((sum, table) => sum + deleteBelow(table, lowest), 0);
      const generations = connection.run(
        `DELETE FROM generations WHERE number IN (
           SELECT number FROM generations WHERE at < ? AND number < (SELECT max(number) FROM generations) LIMIT ?)`,
        cutoff,
        ROWS,
      );
      if (generations > 0) connection.run("DELETE FROM texts WHERE hash NOT IN (SELECT hash FROM generations)");
      return entries + generations > 0;
    });

  /** Deletes a chunk of what is oldest; false where only what always stays is left. */
  const dropOldest = (): boolean =>
    connection.transact(() => {
      const text = connection.get(`
        SELECT hash, max(at) AS at FROM generations
        WHERE hash IN (SELECT hash FROM texts)
          AND hash <> (SELECT hash FROM generations ORDER BY number DESC LIMIT 1)
        GROUP BY hash ORDER BY max(at) LIMIT 1`);
      const olderThanText = text === undefined ? Number.MAX_SAFE_INTEGER : lowestIdAt(Number(text["at"]));
      const end = Math.min(olderThanText, ...HISTORY.map(endOfChunk));
      if (HISTORY.reduce((sum, table) => sum + deleteBelow(table, end), 0) > 0) return true;
      return text !== undefined && connection.run("DELETE FROM texts WHERE hash = ?", text["hash"] as string) > 0;
    });

  /** The id below which a table has one chunk, or all that it has. */
  const endOfChunk = (table: History): number => {
    const id = connection.value(`SELECT id FROM ${table} ORDER BY id LIMIT 1 OFFSET ?`, ROWS);
    const last = id ?? connection.value(`SELECT max(id) + 1 FROM ${table}`);
    return last === null ? Number.MAX_SAFE_INTEGER : Number(last);
  };

  /** Empties the write-ahead log into the file, unless a program reads what it had before. */
  const emptyLog = (): void => {
    // Whoever reads is not waited for: an override would wait too.
    connection.exec("PRAGMA busy_timeout = 0");
    isRead = connection.value("PRAGMA wal_checkpoint(TRUNCATE)") !== 0;
    connection.exec(`PRAGMA busy_timeout = ${LOCK_WAIT}`);
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
      shrinking ||= occupied() > size;
      if (!shrinking) return giveBack(SPARE_PAGES);
      if (used() > size * ROOM && dropOldest()) return true;
      if (giveBack(0)) return true;
      shrinking = false;
      if (occupied() > size) emptyLog();
      return false;
    },
    oversize() {
      if (occupied() <= size * FAR_ABOVE) return undefined;
      if (isRead) return "a program goes on reading it: end that";
      return shrinking ? "old history goes first" : "what must be kept is too much for it: raise it";
    },
  };
}
