/** What a probe protocol takes from a monitor of the configuration. */
import type { Monitor, MonitorTiming, TlsRules } from "../../health/monitoring.ts";
import type { MonitorConfig } from "../schema/config.ts";

export interface Protocol<M extends Monitor> {
  /** The port where the monitor names none; undefined = it must name one. 0 = none. */
  readonly port: number | undefined;
  /** Whether a port means nothing to it. */
  readonly isPortless?: boolean;
  /** The keys that not every protocol has. */
  readonly keys: readonly (keyof MonitorConfig)[];
  readonly required: readonly (keyof MonitorConfig)[];
  /** Whether the probe is about one endpoint alone, even where another has the same host and port. */
  readonly isOwn?: (config: MonitorConfig) => boolean;
  /** The monitor of the snapshot. `config` has the required keys. */
  readonly build: (timing: MonitorTiming, config: MonitorConfig, files: MonitorFiles) => M;
}

/** What monitors have from files and the environment. */
export interface MonitorFiles {
  /** The text of a file that was read already. */
  readonly textOf: (file: string) => string;
  readonly variable: (name: string) => string | undefined;
}

export function tlsRules(config: MonitorConfig, { textOf }: MonitorFiles): TlsRules {
  const { verifyCertificate, ca, clientCertificate, clientKey, serverName, minDaysLeft } = config;
  const text = (file: string | undefined): string | undefined => (file === undefined ? undefined : textOf(file));
  return {
    verifyCertificate,
    ca: text(ca),
    clientCertificate: text(clientCertificate),
    clientKey: text(clientKey),
    serverName,
    minDaysLeft,
  };
}

/** The value of the Authorization header. */
export function authorizationOf(
  { authorization }: Pick<MonitorConfig, "authorization">,
  { textOf, variable }: MonitorFiles,
): string | undefined {
  if (authorization === undefined) return undefined;
  const { user, file, variable: name } = authorization;
  const secret = firstLine(file === undefined ? variable(name!)! : textOf(file));
  if (user === undefined) return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;
}

/** Without the spaces around it: an editor or `echo` ends a file with a line end. */
export function firstLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0]!.trim();
}
