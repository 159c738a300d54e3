/** How processes of geosteer stand among others: their names, the signals that they take, terminals and readers that go. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { plainEnvironment } from "../support/plain-environment.ts";

vi.setConfig({ testTimeout: 120_000 });

const ROOT = path.resolve(import.meta.dirname, "../..");
const SOON = { timeout: 60_000, interval: 50 };

let directory: string;
const at = (name: string): string => path.join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const gone = directory;
  onTestFinished(() => rm(gone, { recursive: true }));
  await writeFile(
    at("geosteer.yaml"),
    'listen: { dns: ["127.0.0.1:0"], http: off, workers: 1 }\nzones: { a.example: { nameservers: [ns.example.net] } }\n',
  );
});

test("files that a configuration names are beside it, from wherever the server was started by a relative path", async () => {
  const tokens = "ada operate sha256:e09247de9ba76a3fb18557a6a4eb28e4c66d2fb34a7915f7b29745b11aaaca2b\n";
  await mkdir(at("own"));
  await writeFile(at("own/tokens"), tokens);
  const keys = "state: { file: s.db }\napi: { tokens: tokens }\n";
  const listen = 'listen: { dns: ["127.0.0.1:0"], http: off, control: c.sock, workers: 1 }\n';
  await writeFile(at("own/geosteer.yaml"), `${listen}${keys}zones: { a.example: { nameservers: [ns.example.net] } }\n`);
  const main = path.join(ROOT, "src/cli/main.ts");
  const child = start(process.execPath, [main, "serve", "own/geosteer.yaml"], directory);
  let log = "";
  for await (const chunk of child.stdout!) {
    log += String(chunk);
    if (log.includes('"ready"')) break;
  }
  expect(log).not.toContain('"error"');
  expect(await readdir(at("own"))).toEqual(expect.arrayContaining(["c.sock", "s.db"]));
  const asked = start(process.execPath, [main, "status", "--config", "own/geosteer.yaml"], directory);
  expect(await text(asked.stdout!)).toContain(at("own/s.db"));
});

function start(command: string, args: readonly string[], cwd = ROOT): ChildProcess {
  const child = spawn(command, args, { cwd, env: plainEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const startNode = (...args: readonly string[]): ChildProcess => start(process.execPath, args);

async function ready(child: ChildProcess): Promise<void> {
  for await (const chunk of child.stdout!) if (String(chunk).includes("ready")) return;
  throw new Error("it ended before it was ready");
}

/** What ps(1) says, where it is installed. */
const ps = (...options: readonly string[]): string => execFileSync("ps", options, { encoding: "utf8" });

describe.runIf(existsSync("/usr/bin/ps"))("ps", () => {
  test("shows the server by its own name, and by its command line", async () => {
    const child = startNode("src/cli/main.ts", "serve", at("geosteer.yaml"));
    await ready(child);
    expect(ps("-o", "comm=", "-p", `${child.pid}`)).toBe("geosteer\n");
    expect(ps("-o", "args=", "-p", `${child.pid}`)).toBe(`geosteer serve ${at("geosteer.yaml")}\n`);
  });

  test("shows the process that loads by what it does", async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `h${i} A 10.0.0.1\n`);
    await writeFile(at("large.zone"), `$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n${lines.join("")}`);
    await writeFile(at("geosteer.yaml"), "zones: { a.example: { file: large.zone } }\n");
    const child = startNode("src/cli/main.ts", "check", at("geosteer.yaml"));
    await expect
      .poll(() => ps("-A", "-o", "ppid=,comm=").split("\n"), SOON)
      .toContainEqual(expect.stringMatching(new RegExp(`^ *${child.pid} geosteer: load$`)) as string);
  });
});

test("SIGUSR1 opens no debugger in the process that loads, and neither that nor another one ends it", async () => {
  // As long as its request does not end, it waits for it.
  const child = startNode("src/app/load/load-process.ts");
  const isReady = async () => (await readFile(`/proc/${child.pid}/oom_score_adj`, "utf8")).trim() === "1000";
  await expect.poll(isReady, SOON).toBe(true);
  const said = text(child.stderr!);
  for (const signal of ["SIGUSR1", "SIGUSR2", "SIGHUP"] as const) child.kill(signal);
  await delay(500);
  expect(child.exitCode ?? child.signalCode).toBe(null);
  child.kill("SIGKILL");
  expect(await said).toBe("");
});

describe.runIf(existsSync("/usr/bin/script"))("a terminal that closes", () => {
  /** Starts a server on a terminal of its own; its process id, and the terminal's. */
  async function onTerminal(options: string): Promise<{ readonly pid: number; readonly terminal: ChildProcess }> {
    const program = `
      import { writeFileSync } from "node:fs";
      import { serve } from "${ROOT}/src/cli/commands/serve.ts";
      await serve("${at("geosteer.yaml")}", ${options});
      writeFileSync("${at("pid")}", String(process.pid));
    `;
    await writeFile(at("serving.mjs"), program);
    const terminal = start("script", ["-qec", `exec ${process.execPath} ${at("serving.mjs")}`, "/dev/null"]);
    terminal.stdout!.resume();
    await expect.poll(() => readFile(at("pid"), "utf8").catch(() => ""), SOON).toMatch(/^\d+$/);
    const pid = Number(await readFile(at("pid"), "utf8"));
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    return { pid, terminal };
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  test("ends what belongs to it, as the demo", async () => {
    const { pid, terminal } = await onTerminal("{ endsWithTerminal: true }");
    terminal.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), SOON).toBe(false);
  });

  test("does not end a server, which loads again", async () => {
    const { pid, terminal } = await onTerminal("{}");
    terminal.kill("SIGKILL");
    await delay(3000);
    expect(isAlive(pid)).toBe(true);
  });
});

test("a reader that has gone before the output comes is no failure, and nothing is said of it", async () => {
  const child = startNode("src/cli/main.ts", "regions");
  child.stdout!.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, "exit")]);
  expect({ said, code: code as unknown }).toEqual({ said: "", code: 0 });
});
