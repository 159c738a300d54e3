/** A configuration file, read and checked. */
import { readFile } from "node:fs/promises";
import { formatDiagnostic } from "../config/diagnostic.ts";
import { loadConfig } from "../config/load-config.ts";
import type { CheckedConfig } from "../config/settings.ts";
import type { Clock } from "../shared/ports.ts";
import { err, type Result } from "../shared/result.ts";
import type { StartError } from "./start-error.ts";

/** `clock` gives the SOA serial: seconds since 1970, so that it rises with each load (RFC 1982). */
export async function loadConfigFile(
  file: string,
  { clock }: { readonly clock: Clock },
): Promise<Result<CheckedConfig, StartError>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = reasons.get(code ?? "") ?? message;
    return err([{ code: "config-unreadable", message: `${file}: ${reason}` }]);
  }
  const result = loadConfig({ file, text, serial: Math.floor(clock() / 1000) });
  if (result.ok) return result;
  return err(
    result.error.map((diagnostic) => ({ code: diagnostic.code, message: formatDiagnostic(diagnostic), diagnostic })),
  );
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file; give the path of a configuration file"],
  ["EACCES", "permission denied; let this user read the file"],
  ["EISDIR", "a directory; give the path of a configuration file"],
]);
