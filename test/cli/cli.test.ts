/** The commands as a shell sees them: exit codes, standard output and standard error of real processes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { askUdp, serverAt, subnet } from "../support/dns-client.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function spawnNode(...args: readonly string[]): ReturnType<typeof spawn> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function run(...args: readonly string[]): Promise<Ran> {
  const child = spawnNode("src/cli/main.ts", ...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, "exit")]);
  return { code: code as number | null, stdout, stderr };
}

/** The same with something on standard input. */
async function runWith(input: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, ["src/cli/main.ts", ...args], { cwd: ROOT, env: plainEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: code as number | null, stdout, stderr };
}

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
});

afterAll(() => rm(directory, { recursive: true }));

async function config(content: string): Promise<string> {
  const file = path.join(directory, `${Math.random()}.yaml`);
  await writeFile(file, content);
  return file;
}

const BROKEN = "zones:\n  gtm.example.com: { nameservers: [ns.example.net] }\nprofile: {}\n";

describe("check", () => {
  test("accepts the demo", async () => {
    expect(await run("check", "config/demo.yaml")).toEqual({
      code: 0,
      stdout: "config/demo.yaml: ok (1 zone, 4 profiles, 10 endpoints)\n",
      stderr: "",
    });
  });

  test("prints problems with their places and exits with 1; serve refuses with the same lines", async () => {
    const file = await config(BROKEN);
    const line = `${file}:3:1 profile: unknown key, found "profile", wanted a known key: did you mean profiles? (unknown-key)\n`;
    expect(await run("check", file)).toEqual({ code: 1, stdout: "", stderr: `${line}${file}: 1 problem\n` });
    expect(await run("serve", file)).toEqual({ code: 1, stdout: "", stderr: line });
  });

  test("--json gives the problems to programs", async () => {
    const { code, stdout } = await run("check", await config(BROKEN), "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ code: "unknown-key", line: 3, column: 1 }] });
  });

  test("accepts the example of a fresh checkout, without a warning", async () => {
    expect(await run("check", "--strict", "config/example.yaml")).toEqual({
      code: 0,
      stdout: "config/example.yaml: ok (2 zones, 9 profiles, 22 endpoints)\n",
      stderr: "",
    });
  });

  test("-: reads standard input, whose paths count from the working directory", async () => {
    const file = `${path.relative(ROOT, directory)}/stdin.zone`;
    await writeFile(path.join(ROOT, file), "@ 60 SOA a b 7 1 1 1 1\n@ 60 NS ns.example.net.\n");
    const [good, bad, json] = await Promise.all([
      runWith(`zones: { a.example: { file: ${file} } }\n`, "check", "-"),
      runWith(BROKEN, "check", "-"),
      runWith(BROKEN, "check", "-", "--json"),
    ]);
    expect(good).toEqual({ code: 0, stdout: "<stdin>: ok (1 zone, 0 profiles, 0 endpoints)\n", stderr: "" });
    const line =
      '<stdin>:3:1 profile: unknown key, found "profile", wanted a known key: did you mean profiles? (unknown-key)';
    expect(bad).toEqual({ code: 1, stdout: "", stderr: `${line}\n<stdin>: 1 problem\n` });
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: "<stdin>",
      ok: false,
      problems: [{ file: "<stdin>", line: 3 }],
    });
  });

  test("reads a file by its whole path where the working directory is removed", async () => {
    const gone = await mkdtemp(path.join(tmpdir(), "geosteer-gone-"));
    const script = 'cd "$1" && rmdir "$1" && shift && exec "$@"';
    const command = [
      process.execPath,
      path.join(ROOT, "src/cli/main.ts"),
      "check",
      path.join(ROOT, "config/demo.yaml"),
    ];
    const child = spawn("sh", ["-c", script, "sh", gone, ...command], { stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining("demo.yaml: ok"), stderr: "" });
  });

  test("warnings are told and allowed, and --strict refuses them", async () => {
    const file = await config(
      "zones: { a.example: { nameservers: ns.example.net } }\nprofiles: { p: { names: p.a.example, method: priority, endpoints: { a: { address: 192.0.2.1 } } } }\n",
    );
    const stdout = `${file}: ok (1 zone, 1 profile, 1 endpoint); 1 warning\n`;
    const stderr = expect.stringMatching(/^\S+:2:56 profiles\.p\.endpoints: .* \(single-endpoint\)\n$/) as string;
    const [lenient, strict] = await Promise.all([run("check", file), run("check", "--strict", file)]);
    expect(lenient).toEqual({ code: 0, stdout, stderr });
    expect(strict).toEqual({ code: 1, stdout, stderr });
  });

  test("--json tells how long failover takes", async () => {
    const { stdout } = await run("check", "config/example.yaml", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [] });
    expect((JSON.parse(stdout) as { failover: unknown }).failover).toContainEqual({
      profile: "shop",
      detection: 79,
      ttl: 60,
      atMost: 139,
    });
  });

  test("of npm's script paths count from the folder in which it was called", async () => {
    const env = plainEnvironment({ npm_lifecycle_event: "geosteer", npm_package_name: "geosteer" });
    const options = { cwd: ROOT, env: { ...env, INIT_CWD: path.join(ROOT, "config") } };
    const child = spawn(process.execPath, ["src/cli/main.ts", "check", "demo.yaml"], options);
    expect(await text(child.stdout)).toMatch(/^demo\.yaml: ok/);
  });

  test("a file that is not there is one line and exit code 1", async () => {
    const { code, stderr } = await run("check", "nowhere.yaml");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "nowhere.yaml: no such file; give the path of a configuration file (config-unreadable)\nnowhere.yaml: 1 problem\n",
    );
  });
});

