/**
 * `npm run bench:failover`: how long after its failure an endpoint is still answered, against what docs/checks.md promises:
 * interval × (toleratedFailures + 1) + timeout. Real backends fail at moments of chance, each in one of the ways of dying; its
 * name is asked for until the answer changes.
 */
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Packet } from "dns2";
import { plainEnvironment } from "../support/plain-environment.ts";

const { values } = parseArgs({ options: { endpoints: { type: "string", default: "48" } } });

/** Seconds, but for the tolerated failures. */
interface Monitor {
  readonly interval: number;
  readonly fastInterval: number;
  readonly timeout: number;
  readonly tolerated: number;
}

const MONITORS: readonly Monitor[] = [
  { interval: 1, fastInterval: 1, timeout: 0.5, tolerated: 0 },
  { interval: 1, fastInterval: 1, timeout: 0.5, tolerated: 3 },
  { interval: 3, fastInterval: 3, timeout: 1, tolerated: 1 },
  { interval: 5, fastInterval: 0.5, timeout: 0.3, tolerated: 3 },
];

/** How a backend dies. */
const DEATHS = ["closes its port", "resets connections", "takes connections and is silent", "answers 503"] as const;
type Death = (typeof DEATHS)[number];

/** Seconds in which all backends die. */
const DYING = 6;
/** Milliseconds between two questions for a name whose backend has died. */
const ASKING = 10;

async function startBackend() {
  let death: Death | undefined;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => {});
    if (death === "resets connections") return void socket.resetAndDestroy();
    if (death === "takes connections and is silent") return;
    const status = death === "answers 503" ? "503 Service Unavailable" : "200 OK";
    socket.once("data", () => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    die(how: Death): void {
      death = how;
      if (how !== "closes its port") return;
      server.close();
      for (const socket of open) socket.destroy();
    },
    stop(): void {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function configuration(ports: readonly number[]): string {
  const monitors = MONITORS.map(({ interval, fastInterval, timeout, tolerated }, i) => {
    const times = `interval: ${interval}s, fastInterval: ${1000 * fastInterval}ms, timeout: ${1000 * timeout}ms`;
    return `  m${i}: { protocol: http, ${times}, toleratedFailures: ${tolerated} }`;
  });
  const profiles = ports.map((port, i) =>
    [
      `  p${i}:`,
      `    names: p${i}.example.com`,
      "    method: priority",
      "    endpoints:",
      `      primary: { address: 192.0.2.1, probe: "127.0.0.1:${port}", monitor: m${i % MONITORS.length} }`,
      "      backup: { address: 192.0.2.2 }",
    ].join("\n"),
  );
  return [
    "listen: { dns: 127.0.0.1:0, http: off }",
    "state: { file: off }",
    "dns: { rateLimit: { all: 0, responses: 0 } }",
    "zones: { example.com: { nameservers: ns.example.net } }",
    "monitors:",
    ...monitors,
    "profiles:",
    ...profiles,
    "",
  ].join("\n");
}

function createAsker(port: number) {
  const socket = createSocket("udp4");
  const waiting = new Map<number, (address: string | undefined) => void>();
  let last = 0;
  socket.on("message", (octets) => {
    const { header, answers } = Packet.parse(octets);
    waiting.get(header.id)?.((answers[0] as { readonly address?: string } | undefined)?.address);
  });
  return {
    ask(name: string): Promise<string | undefined> {
      const query = new Packet();
      last = (last + 1) & 0xffff;
      const id = last;
      query.header.id = id;
      query.questions.push(new Packet.Question(name, Packet.TYPE.A, Packet.CLASS.IN));
      socket.send(query.toBuffer(), port, "127.0.0.1");
      return new Promise((resolve) => {
        const late = setTimeout(() => resolve(undefined), 500);
        waiting.set(id, (address) => {
          clearTimeout(late);
          waiting.delete(id);
          resolve(address);
        });
      });
    },
    close: () => socket.close(),
  };
}

const folder = mkdtempSync(path.join(tmpdir(), "geosteer-failover-"));
const backends = await Promise.all(Array.from({ length: Number(values.endpoints) }, startBackend));
const file = path.join(folder, "geosteer.yaml");
writeFileSync(file, configuration(backends.map(({ port }) => port)));
const main = path.resolve(import.meta.dirname, "../../src/cli/main.ts");
const server = spawn(process.execPath, [main, "serve", file], {
  env: plainEnvironment(),
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  let log = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => (log += text));
  let port: string | undefined;
  while (port === undefined) {
    await sleep(100);
    port = /"dns":\["127\.0\.0\.1:(\d+)"\]/.exec(log)?.[1];
  }
  const asker = createAsker(Number(port));
  // Each has been probed, and its schedule has found its place.
  await sleep(2000 * Math.max(...MONITORS.map(({ interval }) => interval)));
  const took = await Promise.all(
    backends.map(async (backend, i) => {
      const name = `p${i}.example.com`;
      if ((await asker.ask(name)) !== "192.0.2.1") throw new Error(`${name} is not up`);
      await sleep(1000 * DYING * Math.random());
      const diedAt = performance.now();
      backend.die(DEATHS[Math.floor(i / MONITORS.length) % DEATHS.length]!);
      while ((await asker.ask(name)) !== "192.0.2.2") await sleep(ASKING);
      return performance.now() - diedAt;
    }),
  );
  for (const [i, { interval, fastInterval, timeout, tolerated }] of MONITORS.entries()) {
    const own = took.filter((_, backend) => backend % MONITORS.length === i).toSorted((a, b) => a - b);
    const bound = 1000 * (interval * (tolerated + 1) + timeout);
    const fast = 1000 * (interval + fastInterval * tolerated + timeout);
    const [least, most] = [own[0]!, own.at(-1)!].map((time) => time.toFixed(0));
    const monitor = `interval ${interval}s, fastInterval ${fastInterval}s, timeout ${timeout}s, toleratedFailures ${tolerated}`;
    console.log(
      `${monitor}: ${own.length} deaths, noticed after ${least} to ${most} ms, promised ${Math.min(bound, fast)} ms`,
    );
  }
  asker.close();
} finally {
  server.kill();
  for (const backend of backends) backend.stop();
  rmSync(folder, { recursive: true });
}
