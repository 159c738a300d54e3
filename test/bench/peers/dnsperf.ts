/**
 * Runs dnsperf against a server and reads what it prints. No more queries are under way than every server's receive
 * buffer takes, so that none is lost. dnsperf 2.10 has no histogram; for percentiles it prints each query's time (-v)
 * to a file, which at 20,000 queries a second leaves half of its core idle.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import type { Cores } from "./cores.ts";
import { program } from "./programs.ts";
import type { RunningServer } from "./run-server.ts";

export interface Load {
  /** A file of queries. */
  readonly queries: string;
  readonly seconds: number;
  readonly cores: Cores;
}

export interface Throughput {
  /** Answered; those with an answer that is no NOERROR fail the run. */
  readonly completed: number;
  readonly lost: number;
  readonly perSecond: number;
  /** Answered queries for each second of user and system time of the server's process. */
  readonly perCpuSecond: number;
}

export interface Latency {
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly lost: number;
}

/** Queries under way: the kernel's default receive buffer of 208 KiB takes about 200 small datagrams. */
const WINDOW = 150;
/** Sockets, so that SO_REUSEPORT can spread the load. */
const CLIENTS = 20;
/** Seconds after which a query counts as lost. */
const PATIENCE = 1;
/** Queries a second of the latency measurement. */
export const FIXED_RATE = 20_000;
/** Queries under way in it: enough for 50 ms, so that a slow answer does not slow the load down. */
const FIXED_RATE_WINDOW = 1000;

/** As much as the server can, or dnsperf. */
export async function measureThroughput(server: RunningServer, load: Load, scratch: string): Promise<Throughput> {
  server.pin(load.cores.server);
  const before = server.cpuSeconds();
  const output = await dnsperf(server, load, scratch, ["-q", String(WINDOW)]);
  const cpuSeconds = server.cpuSeconds() - before;
  const completed = number(output, /Queries completed:\s+(\d+)/);
  const noerror = number(output, /NOERROR (\d+)/);
  if (noerror !== completed) throw new Error(`${server.kind.name} answers ${completed - noerror} queries with errors`);
  return {
    completed,
    lost: number(output, /Queries lost:\s+(\d+)/),
    perSecond: completed / number(output, /Run time \(s\):\s+([\d.]+)/),
    perCpuSecond: completed / cpuSeconds,
  };
}

export async function measureLatency(server: RunningServer, load: Load, scratch: string): Promise<Latency> {
  server.pin(load.cores.server);
  const rate = ["-Q", String(FIXED_RATE), "-q", String(FIXED_RATE_WINDOW), "-v"];
  const output = await dnsperf(server, load, scratch, rate);
  // `> NOERROR binary input 0.000044`; a lost query is `> T binary input`.
  const seconds = Array.from(output.matchAll(/^> [A-Z]{2}.* ([\d.]+)$/gm), ([, text]) => Number(text));
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)]! * 1e6;
  return { p50: at(0.5), p99: at(0.99), lost: number(output, /Queries lost:\s+(\d+)/) };
}

async function dnsperf(
  { port }: RunningServer,
  { queries, seconds, cores }: Load,
  scratch: string,
  options: readonly string[],
): Promise<string> {
  const file = `${scratch}/dnsperf`;
  const output = openSync(file, "w");
  const target = ["-s", "127.0.0.1", "-p", String(port), "-d", queries, "-B", "-t", String(PATIENCE)];
  const amount = ["-l", String(seconds), "-c", String(CLIENTS), "-T", String(cores.generator.length)];
  const child = spawn(
    program("taskset"),
    ["-c", cores.generator.join(","), "dnsperf", ...target, ...amount, ...options],
    {
      stdio: ["ignore", output, output],
    },
  );
  closeSync(output);
  const [code] = (await once(child, "exit")) as [number | null];
  const text = readFileSync(file, "utf8");
  rmSync(file);
  if (code !== 0) throw new Error(`dnsperf failed:\n${text.slice(-1000)}`);
  return text;
}

function number(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`dnsperf printed no ${pattern.source}:\n${output.slice(-1000)}`);
  return Number(found);
}
