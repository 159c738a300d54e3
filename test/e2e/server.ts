/** `geosteer serve` as a process of its own: asked over DNS and by its API, and looked at from outside. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EndpointStatus } from "../../src/control/control.ts";
import { endWithUs } from "../chaos/end-with-us.ts";
import { ask } from "../support/api-server.ts";
import { askUdp, serverAt } from "../support/dns-client.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");
const RESOLVER = path.resolve(import.meta.dirname, "own-resolver.ts");
const LONGEST_CALLBACK = path.resolve(import.meta.dirname, "../bench/longest-callback.ts");

export interface TestServer {
  readonly pid: number;
  /** Takes another configuration, and has served it when it resolves. */
  reload(configuration: string): Promise<void>;
  endpoints(): Promise<readonly EndpointStatus[]>;
  /** The data of the answers to a question for an A record, or AAAA. */
  resolve(name: string, type?: number): Promise<readonly string[]>;
  report(json: object): Promise<number>;
  /** What `geosteer_probes_total` has counted, by monitor and outcome. */
  outcomes(): Promise<(monitor: string) => Readonly<Record<string, number>>>;
  /** Milliseconds of CPU that the longest callback of the main thread has taken since the last time. */
  longestCallback(): Promise<number>;
  descriptors(): number;
  /** MiB. */
  memory(): number;
  stop(): Promise<number | null>;
}

export async function startServer(folder: string, configuration: string, resolver: string): Promise<TestServer> {
  const file = path.join(folder, "geosteer.yaml");
  writeFileSync(file, configuration);
  const args = ["--import", RESOLVER, "--import", LONGEST_CALLBACK, MAIN, "serve", file];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: plainEnvironment({ GEOSTEER_TEST_RESOLVER: resolver }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  endWithUs(child);
  let log = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (log += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  /** What is found in the log or on standard error behind `from`; the process must not end meanwhile. */
  const told = async (what: RegExp, text: () => string): Promise<RegExpExecArray> => {
    for (;;) {
      const found = what.exec(text());
      if (found !== null) return found;
      if (child.exitCode !== null) throw new Error(`geosteer has ended: ${log}${errors}`);
      await delay(20);
    }
  };
  await told(/"ready"/, () => log);
  const dns = serverAt(/"dns":\["([\d.:]+)"\]/.exec(log)![1]!);
  const control = path.join(folder, "control.sock");
  const http = /"http":"([^"]+)"/.exec(log)![1]!;

  return {
    pid: child.pid!,
    async reload(text) {
      writeFileSync(file, text);
      const { status, text: said } = await ask(control, "/api/v1/reload", { method: "POST", json: {} });
      if (status !== 200) throw new Error(said);
    },
    async endpoints() {
      const all: EndpointStatus[] = [];
      let after = "";
      do {
        const { body } = await ask(control, `/api/v1/endpoints?limit=500${after}`);
        all.push(...body.items);
        after = body.next === undefined ? "" : `&after=${encodeURIComponent(body.next)}`;
      } while (after !== "");
      return all;
    },
    async resolve(name, type = 1) {
      const { answers } = await askUdp(dns, { name, type });
      return answers.map((line) => line.split(" ").at(-1)!).toSorted();
    },
    report: async (json) => (await ask(control, "/api/v1/reports", { method: "POST", json })).status,
    async outcomes() {
      const { text } = await ask(http, "/metrics");
      const counts = new Map<string, Record<string, number>>();
      for (const [, monitor, outcome, value] of text.matchAll(
        /^geosteer_probes_total\{monitor="([^"]+)",outcome="([^"]+)"\} (\d+)$/gm,
      )) {
        counts.set(monitor!, { ...counts.get(monitor!), [outcome!]: Number(value) });
      }
      return (monitor) => counts.get(monitor) ?? {};
    },
    async longestCallback() {
      const from = errors.length;
      child.kill("SIGUSR2");
      return Number((await told(/longest callback: ([\d.]+) ms/, () => errors.slice(from)))[1]);
    },
    descriptors: () => readdirSync(`/proc/${child.pid}/fd`).length,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "latin1"))![1]) / 1024,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      return (await exited)[0] as number | null;
    },
  };
}

/** Processes whose arguments have this text, by their ids. */
export function processesWith(mark: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => argumentsOf(pid).includes(mark));
}

function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
