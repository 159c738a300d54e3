/**
 * The configuration that was served last, out of the state file: for a start with a configuration that is broken. Where the
 * state file lies is still read from that one, as far as it can be.
 */
import { open } from "node:fs/promises";
import { readControlKeys } from "../config/control-keys.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { ArchivedGeneration } from "../state/store/records.ts";
import { stateFilePath } from "./control-path.ts";
import { createKeeping } from "./keeping.ts";

export interface Place {
  /** Absolute. */
  readonly configFile: string;
  /** `$STATE_DIRECTORY`. */
  readonly stateDirectory: string | undefined;
}

/** Octets in which the key is looked for. */
const MOST_READ = 2 ** 20;

/** As large and as old as it is: nothing is dropped by looking. */
const AS_IT_IS = { keep: Number.MAX_SAFE_INTEGER, size: 2 ** 40, maxAge: 0 };

export async function findLastGood(
  place: Place,
  deps: { readonly logger: Logger; readonly clock: Clock },
): Promise<Result<ArchivedGeneration & { readonly archive: Uint8Array }, string>> {
  const { stateFile } = readControlKeys(await startOf(place.configFile));
  const file = stateFilePath({ ...place, stateFile });
  if (file === undefined) return err("state.file is off: no configuration is kept");
  const keeping = createKeeping({ file, ...AS_IT_IS }, { ...deps, onState() {}, onKept() {} });
  await keeping.open();
  const found = await keeping.lastGood();
  await keeping.stop();
  if (!found.ok) return err(found.error);
  if (found.value?.archive === undefined) return err(`${file} keeps no configuration: none was served with it yet`);
  return ok({ ...found.value, archive: found.value.archive });
}

/** Nothing of a file that cannot be read: its keys have their defaults then. */
async function startOf(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_READ), 0, MOST_READ, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}
