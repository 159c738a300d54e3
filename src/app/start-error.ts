/** Why geosteer does not start, or does not take a new configuration: codes for scripts, lines for people. */
import type { Diagnostic } from "../config/diagnostic.ts";
import type { DatabaseErrorCode } from "../geo/open-database.ts";
import type { ListenErrorCode } from "../shared/listen-error.ts";

export type StartErrorCode = "config-unreadable" | "config-invalid" | DatabaseErrorCode | ListenErrorCode;

export interface StartError {
  readonly code: StartErrorCode;
  /** One problem each, with its place and remedy. */
  readonly lines: readonly string[];
  /** Of `config-invalid`: the same as the lines. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What each code means: README's table of start errors. */
export const START_ERRORS: Readonly<Record<StartErrorCode, string>> = {
  "config-unreadable": "the configuration file cannot be read",
  "config-invalid": "the configuration has problems; each is printed with its place",
  "geoip-unreadable": "a GeoIP database is missing or may not be read",
  "geoip-damaged": "a GeoIP database is cut short or inconsistent",
  "geoip-foreign": "a file is no GeoIP database in MaxMind DB format",
  "port-in-use": "another server has the address and port",
  "port-privileged": "the user may not bind a port below 1024",
  "address-not-available": "the machine does not have the address",
  "listen-failed": "the system refused the socket for another reason",
};
