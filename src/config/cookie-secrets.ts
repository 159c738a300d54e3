/** The secrets of `dns.cookies.secrets`, from the file that it names. */
import type { Report } from "./diagnostic.ts";
import type { Config } from "./schema/config.ts";
import { PATH_WANTED, type ReadFile } from "./source-file.ts";
import { parseCookieSecrets } from "./text/cookie-secrets.ts";

/** The secrets of the file that is configured. Undefined where there is none, or it was refused. */
export function readCookieSecrets(
  { dns }: Config,
  readFile: ReadFile,
  refuse: Report,
): readonly Uint8Array[] | undefined {
  const path = ["dns", "cookies", "secrets"];
  const file = dns.cookies.secrets;
  if (file === undefined) return undefined;
  const text = readFile(file);
  if (!text.ok) {
    const { reason, wanted = PATH_WANTED } = text.error;
    refuse({ code: "file-unreadable", path, what: `a file of secrets that cannot be read: ${reason}`, wanted });
    return undefined;
  }
  const secrets = parseCookieSecrets(text.value);
  if (secrets.ok) return secrets.value;
  const { line, ...refusal } = secrets.error;
  refuse({ ...refusal, path, file, position: { line, column: 1 } });
  return undefined;
}
