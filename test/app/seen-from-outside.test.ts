/** What metrics and health pages show of a server that loads one configuration after the other. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createGeosteer, type Addresses, type Geosteer } from "../../src/app/geosteer.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { startBackend, type Backend } from "../support/backend.ts";
import { askUdp, serverAt, subnet } from "../support/dns-client.ts";

let directory: string;
let configFile: string;
let backend: Backend;
let geosteer: Geosteer;
let addresses: Addresses;

/** `shop` stays; the other profile, its endpoint and its monitor are named anew in each version. */
function configuration(version: string, more = ""): string {
  const endpoint = `address: 127.0.0.1, probe: "127.0.0.1:${backend.port}"`;
  return `
listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: http, interval: 5s }
  monitor-${version}: { protocol: http, interval: 5s, path: /${version} }
profiles:
  shop: { names: [shop.gtm.example.com], method: priority, monitor: web, endpoints: { a: { ${endpoint} } } }
  profile-${version}:
    names: [other.gtm.example.com]
    method: priority
    monitor: monitor-${version}
    endpoints: { endpoint-${version}: { ${endpoint} } }
${more}`;
}

beforeAll(async () => {
  backend = await startBackend();
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  configFile = path.join(directory, "config.yaml");
  await writeFile(configFile, configuration("0"));
  const logger = createLogger({ pretty: false, destination: { write() {} } });
  geosteer = createGeosteer({ configFile, folder: process.cwd() }, { logger });
  const started = await geosteer.start();
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join("\n"));
  addresses = started.value;
});

afterEach(() => void vi.useRealTimers());

afterAll(async () => {
  await geosteer.stop();
  await backend.stop();
  await rm(directory, { recursive: true });
});

async function get(pathname: string): Promise<string> {
  return (await fetch(new URL(pathname, addresses.http))).text();
}

async function reloaded(config: string): Promise<boolean> {
  await writeFile(configFile, config);
  return (await geosteer.reload()).taken;
}

async function ask(name: string): Promise<void> {
  await askUdp(serverAt(addresses.dns[0]!), { name: `${name}.gtm.example.com`, ecs: subnet("192.0.2.0/24") });
}

test("series of profiles, endpoints and monitors that are gone go with them; those that stay do not fall", async () => {
  const series = async (): Promise<readonly string[]> => (await get("/metrics")).match(/^geosteer_.*$/gm) ?? [];
  const asked = (all: readonly string[]): number =>
    Number(/ (\d+)$/.exec(all.find((line) => line.startsWith('geosteer_queries_total{profile="shop"'))!)?.[1]);
  const settled = async (version: string): Promise<readonly string[]> => {
    await ask("shop");
    await ask("other");
    // The new monitor's first probe comes within its interval.
    await expect
      .poll(series, { timeout: 10_000 })
      .toContainEqual(expect.stringContaining(`="monitor-${version}",outcome`));
    return series();
  };
  const first = await settled("0");
  let last = first;
  for (const version of ["1", "2", "3"]) {
    expect(await reloaded(configuration(version))).toBe(true);
    const next = await settled(version);
    expect(asked(next)).toBe(asked(last) + 1);
    last = next;
  }
  expect(last.filter((line) => /-[012]"/.test(line))).toEqual([]);
  expect(last).toHaveLength(first.length);
});

test("/readyz is 200 and says that a configuration is stale, until one is loaded", async () => {
  await writeFile(configFile, "profile: {}\nzone: {}\n");
  expect((await geosteer.reload()).taken).toBe(false);
  expect(await get("/readyz")).toBe("ok\nstale: the last load failed (unknown-key)\n");
  expect(await reloaded(configuration("3"))).toBe(true);
  expect(await get("/readyz")).toBe("ok\n");
});

test("the time of the last load is wall time, however the clock has been set since the start", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2033, 4, 18, 3, 33, 20) });
  expect(await reloaded(configuration("3"))).toBe(true);
  vi.useRealTimers();
  expect(await get("/metrics")).toMatch(/^geosteer_config_last_load_timestamp_seconds 2000000000(\.\d+)?$/m);
});

test("api.hosts counts from the load on", async () => {
  const askAs = async (host: string): Promise<string> => {
    const { port, hostname } = new URL(addresses.http!);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    return (await text(socket)).slice(0, "HTTP/1.1 200".length);
  };
  expect(await askAs("ns1.example")).toBe("HTTP/1.1 421");
  expect(await reloaded(configuration("3", "api: { hosts: [ns1.example] }\n"))).toBe(true);
  expect(await askAs("ns1.example")).toBe("HTTP/1.1 200");
});
