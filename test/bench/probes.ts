/**
 * `npm run bench:probes`: what it takes to probe many targets, by a server as it is started in production.
 *
 * - `--targets 10000 --interval 10 --hanging 0.5`: as many HTTP endpoints, each at an address of its own in 127.0.0.0/8, of
 *   which this part takes the connection and never answers;
 * - `--https`: the same over TLS;
 * - `--seconds 40`: how long it is looked at, after five intervals to settle;
 * - `--latency`: the latency of DNS at 20,000 queries a second (dnsperf), with and without those probes in turn.
 *
 * Drift is told by the backends: by how much the time between two probes of a target differs from the interval.
 */
import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createTls } from "node:https";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createHttp } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { certificate, privateKey } from "../health/fixtures/certificate.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { program } from "./peers/programs.ts";

const { values } = parseArgs({
  options: {
    targets: { type: "string", default: "10000" },
    interval: { type: "string", default: "10" },
    hanging: { type: "string", default: "0" },
    seconds: { type: "string", default: "40" },
    rounds: { type: "string", default: "4" },
    https: { type: "boolean", default: false },
    latency: { type: "boolean", default: false },
    backends: { type: "boolean", default: false },
  },
});
const TARGETS = Number(values.targets);
/** Seconds. */
const INTERVAL = Number(values.interval);
const SECONDS = Number(values.seconds);
const HANGING = Math.round(TARGETS * Number(values.hanging));
/** Intervals until each target has found its place on the grid: the first round may take two of them. */
const SETTLING = 5;
const PER_PROFILE = 20;
const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");

function addressOf(target: number): string {
  return `127.${1 + (target >> 16)}.${(target >> 8) & 255}.${target & 255}`;
}

/** Answers all targets but those that hang, and notes when each was asked. */
async function serveBackends(): Promise<void> {
  const asked = new Map<string, number>();
  let gaps: number[] = [];
  const note = (address: string | undefined): void => {
    const now = performance.now();
    const before = asked.get(address!);
    if (before !== undefined) gaps.push(now - before);
    asked.set(address!, now);
  };
  const answer = values.https
    ? createTls({ cert: certificate, key: privateKey }, (_request, response) => void response.end("ok"))
    : createHttp((_request, response) => void response.end("ok"));
  // Those that hang are told apart by their address once they have connected.
  const server: Server = createServer((socket) => {
    note(socket.localAddress?.replace("::ffff:", ""));
    socket.on("error", () => {});
    const [, high, middle, low] = socket.localAddress!.split(".").map(Number) as [number, number, number, number];
    const target = ((high - 1) << 16) | (middle << 8) | low;
    if (target >= HANGING) answer.emit("connection", socket);
    // What is not read never ends, and takes a descriptor for good.
    else socket.resume();
  });
  server.listen({ host: "0.0.0.0", port: 0, backlog: 4096 });
  await once(server, "listening");
  process.on("message", () => {
    process.send!({ gaps });
    gaps = [];
  });
  process.send!({ port: (server.address() as AddressInfo).port });
}

function configuration(port: number, probed: boolean): string {
  const profiles = Array.from({ length: TARGETS / PER_PROFILE }, (_, profile) => {
    const endpoints = Array.from({ length: PER_PROFILE }, (__, i) => {
      return `      e${i}: { address: ${addressOf(profile * PER_PROFILE + i)} }`;
    });
    return `  p${profile}:\n    names: p${profile}.example.com\n    method: weighted\n    endpoints:\n${endpoints.join("\n")}`;
  });
  const monitor = `{ protocol: ${values.https ? "https" : "http"}, port: ${port}, interval: ${INTERVAL}s }`;
  return [
    "listen: { dns: 127.0.0.1:0, http: 127.0.0.1:0 }",
    "state: { file: off }",
    "health: { firstRound: 0s }",
    "zones: { example.com: { nameservers: ns.example.net } }",
    ...(probed ? [`monitors: { web: ${monitor} }`] : []),
    "profiles:",
    ...(probed ? profiles.map((profile) => profile.replace("method:", "monitor: web\n    method:")) : profiles),
    "",
  ].join("\n");
}

interface Started {
  readonly child: ChildProcess;
  readonly dnsPort: number;
}

async function startServer(folder: string, port: number, probed: boolean): Promise<Started> {
  const file = path.join(folder, probed ? "probed.yaml" : "plain.yaml");
  writeFileSync(file, configuration(port, probed));
  const child = spawn(process.execPath, ["--max-semi-space-size=4", MAIN, "serve", file], {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-100_000)));
  for (;;) {
    const port = /"dns":\["127\.0\.0\.1:(\d+)"\]/.exec(log)?.[1];
    if (port !== undefined) return { child, dnsPort: Number(port) };
    if (child.exitCode !== null) throw new Error(log);
    await sleep(100);
  }
}

/** Seconds of CPU: of the process, and of its main thread. */
function cpuOf({ pid }: ChildProcess): { readonly all: number; readonly main: number } {
  const read = (file: string): number => {
    const fields = readFileSync(file, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  return { all: read(`/proc/${pid}/stat`), main: read(`/proc/${pid}/task/${pid}/stat`) };
}

function socketsOf({ pid }: ChildProcess): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith("socket:");
    } catch {
      return false;
    }
  }).length;
}

