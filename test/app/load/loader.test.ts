/** Real processes that load: what they bring, and that nothing they do reaches this one. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { getPriority, setPriority, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { limitsSchema } from "../../../src/config/schema/limits.ts";
import { load } from "../../../src/app/load/load.ts";
import { createLoader, FIRST_LIMITS } from "../../../src/app/load/loader.ts";
import { targetText } from "../../../src/routing/target-text.ts";
import { outlineOf, profileOutlines } from "../../../src/routing/outline.ts";
import { readSnapshot } from "../../../src/server/threads/posted-snapshot.ts";
import { encodeValue, mmdbOfTree } from "../../support/mmdb-writer.ts";

// Each test starts processes, some of them several, and other tests do so at the same time.
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
const at = (name: string): string => path.join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function configure(name: string, text: string): Promise<string> {
  await writeFile(at(name), text);
  return at(name);
}

const request = (file: string) => ({ file, served: [], warns: true }) as const;
const ZONE = "zones: { a.example: { nameservers: [ns.example.net] } }\n";

/** So many records in one zone, short ones. */
async function zoneOf(records: number): Promise<string> {
  const lines = Array.from({ length: records }, (_, i) => `h${i} A 10.0.0.1\n`);
  await writeFile(at("large.zone"), `$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n${lines.join("")}`);
  return `zones: { a.example: { file: ${JSON.stringify(at("large.zone"))} } }\n`;
}

test("FIRST_LIMITS are the defaults of the configuration", () => {
  expect(limitsSchema.parse({}).load).toMatchObject(FIRST_LIMITS);
});

test.for(["demo", "example"])("createLoader brings of config/%s.yaml what load makes", async (name) => {
  const file = `config/${name}.yaml`;
  const here = load(request(file));
  const brought = await createLoader({ folder: process.cwd() }).load(request(file));
  if (!here.ok || !brought.ok) throw new Error(JSON.stringify([here, brought]));
  const { snapshot: posted, size, outline, targetTexts, config, ...rest } = brought.value;
  const snapshot = readSnapshot(posted);
  expect({ ...rest, config: { ...config, snapshot } }).toEqual({ ...here.value, keepsTable: false });
  expect(outline).toEqual(outlineOf(profileOutlines(snapshot)));
  expect(targetTexts).toEqual(snapshot.endpoints.map(({ target }) => targetText(snapshot, target)));
  // The tables of the country database alone.
  expect(size).toBeGreaterThan(10_000_000);
});

test("createLoader brings the problems of a configuration", async () => {
  const file = await configure("wrong.yaml", `${ZONE}profile: {}\n`);
  const here = load(request(file));
  expect(here.ok).toBe(false);
  expect(await createLoader({ folder: process.cwd() }).load(request(file))).toEqual(here);
});

describe("a load that wants too much is ended, and only it", () => {
  test("too much time", async () => {
    const zones = await zoneOf(400_000);
    const file = await configure("slow.yaml", `${zones}limits: { load: { time: 1s } }\n`);
    expect(await createLoader({ folder: process.cwd() }).load(request(file))).toMatchObject({
      ok: false,
      error: [
        { code: "load-too-long", message: `${file}: not loaded within 1 s; mend the files, or raise limits.load.time` },
      ],
    });
  });

  test("too much memory", async () => {
    const zones = await zoneOf(400_000);
    const file = await configure("heavy.yaml", `${zones}limits: { load: { memory: 64MiB } }\n`);
    expect(await createLoader({ folder: process.cwd() }).load(request(file))).toMatchObject({
      ok: false,
      error: [
        {
          code: "load-too-large",
          message: `${file}: needs more than 64MiB of memory to load; mend the files, or raise limits.load.memory`,
        },
      ],
    });
  });

  test("a bomb of pointers in a database", async () => {
    // Each array holds the one before twelve times: 12^9 values in half a kilobyte.
    const layers: Buffer[] = [encodeValue("x")];
    let start = 0;
    for (let depth = 0; depth < 9; depth++) {
      const end = layers.reduce((sum, { length }) => sum + length, 0);
      const pointer = Buffer.of(0x20 | (start >> 8), start & 255);
      layers.push(Buffer.concat([Buffer.of(12, 4), ...Array.from({ length: 12 }, () => pointer)]));
      start = end;
    }
    const data = Buffer.concat(layers);
    await writeFile(at("bomb.mmdb"), mmdbOfTree([[1 + 16 + start, 1]], data));
    const file = await configure("bomb.yaml", `${ZONE}geoip: { databases: [${JSON.stringify(at("bomb.mmdb"))}] }\n`);
    expect(await createLoader({ folder: process.cwd() }).load(request(file))).toMatchObject({
      ok: false,
      error: [{ code: "geoip-no-place" }],
    });
  });

  test.for<[what: string, text: string, code: string]>([
    ["a log of another program", '{"level":30,"msg":"request"}\n'.repeat(300_000), "yaml-syntax"],
    ["nothing but opening brackets", "[".repeat(3_000_000), "yaml-syntax"],
    ["deep nesting that is closed again", `zones: ${"[".repeat(200_000)}${"]".repeat(200_000)}`, "yaml-syntax"],
    ["a file of zeros", "\0".repeat(5_000_000), "yaml-syntax"],
    ["thousands of unknown keys", Array.from({ length: 20_000 }, (_, i) => `key${i}: 1\n`).join(""), "unknown-key"],
  ])("%s", async ([, text, code]) => {
    const file = await configure("strange.yaml", text);
    const result = await createLoader({ folder: process.cwd() }).load(request(file));
    expect(result.ok ? [] : result.error[0]).toMatchObject({ code });
    expect(result.ok ? 0 : result.error.length).toBeLessThanOrEqual(101);
  });
});

