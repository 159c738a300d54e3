/**
 * `npm run bench:peers [-- --rounds 5 --seconds 3 --json FILE]`: geosteer beside the servers that do the same, with one
 * database, one zone and one load, all in one run. Takes about 14 minutes. Progress goes to stderr, the report in
 * Markdown to stdout. Missing a target is no error; a server that does not start is.
 *
 * Linux with two cores. It installs nothing: without dnsperf it fails, and servers that are not there are skipped.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkAgreement } from "./agreement.ts";
import { availableCores, oneEach, twoEach } from "./cores.ts";
import { writeDatabase } from "./database.ts";
import { measureLatency, measureThroughput, type Latency, type Load, type Throughput } from "./dnsperf.ts";
import { findProgram, outputOf } from "./programs.ts";
import { writePlainQuery, writeSubnetQueries } from "./query-file.ts";
import { report } from "./report.ts";
import type { Results, ServerFigures } from "./results.ts";
import { killAll, StartFailure, startServer, type RunningServer } from "./run-server.ts";
import type { ServerKind } from "./servers/server.ts";
import { OURS, OURS_WITH_TWO, PORTABLE, SERVERS } from "./servers/table.ts";
import { sweep } from "./sweep.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    /** Of each measurement. */
    seconds: { type: "string", default: "3" },
    json: { type: "string" },
  },
});
const rounds = positive("rounds", options.rounds);
const seconds = positive("seconds", options.seconds);
/** Starts of each server, of which the median counts. */
const STARTS = 3;
/** Seconds of load before the first round: V8 compiles what is often used, and caches fill. */
const WARM_UP = 2;

interface Seat {
  readonly kind: ServerKind;
  readonly server: RunningServer;
  readonly readyAfter: readonly number[];
  readonly subnets: Throughput[];
  readonly plain: Throughput[];
  readonly latency: Latency[];
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} is a whole number from 1, not ${text}`);
  return Number(text);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(scratch: string): Promise<Results> {
  if (findProgram("dnsperf") === undefined) throw new Error("dnsperf is not installed: apt-get install dnsperf");
  const cores = oneEach(availableCores());
  const lacking = SERVERS.map((kind) => ({ name: kind.name, packages: kind.missingPackages() }));
  const skipped = lacking.filter(({ packages }) => packages.length > 0);
  for (const { name, packages } of skipped) say(`SKIPPED: ${name}: apt-get install ${packages.join(" ")}`);

  say("database and queries");
  const database = path.join(scratch, "country.mmdb");
  const networks = await writeDatabase(database);
  const subnetFile = path.join(scratch, "subnets");
  const plainFile = path.join(scratch, "plain");
  const queries = await writeSubnetQueries(subnetFile, networks);
  await writePlainQuery(plainFile);

  const seats: Seat[] = [];
  for (const kind of SERVERS.filter(({ name }) => skipped.every((other) => other.name !== name))) {
    say(`start: ${kind.name} ${kind.version()}`);
    seats.push(await seat(kind, scratch, database));
  }
  const agreement = await checkAgreement(
    seats.filter(({ kind }) => kind.steers).map(({ server }) => server),
    queries,
  );
  say(`agreement: ${agreement.differences.length} differences in ${agreement.asked} client subnets`);

  const subnetLoad: Load = { queries: subnetFile, seconds, cores };
  const plainLoad: Load = { queries: plainFile, seconds, cores };
  for (const { server } of seats) await measureThroughput(server, { ...subnetLoad, seconds: WARM_UP }, scratch);
  for (let round = 1; round <= rounds; round++) {
    for (const { kind, server, subnets, plain, latency } of seats) {
      subnets.push(await measureThroughput(server, subnetLoad, scratch));
      plain.push(await measureThroughput(server, plainLoad, scratch));
      latency.push(await measureLatency(server, subnetLoad, scratch));
      const [perSubnet, perPlain] = [subnets, plain].map((all) => Math.round(all.at(-1)!.perCpuSecond));
      const { p50, p99 } = latency.at(-1)!;
      const times = `${p50.toFixed(0)} / ${p99.toFixed(0)} µs`;
      say(`round ${round} of ${rounds}: ${kind.name}: ${perSubnet}, ${perPlain} queries per CPU-second, ${times}`);
    }
  }
  const memory = seats.map(({ server }) => server.residentMemory());
  const workers = await measureWorkers(seats, { ...subnetLoad, cores: twoEach(availableCores()) }, scratch, database);

  const servers: ServerFigures[] = [];
  for (const [i, { kind, server, ...figures }] of seats.entries()) {
    const isSwept = kind.steers && kind !== PORTABLE;
    if (isSwept) say(`sweep: ${kind.name}`);
    servers.push({
      name: kind.name,
      version: kind.version(),
      ...figures,
      memory: memory[i]!,
      sweep: isSwept ? await sweep(server, networks.ipv4) : undefined,
    });
  }
  await Promise.all(seats.map(({ server }) => server.stop()));
  return {
    date: new Date().toISOString().slice(0, 10),
    command: ["npm run bench:peers", ...commandOptions()].join(" "),
    machine: {
      processor: cpus()[0]!.model,
      cores: availableCores().length,
      kernel: release(),
      generator: `dnsperf ${/Version (\S+)/.exec(outputOf("dnsperf", ["-h"]))?.[1]}`,
      database: networks.built.toISOString().slice(0, 10),
    },
    rounds,
    seconds,
    servers,
    agreement,
    workers,
    skipped,
  };
}

function commandOptions(): readonly string[] {
  const given = process.argv.slice(2);
  return given.length === 0 ? [] : ["--", ...given];
}

/** Started several times; the last stays. */
async function seat(kind: ServerKind, scratch: string, database: string): Promise<Seat> {
  const readyAfter: number[] = [];
  for (let start = 1; ; start++) {
    const server = await startServer(kind, scratch, database);
    readyAfter.push(server.readyAfter);
    if (start === STARTS) return { kind, server, readyAfter, subnets: [], plain: [], latency: [] };
    await server.stop();
  }
}

/** One worker and two in turn, both on the same two cores. */
async function measureWorkers(
  seats: readonly Seat[],
  load: Load,
  scratch: string,
  database: string,
): Promise<Results["workers"]> {
  const ours = seats.find(({ kind }) => kind === OURS)!.server;
  const withTwo = await startServer(OURS_WITH_TWO, scratch, database);
  await measureThroughput(withTwo, { ...load, seconds: WARM_UP }, scratch);
  const one: Throughput[] = [];
  const two: Throughput[] = [];
  for (let round = 1; round <= rounds; round++) {
    one.push(await measureThroughput(ours, load, scratch));
    two.push(await measureThroughput(withTwo, load, scratch));
    const [perOne, perTwo] = [one, two].map((all) => Math.round(all.at(-1)!.perSecond));
    say(`round ${round} of ${rounds}: ${perOne} queries per second with one UDP worker, ${perTwo} with two`);
  }
  await withTwo.stop();
  return { one, two };
}

const scratch = mkdtempSync(path.join(tmpdir(), "geosteer-bench-"));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("exit", () => {
  killAll();
  rmSync(scratch, { recursive: true, force: true });
});
try {
  const results = await run(scratch);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
  process.stdout.write(`${report(results)}\n`);
} catch (cause) {
  if (!(cause instanceof StartFailure)) throw cause;
  say(cause.message);
  process.exitCode = 1;
}
process.exit();