describe("regions", () => {
  test("prints Azure's tree, and the groupings of law beside it", async () => {
    const { code, stdout } = await run("regions");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^WORLD\n {2}GEO-EU {2}Europe\n {4}AD {2}Andorra\n/);
    expect(stdout).toMatch(/^ {2}GEO-ME {2}Middle East\n {4}AE {2}United Arab Emirates\n/m);
    expect(stdout).toMatch(/^ {2}EU {2}European Union\n {4}AT AX BE .* YT$/m);
  });

  test.for([
    ["EU", /^EU {9} European Union, .*\nHeld by {5}EEA → WORLD\nHolds {7}34\n {2}AT {2}Austria\n/],
    ["DE", /^DE {9} Germany, a country\nHeld by {5}EU → EEA → GEO-EU → WORLD\nPoint {7}51\.17, 10\.45\n/],
    [
      "aws:eu-central-1",
      /Frankfurt, .*\nHeld by {10}DE-HE → DE → EU → EEA → GEO-EU → WORLD\nPoint {12}50\.12, 8\.68\n/,
    ],
    ["gcp", /^gcp:europe-west3 +DE-HE {3}Frankfurt at 50\.12, 8\.68$/m],
  ] as const)("tells of %s", async ([region, text]) => {
    const { code, stdout } = await run("regions", region);
    expect(code).toBe(0);
    expect(stdout).toMatch(text);
  });

  test("--json is for programs", async () => {
    const all = JSON.parse((await run("regions", "--json")).stdout) as { world: { holds: unknown[] } };
    expect(all.world.holds).toHaveLength(8);
    const one = JSON.parse((await run("regions", "NO", "--json")).stdout) as unknown;
    expect(one).toMatchObject({ code: "NO", name: "Norway", heldBy: ["EEA", "GEO-EU", "WORLD"] });
  });

  test.for([
    ["DEU", 'DEU is the alpha-3 code of Germany, found "DEU", wanted DE (bad-region)\n'],
    ["UK", 'UK is reserved, found "UK", wanted GB (reserved-region)\n'],
    [
      "azure:westeurop",
      'not the name of a cloud\'s region, found "azure:westeurop", wanted a region of azure: did you mean azure:westeurope? (bad-region)\n',
    ],
  ] as const)("%s is refused as in a configuration", async ([region, stderr]) => {
    expect(await run("regions", region)).toEqual({ code: 1, stdout: "", stderr });
  });
});

