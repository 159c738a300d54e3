/** What a run of the benchmark finds; `--json` writes it as it is. */
import type { Agreement } from "./agreement.ts";
import type { Latency, Throughput } from "./dnsperf.ts";
import type { Sweep } from "./sweep.ts";

export interface Results {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly rounds: number;
  /** Of each measurement. */
  readonly seconds: number;
  readonly servers: readonly ServerFigures[];
  readonly agreement: Agreement;
  /** geosteer with one UDP worker and with two, both with two cores. */
  readonly workers: { readonly one: readonly Throughput[]; readonly two: readonly Throughput[] };
  /** Servers that were not measured, with the Debian packages they need. */
  readonly skipped: readonly { readonly name: string; readonly packages: readonly string[] }[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  readonly generator: string;
  /** The day on which the GeoIP data were published. */
  readonly database: string;
}

export interface ServerFigures {
  readonly name: string;
  readonly version: string;
  /** Milliseconds from the start of the process to its first answer, of each start. */
  readonly readyAfter: readonly number[];
  /** Resident memory after the load, in MiB. */
  readonly memory: number;
  /** One for each round: queries with client subnets, plain queries, and 20,000 queries a second. */
  readonly subnets: readonly Throughput[];
  readonly plain: readonly Throughput[];
  readonly latency: readonly Latency[];
  /** Undefined for the floor, and for the second of two servers with the same answers. */
  readonly sweep: Sweep | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
