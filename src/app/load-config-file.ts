/** A configuration file with the files that it names, read and checked. GeoIP databases are opened elsewhere. */
import { readFileSync, statSync, type Stats } from "node:fs";
import { formatDiagnostic, type Diagnostic } from "../config/diagnostic.ts";
import { loadConfig } from "../config/load-config.ts";
import type { ZoneVersion } from "../config/serial.ts";
import type { CheckedConfig } from "../config/settings.ts";
import type { FileProblem } from "../config/source-file.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Problem, StartError } from "./start-error.ts";

interface LoadOptions {
  /** The zones as they are served now: the serials of those that change rise. */
  readonly served?: readonly ZoneVersion[];
  /** Whether the warnings are read. */
  readonly warns?: boolean;
}

export async function loadConfigFile(
  file: string,
  { served = [], warns = false }: LoadOptions = {},
): Promise<Result<CheckedConfig, StartError>> {
  const read = readTextFile(file);
  if (!read.ok) {
    const { reason, wanted } = read.error;
    const remedy = wanted === undefined ? "; give the path of a configuration file" : `, wanted ${wanted}`;
    return err([{ code: "config-unreadable", message: `${file}: ${reason}${remedy}` }]);
  }
  const { text, changed } = read.value;
  // Another server with the same file, or this one after a restart, tells the same serial.
  const serial = Math.floor(changed / 1000);
  const result = loadConfig({ file, text, serial, served, warns, readFile: readNamedFile });
  if (result.ok) return result;
  return err(result.error.map(problemOf));
}

export function problemOf(diagnostic: Diagnostic): Problem {
  return { code: diagnostic.code, message: formatDiagnostic(diagnostic), diagnostic };
}

/** Reads a file that the configuration names. Its path counts from the working directory. */
function readNamedFile(path: string): Result<string, FileProblem> {
  const read = readTextFile(path);
  return read.ok ? ok(read.value.text) : read;
}

interface TextFile {
  readonly text: string;
  /** When the file was changed, in milliseconds since 1970. */
  readonly changed: number;
}

function readTextFile(path: string): Result<TextFile, FileProblem> {
  try {
    const stats = statSync(path);
    // To read a FIFO or a device may last for ever.
    const foreign = foreignKinds.find(([isKind]) => isKind(stats));
    if (foreign !== undefined) return err({ reason: `${foreign[1]}, not a file`, wanted: undefined });
    const octets = readFileSync(path);
    const text = textOf(octets);
    return text === undefined ? err(notUtf8(octets)) : ok({ text, changed: stats.mtimeMs });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return err(failures.get(code ?? "") ?? { reason: message, wanted: "a file that can be read" });
  }
}

const foreignKinds: readonly (readonly [isKind: (stats: Stats) => boolean, name: string])[] = [
  [(stats) => stats.isDirectory(), "a directory"],
  [(stats) => stats.isFIFO(), "a FIFO"],
  [(stats) => !stats.isFile(), "a device or socket"],
];

const failures: ReadonlyMap<string, FileProblem> = new Map([
  ["ENOENT", { reason: "no such file", wanted: undefined }],
  ["ENOTDIR", { reason: "no such file", wanted: undefined }],
  ["EACCES", { reason: "permission denied", wanted: "a file that this user may read" }],
]);

/** The text without its byte order mark. Undefined where it is not UTF-8: no octet is replaced without a word. */
function textOf(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}

const NEWLINE = 0x0a;

function notUtf8(octets: Uint8Array): FileProblem {
  let line = 1;
  // No character of UTF-8 has the octet of a newline inside.
  for (let start = 0; start < octets.length; line++) {
    const newline = octets.indexOf(NEWLINE, start);
    const end = newline < 0 ? octets.length : newline;
    if (textOf(octets.subarray(start, end)) === undefined) break;
    start = end + 1;
  }
  const wanted = String.raw`UTF-8; in zone data \DDD may stand for an octet`;
  return { reason: `not UTF-8 in line ${line}`, wanted };
}
