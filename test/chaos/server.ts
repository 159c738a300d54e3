/**
 * `geosteer serve` as a process of its own, as an operator has it: signals go in, and out come log lines, metrics and an
 * exit code.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { endWithUs } from "./end-with-us.ts";
import { createLogLines, type LogEntry } from "./log-lines.ts";
import { scrape, type Scrape } from "./scrape.ts";

export interface ServerOptions {
  readonly file: string;
  /** Port of the admin server, which the configuration has too. */
  readonly http: number;
  /** The command that runs what follows it; none by default. */
  readonly through?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A descriptor that takes the log in place of this process. */
  readonly log?: number;
}

export interface Server {
  readonly pid: number;
  /** Where the log is now, for `entries` and `told`. */
  mark(): number;
  entries(from?: number): readonly LogEntry[];
  /** All that it has written: the log and standard error. */
  text(): string;
  stderr(): string;
  /** Lines of the log that are no JSON. */
  damagedLines(): number;
  signal(name: NodeJS.Signals): void;
  /** The first entry behind the mark that is meant; undefined when there is none within the limit, or it has ended. */
  told(from: number, isMeant: (entry: LogEntry) => boolean, limit: number): Promise<LogEntry | undefined>;
  /** Undefined where none is to be had. Each one adds to `longestDelay`. */
  metrics(): Promise<Scrape | undefined>;
  /** Milliseconds that the main thread was held up at most, as scrapes told. */
  longestDelay(): number;
  /** The next scrape does not count for `longestDelay`: what held it up is our doing. */
  forgiveDelay(): void;
  pauseLog(): void;
  resumeLog(): void;
  /** Leaves the log as a reader does that has ended. */
  closeLog(): void;
  /** Undefined while it runs. */
  exit(): Exit | undefined;
  /** Resolves with false if it has not ended within the limit. */
  ended(limit: number): Promise<boolean>;
  /** SIGTERM, and SIGKILL where that does not do. */
  stop(): Promise<Stop>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Stop extends Exit {
  /** Milliseconds from the signal to the end. */
  readonly took: number;
}

/** Milliseconds in which a stop must have ended the process. */
const STOP_LIMIT = 5000;
/** Milliseconds beyond it, for a busy machine to notice. */
const STOP_SLACK = 750;
/** Milliseconds from the start of a process to its first answers on a busy machine. */
const START_LIMIT = 30_000;
/** Milliseconds between two looks. */
const LOOK = 20;

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");

export function runServer({ file, http, through = [], environment = {}, log }: ServerOptions): Server {
  const words = [...through, process.execPath, MAIN, "serve", file];
  const child = spawn(words[0]!, words.slice(1), {
    stdio: ["ignore", log ?? "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  endWithUs(child);
  const lines = createLogLines();
  let errors = "";
  let exit: Exit | undefined;
  let longestDelay = 0;
  let forgiven = true;
  const closed = once(child, "close");
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      exit = { code, signal };
      resolve();
    });
  });
  child.stdout?.on("data", (octets: Buffer) => lines.take(octets));
  child.stderr?.on("data", (octets: Buffer) => {
    errors += octets.toString("utf8");
  });

  const ended = async (limit: number): Promise<boolean> => {
    await Promise.race([exited, delay(limit)]);
    return exit !== undefined;
  };

  return {
    pid: child.pid!,
    mark: () => lines.entries().length,
    entries: (from = 0) => lines.entries().slice(from),
    text: () => lines.text() + errors,
    stderr: () => errors,
    damagedLines: () => lines.damaged(),
    signal: (name) => void child.kill(name),
    async told(from, isMeant, limit) {
      const until = performance.now() + limit;
      for (;;) {
        const entry = lines.entries().slice(from).find(isMeant);
        if (entry !== undefined || exit !== undefined || performance.now() > until) return entry;
        await delay(LOOK);
      }
    },
    async metrics() {
      const found = await scrape(http);
      if (found === undefined) return undefined;
      if (!forgiven) longestDelay = Math.max(longestDelay, found.value("nodejs_eventloop_lag_max_seconds") * 1000);
      forgiven = false;
      return found;
    },
    longestDelay: () => longestDelay,
    forgiveDelay() {
      forgiven = true;
    },
    pauseLog: () => void child.stdout?.pause(),
    resumeLog: () => void child.stdout?.resume(),
    closeLog: () => void child.stdout?.destroy(),
    exit: () => exit,
    ended,
    async stop() {
      const from = performance.now();
      child.kill("SIGTERM");
      // One that is halted takes no signal but this.
      child.kill("SIGCONT");
      if (!(await ended(STOP_LIMIT + STOP_SLACK))) child.kill("SIGKILL");
      await ended(STOP_LIMIT);
      const took = performance.now() - from;
      if (log === undefined) await Promise.race([closed, delay(1000)]);
      return { ...(exit ?? { code: null, signal: null }), took };
    },
  };
}

/** Whether it answers as configured within the limit of a start. */
export async function isReady(server: Server, http: number): Promise<boolean> {
  const until = performance.now() + START_LIMIT;
  while (server.exit() === undefined && performance.now() < until) {
    if ((await scrape(http, "/readyz")) !== undefined) {
      await server.metrics();
      return true;
    }
    await delay(LOOK);
  }
  return false;
}

/** Resident memory in octets. */
export function residentMemory({ pid }: Pick<Server, "pid">): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, "latin1") : "";
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
