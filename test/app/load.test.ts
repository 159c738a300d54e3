/** Loads by a probe and by Prometheus, from real servers to what DNS answers, metrics and the desk. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGeosteer, type Addresses, type Geosteer } from "../../src/app/geosteer.ts";
import type { EndpointStatus } from "../../src/control/control.ts";
import { askUdp, serverAt } from "../support/dns-client.ts";
import { recordingLogger } from "../support/recording-logger.ts";

let directory: string;
let geosteer: Geosteer;
let addresses: Addresses;
const servers: Server[] = [];
let [probed, queried] = ["80", "200"];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const backend = await serve((_, response) => response.setHeader("x-load", probed).end("ok"));
  const prometheus = await serve((_, response) =>
    response.end(
      JSON.stringify({ status: "success", data: { resultType: "scalar", result: [1_700_000_000, queried] } }),
    ),
  );
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const configFile = path.join(directory, "geosteer.yaml");
  const load = (from: string): string => `load: { from: ${from}, smooth: 0s }`;
  await writeFile(
    configFile,
    `listen: { dns: "127.0.0.1:0", http: "127.0.0.1:0", workers: 1, control: off }
state: { file: off }
zones: { t.example: { nameservers: ns.example.net } }
monitors: { web: { protocol: http, port: ${backend}, interval: 1s, timeout: 500ms } }
profiles:
  probed:
    names: probed.t.example
    method: priority
    ttl: 1s
    monitor: web
    endpoints:
      first: { address: 192.0.2.1, probe: 127.0.0.1, ${load("{ header: x-load }")} }
      second: { address: 192.0.2.2, alwaysServe: true }
  queried:
    names: queried.t.example
    method: priority
    ttl: 1s
    endpoints:
      first: { address: 192.0.2.1, ${load(`{ prometheus: "http://127.0.0.1:${prometheus}", query: up, interval: 1s }`)} }
      second: { address: 192.0.2.2 }
`,
  );
  geosteer = createGeosteer(
    { configFile, folder: directory },
    { logger: { ...recordingLogger().logger, setLevel() {}, dropped: () => 0 } },
  );
  const started = await geosteer.start();
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join("\n"));
  addresses = started.value;
});

afterAll(async () => {
  await geosteer.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(directory, { recursive: true });
});

/** How many of so many answers are the first endpoint's. */
async function firsts(name: string, of = 40): Promise<number> {
  const server = serverAt(addresses.dns[0]!);
  const asked = await Promise.all(Array.from({ length: of }, () => askUdp(server, { name: `${name}.t.example` })));
  return asked.filter(({ answers }) => answers[0]?.endsWith(" 192.0.2.1") === true).length;
}

async function endpoint(profile: string): Promise<EndpointStatus> {
  const page = await fetch(`${addresses.http}/api/v1/endpoints?profile=${profile}`);
  const { items } = (await page.json()) as { readonly items: readonly EndpointStatus[] };
  return items[0]!;
}

test("what a probe tells before anything is served counts at once, and what it tells later too", async () => {
  expect((await endpoint("probed")).load).toMatchObject({ of: "probed/first", source: "header", value: 80 });
  const first = await firsts("probed");
  expect(first).toBeGreaterThan(3);
  expect(first).toBeLessThan(37);
  probed = "no load";
  await expect.poll(async () => (await endpoint("probed")).load?.ignored, { timeout: 10_000 }).toBeGreaterThan(0);
  expect((await endpoint("probed")).load?.value).toBe(80);
  probed = "990 %";
  await expect.poll(() => firsts("probed"), { timeout: 10_000 }).toBe(0);
  expect(await endpoint("probed")).toMatchObject({ status: "online", load: { critical: true, share: 0 } });
});

test("what Prometheus tells counts for an endpoint that is not probed", async () => {
  await expect.poll(() => firsts("queried"), { timeout: 10_000 }).toBe(0);
  expect(await endpoint("queried")).toMatchObject({ status: "unmonitored", load: { critical: true, value: 200 } });
  queried = "1";
  await expect.poll(() => firsts("queried"), { timeout: 15_000 }).toBe(40);
  const text = await (await fetch(`${addresses.http}/metrics`)).text();
  expect(text).toContain('geosteer_endpoint_load_ratio{profile="queried",endpoint="first"} 0.01');
  expect(text).toContain('geosteer_endpoint_load_share{profile="queried",endpoint="first"} 1');
  expect(text).toContain('geosteer_endpoint_load_stale{profile="queried",endpoint="first"} 0');
  expect(text).toMatch(/geosteer_load_readings_total\{subject="queried\/first",outcome="taken"\} [1-9]/);
});
