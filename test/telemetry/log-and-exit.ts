/**
 * A process that logs and exits: `log-and-exit.ts json|pretty LINES [LINGER]`, LINGER being the milliseconds between its
 * last line and its end. Standard error then has what it saw, as JSON: `Seen`.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createLogger } from "../../src/telemetry/logger.ts";

export interface Seen {
  /** Milliseconds that the longest call of the logger took. */
  readonly longest: number;
  readonly dropped: number;
  /** Files that were read while the log waited: more than Node's pool has threads. */
  readonly filesRead: number;
  /** Whether standard output has become non-blocking for all who hold it. */
  readonly nonBlocking: boolean;
}

const [, , format, lines, linger = "0"] = process.argv;
const O_NONBLOCK = 0o4000;

const logger = createLogger({ pretty: format === "pretty" });
let longest = 0;
for (let line = 0; line < Number(lines); line++) {
  const before = performance.now();
  logger.info({ line }, "one of many lines");
  longest = Math.max(longest, performance.now() - before);
}
if (Number(linger) > 0) {
  const read = await Promise.all(Array.from({ length: 20 }, () => readFile(import.meta.filename)));
  setTimeout(() => {
    const [, flags = ""] = /^flags:\s+(\d+)$/m.exec(readFileSync("/proc/self/fdinfo/1", "utf8")) ?? [];
    const nonBlocking = (Number.parseInt(flags, 8) & O_NONBLOCK) !== 0;
    const seen: Seen = { longest, dropped: logger.dropped(), filesRead: read.length, nonBlocking };
    process.stderr.write(JSON.stringify(seen));
    process.exit(0);
  }, Number(linger));
} else process.exit(0);
