/** What monitors and loads have from files and the environment: authorities, certificates, keys and credentials. */
import type { Report } from "./diagnostic.ts";
import { certificateFindings } from "./monitor-certificates.ts";
import type { Path } from "./path.ts";
import { firstLine, type MonitorFiles } from "./protocols/protocol.ts";
import type { Config, EndpointConfig, MonitorConfig } from "./schema/config.ts";
import { PATH_WANTED, type ReadFile } from "./source-file.ts";

const PEM_KEYS = ["ca", "clientCertificate", "clientKey"] as const;

export interface MonitorFilesDeps {
  readonly readFile: ReadFile;
  readonly variable: (name: string) => string | undefined;
  readonly refuse: Report;
}

/** Reads all of them; those that cannot be read, or are of no use, are refused. */
export function readMonitorFiles(
  { monitors, sites, endpoints: shared, profiles }: Config,
  { readFile, variable, refuse }: MonitorFilesDeps,
): MonitorFiles {
  const texts = new Map<string, string>();
  /** The file's text; undefined = there is none, which is told. */
  const read = (file: string | undefined, path: Path): string | undefined => {
    if (file === undefined) return undefined;
    const text = readFile(file);
    if (text.ok) {
      texts.set(file, text.value);
      return text.value;
    }
    const { reason, wanted = PATH_WANTED } = text.error;
    refuse({ code: "file-unreadable", path, what: `a file of a monitor that cannot be read: ${reason}`, wanted });
    return undefined;
  };
  for (const [name, monitor] of Object.entries(monitors)) {
    const path = ["monitors", name];
    const [ca, clientCertificate, clientKey] = PEM_KEYS.map((key) => read(monitor[key], [...path, key]));
    for (const finding of certificateFindings({ ca, clientCertificate, clientKey }, path)) refuse(finding);
    checkPair(monitor, path, refuse);
    const { authorization } = monitor;
    if (authorization === undefined) continue;
    const secret = read(authorization.file, [...path, "authorization", "file"]);
    checkCredentials(authorization, { secret, variable }, { path: [...path, "authorization"], refuse });
  }
  const ofLoads = new Set<string>();
  const readForLoad = ({ load }: Pick<EndpointConfig, "load">, path: Path): void => {
    if (load === undefined || load.from === "push") return;
    const { authorization } = load.from;
    if (authorization === undefined) return;
    const at = [...path, "load", "from", "authorization"];
    // Endpoints that use one have its secret, which is told of there.
    const key = JSON.stringify(authorization);
    if (ofLoads.has(key)) return;
    ofLoads.add(key);
    const secret = read(authorization.file, [...at, "file"]);
    checkCredentials(authorization, { secret, variable }, { path: at, refuse });
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

const PAIRS = [
  ["clientCertificate", "clientKey"],
  ["clientKey", "clientCertificate"],
] as const;

function checkPair(monitor: MonitorConfig, path: Path, refuse: Report): void {
  for (const [key, other] of PAIRS) {
    if (monitor[key] === undefined || monitor[other] !== undefined) continue;
    const at = {
      path: [...path, other],
      because: [
        [...path, key],
        [...path, other],
      ],
    };
    refuse({ ...at, code: "missing-key", what: "missing key", wanted: `${other} beside ${key}` });
  }
}

interface Asked {
  readonly path: Path;
  readonly refuse: Report;
}

/** Servers take no header that is much longer. */
const MOST_OF_SECRET = 8192;

/** The values themselves are never told. */
function checkCredentials(
  { user, file, variable: name }: NonNullable<MonitorConfig["authorization"]>,
  { secret, variable }: Pick<MonitorFilesDeps, "variable"> & { readonly secret: string | undefined },
  { path, refuse }: Asked,
): void {
  const tell = (at: Path, what: string, wanted: string): void =>
    refuse({ code: "bad-credentials", path: at, what, wanted });
  if (user?.includes(":") === true)
    tell([...path, "user"], "a colon in the name of a user", "a name without one (RFC 7617)");
  if (file === undefined && name === undefined)
    return tell(path, "credentials without a secret", "one of file and variable");
  if (file !== undefined && name !== undefined) {
    return tell([...path, "variable"], "a secret both in a file and in a variable", "one of file and variable");
  }
  const value = file === undefined ? variable(name!) : secret;
  if (value === undefined) {
    if (name !== undefined) tell([...path, "variable"], "an environment variable that is not set", "one that is");
    return;
  }
  const line = firstLine(value);
  const key = file === undefined ? "variable" : "file";
  if (line.length > MOST_OF_SECRET) {
    tell([...path, key], `a secret of more than ${MOST_OF_SECRET} characters`, "the secret alone in the first line");
  } else if (line === "") tell([...path, key], "an empty secret", "the secret in the first line");
  // RFC 6750 section 2.1; the password of Basic is encoded, so it may be any text.
  else if (user === undefined && !/^[!-~]+$/.test(line)) {
    tell([...path, key], "a token that is not visible ASCII", "the token alone in the first line");
  }
}
