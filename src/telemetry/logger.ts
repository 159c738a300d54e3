/**
 * The `Logger` port on pino: one JSON line per entry on standard output, or readable lines for a person at a terminal.
 * An `Error` goes under the field `err`; pino then writes its type, message and stack.
 *
 * An entry is written before the call returns, or waits for a reader that is slow (`log-queue.ts`): no caller is held
 * up, and nothing is lost when the process exits at once.
 */
import { writeSync } from "node:fs";
import { type DestinationStream, pino, stdTimeFunctions } from "pino";
import { prettyFactory } from "pino-pretty";
import type { Logger, LogLevel } from "../shared/ports.ts";
import { createLogQueue, type LogQueue } from "./log-queue.ts";
import { openStandardOutput } from "./standard-output.ts";

export interface LevelledLogger extends Logger {
  /** Sets the least severe level that is written from now on; `info` before. */
  setLevel(level: LogLevel): void;
  /** Lines that standard output did not take and that had no room to wait, since the start. */
  dropped(): number;
}

export interface LoggerOptions {
  /** Whether lines are for people, coloured where standard output is a terminal and NO_COLOR is not set. */
  readonly pretty: boolean;
  /** Takes whole lines, all of them; standard output where none is given. */
  readonly destination?: DestinationStream;
}

export function createLogger({ pretty, destination }: LoggerOptions): LevelledLogger {
  const output = destination === undefined ? standardOutput(onGap) : undefined;
  const stream = destination ?? output!;
  const logger = pino(
    {
      level: "info",
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pretty ? prettyDestination(stream) : stream,
  );
  // An error, so that no level hides it.
  function onGap(lines: number): void {
    logger.error({ lines }, "log lines were dropped: what reads the log did not keep up");
  }
  return Object.assign(logger, {
    setLevel(level: LogLevel) {
      logger.level = level;
    },
    dropped: () => output?.dropped() ?? 0,
  });
}

function standardOutput(onGap: (lines: number) => void): LogQueue {
  const descriptor = openStandardOutput();
  const turnstile = new Int32Array(new SharedArrayBuffer(4));
  const queue = createLogQueue({
    writeSome: (octets) => writeSync(descriptor, octets),
    onGap,
    pause: (milliseconds) => void Atomics.wait(turnstile, 0, 0, milliseconds),
  });
  process.on("exit", () => queue.end());
  return queue;
}

/** pino-pretty's own stream passes lines through buffers that an exit would lose; its formatter does not. */
function prettyDestination(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ ignore: "pid,hostname", singleLine: true, translateTime: "SYS:HH:MM:ss" });
  return { write: (line) => destination.write(format(line)) };
}
