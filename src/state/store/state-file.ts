/**
 * The state file as long as a server lives, whatever becomes of it meanwhile: full, not writable, another's, damaged,
 * gone. Writes are given in groups; each group is one commit. Knows the overrides that were acknowledged, and puts them
 * into whatever file follows.
 */
import { statSync } from "node:fs";
import type { Clock } from "../../shared/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Override } from "../override.ts";
import type { Connection } from "./connection.ts";
import { lockOwner, takeLock, type LockFile } from "./lock-file.ts";
import { judgeFile } from "./judge-file.ts";
import { openForReading, openForWriting, resolveFile, type OpenDeps } from "./open-file.ts";
import { readKept, readOverrides } from "./reads.ts";
import type { Kept } from "./records.ts";
import { createRetention, type Retention, type RetentionLimits } from "./retention.ts";
import { isDamage, troubleCodeOf, troubleWith, type Trouble } from "./trouble.ts";
import { createWriter, putOverrides, type Write, type Writer, type Written } from "./writes.ts";

export interface StateFile {
  /** Tries to open it, for reading if not for writing. Returns what is kept in it. */
  open(): Kept;
  /** Tries again where it cannot be written. Returns what is kept where that is news: it can be written, or overrides changed. */
  retry(): Kept | undefined;
  /** One commit: what each write gives once it is durable, or why none of them is. */
  commit(writes: readonly Write[]): readonly Result<Written[Write["kind"]], Trouble>[];
  read<T>(query: (connection: Connection) => T): Result<T, Trouble>;
  /** One chunk of retention; false: nothing is left to do. */
  tidy(): boolean;
  trouble(): Trouble | undefined;
  durable(): boolean;
  /** Transitions that were not kept since there is no room for them. */
  dropped(): number;
  close(): void;
}

export interface StateFileOptions extends RetentionLimits {
  /** Absolute. */
  readonly file: string;
}

export interface StateFileDeps extends Pick<OpenDeps, "log"> {
  readonly clock: Clock;
  /** Is told when another file is written than before, with what is kept in it. */
  readonly onReplaced: (kept: Kept) => void;
}

interface Writable {
  readonly connection: Connection;
  readonly write: Writer;
  readonly retention: Retention;
  readonly identity: string;
  /** Of its write-ahead log, which is there from the first commit on. */
  logIdentity: string | undefined;
}

const NOTHING: Kept = { overrides: [], targets: [], alive: undefined, generation: undefined };

