/** A reader of the log that has stopped reading: a process serves on, probes on, reloads and stops. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askUdp, serverAt, subnet } from "../support/dns-client.ts";
import { freePort } from "../support/free-port.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), "geosteer-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

/** A pipe that has no room, and a reader that does not read. */
function fullPipe(): { readonly writeEnd: number; readonly close: () => void } {
  const file = path.join(directory, "log");
  execFileSync("mkfifo", [file]);
  const readEnd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const filling = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  const fill = (octets: Buffer): void => {
    try {
      for (;;) writeSync(filling, octets);
    } catch {
      // No room for these any more.
    }
  };
  fill(Buffer.alloc(4096));
  fill(Buffer.alloc(1));
  const writeEnd = openSync(file, "w");
  return { writeEnd, close: () => [readEnd, filling, writeEnd].forEach((each) => closeSync(each)) };
}

test("nothing waits for it", async () => {
  let probes = 0;
  const backend = createServer((_, response) => {
    probes++;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(backend, "listening");
  const probe = `127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const [dns, http] = [await freePort(), await freePort()];
  const config = path.join(directory, "config.yaml");
  writeFileSync(
    config,
    `
listen: { dns: ["127.0.0.1:${dns}"], http: "127.0.0.1:${http}", workers: 1 }
log: { level: debug }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http, interval: 1s, timeout: 500ms } }
profiles:
  www:
    names: [www.gtm.example.com]
    method: priority
    monitor: web
    endpoints: { one: { address: 192.0.2.1, probe: "${probe}" } }
`,
  );
  const { writeEnd, close } = fullPipe();
  const child = spawn(process.execPath, ["src/cli/main.ts", "serve", config], {
    cwd: ROOT,
    stdio: ["ignore", writeEnd, "inherit"],
  });
  const get = async (page: string): Promise<string> => {
    return fetch(`http://127.0.0.1:${http}${page}`).then((response) => response.text());
  };
  await expect.poll(() => get("/readyz").catch(String), { timeout: 15_000 }).toBe("ok\n");
  const { answers } = await askUdp(serverAt(`127.0.0.1:${dns}`), {
    name: "www.gtm.example.com",
    ecs: subnet("192.0.2.0/24"),
  });
  expect(answers).toEqual(["www.gtm.example.com 60 A 192.0.2.1"]);

  child.kill("SIGHUP");
  await expect.poll(() => get("/metrics"), { timeout: 5000 }).toMatch(/^geosteer_config_generation 2$/m);
  const before = probes;
  await expect.poll(() => probes, { timeout: 5000 }).toBeGreaterThan(before + 2);

  const stopped = performance.now();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(performance.now() - stopped).toBeLessThan(5000);
  close();
  backend.close();
});
