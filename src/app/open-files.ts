/**
 * What may be open at a time under the limit of open files (RLIMIT_NOFILE) of this process. Probes of targets that hang
 * and TCP connections are as many as others make them: without a share for each, a flood of either takes the admin
 * server, the reloads and the workers with it.
 */
import { readFileSync } from "node:fs";
import type { Settings } from "../config/settings.ts";
import type { Logger } from "../shared/ports.ts";

/** Enough for 10,000 dead probe targets of 10 s interval and 5 s timeout. */
const MOST_PROBES = 8192;
/** Probes may hold this part of the limit. */
const SHARE_OF_PROBES = 1 / 4;

/** Probes under way; `limit` as `readOpenFileLimit` tells it. */
export function probesWithin(limit = Number.POSITIVE_INFINITY): number {
  return Math.min(MOST_PROBES, Math.floor(limit * SHARE_OF_PROBES));
}

interface Serving {
  /** How many addresses DNS is served on. */
  readonly addresses: number;
  readonly udpWorkers: number;
}

/** As many TCP connections as there is room for beside everything else; at least one, so that TCP is there. */
export function tcpConnectionsWithin(limit: number, connections: number, { addresses, udpWorkers }: Serving): number {
  // Each UDP worker has a spare one; one serves TCP.
  const threads = 2 * udpWorkers + 1;
  const sockets = addresses * (udpWorkers + 1);
  const reserve = PROCESS + THREAD * threads + sockets + probesWithin(limit) + httpWithin(limit) + SPARE;
  return Math.max(1, Math.min(connections, limit - reserve));
}

/** TCP connections, as configured or as many as the limit of open files leaves room for, which the log then says. */
export function affordableConnections(
  openFiles: number | undefined,
  { dns, tcp }: Settings["listen"],
  udpWorkers: number,
  logger: Logger,
): number {
  if (openFiles === undefined) return tcp.connections;
  const used = tcpConnectionsWithin(openFiles, tcp.connections, { addresses: dns.length, udpWorkers });
  if (used < tcp.connections) {
    logger.warn(
      { configured: tcp.connections, openFiles, used },
      "the limit of open files leaves no room for listen.tcp.connections: fewer are taken; raise it with ulimit -n",
    );
  }
  return used;
}

/** Counted in /proc/PID/fd: standard streams, event loop, thread pool, signals and listening HTTP of the main thread. */
const PROCESS = 25;
/** Counted there too: the event loop of a worker. */
const THREAD = 5;
/** Clients of the HTTP server at most: connections at both doors, and event streams. */
const MOST_HTTP = 464;
/** Under a low limit they are left this part of it: they are few but in a flood. */
const SHARE_OF_HTTP = 1 / 16;

function httpWithin(limit: number): number {
  return Math.min(MOST_HTTP, Math.floor(limit * SHARE_OF_HTTP));
}

/** The state file, files that a reload reads, 9 sockets of name look-ups, 16 connections that close. */
const SPARE = 40;

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
