/**
 * One server per state file: a lock that its process holds for its life, and that the system lets go with it, also
 * after SIGKILL. It is SQLite's lock of an empty file beside the state file, since Node has none of its own. The state
 * file itself stays open to others who read: `sqlite3 -readonly`, `.backup`.
 */
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { connect, LOCK_WAIT } from "./connection.ts";

export interface LockFile {
  release(): void;
}

/** `state.db` → `state.db-lock`; the file stays when the lock goes, and says that the state file is geosteer's. */
export function lockFileOf(file: string): string {
  return `${file}-lock`;
}

/** Throws what SQLite throws: busy where another server has it. */
export function takeLock(file: string): LockFile {
  const path = lockFileOf(file);
  // For its owner alone: who may open it could lock it. One that is there is not opened, since to close it would let go
  // what this process may have.
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
  // A server that is just ending is waited for.
  const connection = connect(path, { timeout: LOCK_WAIT });
  try {
    // Without a journal file there is nothing but the lock.
    connection.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    connection.close();
    throw cause;
  }
  return { release: () => connection.close() };
}

/** The process that has the lock; undefined where the system does not tell. Linux only: proc_locks(5). */
export function lockOwner(file: string): number | undefined {
  try {
    const { ino } = statSync(lockFileOf(file));
    const line = readFileSync("/proc/locks", "utf8")
      .split("\n")
      .find((held) => held.includes(" WRITE ") && held.includes(`:${ino} `));
    const pid = Number(line?.match(/ WRITE (\d+) /)?.[1]);
    // Of another PID namespace it is 0.
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
