/** `geosteer serve` as a process: where koffi does not load, and when it was held up for too long. */
import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { askUdp, serverAt } from "../../../support/dns-client.ts";
import { queryPacket } from "../../../support/query-packet.ts";

const ROOT = path.resolve(import.meta.dirname, "../../../..");
const NAME = "www.gtm.example.com";
const ANSWERS = [`${NAME} 60 A 192.0.2.1`];

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly reason?: string;
  readonly dns?: readonly string[];
  readonly http?: string;
}

async function start(udp: string, ...nodeOptions: readonly string[]): Promise<ChildProcess> {
  const directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const file = path.join(directory, "geosteer.yaml");
  await writeFile(
    file,
    `listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", udp: ${udp}, workers: 1 }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  www: { names: [${NAME}], method: priority, endpoints: { one: { address: 192.0.2.1, alwaysServe: true } } }
`,
  );
  const child = spawn(process.execPath, [...nodeOptions, "src/cli/main.ts", "serve", file], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGCONT");
    child.kill("SIGTERM");
    await exited;
    await rm(directory, { recursive: true });
  });
  return child;
}

/** The log up to `ready`. */
async function serving(child: ChildProcess): Promise<{ readonly log: readonly Line[]; readonly ready: Line }> {
  const log: Line[] = [];
  for await (const line of createInterface(child.stdout!)) {
    const entry = JSON.parse(line) as Line;
    log.push(entry);
    if (entry.msg === "ready") return { log, ready: entry };
  }
  throw new Error(`it ended: ${await text(child.stderr!)}`);
}

const NO_PACKAGE = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      if (/koffi/.test(specifier)) throw new Error("Cannot find package '" + specifier + "'");
      return next(specifier, context);
    },
  });
`)}`;

describe.for([
  ["the binary does not load", ["--no-addons"], "loading addons is disabled"],
  ["the package is not there", ["--import", NO_PACKAGE], "Cannot find package 'koffi'"],
] as const)("where %s", ([, options, reason]) => {
  test("auto serves, with one line that tells why UDP is slower", async () => {
    const { log, ready } = await serving(await start("auto", ...options));
    expect((await askUdp(serverAt(ready.dns![0]!), { name: NAME })).answers).toEqual(ANSWERS);
    expect(log.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      "info batched UDP is not available, UDP goes through Node",
      "info ready",
    ]);
    expect(log[0]!.reason).toContain(reason);
  });

  test("batch is refused with one line and exit code 1", async () => {
    const child = await start("batch", ...options);
    const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, "exit")]);
    expect(stderr).toMatch(
      /^listen\.udp: batch is not possible here \(.*\); write auto or portable \(listen-failed\)\n$/,
    );
    expect(stderr).toContain(reason);
    expect(code).toBe(1);
  });
});

describe("held up for longer than resolvers wait, batched UDP", () => {
  /** Milliseconds: more than the transport finds useful. */
  const TOO_LONG = 1700;
  const QUERIES = 300;
  const BATCH = 64;
  const FULL_BATCHES = Math.floor(QUERIES / BATCH) * BATCH;

  /** Every thread, not only the one that took the signal. */
  function isStopped(pid: number): boolean {
    const tasks = `/proc/${pid}/task`;
    // proc(5): the state is behind the name in parentheses.
    return readdirSync(tasks).every((task) => /\) T /.test(readFileSync(`${tasks}/${task}/stat`, "utf8")));
  }

  test("sheds full batches that are old, counts them, and answers what is fresh", async () => {
    const child = await start("batch");
    const { ready } = await serving(child);
    const server = serverAt(ready.dns![0]!);
    expect((await askUdp(server, { name: NAME })).answers).toEqual(ANSWERS);

    const socket = createSocket("udp4");
    onTestFinished(() => void socket.close());
    let answers = 0;
    socket.on("message", () => answers++);
    child.kill("SIGSTOP");
    await vi.waitFor(() => expect(isStopped(child.pid!)).toBe(true));
    for (let id = 0; id < QUERIES; id++) {
      await new Promise((sent) => {
        socket.send(queryPacket({ id, name: NAME }), server.port, server.host, sent);
      });
    }
    await delay(TOO_LONG);
    child.kill("SIGCONT");

    expect((await askUdp(server, { name: NAME })).answers).toEqual(ANSWERS);
    const metrics = await (await fetch(new URL("/metrics", ready.http))).text();
    expect(metrics).toContain(`geosteer_queries_shed_total{transport="udp"} ${FULL_BATCHES}\n`);
    // The rest was no full batch: it costs less to answer than to ask.
    expect(answers).toBe(QUERIES - FULL_BATCHES);
  });
});
