/** A real server whose endpoints report by themselves, or are judged by a program: what clients get, and what is left. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newToken, TOKEN_OCTETS } from "../../src/admin/tokens/new-token.ts";
import { ask } from "../support/api-server.ts";
import { askUdp, serverAt } from "../support/dns-client.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");

const made = newToken("fra", "report", new Uint8Array(TOKEN_OCTETS).fill(7), ["pushed/fra", "site:munich"]);
if (!made.ok) throw new Error(made.error);
const { token, line } = made.value;

let folder: string;
let server: ChildProcess;
let log = "";
let dns: string;
let http: string;

const configuration = (): string => `
listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 }
api: { tokens: tokens }
zones: { gtm.example.com: { nameservers: [ns1.example.net] } }
sites: { munich: { labels: { kind: on-premises } } }
monitors:
  # An interval that no test waits for: what changes, changes by reports.
  told: { protocol: push, interval: 1h, timeout: 10s, validFor: 1h, toleratedFailures: 0, recoverAfter: 1 }
  script:
    protocol: exec
    command: [${folder}/check, "%{endpoint}"]
    interval: 1s
    timeout: 900ms
    toleratedFailures: 0
    recoverAfter: 1
profiles:
  pushed:
    names: [pushed.gtm.example.com]
    method: priority
    ttl: 0s
    endpoints:
      fra: { address: 192.0.2.1, site: munich, monitor: told }
      spare: { address: 192.0.2.9, alwaysServe: true }
  run:
    names: [run.gtm.example.com]
    method: priority
    ttl: 0s
    monitor: script
    endpoints:
      one: { address: 192.0.2.1 }
      two: { address: 192.0.2.2 }
`;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "geosteer-outside-"));
  writeFileSync(path.join(folder, "tokens"), `${line}\n`);
  writeFileSync(path.join(folder, "check"), `#!/bin/sh\nread -r down < ${folder}/down\n[ "$1" != "$down" ]\n`, {
    mode: 0o755,
  });
  writeFileSync(path.join(folder, "down"), "none\n");
  writeFileSync(path.join(folder, "geosteer.yaml"), configuration());
  server = spawn(process.execPath, [MAIN, "serve", "geosteer.yaml"], { cwd: folder, env: plainEnvironment() });
  server.stdout!.on("data", (octets: Buffer) => (log += octets.toString()));
  while (!/"ready"/.test(log)) await delay(50);
  dns = /"dns":\["([\d.:]+)"\]/.exec(log)![1]!;
  http = /"http":"([^"]+)"/.exec(log)![1]!;
}, 60_000);

afterAll(() => {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const answerOf = async (name: string): Promise<readonly (string | undefined)[]> => {
  const { answers } = await askUdp(serverAt(dns), { name: `${name}.gtm.example.com` });
  return answers.map((line) => line.split(" ").at(-1));
};

async function run(...args: readonly string[]): Promise<string> {
  const env = { ...plainEnvironment(), GEOSTEER_SERVER: http, GEOSTEER_TOKEN: token };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return `${code} ${stdout}${stderr}`;
}

describe("push", { timeout: 120_000 }, () => {
  test("one report takes an endpoint out, and another brings it back", async () => {
    expect(await answerOf("pushed")).toEqual(["192.0.2.1"]);
    const reported = await run("report", "pushed/fra", "--down", "--reason", "disk full");
    expect(reported).toBe("0 pushed/fra: reported down\n");
    await expect.poll(() => answerOf("pushed")).toEqual(["192.0.2.9"]);
    const { body } = await ask(http, "/api/v1/endpoints?profile=pushed");
    expect(body.items[0]).toMatchObject({
      status: "degraded",
      probes: [{ last: { reason: "reported down: disk full" } }],
    });
    expect(await run("report", "pushed/fra", "--up")).toBe("0 pushed/fra: reported up\n");
    await expect.poll(() => answerOf("pushed")).toEqual(["192.0.2.1"]);
  });

  test("a site that is down takes its endpoints out, whatever they say", async () => {
    const report = (json: object) => ask(http, "/api/v1/reports", { method: "POST", token, json });
    expect(await report({ subject: "site:munich", up: false })).toMatchObject({ status: 200, body: { probes: 1 } });
    await expect.poll(() => answerOf("pushed")).toEqual(["192.0.2.9"]);
    await report({ subject: "pushed/fra", up: true });
    await report({ subject: "site:munich", up: true });
    await expect.poll(() => answerOf("pushed")).toEqual(["192.0.2.1"]);
  });

  test("the token reads nothing, changes nothing, and reports of nothing else", async () => {
    expect(await run("status")).toMatch(/^4 .*the role of the token fra is report, wanted read/);
    expect(await run("override", "pushed/fra", "out")).toMatch(/^4 .*is report, wanted operate/);
    expect(await run("report", "run/one", "--down")).toMatch(/^4 .*the token fra may not report of this subject/);
  });
});

describe("exec", { timeout: 60_000 }, () => {
  test("a program's exit code decides, for each endpoint by itself", async () => {
    await expect.poll(() => answerOf("run"), { timeout: 10_000 }).toEqual(["192.0.2.1"]);
    writeFileSync(path.join(folder, "down"), "one\n");
    await expect.poll(() => answerOf("run"), { timeout: 10_000 }).toEqual(["192.0.2.2"]);
    writeFileSync(path.join(folder, "down"), "none\n");
    await expect.poll(() => answerOf("run"), { timeout: 10_000 }).toEqual(["192.0.2.1"]);
  });

  test("the process that starts programs ends with the server, also with one that is killed", async () => {
    const started = childrenOf(server.pid!).find((pid) => commandOf(pid).includes("geosteer: programs"));
    expect(started).toBeDefined();
    server.kill("SIGKILL");
    await once(server, "exit");
    await expect.poll(() => commandOf(started!), { timeout: 5000 }).not.toContain("geosteer: programs");
  });
});

function childrenOf(parent: number): readonly number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => new RegExp(`^PPid:\\t${parent}$`, "m").test(read(`/proc/${pid}/status`)));
}

/** Empty = there is no such process, or it is a zombie. */
function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
