/** What monitors have from files and the environment: authorities, certificates, keys and credentials. */
import type { Report } from "./diagnostic.ts";
import type { MonitorFiles } from "./protocols/protocol.ts";
import type { Config } from "./schema/config.ts";
import { PATH_WANTED, type ReadFile } from "./source-file.ts";

const PEM_KEYS = ["ca", "clientCertificate", "clientKey"] as const;

export interface MonitorFilesDeps {
  readonly readFile: ReadFile;
  readonly variable: (name: string) => string | undefined;
  readonly refuse: Report;
}

/** Reads all of them; those that cannot be read are refused. */
export function readMonitorFiles({ monitors }: Config, { readFile, variable, refuse }: MonitorFilesDeps): MonitorFiles {
  const texts = new Map<string, string>();
  const read = (file: string | undefined, path: readonly string[]): void => {
    if (file === undefined) return;
    const text = readFile(file);
    if (text.ok) {
      texts.set(file, text.value);
      return;
    }
    const { reason, wanted = PATH_WANTED } = text.error;
    refuse({ code: "file-unreadable", path, what: `a file of a monitor that cannot be read: ${reason}`, wanted });
  };
  for (const [name, monitor] of Object.entries(monitors)) {
    for (const key of PEM_KEYS) read(monitor[key], ["monitors", name, key]);
    const { authorization } = monitor;
    read(authorization?.file, ["monitors", name, "authorization", "file"]);
  }
  return { textOf: (file) => texts.get(file) ?? "", variable };
}
