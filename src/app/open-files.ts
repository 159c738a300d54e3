/**
 * TCP connections and the limit of open files (RLIMIT_NOFILE) of this process. What connections leave of it is all that
 * the rest has: without a reserve, a flood of connections takes the admin server, the reloads and the probes with it.
 */
import { readFileSync } from "node:fs";
import { MAX_RUNNING } from "../health/prober.ts";

interface OpenFiles {
  /** The limit. */
  readonly openFiles: number;
  /** That DNS is served on. */
  readonly addresses: number;
  readonly udpWorkers: number;
  /** Targets of probes. */
  readonly probed: number;
}

/** As many TCP connections as there is room for beside everything else; at least one, so that TCP is there. */
export function tcpConnectionsWithin(
  connections: number,
  { openFiles, addresses, udpWorkers, probed }: OpenFiles,
): number {
  // Each UDP worker has a spare one; one serves TCP.
  const threads = 2 * udpWorkers + 1;
  const sockets = addresses * (udpWorkers + 1);
  const reserve = PROCESS + THREAD * threads + sockets + Math.min(probed, MAX_RUNNING) + SPARE;
  return Math.max(1, Math.min(connections, openFiles - reserve));
}

/** Counted in /proc/PID/fd: standard streams, event loop, thread pool, signals and listening HTTP of the main thread. */
const PROCESS = 25;
/** Counted there too: the event loop of a worker. */
const THREAD = 5;
/**
 * Clients of the admin server, files that a reload reads, name look-ups of probes, connections on their way out, and
 * some targets that a reload adds: each a few.
 */
const SPARE = 32;

/** The soft limit, which Node raises to the hard one as it starts; undefined where there is none or it is not told. */
export function readOpenFileLimit(): number | undefined {
  try {
    return parseOpenFileLimit(readFileSync("/proc/self/limits", "latin1"));
  } catch {
    return undefined;
  }
}

/** From the text of /proc/PID/limits (proc_pid_limits(5)). */
export function parseOpenFileLimit(limits: string): number | undefined {
  const soft = /^Max open files +(\d+) /m.exec(limits)?.[1];
  return soft === undefined ? undefined : Number(soft);
}
