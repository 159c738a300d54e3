/**
 * The one door to the files that a configuration is made of: regular files of bounded size, whole and of one moment.
 * Whatever stands at a path, reading it ends: nothing waits for a FIFO, a device or a writer.
 */
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import path from "node:path";
import type { FileProblem } from "../../config/source-file.ts";
import { formatSize } from "../../config/text/size.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { identityText } from "../file-identity.ts";

export interface WholeFile {
  readonly octets: Buffer;
  /** When the file was changed, in milliseconds since 1970. */
  readonly changed: number;
  /** What `stampOf` says of the file for as long as it is the same; undefined where that would not show. */
  readonly stamp: string | undefined;
}

export interface FileBounds {
  /** Octets that the file may have at most. */
  readonly most: number;
  /** The key or rule that says so, for the remedy. */
  readonly rule: string;
}

/** A file that somebody writes is read again so often. */
const ATTEMPTS = 5;
/** Milliseconds after its last change that a file counts as written to its end, and between two attempts. */
const SETTLED = 200;

export interface FileStamp {
  /** Octets. */
  readonly size: number;
  /** Which file it is and when it was changed: another one after each change, however it was made. */
  readonly stamp: string;
}

/** Undefined where there is no such file. */
export function stampOf(file: string): FileStamp | undefined {
  try {
    const stats = statSync(file, { bigint: true });
    return foreignKind(stats) === undefined ? { size: Number(stats.size), stamp: identityText(stats) } : undefined;
  } catch {
    return undefined;
  }
}

export function readWholeFile(file: string, bounds: FileBounds): Result<WholeFile, FileProblem> {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) pause(SETTLED);
      const read = attemptRead(file, bounds);
      if (read !== undefined) return read;
    }
    const wanted = "a file that is put in place whole: write it beside, then rename it";
    return err({ reason: "changed while it was read", wanted });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return err(failures.get(code ?? "") ?? { reason: message, wanted: "a file that can be read" });
  }
}

/** Undefined: it changed meanwhile. */
function attemptRead(file: string, { most, rule }: FileBounds): Result<WholeFile, FileProblem> | undefined {
  // Before it is opened: that alone has effects on some devices.
  const foreign = foreignKind(statSync(file, { bigint: true }));
  if (foreign !== undefined) return err(foreign);
  // Non-blocking: what has taken the file's place since could be a FIFO, whose writer would be waited for.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const before = fstatSync(fd, { bigint: true });
    const replaced = foreignKind(before);
    if (replaced !== undefined) return err(replaced);
    const size = Number(before.size);
    if (size > most) {
      return err({ reason: `too large: ${formatSize(size)}`, wanted: `at most ${formatSize(most)} (${rule})` });
    }
    // Whoever writes it now is not done. Nor do times tell of two changes in one tick of the kernel's clock.
    if (Date.now() - Number(before.mtimeNs / 1_000_000n) < SETTLED) pause(SETTLED);
    // In the same tick it may be changed once more after it was read.
    const stamp = Date.now() - Number(before.ctimeNs / 1_000_000n) < SETTLED ? undefined : identityText(before);
    const octets = Buffer.allocUnsafeSlow(size);
    let length = 0;
    while (length < size) {
      const count = readSync(fd, octets, length, size - length, length);
      if (count === 0) break;
      length += count;
    }
    if (length < size || !isSame(before, fstatSync(fd, { bigint: true }))) return undefined;
    return ok({ octets, changed: Number(before.mtimeNs / 1_000_000n), stamp });
  } finally {
    closeSync(fd);
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

function foreignKind(stats: BigIntStats): FileProblem | undefined {
  const kind = foreignKinds.find(([isKind]) => isKind(stats));
  return kind && { reason: `${kind[1]}, not a file`, wanted: undefined };
}

const foreignKinds: readonly (readonly [isKind: (stats: BigIntStats) => boolean, name: string])[] = [
  [(stats) => stats.isDirectory(), "a directory"],
  [(stats) => stats.isFIFO(), "a FIFO"],
  [(stats) => !stats.isFile(), "a device or socket"],
];

const failures: ReadonlyMap<string, FileProblem> = new Map([
  ["ENOENT", { reason: "no such file", wanted: undefined }],
  ["ENOTDIR", { reason: "no such file", wanted: undefined }],
  ["EACCES", { reason: "permission denied", wanted: "a file that this user may read" }],
  ["ELOOP", { reason: "symbolic links in a circle", wanted: undefined }],
]);

/** Whether the file, all links followed, lies in the folder or below it. A file that is not there lies nowhere. */
export function liesBelow(file: string, folder: string): boolean {
  try {
    const relative = path.relative(realpathSync(folder), realpathSync(file));
    return relative !== "" && relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
  } catch {
    return false;
  }
}

/** Blocks this thread, which has nothing else to do. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