describe("explain", () => {
  test("a query without a client subnet has no scope", async () => {
    const args = ["--client", "194.25.0.1", "--resolver", "200.160.2.1", "--no-subnet"];
    const { stdout } = await run("explain", "config/demo.yaml", "www.gtm.example.com", ...args);
    expect(stdout).toMatch(/^ECS scope {3}none: the query has no client subnet$/m);
  });

  test("records of several decisions do not look like one answer", async () => {
    const args = ["explain", "config/demo.yaml", "canary.gtm.example.com", "--client", "194.25.0.1"];
    const { stdout } = await run(...args);
    expect(stdout).toContain(
      "\nAnswer      what one of these decisions brings\n  canary.gtm.example.com. 10 IN A 192.0.2.40\n",
    );
    const { stdout: single } = await run(...args, "--down", "canary/stable");
    expect(single).toContain("\nAnswer\n  canary.gtm.example.com. 10 IN A 192.0.2.41\n");
  });

  test("shows each step", async () => {
    const { code, stdout } = await run("explain", "config/demo.yaml", "www.gtm.example.com", "--client", "194.25.0.1");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Location {4}DE at 51\.17, 10\.45 \(dbip-country\.mmdb\); regions DE → EU → EEA → GEO-EU → WORLD$/m,
    );
    expect(stdout).toMatch(/^ {2}1\. frankfurt: 0 km, online$/m);
    expect(stdout).toMatch(/^ {2}100 % www\/frankfurt \(preferred\)$/m);
    expect(stdout).toMatch(/^ {2}www\.gtm\.example\.com\. 10 IN A 192\.0\.2\.10$/m);
    expect(stdout).toMatch(/^TTL {9}10 s$/m);
    expect(stdout).toMatch(/^ECS scope {3}194\.24\.0\.0\/15$/m);
    expect(stdout).toContain("IP Geolocation by DB-IP");
  });

  test("tells to whom a client of a sticky profile keeps, and the network that keeps together", async () => {
    const file = await config(`
zones: { example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { names: [shop.example.com], method: weighted, sticky: client, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }
`);
    const { stdout } = await run("explain", file, "shop.example.com", "--client", "192.0.2.7");
    expect(stdout).toMatch(/^Sticky {6}shop keeps all of 192\.0\.2\.0\/24 together$/m);
    // The example of docs/steering.md section 6.
    expect(stdout).toMatch(/^Decision\n {2}100 % shop\/b \(preferred\)\nAnswer$/m);
    expect(stdout).toMatch(/^ECS scope {3}192\.0\.2\.0\/24$/m);
  });

  test("-: reads standard input", async () => {
    const text =
      "zones: { a.example: { nameservers: ns.example.net } }\nprofiles: { p: { names: p.a.example, method: priority, endpoints: { one: { address: 192.0.2.1 } } } }\n";
    const { code, stdout } = await runWith(text, "explain", "-", "p.a.example", "--client", "192.0.2.7");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}p\.a\.example\. 60 IN A 192\.0\.2\.1$/m);
  });

  test("--down takes an endpoint out and --json is for programs", async () => {
    const args = [
      "WWW.gtm.example.com.",
      "--client",
      "194.25.0.1",
      "--type",
      "AAAA",
      "--down",
      "www/frankfurt",
      "--json",
    ];
    const { stdout } = await run("explain", "config/demo.yaml", ...args);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "www.gtm.example.com",
      outcomes: [{ probability: 1, path: ["www/virginia"], reason: "failover", answer: { data: ["2001:db8:3::10"] } }],
    });
  });

  test("tells the scope that the server tells: the narrowest of the profiles on the way that use client subnets", async () => {
    const file = await config(`
zones: { example.com: { nameservers: [ns.example.net] } }
geoip: { networks: { office: { cidrs: [10.0.0.0/8], location: DE } } }
profiles:
  near: { names: [near.example.com], method: geographic, endpoints: { de: { address: 192.0.2.1, regions: [DE] } } }
  leads: { names: [leads.example.com], method: priority, endpoints: { a: { host: near.example.com } } }
  without: { names: [without.example.com], ecs: false, method: geographic, endpoints: { de: { address: 192.0.2.1, regions: [DE] } } }
`);
    const scopeOf = async (name: string): Promise<unknown> => {
      const { stdout } = await run("explain", file, `${name}.example.com`, "--client", "10.1.2.3", "--json");
      return (JSON.parse(stdout) as { readonly scope: string }).scope;
    };
    expect(await scopeOf("near")).toBe("10.0.0.0/8");
    expect(await scopeOf("leads")).toBe("10.0.0.0/8");
    expect(await scopeOf("without")).toBe("0.0.0.0/0");
  });

  test.for([
    ["an unknown name", "config/demo.yaml", "ww.gtm.example.com", { code: "unknown-name" }],
    ["an unknown endpoint", "config/demo.yaml", "www.gtm.example.com", { code: "unknown-endpoint" }],
    ["a file that is not there", "nowhere.yaml", "www.gtm.example.com", { code: "config-unreadable" }],
    ["a problem in the file", BROKEN, "www.gtm.example.com", { code: "unknown-key", line: 3, column: 1 }],
  ] as const)("--json tells %s in the shape of check --json", async ([, file, name, problem]) => {
    const path = file === BROKEN ? await config(BROKEN) : file;
    const args = [path, name, "--client", "192.0.2.1", "--down", "www/nowhere", "--json"];
    const { code, stdout, stderr } = await run("explain", ...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ file: path, ok: false, problems: [problem] });
  });

  test.for([
    ["an unknown name", ["ww.gtm.example.com", "--client", "192.0.2.1"], 1, /is no name of a profile; .* has www\.gtm/],
    [
      "an unknown endpoint",
      ["www.gtm.example.com", "--client", "192.0.2.1", "--down", "www/frankfur"],
      1,
      /did you mean www\/frankfurt\?/,
    ],
    ["an address that is none", ["www.gtm.example.com", "--client", "192.0.2"], 2, /Give an IPv4 or IPv6 address/],
    ["no client", ["www.gtm.example.com"], 2, /--client/],
  ] as const)("refuses %s", async ([, args, wanted, message]) => {
    const { code, stderr } = await run("explain", "config/demo.yaml", ...args);
    expect(code).toBe(wanted);
    expect(stderr).toMatch(message);
  });
});