test("a configuration has the limits that it sets, be they more or less than before", async () => {
  const zones = await zoneOf(20_000);
  const loader = createLoader({ folder: process.cwd() });
  for (const memory of ["64MiB", "1GiB", "64MiB", "2GiB"]) {
    const file = await configure("own.yaml", `${zones}limits: { load: { memory: ${memory} } }\n`);
    expect((await loader.load(request(file))).ok, memory).toBe(true);
  }
});

test("where no descriptor is left for the process that loads, the load has failed", () => {
  const program = `
    import { openSync } from "node:fs";
    import { createLoader } from ${JSON.stringify(path.resolve("src/app/load/loader.ts"))};
    try { for (;;) openSync("/dev/null"); } catch {}
    const { error } = await createLoader({ folder: process.cwd() }).load({ file: "any.yaml", served: [], warns: false });
    console.log(error[0].code + " " + error[0].message);
  `;
  const limited = 'ulimit -n 64; exec "$0" --input-type=module -e "$1"';
  const told = execFileSync("sh", ["-c", limited, process.execPath, program], { encoding: "utf8", stdio: "pipe" });
  expect(told).toMatch(/^load-failed any\.yaml: the process that loads does not start: .*EMFILE$/m);
});

test("a configuration under tight limits is followed by one that takes more to be read", async () => {
  const loader = createLoader({ folder: process.cwd() });
  const file = await configure("followed.yaml", `${ZONE}limits: { load: { memory: 64MiB } }\n`);
  expect((await loader.load(request(file))).ok).toBe(true);
  // With an anchor it is read the slow way.
  const endpoints = Array.from({ length: 20_000 }, (_, i) => `    e${i}: { address: 192.0.2.1 }\n`);
  const profile = `profiles: &all\n  p:\n   names: [a.example]\n   method: priority\n   endpoints:\n`;
  await configure("followed.yaml", `${ZONE}${profile}${endpoints.join("")}`);
  const followed = await loader.load(request(file));
  expect(followed.ok ? [] : followed.error.map(({ code }) => code)).not.toContain("load-too-large");
});

test.for([
  [0, 5],
  [15, 15],
] as const)("a process at nice %i loads at nice %i", async ([before, wanted]) => {
  // As long as its request does not end, it waits for it.
  const child = spawn(process.execPath, ["src/app/load/load-process.ts"], { stdio: ["pipe", "ignore", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  setPriority(child.pid!, before);
  const isReady = async () => (await readFile(`/proc/${child.pid}/oom_score_adj`, "utf8")).trim() === "1000";
  await vi.waitFor(async () => expect(await isReady()).toBe(true), 30_000);
  expect(getPriority(child.pid)).toBe(wanted);
});

/** What a process that loads may say to one of another version, whose files have been replaced since it started. */
test.for<[what: string, statement: string]>([
  ["octets that are no message", "writeSync(3, Buffer.of(0, 0, 0, 4, 1, 2, 3, 4))"],
  ["a message of another kind", "for (const piece of pack({ kind: 'settings' })) writeSync(3, piece)"],
])("%s fail the load and nothing else", async ([, statement]) => {
  const transfer = JSON.stringify(path.resolve("src/app/load/transfer.ts"));
  const lines = [`import { writeSync } from "node:fs";`, `import { pack } from ${transfer};`, `${statement};`];
  const preload = await configure("preload.mjs", `${lines.join("\n")}\nprocess.exit(0);\n`);
  vi.stubEnv("NODE_OPTIONS", `--import ${preload}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const file = await configure("fine.yaml", ZONE);
  const message = expect.stringContaining("restart geosteer if it was updated meanwhile") as string;
  expect(await createLoader({ folder: process.cwd() }).load(request(file))).toEqual({
    ok: false,
    error: [{ code: "load-failed", message }],
  });
});

test("stop ends a load that is under way", async () => {
  const file = await configure("stopped.yaml", await zoneOf(400_000));
  const loader = createLoader({ folder: process.cwd() });
  const loading = loader.load(request(file));
  await delay(300);
  loader.stop();
  expect(await loading).toMatchObject({ ok: false, error: [{ code: "load-failed" }] });
});
