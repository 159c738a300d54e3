/** An endpoint with several addresses and monitors, served for real: backends at addresses of the loopback network. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGeosteer, type Addresses, type Geosteer } from "../../src/app/geosteer.ts";
import { newToken, TOKEN_OCTETS } from "../../src/admin/tokens/new-token.ts";
import type { EndpointStatus, Page, ProbeReport } from "../../src/control/control.ts";
import { askUdp, serverAt } from "../support/dns-client.ts";

const HOSTS = ["127.0.0.1", "127.0.0.2"] as const;
const made = newToken("ops", "operate", new Uint8Array(TOKEN_OCTETS));
const { token, line } = made.ok ? made.value : { token: "", line: "" };

/** Paths that a host answers with 500. */
const bad = new Map<string, Set<string>>(HOSTS.map((host) => [host, new Set()]));
let servers: readonly Server[] = [];
let directory: string;
let geosteer: Geosteer;
let addresses: Addresses;

async function serve(host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    response.statusCode = bad.get(host)!.has(request.url!) ? 500 : 200;
    response.end();
  });
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

beforeAll(async () => {
  const first = await serve(HOSTS[0], 0);
  const { port } = first.address() as AddressInfo;
  servers = [first, await serve(HOSTS[1], port)];
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const configFile = path.join(directory, "addresses.yaml");
  await writeFile(path.join(directory, "tokens"), `${line}\n`, { mode: 0o600 });
  await writeFile(
    configFile,
    `listen: { dns: "127.0.0.1:0", http: "127.0.0.1:0" }
state: { file: off }
api: { tokens: tokens }
zones: { t.example: { nameservers: ns.example.net } }
monitors:
  ready: { protocol: http, port: ${port}, path: /ready, interval: 1s, toleratedFailures: 0, recoverAfter: 1 }
  queue: { protocol: http, port: ${port}, path: /queue, interval: 1s, toleratedFailures: 0, recoverAfter: 1 }
  both: { all: [ready, queue] }
profiles:
  shop:
    names: shop.t.example
    method: priority
    monitor: both
    endpoints:
      a: { address: [${HOSTS.join(", ")}] }
      b: { address: 192.0.2.1, alwaysServe: true }
`,
  );
  const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, dropped: () => 0 };
  geosteer = createGeosteer({ configFile, folder: directory }, { logger: silent });
  const started = await geosteer.start();
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join("\n"));
  addresses = started.value;
}, 60_000);

afterAll(async () => {
  await geosteer.stop();
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

async function answered(): Promise<readonly string[]> {
  const { answers } = await askUdp(serverAt(addresses.dns[0]!), { name: "shop.t.example", type: 1 });
  return answers.map((line) => line.split(" ").at(-1)!).toSorted();
}

async function api<T>(method: "GET" | "POST", route: string, body?: object): Promise<T> {
  const response = await fetch(new URL(`/api/v1${route}`, addresses.http), {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

const status = async (): Promise<EndpointStatus> =>
  (await api<Page<EndpointStatus>>("GET", "/endpoints?profile=shop")).items[0]!;

test("an address that a monitor finds down leaves the answer, and the endpoint with the last", async () => {
  const patience = { timeout: 15_000, interval: 100 };
  await expect.poll(answered, patience).toEqual([...HOSTS]);
  bad.get("127.0.0.2")!.add("/queue");
  await expect.poll(answered, patience).toEqual(["127.0.0.1"]);
  expect(await status()).toMatchObject({
    status: "online",
    addressesDown: ["127.0.0.2"],
    probes: [
      { monitor: "ready", status: "online" },
      { monitor: "queue", status: "online" },
      { monitor: "ready", status: "online" },
      { monitor: "queue", status: "degraded" },
    ],
  });
  bad.get("127.0.0.1")!.add("/ready");
  await expect.poll(answered, patience).toEqual(["192.0.2.1"]);
  expect(await status()).toMatchObject({
    status: "degraded",
    addressesDown: [],
    reason: "127.0.0.1 ready: status 500, wanted 200; 127.0.0.2 queue: status 500, wanted 200",
  });
  bad.get("127.0.0.2")!.clear();
  const report = await api<ProbeReport>("POST", "/probe", { endpoint: "shop/a" });
  expect(report).toMatchObject({ status: "online" });
  expect(report.probes.map(({ monitor, ok }) => [monitor, ok])).toEqual([
    ["ready", false],
    ["queue", true],
    ["ready", true],
    ["queue", true],
  ]);
  await expect.poll(answered, patience).toEqual(["127.0.0.2"]);
}, 60_000);
