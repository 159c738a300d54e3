/** What monitors and loads have from files and the environment: authorities, certificates, keys and credentials. */
import type { Report } from "./diagnostic.ts";
import type { MonitorFiles } from "./protocols/protocol.ts";
import type { Config, EndpointConfig } from "./schema/config.ts";
import { PATH_WANTED, type ReadFile } from "./source-file.ts";

const PEM_KEYS = ["ca", "clientCertificate", "clientKey"] as const;

export interface MonitorFilesDeps {
  readonly readFile: ReadFile;
  readonly variable: (name: string) => string | undefined;
  readonly refuse: Report;
}

/** Reads all of them; those that cannot be read are refused. */
export function readMonitorFiles(
  { monitors, sites, endpoints: shared, profiles }: Config,
  { readFile, variable, refuse }: MonitorFilesDeps,
): MonitorFiles {
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
  const ofLoads = new Set<string>();
  const readForLoad = ({ load }: Pick<EndpointConfig, "load">, path: readonly string[]): void => {
    if (load === undefined || load.from === "push") return;
    const { file, variable: name } = load.from.authorization ?? {};
    const at = [...path, "load", "from", "authorization"];
    // Endpoints that use one have its file, which is told of there.
    if (file !== undefined && !ofLoads.has(file)) {
      ofLoads.add(file);
      read(file, [...at, "file"]);
    }
    if (name === undefined || variable(name) !== undefined) return;
    const what = "an environment variable that is not set";
    refuse({ code: "bad-text", path: [...at, "variable"], what, wanted: "one of the environment of geosteer" });
  };
  for (const [name, site] of Object.entries(sites)) readForLoad(site, ["sites", name]);
  for (const [name, endpoint] of Object.entries(shared)) readForLoad(endpoint, ["endpoints", name]);
  for (const [profile, { endpoints }] of Object.entries(profiles)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      readForLoad(endpoint, ["profiles", profile, "endpoints", name]);
    }
  }
  return { textOf: (file) => texts.get(file) ?? "", variable };
}
