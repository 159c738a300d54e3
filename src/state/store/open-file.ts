/**
 * Opens the state file, for writing or, where that cannot be, for reading. Makes a new one where there is none, or where
 * the one that is there is damaged or of a newer version, which is set aside.
 *
 * Commits are durable when they return: a write-ahead log that is synced at each (https://www.sqlite.org/wal.html).
 */
import { closeSync, constants, existsSync, mkdirSync, openSync, readlinkSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { LogFields, LogLevel } from "../../shared/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { connect, LOCK_WAIT, type Connection } from "./connection.ts";
import { judgeFile } from "./judge-file.ts";
import { hasSchemaOf, migrate, versionOf } from "./migrations.ts";
import { APPLICATION_ID, STEPS, VITAL } from "./schema.ts";
import { countAside, MOST_ASIDE, setAside, type Aside } from "./set-aside.ts";
import { isDamage, troubleCodeOf, troubleWith, type Trouble } from "./trouble.ts";
import { isWhole, putVital, takeVital } from "./vital.ts";

export interface OpenDeps {
  readonly now: () => number;
  readonly log: (level: LogLevel, fields: LogFields, message: string) => void;
  /** Those of `schema.ts`; tests have others. */
  readonly steps?: readonly string[];
}

/** KiB of pages that are kept in memory: each commit of history touches a page per profile. */
const CACHE = 16_384;
/** Octets that the write-ahead log is cut down to after it has been longer. */
const LOG_SIZE = 8 * 2 ** 20;
/** Octets up to which all of a file is checked when it is opened; about 3 ms per MiB. Of a larger one, vital tables are. */
const WHOLE_CHECK = 64 * 2 ** 20;

/** Where a symbolic link leads; the path itself where there is none. Makes the folder, not those above it. */
export function resolveFile(file: string): Result<string, Trouble> {
  try {
    makeFolder(path.dirname(file));
    return ok(realpathSync(file));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== "ENOENT") return err(troubleWith(file, troubleCodeOf(cause) ?? "cannot-open", message));
    const target = linkTarget(file);
    if (target === undefined && statSync(path.dirname(file), { throwIfNoEntry: false }) !== undefined) return ok(file);
    const missing =
      target === undefined
        ? `there is no folder ${path.dirname(path.dirname(file))}`
        : `it is a link to ${target}, which is not there`;
    return err(troubleWith(file, "cannot-open", missing));
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) throw cause;
  }
}

function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/**
 * The caller has the lock, and this process has not opened the file. `suspect`: damage has shown, whatever a check says.
 */
export function openForWriting(file: string, suspect: boolean, deps: OpenDeps): Result<Connection, Trouble> {
  const { now, log, steps = STEPS } = deps;
  const moveAway = (why: Aside, fields: LogFields, message: string): void => {
    log("error", { file, aside: setAside(file, why, now()), ...fields }, message);
  };

  const replaceDamaged = (): Result<Connection, Trouble> => {
    if (countAside(file, "damaged") >= MOST_ASIDE) return err(troubleWith(file, "damaged-often"));
    const vital = takeVital(file, steps.length);
    const carriedOver = Object.fromEntries(Object.entries(vital).map(([table, rows]) => [table, rows.length]));
    moveAway("damaged", { carriedOver }, "the state file is damaged and set aside; a new one is begun");
    const connection = openOurs(file, steps);
    putVital(connection, vital);
    return ok(connection);
  };

  /** Whether it can be used as it is; moves a newer one away. */
  const isUsable = (): boolean => {
    // SQLite would make files beside it that nobody may write.
    proveWritable(file);
    const connection = connect(file, { timeout: LOCK_WAIT });
    try {
      const version = versionOf(connection);
      if (version <= steps.length) {
        return hasSchemaOf(connection, steps.slice(0, version)) && isSound(file, connection, version === steps.length);
      }
      connection.close();
      const message = "the state file is of a newer version and set aside; a new one is begun";
      moveAway("newer", { version, known: steps.length }, message);
      return true;
    } finally {
      connection.close();
    }
  };

  try {
    const judged = judgeFile(file);
    if (judged.kind === "foreign") return err(troubleWith(file, "foreign", `it is ${judged.what}`));
    const isDamaged = judged.kind === "damaged" || (judged.kind === "ours" && (suspect || !isUsable()));
    return isDamaged ? replaceDamaged() : ok(openOurs(file, steps));
  } catch (cause) {
    if (!isDamage(cause)) return err(failure(cause));
  }
  try {
    return replaceDamaged();
  } catch (cause) {
    return err(failure(cause));
  }

  function failure(cause: unknown): Trouble {
    const code = troubleCodeOf(cause);
    if (code === undefined) throw cause;
    return troubleWith(file, code, (cause as Error).message);
  }
}

/** Undefined where it cannot even be read. Without the lock: another server may be writing it. */
export function openForReading(file: string): Connection | undefined {
  const immutable = pathToFileURL(file);
  immutable.searchParams.set("immutable", "1");
  // Where no server has it open there is no log, and no files are made beside it, which none could write later. Where the
  // log cannot be read, what was there before is better than nothing.
  const ways = existsSync(`${file}-wal`) ? [pathToFileURL(file), immutable] : [immutable];
  for (const url of ways) {
    let connection: Connection | undefined;
    try {
      if (judgeFile(file).kind !== "ours") return undefined;
      connection = connect(url, { timeout: LOCK_WAIT, readOnly: true });
      if (versionOf(connection) === STEPS.length) return connection;
    } catch {
      // The trouble is told by whoever wanted to write.
    }
    connection?.close();
  }
  return undefined;
}

/** Opens, makes and migrates what is no other program's. */
function openOurs(file: string, steps: readonly string[]): Connection {
  proveWritable(file);
  const connection = connect(file, { timeout: LOCK_WAIT });
  try {
    if (Number(connection.value("PRAGMA application_id")) !== APPLICATION_ID) {
      // Nothing is in it yet. The first page that is written has the id: without it the file would be another's.
      connection.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = ${APPLICATION_ID}`);
    }
    migrate(connection, steps);
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA journal_size_limit = ${LOG_SIZE};
      PRAGMA cache_size = -${CACHE};
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
    `);
    // SQLite opens what may not be written for reading, and says so at the first write.
    connection.transact(() => {});
    return connection;
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

function isSound(file: string, connection: Connection, hasAllTables: boolean): boolean {
  if (statSync(file).size <= WHOLE_CHECK) return connection.value("PRAGMA quick_check(1)") === "ok";
  return !hasAllTables || VITAL.every((table) => isWhole(connection, table));
}

/** Makes it if need be, for its owner alone; throws what the system says, which is more than SQLite does. */
function proveWritable(file: string): void {
  closeSync(openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600));
}
