/** A configuration file with the files that it names, read and checked. GeoIP databases are opened elsewhere. */
import { readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { formatDiagnostic } from "../config/diagnostic.ts";
import { loadConfig } from "../config/load-config.ts";
import type { ZoneVersion } from "../config/serial.ts";
import type { CheckedConfig } from "../config/settings.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { StartError } from "./start-error.ts";

interface LoadOptions {
  /** The zones as they are served now: the serials of those that change rise. */
  readonly served?: readonly ZoneVersion[];
}

export async function loadConfigFile(
  file: string,
  { served = [] }: LoadOptions = {},
): Promise<Result<CheckedConfig, StartError>> {
  let text: string;
  let serial: number;
  try {
    text = await readFile(file, "utf8");
    // Another server with the same file, or this one after a restart, tells the same serial.
    serial = Math.floor((await stat(file)).mtimeMs / 1000);
  } catch (cause) {
    const { reason, remedy } = failureOf(cause);
    return err([{ code: "config-unreadable", message: `${file}: ${reason}${remedy}` }]);
  }
  const result = loadConfig({ file, text, serial, served, readFile: readNamedFile });
  if (result.ok) return result;
  return err(
    result.error.map((diagnostic) => ({ code: diagnostic.code, message: formatDiagnostic(diagnostic), diagnostic })),
  );
}

/** The path counts from the working directory on, as those of GeoIP databases. */
function readNamedFile(path: string): Result<string, string> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch (cause) {
    return err(failureOf(cause).wanted);
  }
}

interface Failure {
  readonly reason: string;
  readonly remedy: string;
  readonly wanted: string;
}

function failureOf(cause: unknown): Failure {
  const { code, message } = cause as NodeJS.ErrnoException;
  return failures.get(code ?? "") ?? { reason: message, remedy: "", wanted: `a file that can be read: ${message}` };
}

const failures: ReadonlyMap<string, Failure> = new Map([
  [
    "ENOENT",
    { reason: "no such file", remedy: "; give the path of a configuration file", wanted: "the path of a file" },
  ],
  [
    "EACCES",
    { reason: "permission denied", remedy: "; let this user read the file", wanted: "a file that this user may read" },
  ],
  [
    "EISDIR",
    { reason: "a directory", remedy: "; give the path of a configuration file", wanted: "a file, not a directory" },
  ],
]);