test("schema prints the JSON Schema", async () => {
  const { code, stdout } = await run("schema");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ properties: { zones: {}, profiles: {} } });
});

test.for([
  ["--help", 0],
  ["--version", 0],
  ["no-such-command", 2],
] as const)("geosteer %s exits with %i", async ([argument, wanted]) => {
  expect((await run(argument)).code).toBe(wanted);
});

describe("serve", () => {
  const SERVED = `
listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0" }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  www: { names: [www.gtm.example.com], method: priority, endpoints: { one: { address: 192.0.2.1 } } }
`;

  /** A process that serves; its log tells where. */
  async function serving(
    ...nodeOptions: readonly string[]
  ): Promise<{ readonly child: ReturnType<typeof spawn>; readonly dns: string }> {
    const child = spawnNode(...nodeOptions, "src/cli/main.ts", "serve", await config(SERVED));
    for await (const chunk of child.stdout!) {
      const ready = /\{.*"msg":"ready"\}/.exec(String(chunk))?.[0];
      if (ready !== undefined) return { child, dns: (JSON.parse(ready) as { dns: string[] }).dns[0]! };
    }
    throw new Error("it ended before it was ready");
  }

  test.for(["SIGTERM", "SIGINT"] as const)("answers, and %s ends it with 0 within 5 seconds", async (signal) => {
    const { child, dns } = await serving();
    const { answers } = await askUdp(serverAt(dns), { name: "www.gtm.example.com", ecs: subnet("192.0.2.0/24") });
    expect(answers).toEqual(["www.gtm.example.com 60 A 192.0.2.1"]);
    const asked = performance.now();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(performance.now() - asked).toBeLessThan(5000);
  });

  test("SIGUSR1 opens no debugger, and SIGUSR2 does not end it", async () => {
    const { child, dns } = await serving();
    let stderr = "";
    child.stderr!.on("data", (text: Buffer) => (stderr += text.toString()));
    child.kill("SIGUSR1");
    child.kill("SIGUSR2");
    await askUdp(serverAt(dns), { name: "www.gtm.example.com", ecs: subnet("192.0.2.0/24") });
    await delay(500);
    expect(stderr).toBe("");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("SIGHUP does not end it while its modules load", async () => {
    const hook = `
      import { registerHooks } from "node:module";
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier.endsWith("/program.ts")) process.kill(process.pid, "SIGHUP");
          return next(specifier, context);
        },
      });`;
    const { child } = await serving("--import", `data:text/javascript,${encodeURIComponent(hook)}`);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("a second signal ends it at once, with 1", async () => {
    const { child } = await serving();
    child.kill("SIGTERM");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([1, null]);
  });

  test("loads and serves on where the folder that it was started in is removed", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
    const withoutState = await config(`${SERVED}\nstate: { file: off }\n`);
    const child = spawn(process.execPath, [path.join(ROOT, "src/cli/main.ts"), "serve", withoutState], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let log = "";
    child.stdout.on("data", (chunk) => (log += String(chunk)));
    await expect.poll(() => log, { timeout: 15_000 }).toContain('"msg":"ready"');
    await rm(folder, { recursive: true });
    child.kill("SIGHUP");
    await expect.poll(() => log, { timeout: 15_000 }).toContain('"generation":2,"msg":"serving a new generation"');
  });

  test("all problems of a start are told, however slowly they are read", async () => {
    // More than a pipe holds.
    const keys = Array.from({ length: 90 }, (_, i) => `? ${"x".repeat(5000)}${i}\n: 1\n`).join("");
    const child = spawnNode("src/cli/main.ts", "serve", await config(`zones: {}\n${keys}`));
    const exited = once(child, "exit");
    await delay(3000);
    const stderr = await text(child.stderr!);
    expect(stderr.split("\n").filter((line) => line.includes("unknown key"))).toHaveLength(90);
    expect(await exited).toEqual([1, null]);
  });

  test("a port in use is one line and exit code 1", async () => {
    const { child, dns } = await serving();
    const { code, stderr } = await run("serve", await config(SERVED.replace("127.0.0.1:0", dns)));
    expect(code).toBe(1);
    expect(stderr).toBe(`${dns} TCP: the port is in use; stop the other server or change listen.dns (port-in-use)\n`);
    child.kill("SIGTERM");
    await once(child, "exit");
  });
});
