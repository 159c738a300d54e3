/** `geosteer residency` as a shell sees it: exit codes, what goes where, and whose shares are shown. */
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ResidencyReport } from "../../../src/cli/residency/report.ts";
import { plainEnvironment } from "../../support/plain-environment.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const env = { ...plainEnvironment(), STATE_DIRECTORY: folder };
  const child = spawn(process.execPath, ["src/cli/main.ts", "residency", ...args], { cwd: ROOT, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: code as number | null, stdout, stderr };
}

const PASSES = `listen: { dns: "127.0.0.1:0", control: "off" }
zones: { t.example: { nameservers: [ns.example.net] } }
geoip: { networks: { hq: { cidrs: 10.20.0.0/16, location: DE } } }
profiles:
  p:
    names: p.t.example
    method: weighted
    endpoints:
      eu: { address: 192.0.2.1, labels: { j: EU } }
      us: { address: 192.0.2.2, labels: { j: US }, weight: 3 }
  q: { names: q.t.example, method: weighted, endpoints: { us: { address: 192.0.2.3, labels: { j: US } } } }
residency:
  eu: { clients: hq, profiles: p, require: { j: EU } }
`;
const LEADS_OUT = PASSES.replace("address: 192.0.2.1", "host: q.t.example");

async function config(content: string): Promise<string> {
  const file = path.join(folder, `${createHash("sha256").update(content).digest("hex").slice(0, 8)}.yaml`);
  await writeFile(file, content);
  return file;
}

test("rules that hold: exit code 0, with the shares of all online and the hash of what was read", async () => {
  const { code, stdout, stderr } = await run(await config(PASSES), "--format", "json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const report = JSON.parse(stdout) as ResidencyReport;
  expect(report).toMatchObject({
    pass: true,
    configuration: { sha256: createHash("sha256").update(PASSES).digest("hex") },
    shares: { of: "all-online" },
    rules: [{ name: "eu", pass: true, reasons: [] }],
  });
  expect(report.matrix.map(({ clients, endpoints }) => [clients, endpoints.map(({ share }) => share)])).toEqual([
    ["hq", [1]],
    ["unknown", [1]],
  ]);
});

test("a rule that fails: exit code 1, and what a load would refuse is reported", async () => {
  const { code, stdout } = await run(await config(LEADS_OUT));
  expect(code).toBe(1);
  expect(stdout).toMatch(/^eu {2}fail, 1 reason\n/);
  expect(stdout).toContain("eu → unknown, hq (such as DE) → p/eu → q.t.example → q/us (j US)");
});

/** A server of which `/explain` and `/generations` tell this. */
async function serverOf(explain: (client: string | null) => object, generations: object): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://x");
    response.setHeader("content-type", "application/json");
    const told: Readonly<Record<string, () => object>> = {
      "/api/v1/explain": () => explain(searchParams.get("client")),
      "/api/v1/generations": () => generations,
    };
    response.end(JSON.stringify(told[pathname]?.() ?? {}));
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function explainedAs(endpoint: string, probability: number): object {
  const outcome = { path: [endpoint], beside: [], reason: "preferred", answer: { kind: "addresses", data: [] } };
  return { generation: 7, outcomes: [{ ...outcome, probability }] };
}

test("--server: the shares of those who ask it now", async () => {
  const server = await serverOf((client) => explainedAs("p/eu", client === "10.20.0.0" ? 0.25 : 0.75), {});
  const { stdout } = await run(await config(PASSES), "--server", server, "--format", "json");
  const { shares, matrix } = JSON.parse(stdout) as ResidencyReport;
  expect(shares).toEqual({ of: "server", server, generation: 7, configuration: "unknown" });
  expect(matrix.map(({ clients, endpoints }) => [clients, endpoints[0]!.share])).toEqual([
    ["hq", 0.25],
    ["unknown", 0.75],
  ]);
});

test("--server: one that serves other files is told, and an endpoint that is not here leaves shares unknown", async () => {
  const generations = { items: [{ number: 7, at: "", hash: "ab".repeat(32), databases: [] }] };
  const server = await serverOf(() => explainedAs("p/elsewhere", 1), generations);
  const { stdout } = await run(await config(PASSES), "--server", server, "--format", "json");
  const { shares, matrix } = JSON.parse(stdout) as ResidencyReport;
  expect(shares).toMatchObject({ generation: 7, configuration: "other" });
  expect(matrix.flatMap(({ endpoints }) => endpoints.map(({ share }) => share))).toEqual([undefined, undefined]);
  const { stdout: text } = await run(await config(PASSES), "--server", server);
  expect(text).toContain("generation 7, which has other files than this report");
});

test("--server: one that serves these files", async () => {
  const file = await config(PASSES);
  const head = `${JSON.stringify({ file: path.basename(file), octets: PASSES.length })}\n`;
  const hash = createHash("sha256").update(head).update(PASSES).digest("hex");
  const generations = { items: [{ number: 7, at: "", hash, databases: [] }] };
  const server = await serverOf(() => explainedAs("p/eu", 1), generations);
  const { stdout } = await run(file, "--server", server, "--format", "json");
  expect((JSON.parse(stdout) as ResidencyReport).shares).toMatchObject({ configuration: "same" });
});

test("--output: a file, and nothing on standard output", async () => {
  const output = path.join(folder, "report.html");
  const { code, stdout } = await run(await config(PASSES), "--format", "html", "--output", output);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(await readFile(output, "utf8")).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/);
});

test.for<[what: string, content: string, args: readonly string[], code: number, said: RegExp]>([
  ["a rule that is not there", PASSES, ["--rule", "euu"], 1, /--rule euu: no such residency rule; did you mean eu\?/],
  ["no rules", PASSES.slice(0, PASSES.indexOf("residency:")), [], 1, /no residency rules; write some under residency/],
  ["a server that does not answer", PASSES, ["--server", "http://127.0.0.1:1"], 3, /127\.0\.0\.1:1/],
  ["a file that cannot be written", PASSES, ["--output", "/dev/null/x"], 1, /--output \/dev\/null\/x: ENOTDIR/],
  ["a format that there is not", PASSES, ["--format", "pdf"], 2, /Allowed choices are text, json, csv, html/],
])("refused: %s", async ([, content, args, expected, said]) => {
  const { code, stderr } = await run(await config(content), ...args);
  expect(code).toBe(expected);
  expect(stderr).toMatch(said);
});
