/** Why geosteer does not start, take a new configuration or explain: codes for scripts, lines for people. */
import type { DiagnosticCode } from "../config/diagnostic-codes.ts";
import { formatDiagnostic, type Diagnostic } from "../config/diagnostic.ts";
import type { ListenErrorCode } from "../shared/listen-error.ts";

/** Never empty. */
export type StartError = readonly Problem[];

export interface Problem {
  readonly code: StartErrorCode | DiagnosticCode;
  /** One line: what is wrong, where, and what to do. */
  readonly message: string;
  /** The parts of `message`, where the problem is in the configuration or a file that it names. */
  readonly diagnostic?: Diagnostic;
}

export function problemOf(diagnostic: Diagnostic): Problem {
  return { code: diagnostic.code, message: formatDiagnostic(diagnostic), diagnostic };
}

export type StartErrorCode =
  | "config-unreadable"
  | "load-too-long"
  | "load-too-large"
  | "load-failed"
  | "no-last-good"
  | "unknown-name"
  | "unknown-endpoint"
  | ListenErrorCode;

/** What each code means; those of problems in the file are `diagnosticCodes`. */
export const START_ERRORS: Readonly<Record<StartErrorCode, string>> = {
  "config-unreadable": "The configuration file cannot be read.",
  "no-last-good": "With `--last-good`: no configuration is kept that could be served instead.",
  "unknown-name": "What is to be explained is no name of a profile.",
  "unknown-endpoint": "An endpoint that is to be down does not exist.",
  "load-too-long": "Loading took longer than `limits.load.time`.",
  "load-too-large": "Loading needed more memory than `limits.load.memory`, or than there was.",
  "load-failed": "The process that loads could not be started, or ended early.",
  "port-in-use": "Another server has the address and port.",
  "port-privileged": "The user may not bind a port below 1024.",
  "address-not-available": "The machine does not have the address.",
  "listen-failed": "The system refused the socket for another reason.",
};
