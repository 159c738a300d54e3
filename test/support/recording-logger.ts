/** A logger that keeps its lines, for tests to read. */
import type { LogFields, Logger } from "../../src/shared/ports.ts";

export type LoggedLine = LogFields & { readonly level: string; readonly message: string };

export function recordingLogger(): { readonly logger: Logger; readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at = (level: string) => (fields: LogFields, message: string) => void lines.push({ level, message, ...fields });
  return { logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }, lines };
}
