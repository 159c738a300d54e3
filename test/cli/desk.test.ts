/** Real commands against a real server, as an operator has them at hand: what is done takes effect, and outlives a kill. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startBackend, type Backend } from "../support/backend.ts";
import { askUdp, serverAt } from "../support/dns-client.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");

const SHOP = "192.0.2.1";
const SPARE = "192.0.2.2";

let folder: string;
let backend: Backend;
let server: ChildProcess;
let log = "";
let dns: string;

const configuration = (more = ""): string => `
listen: { dns: ["127.0.0.1:0"], http: off, workers: 1 }
zones: { gtm.example.com: { nameservers: [ns1.example.net] } }
sites: { munich: { location: [48.14, 11.58], labels: { kind: on-premises } } }
monitors: { web: { protocol: http, port: ${backend.port}, interval: 1s, timeout: 500ms, toleratedFailures: 0, headers: { X-Key: sesame } } }
profiles:
  shop:
    names: [shop.gtm.example.com]
    method: priority
    ttl: 0s
    monitor: web
    endpoints:
      munich: { address: ${SHOP}, site: munich, probe: 127.0.0.1 }
      spare: { address: ${SPARE}, alwaysServe: true }
${more}`;

const write = (yaml: string): void => writeFileSync(path.join(folder, "geosteer.yaml"), yaml);

/** The line that says where DNS is answered. */
const READY = /"dns":\["([\d.:]+)"\].*"ready"/;

async function start(...options: readonly string[]): Promise<void> {
  const env = plainEnvironment();
  const child = spawn(process.execPath, [MAIN, "serve", "geosteer.yaml", ...options], { cwd: folder, env });
  server = child;
  log = "";
  child.stdout.on("data", (octets: Buffer) => (log += octets.toString()));
  while (!READY.test(log)) await delay(50);
  dns = READY.exec(log)![1]!;
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks the server of the folder's configuration, which it finds by itself. */
async function run(...args: readonly string[]): Promise<Ran> {
  const env = plainEnvironment();
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: code as number | null, stdout, stderr };
}

