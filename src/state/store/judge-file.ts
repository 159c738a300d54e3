/**
 * What lies at the path of the state file, by its kind and its first octets; SQLite is not asked, since it would touch a
 * database of another program (https://www.sqlite.org/fileformat2.html, 1.3).
 *
 * Only for files that this process has not opened: to close a file drops all POSIX locks that the process has on it.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { lockFileOf } from "./lock-file.ts";
import { APPLICATION_ID } from "./schema.ts";

export type Judgement =
  | { readonly kind: "absent" | "ours" | "damaged" }
  /** `what`: what it is instead. */
  | { readonly kind: "foreign"; readonly what: string };

const MAGIC = "SQLite format 3\0";
const APPLICATION_ID_AT = 68;

/** Throws what the system throws where it may not be read. */
export function judgeFile(file: string): Judgement {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return { kind: "absent" };
  if (stats.isDirectory()) return { kind: "foreign", what: "a directory" };
  if (!stats.isFile()) return { kind: "foreign", what: "no file, but a device, pipe or socket" };
  if (stats.size === 0) return { kind: "absent" };
  const header = readHeader(file);
  const isDatabase = header.toString("latin1", 0, MAGIC.length) === MAGIC;
  const hasOurId = header.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID;
  if (isDatabase)
    return hasOurId ? { kind: "ours" } : { kind: "foreign", what: "an SQLite database of another program" };
  // It was ours where it says so further on, or where geosteer has locked it before.
  if (hasOurId || existsSync(lockFileOf(file))) return { kind: "damaged" };
  return { kind: "foreign", what: "no SQLite database" };
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}