function memoryOf({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))![1]) / 1024;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function gapsOf(backends: ChildProcess): Promise<readonly number[]> {
  backends.send("gaps");
  const [{ gaps }] = (await once(backends, "message")) as [{ readonly gaps: readonly number[] }];
  return gaps;
}

async function stop({ child }: Started): Promise<void> {
  child.kill();
  await once(child, "exit");
}

async function measureProbes(folder: string, backends: ChildProcess, port: number): Promise<void> {
  const server = await startServer(folder, port, true);
  await sleep(SETTLING * 1000 * INTERVAL);
  await gapsOf(backends);
  const before = cpuOf(server.child);
  let mostSockets = 0;
  for (let second = 0; second < SECONDS; second++) {
    await sleep(1000);
    mostSockets = Math.max(mostSockets, socketsOf(server.child));
  }
  const after = cpuOf(server.child);
  const gaps = await gapsOf(backends);
  const drift = gaps.map((gap) => Math.abs(gap - INTERVAL * 1000)).toSorted((a, b) => a - b);
  const probes = TARGETS / INTERVAL;
  const main = (after.main - before.main) / SECONDS;
  console.log(`${TARGETS} targets, every ${INTERVAL} s, ${HANGING} hang: ${probes} probes a second wanted`);
  console.log(`  begun        ${(gaps.length / SECONDS).toFixed(0)} a second`);
  console.log(
    `  main thread  ${(100 * main).toFixed(1)} % of a core, ${((1e6 * main) / probes).toFixed(0)} µs a probe`,
  );
  console.log(`  process      ${((100 * (after.all - before.all)) / SECONDS).toFixed(1)} % of a core`);
  console.log(`  memory       ${memoryOf(server.child).toFixed(0)} MiB, sockets at most ${mostSockets}`);
  const shown = [0.5, 0.99, 0.999].map((share) => `p${100 * share} ${quantile(drift, share).toFixed(0)} ms`).join(", ");
  console.log(
    `  drift        ${shown} (p99 is ${((quantile(drift, 0.99) / INTERVAL / 1000) * 100).toFixed(2)} % of the interval)`,
  );
  await stop(server);
}

/** Milliseconds: the 50th and 99th percentile of DNS at a fixed rate. */
async function latencyOf(
  folder: string,
  { dnsPort }: Started,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const queries = path.join(folder, "queries");
  const names = Array.from({ length: 10_000 }, (_, i) => `p${i % (TARGETS / PER_PROFILE)}.example.com A`);
  writeFileSync(queries, `${names.join("\n")}\n`);
  const output = path.join(folder, "output");
  const args = ["-s", "127.0.0.1", "-p", String(dnsPort), "-d", queries, "-Q", "20000", "-q", "1000", "-c", "20"];
  const child = spawn(program("dnsperf"), [...args, "-l", String(SECONDS), "-t", "1", "-v"], {
    stdio: ["ignore", openSync(output, "w"), "ignore"],
  });
  await once(child, "exit");
  const times = [...readFileSync(output, "latin1").matchAll(/^> \S+ \S+ \S+ ([\d.]+)$/gm)].map(([, time]) =>
    Number(time),
  );
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: 1000 * quantile(sorted, 0.5), p99: 1000 * quantile(sorted, 0.99) };
}

async function measureLatency(folder: string, port: number): Promise<void> {
  const ratios: number[] = [];
  for (let round = 1; round <= Number(values.rounds); round++) {
    const found = new Map<boolean, { readonly p50: number; readonly p99: number }>();
    for (const probed of round % 2 === 0 ? [true, false] : [false, true]) {
      const server = await startServer(folder, port, probed);
      await sleep(1500 * INTERVAL);
      found.set(probed, await latencyOf(folder, server));
      await stop(server);
    }
    const [plain, probed] = [found.get(false)!, found.get(true)!];
    ratios.push(probed.p99 / plain.p99);
    const text = ({ p50, p99 }: typeof plain): string => `p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`;
    console.log(
      `round ${round}: without ${text(plain)}; with ${text(probed)}; p99 × ${(probed.p99 / plain.p99).toFixed(2)}`,
    );
  }
  const sorted = ratios.toSorted((a, b) => a - b);
  console.log(
    `p99 with probes ÷ without: ${quantile(sorted, 0.5).toFixed(2)} (${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)})`,
  );
}

if (values.backends) await serveBackends();
else {
  const folder = mkdtempSync(path.join(tmpdir(), "geosteer-probes-"));
  const backends = fork(import.meta.filename, [...process.argv.slice(2), "--backends"]);
  const [{ port }] = (await once(backends, "message")) as [{ readonly port: number }];
  try {
    if (values.latency) await measureLatency(folder, port);
    else await measureProbes(folder, backends, port);
  } finally {
    backends.kill();
    rmSync(folder, { recursive: true });
  }
}