async function json<T>(...args: readonly string[]): Promise<T> {
  const { stdout, stderr } = await run(...args, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as T;
}

async function answer(): Promise<string> {
  const { answers } = await askUdp(serverAt(dns), { name: "shop.gtm.example.com" });
  return answers.map((line) => line.split(" ").at(-1)).join(" ");
}

describe("the desk of a running server", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
    backend = await startBackend();
    write(configuration());
    await start();
  });
  afterAll(async () => {
    await stop("SIGTERM");
    await backend.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await run("override", "clear", "site:munich");
    while ((await answer()) !== SHOP) await delay(50);
  });

  test("status tells the profile and each endpoint, with its site and its last probe", async () => {
    const { code, stdout } = await run("status", "shop");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^munich +online .* munich +192\.0\.2\.1 .*http:\/\/127\.0\.0\.1/m);
    expect(stdout).toMatch(/^spare +unmonitored/m);
    const page = await json<{ readonly site: string; readonly eligible: number }[]>("status", "site:munich");
    expect(JSON.stringify(page)).toContain('"site":"munich"');
  });

  test("an override takes effect at once, is explained, and can be taken back", async () => {
    const set = await run("override", "site:munich", "out", "--for", "2h", "--reason", "new switches");
    expect(set).toMatchObject({ code: 0, stderr: "" });
    expect(await answer()).toBe(SPARE);
    const explained = await run("explain", "--live", "shop.gtm.example.com", "--client", "198.51.100.1");
    expect(explained.stdout).toContain("munich: priority 1, online, forced out");
    expect(explained.stdout).toContain("100 % shop/spare (failover)");
    const [listed] = await json<{ readonly id: number; readonly reason: string; readonly kept: boolean }[]>(
      "override",
      "list",
    );
    expect(listed).toMatchObject({ reason: "new switches", kept: true });
    expect((await run("override", "clear", String(listed!.id))).code).toBe(0);
    expect(await answer()).toBe(SHOP);
  });

  test("a dry run does nothing; a pattern that matches nothing and one that empties a profile are refused", async () => {
    const dry = await run("override", "site:munich", "out", "--dry-run");
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("shop/munich") });
    expect(await answer()).toBe(SHOP);
    expect(await run("override", "site:munchen", "out")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("did you mean site:munich?"),
    });
    expect(await run("override", "shop/*", "out")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("it would leave no endpoint up in shop"),
    });
  });

  test("a drain falls to nothing", async () => {
    expect((await run("drain", "site:munich", "--over", "4s")).code).toBe(0);
    const shares: number[] = [];
    for (let i = 0; i < 6; i++) {
      const answers = await Promise.all(Array.from({ length: 200 }, () => answer()));
      shares.push(answers.filter((one) => one === SHOP).length / answers.length);
      await delay(900);
    }
    expect(shares[0]).toBeGreaterThan(shares[2]!);
    expect(shares.at(-1)).toBe(0);
  });

  test("what was acknowledged outlives a kill: overrides, and the status of an endpoint that is down", async () => {
    expect((await run("override", "site:munich", "down", "--reason", "kept")).code).toBe(0);
    await backend.stop();
    await expect
      .poll(async () => (await run("status", "shop")).stdout, { timeout: 20_000 })
      .toMatch(/^munich +degraded/m);
    // States are written some times a second.
    await delay(1000);
    await stop("SIGKILL");
    await start();
    expect(await json("override", "list")).toMatchObject([{ pattern: "site:munich", action: "down", reason: "kept" }]);
    expect(await answer()).toBe(SPARE);
    expect((await run("history", "shop/munich")).stdout).toMatch(/online +degraded|degraded/);
    await backend.start();
    await run("override", "clear", "site:munich");
    await expect.poll(answer, { timeout: 20_000 }).toBe(SHOP);
  });

  test("a broken configuration is refused with its place, and taken up by itself when it is mended", async () => {
    write(configuration("    ttl: 1x\n"));
    const { code, stderr } = await run("reload");
    expect(code).toBe(1);
    expect(stderr).toMatch(/geosteer\.yaml:\d+:\d+ profiles\.shop/);
    expect(await answer()).toBe(SHOP);
    expect((await run("status")).stdout).toContain("refused");
    const generation = async (): Promise<number> =>
      (await json<{ readonly overview: { readonly generation: number } }>("status")).overview.generation;
    const before = await generation();
    write(configuration("  more: { method: priority, endpoints: { a: { host: a.example.net } } }\n"));
    await expect.poll(generation, { timeout: 30_000 }).toBeGreaterThan(before);
    const { stdout } = await run("generations", String(before), String(before + 1));
    expect(stdout).toContain(`+++ geosteer.yaml\tgeneration ${before + 1}\n`);
    expect(stdout).toContain("+  more: { method: priority");
    expect(stdout).not.toContain("sesame");
    expect((await run("generations", String(before))).stdout).toContain('X-Key: "(hidden)"');
    expect((await run("audit")).stdout).toMatch(/reload +refused/);
  });

  test("a broken configuration stops no start with --last-good", async () => {
    await stop("SIGTERM");
    write("profiles: [\n");
    await start("--last-good");
    expect(await answer()).toBe(SHOP);
    expect(log).toContain("the last good configuration is served instead");
    expect((await run("status")).stdout).toContain("stale");
    write(configuration());
    await expect.poll(async () => (await run("status")).stdout, { timeout: 30_000 }).not.toContain("stale");
  });

  test("a probe that is asked for is told, and so is who did what", async () => {
    expect(await run("probe", "shop/munich")).toMatchObject({ code: 0, stdout: expect.stringContaining("ok") });
    expect((await run("probe", "shop/spare")).code).toBe(1);
    expect((await run("audit")).stdout).toMatch(new RegExp(`uid:${process.getuid!()} .*probe shop/munich`));
  });
});
