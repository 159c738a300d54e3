/**
 * The `Logger` port on pino: one JSON line per entry on standard output, or readable lines for a person at a terminal.
 * An `Error` goes under the field `err`; pino then writes its type, message and stack.
 *
 * Every entry is written before the call returns: nothing is lost when the process exits at once, and there is nothing
 * to flush. In return a reader that stops reading stops the caller, so workers that answer queries never log.
 */
import { type DestinationStream, destination as fileDestination, pino, stdTimeFunctions } from "pino";
import { prettyFactory } from "pino-pretty";
import type { Logger, LogLevel } from "../shared/ports.ts";

export interface LevelledLogger extends Logger {
  /** Sets the least severe level that is written from now on; `info` before. */
  setLevel(level: LogLevel): void;
}

export interface LoggerOptions {
  /** Whether lines are for people, coloured where standard output is a terminal and NO_COLOR is not set. */
  readonly pretty: boolean;
  /** Takes whole lines; standard output where none is given. */
  readonly destination?: DestinationStream;
}

export function createLogger({ pretty, destination = standardOutput() }: LoggerOptions): LevelledLogger {
  const logger = pino(
    {
      level: "info",
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pretty ? prettyDestination(destination) : destination,
  );
  return Object.assign(logger, {
    setLevel(level: LogLevel) {
      logger.level = level;
    },
  });
}

const STANDARD_OUTPUT = 1;

function standardOutput(): DestinationStream {
  const stream = fileDestination({ dest: STANDARD_OUTPUT, sync: true, maxLength: MAX_UNWRITTEN });
  // A full disk behind a redirected standard output must not end a server: the entry is written with a later one.
  stream.on("error", () => {});
  return stream;
}

/** Octets of entries that wait for a standard output that refuses them; what comes on top is dropped. */
const MAX_UNWRITTEN = 1024 * 1024;

/** pino-pretty's own stream passes lines through buffers that an exit would lose; its formatter does not. */
function prettyDestination(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ ignore: "pid,hostname", singleLine: true, translateTime: "SYS:HH:MM:ss" });
  return { write: (line) => destination.write(format(line)) };
}