export function createStateFile(options: StateFileOptions, { clock, log, onReplaced }: StateFileDeps): StateFile {
  const deps: OpenDeps = { now: clock, log };
  let file = options.file;
  let lock: LockFile | undefined;
  let writable: Writable | undefined;
  /** Where it cannot be written: what can be read of it. */
  let readable: Connection | undefined;
  let trouble: Trouble | undefined;
  /** The overrides that are acknowledged, once it could be written. */
  let acknowledged: Map<number, Override> | undefined;
  let oversize: string | undefined;
  let dropped = 0;

  /** Opens for writing; returns why it cannot. */
  const openWritable = (suspect: boolean): Trouble | undefined => {
    const resolved = resolveFile(options.file);
    if (!resolved.ok) return resolved.error;
    file = resolved.value;
    const locked = lockIt();
    if (locked !== undefined) return locked;
    const opened = openForWriting(file, suspect, deps);
    if (!opened.ok) return opened.error;
    const connection = opened.value;
    if (acknowledged !== undefined) putOverrides(connection, [...acknowledged.values()]);
    acknowledged = new Map(readOverrides(connection).map((override) => [override.id, override]));
    writable = {
      connection,
      write: createWriter(connection),
      retention: createRetention(connection, file, options),
      identity: identityOf(file)!,
      logIdentity: undefined,
    };
    return undefined;
  };

  const lockIt = (): Trouble | undefined => {
    if (lock !== undefined) return undefined;
    try {
      // No lock is laid beside what is not geosteer's.
      const judged = judgeFile(file);
      if (judged.kind === "foreign") return troubleWith(file, "foreign", `it is ${judged.what}`);
      lock = takeLock(file);
      return undefined;
    } catch (cause) {
      const code = troubleCodeOf(cause) ?? "cannot-open";
      const owner = code === "locked" ? lockOwner(file) : undefined;
      const detail = owner === undefined ? (cause as Error).message : `geosteer, process ${owner}`;
      return troubleWith(file, code, code === "locked" && owner === undefined ? "another geosteer" : detail);
    }
  };

  /** Opens what can be opened, in place of what was. */
  const open = (suspect = false): Kept => {
    closeConnections();
    try {
      trouble = openWritable(suspect);
    } catch (cause) {
      closeConnections();
      trouble = troubleFrom(cause);
    }
    if (writable === undefined) readable = openForReading(file);
    try {
      const connection = writable?.connection ?? readable;
      return connection === undefined ? NOTHING : readKept(connection);
    } catch {
      return NOTHING;
    }
  };

  const closeConnections = (): void => {
    try {
      writable?.connection.close();
      readable?.close();
    } catch (cause) {
      log("warn", { file, reason: (cause as Error).message }, "the state file could not be closed well");
    }
    writable = undefined;
    readable = undefined;
  };

  const replace = (suspect: boolean): void => {
    const kept = open(suspect);
    if (writable !== undefined) onReplaced(kept);
  };

  const troubleFrom = (cause: unknown): Trouble => {
    const code = troubleCodeOf(cause);
    if (code === undefined) throw cause;
    return troubleWith(file, code, (cause as Error).message);
  };

  /** Undefined: the file is not the one at its path any more. */
  const commitTo = (to: Writable, writes: readonly Write[]): Written[Write["kind"]][] | undefined => {
    const values = to.connection.transact(() => writes.map((write) => to.write(write)));
    to.logIdentity ??= identityOf(`${file}-wal`);
    const isThere = identityOf(file) === to.identity && identityOf(`${file}-wal`) === to.logIdentity;
    return isThere ? values : undefined;
  };

  const acknowledge = (writes: readonly Write[]): void => {
    for (const write of writes) {
      if (write.kind === "set-override") acknowledged!.set(write.override.id, write.override);
      if (write.kind === "clear-overrides") for (const id of write.ids) acknowledged!.delete(id);
    }
  };

  /** History that there is no room for is left out. */
  const within = (writes: readonly Write[]): readonly Write[] => {
    if (oversize === undefined) return writes;
    return writes.map((write) => {
      if (write.kind !== "batch") return write;
      dropped += write.transitions.length;
      return { ...write, transitions: [] };
    });
  };

  const commit: StateFile["commit"] = (asked) => {
    const writes = within(asked);
    // What is damaged or gone is replaced once.
    for (let tries = 0; tries < 2; tries++) {
      if (writable === undefined) break;
      try {
        const values = commitTo(writable, writes);
        if (values !== undefined) {
          acknowledge(writes);
          trouble = oversize === undefined ? undefined : troubleWith(file, "oversize", oversize);
          return values.map(ok);
        }
        log("error", { file }, "the state file was moved or deleted while it was in use; a new one is begun");
        replace(false);
      } catch (cause) {
        const code = troubleCodeOf(cause);
        if (code === undefined) return alone(asked, cause);
        if (code === "damaged") replace(true);
        else {
          trouble = troubleWith(file, code, (cause as Error).message);
          // These two pass by themselves, and leave what is open as it is.
          if (code !== "disk-full" && code !== "locked") closeConnections();
          return asked.map(() => err(trouble!));
        }
      }
    }
    trouble ??= troubleWith(file, "damaged");
    return asked.map(() => err(trouble!));
  };

  /** A write that breaks by itself takes no other with it. */
  const alone = (writes: readonly Write[], cause: unknown): ReturnType<StateFile["commit"]> => {
    if (writes.length > 1) return writes.flatMap((write) => commit([write]));
    log("error", { stack: (cause as Error).stack }, "a fault of geosteer: something could not be kept");
    return [err(troubleWith(file, "io-error", (cause as Error).message))];
  };

  /** The overrides that were last told of. */
  let told = "";

  return {
    open() {
      const kept = open();
      told = JSON.stringify(kept.overrides);
      return kept;
    },
    retry() {
      if (writable !== undefined) return undefined;
      const kept = open();
      if (readable !== undefined && acknowledged !== undefined) return undefined;
      const overrides = JSON.stringify(kept.overrides);
      const isNews = writable !== undefined || (readable !== undefined && overrides !== told);
      if (isNews) told = overrides;
      return isNews ? kept : undefined;
    },
    commit,
    read(query) {
      const connection = writable?.connection ?? readable;
      if (connection === undefined) return err(trouble ?? troubleWith(file, "cannot-open"));
      try {
        return ok(query(connection));
      } catch (cause) {
        const found = troubleFrom(cause);
        if (isDamage(cause) && writable !== undefined) replace(true);
        return err(found);
      }
    },
    tidy() {
      if (writable === undefined) return false;
      const { retention } = writable;
      try {
        const more = retention.tidy(clock());
        oversize = retention.oversize();
        if (trouble === undefined || trouble.code === "oversize") {
          trouble = oversize === undefined ? undefined : troubleWith(file, "oversize", oversize);
        }
        return more;
      } catch (cause) {
        if (isDamage(cause)) replace(true);
        else trouble = troubleFrom(cause);
      }
      return false;
    },
    trouble: () => trouble,
    durable: () => writable !== undefined && (trouble === undefined || trouble.code === "oversize"),
    dropped: () => dropped,
    close() {
      closeConnections();
      lock?.release();
      lock = undefined;
    },
  };
}

/** Undefined: there is none. */
function identityOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
}
