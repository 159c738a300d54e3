/** The commands that ask a server, as a shell sees them: where they ask, how they end, what they print where. */
import { execFileSync, spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parseTokenFile } from "../../src/admin/tokens/token-file.ts";
import { controlServer, json, paged, problem } from "../support/control-server.ts";
import { ENDPOINTS, endpointStatus, OVERRIDE, OVERVIEW, PLAN, PROFILES } from "../support/control-data.ts";
import { freePort } from "../support/free-port.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const MAIN = path.resolve(import.meta.dirname, "../../src/cli/main.ts");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], options: SpawnOptions = {}) {
  const env = plainEnvironment(options.env);
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, ...options, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = start(args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, "exit")]);
  return { code: code as number | null, stdout, stderr };
}

const ANSWERS = {
  "GET /status": OVERVIEW,
  "GET /profiles": paged(PROFILES),
  "GET /profiles/shop": PROFILES[0]!,
  "GET /endpoints": paged(ENDPOINTS),
};

describe("where they ask", () => {
  test("the socket of a configuration that is broken, found beside its state file", async () => {
    const socket = path.join(folder, "control.sock");
    const { asked } = await controlServer(ANSWERS, socket);
    writeFileSync(path.join(folder, "geosteer.yaml"), "state: { file: s.db }\nprofiles:\n  shop: [\n");
    const { code, stdout, stderr } = await run(["status", "shop"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Profile {5}shop/);
    expect(asked[0]).toMatchObject({ line: "GET /profiles/shop", token: undefined });
    rmSync(path.join(folder, "geosteer.yaml"));
  });

  test("GEOSTEER_SERVER, with GEOSTEER_TOKEN", async () => {
    const { address, asked } = await controlServer(ANSWERS);
    const { code } = await run(["status", "shop"], { GEOSTEER_SERVER: address, GEOSTEER_TOKEN: "t0ken" });
    expect(code).toBe(0);
    expect(asked[0]!.token).toBe("Bearer t0ken");
  });

  test("the options count for the commands beneath a command, on either side of their names", async () => {
    const { address, asked } = await controlServer({ "GET /overrides": { items: [OVERRIDE] } });
    const [after, before] = await Promise.all([
      run(["override", "list", "--json", "--server", address]),
      run(["override", "--server", address, "list"]),
    ]);
    expect([after.code, before.code]).toEqual([0, 0]);
    expect(JSON.parse(after.stdout)).toMatchObject([{ id: 7 }]);
    expect(before.stdout).toMatch(/^ID /);
    expect(asked).toHaveLength(2);
  });
});

describe("exit codes", () => {
  test("0 and 1: what is refused is one line with its code, in JSON as check has it", async () => {
    const answers = { "POST /overrides": problem(409, "matches-nothing", "shp/*: no endpoint has this name") };
    const { address } = await controlServer(answers);
    const args = ["override", "shp/*", "out", "--for", "2h", "--server", address];
    const [plain, asJson] = await Promise.all([run(args), run([...args, "--json"])]);
    const message = "shp/*: no endpoint has this name; --pending sets it for endpoints to come";
    expect(plain).toEqual({ code: 1, stdout: "", stderr: `${message} (matches-nothing)\n` });
    expect({ ...asJson, stdout: JSON.parse(asJson.stdout) as unknown }).toEqual({
      code: 1,
      stdout: { ok: false, problems: [{ code: "matches-nothing", message }] },
      stderr: "",
    });
  });

  test("0, with a line on standard error, where an override or its end is not kept", async () => {
    const { address } = await controlServer({
      "POST /overrides": {
        hits: [],
        hitCount: 0,
        profiles: [],
        profileCount: 0,
        emptied: 0,
        override: { ...OVERRIDE, kept: false },
      },
      "DELETE /overrides/7": { cleared: [OVERRIDE], kept: false },
    });
    const [set, cleared] = await Promise.all([
      run(["override", "shop/*", "out", "--server", address]),
      run(["override", "clear", "7", "--server", address]),
    ]);
    expect([set.code, cleared.code]).toEqual([0, 0]);
    expect(set.stderr).toMatch(/^it holds, and is not kept: a restart forgets it; .* status says why\n$/);
    expect(cleared.stderr).toMatch(/^that is not kept: after a restart they are back; .* status says why\n$/);
  });

  test("1: a reload that is refused prints its problems as check does", async () => {
    const problems = [{ code: "unknown-key", message: "geosteer.yaml:3:1 profile: unknown key" }];
    const { address } = await controlServer({
      "POST /reload": json(422, { taken: false, generation: 12, problems }),
    });
    expect(await run(["reload", "--server", address])).toEqual({
      code: 1,
      stdout: "",
      stderr: "geosteer.yaml:3:1 profile: unknown key (unknown-key)\nnot taken: 1 problem; generation 12 serves on\n",
    });
  });

  test("2: the command line is wrong", async () => {
    const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [["history", "--since", "24"], /'24' is invalid\. not a duration, wanted a whole number and a unit/],
      [["status", "--server", "127.0.0.1"], /--server 127\.0\.0\.1: give http:\/\/HOST:PORT/],
      [["status", "--server", "http://127.0.0.1", "--token-file", "none"], /--token-file none: no such file/],
    ];
    for (const [args, message] of wrong) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(message);
    }
  });

  test("3: no server is found, or none answers", async () => {
    const server = `http://127.0.0.1:${await freePort()}`;
    const [unfound, unreached] = await Promise.all([run(["status"]), run(["status", "--server", server])]);
    expect(unfound).toMatchObject({ code: 3, stdout: "" });
    expect(unfound.stderr).toMatch(/^no running server found; tried geosteer\.yaml \(no such file\), .*--server URL/);
    expect(unreached).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`${server}: nobody listens there`) as string,
    });
  });

  test("4: the server does not allow it", async () => {
    const { address } = await controlServer({ "POST /probe": problem(403, "forbidden", "needs the role operate") });
    const { code, stderr } = await run(["probe", "shop/munich", "--server", address]);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: `${address}: not allowed without a token: needs the role operate (not-allowed)\n`,
    });
  });
});

describe("another user", () => {
  /** The superuser may open everything: then `nobody` asks. */
  const uid = process.getuid!() === 0 ? 65_534 : undefined;

  async function asOther(...args: readonly string[]): Promise<Ran> {
    const child = start(args, { ...(uid === undefined ? {} : { uid }), stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, "exit")]);
    return { code: code as number | null, stdout, stderr };
  }

  test("4: who may not use the socket is told so, also where its folder is closed", async () => {
    const open = mkdtempSync(path.join(tmpdir(), "geosteer-"));
    chmodSync(open, 0o755);
    const closed = path.join(open, "state");
    mkdirSync(closed);
    const socket = path.join(closed, "control.sock");
    await controlServer(ANSWERS, socket);
    chmodSync(socket, 0);
    const config = path.join(open, "geosteer.yaml");
    writeFileSync(config, "state: { file: state/geosteer.db }\n");
    const named = await asOther("status", "--server", `unix:${socket}`);
    chmodSync(closed, 0);
    const found = await asOther("status", "--config", config);
    chmodSync(closed, 0o700);
    rmSync(open, { recursive: true });
    const stderr = `unix:${socket}: this user may not use the socket; use the server's user, or join the socket's group (not-allowed)\n`;
    expect([named, found]).toEqual([
      { code: 4, stdout: "", stderr },
      { code: 4, stdout: "", stderr },
    ]);
  });

  test("3: a configuration that they may not read is told as such", async () => {
    const config = path.join(folder, "secret.yaml");
    writeFileSync(config, "zones: {}\n", { mode: 0 });
    const { code, stderr } = await asOther("status", "--config", config);
    expect(code).toBe(3);
    expect(stderr).toContain(`tried ${config} (this user may not read it); name the server with`);
  });
});

describe("explain --live", () => {
  const explained = {
    name: "shop.gtm.example.com",
    generation: 12,
    matched: "*.gtm.example.com",
    profile: "shop",
    method: "priority",
    status: "degraded",
    question: "AAAA",
    client: { address: "192.0.2.7", placedBy: "client", source: "test", subdivisions: [], regions: ["WORLD"] },
    candidates: {
      profile: "shop",
      method: "priority",
      tiers: [
        [
          {
            endpoint: "a",
            basis: { kind: "priority", priority: 1 },
            status: "online",
            eligible: true,
            answers: true,
            addressesDown: [],
          },
        ],
      ],
      removed: [],
      others: [],
    },
    sticky: [],
    outcomes: [
      {
        probability: 1,
        path: ["shop/a"],
        beside: [],
        reason: "preferred",
        answer: { kind: "addresses", data: ["2001:db8::1"] },
      },
    ],
    ttl: 60,
    negativeTtl: 60,
    scope: "0.0.0.0/0",
  };

  test("asks the running server, and prints what explain prints", async () => {
    const { address, asked } = await controlServer({ "GET /explain": explained });
    const args = ["--live", "Shop.gtm.example.com.", "--client", "192.0.2.7", "--type", "aaaa", "--down", "shop/b"];
    const { code, stdout } = await run(["explain", ...args, "--down", "shop/c", "--server", address]);
    expect(code).toBe(0);
    expect(asked[0]!.line).toBe(
      "GET /explain?name=shop.gtm.example.com&type=AAAA&client=192.0.2.7&down=shop/b&down=shop/c",
    );
    expect(stdout).toMatch(
      /^Question {4}shop\.gtm\.example\.com AAAA for 192\.0\.2\.7\nProfile {5}shop \(priority\), degraded, by its name \*\.gtm\.example\.com\n/,
    );
    expect(stdout).toContain(`\nGeneration  12 of ${address}\n`);
  });
});

describe("what they print where", () => {
  test("no colours in a pipe; colours on a terminal, unless NO_COLOR is set", async () => {
    const { address } = await controlServer(ANSWERS);
    const [pipe, terminal, plain] = await Promise.all([
      run(["status", "--server", address]),
      inTerminal(["status", "--server", address]),
      inTerminal(["status", "--server", address], { NO_COLOR: "1" }),
    ]);
    expect(pipe.stdout).not.toContain("\u001b");
    expect(terminal).toContain("\u001b[31mdegraded\u001b[39m");
    expect(plain).not.toContain("\u001b");
    expect(plain).toContain("payroll  degraded");
  });

  test("whoever reads may have had enough: it ends, and asks for no more", async () => {
    const many = Array.from({ length: 5000 }, (_, i) => endpointStatus("shop", `endpoint-${i}`));
    const { address, asked } = await controlServer({ ...ANSWERS, "GET /endpoints": paged(many) });
    const child = start(["status", "shop", "--server", address], { stdio: ["ignore", "pipe", "pipe"] });
    const stderr = text(child.stderr!);
    await once(child.stdout!, "data");
    child.stdout!.destroy();
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(await stderr).toBe("");
    expect(asked.length).toBeLessThan(2500);
  });

  test.for([
    ["schema | head -1", "{\n", 0],
    ["check nowhere.yaml 2>&1 | true", "", 1],
  ] as const)("geosteer %s ends without a word", ([command, printed, code]) => {
    const line = `${process.execPath} ${MAIN} ${command}; echo "\${PIPESTATUS[0]}"`;
    expect(execFileSync("bash", ["-c", line], { encoding: "utf8", env: plainEnvironment() })).toBe(
      `${printed}${code}\n`,
    );
  });
});

describe("status --watch", () => {
  test("in a pipe one text follows the other, at once where something happens, until Ctrl-C", async () => {
    const streams: ServerResponse[] = [];
    const { address } = await controlServer({
      ...ANSWERS,
      "GET /events": (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" }).write(": hello\n\n");
        streams.push(response);
      },
    });
    const child = start(["status", "--watch", "--json", "--server", address], { stdio: ["ignore", "pipe", "pipe"] });
    let lines = 0;
    child.stdout!.on("data", (chunk: Buffer) => (lines += chunk.toString().split("\n").length - 1));
    await expect.poll(() => streams.length, { timeout: 10_000 }).toBe(1);
    expect(lines).toBe(1);
    const happened = performance.now();
    streams[0]!.write("event: transition\ndata: {}\n\n");
    await expect.poll(() => lines, { timeout: 4000 }).toBe(2);
    expect(performance.now() - happened).toBeLessThan(4500);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("a server that goes away is told, and asked again", async () => {
    let answers = true;
    const { address } = await controlServer({
      ...ANSWERS,
      "GET /status": (request, response) =>
        answers
          ? json(200, OVERVIEW)(request, response)
          : problem(503, "stopping", "geosteer is stopping")(request, response),
      "GET /events": (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const timer = setInterval(() => response.write("data: x\n\n"), 200);
        response.on("close", () => clearInterval(timer));
      },
    });
    const child = start(["status", "--watch", "--server", address], { stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout!.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr!.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("shop");
    answers = false;
    await expect
      .poll(() => stderr, { timeout: 10_000 })
      .toContain("geosteer is stopping; try again in a moment (stopping)\n");
    answers = true;
    const before = stdout.length;
    await expect.poll(() => stdout.length, { timeout: 10_000 }).toBeGreaterThan(before);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("on a terminal it stays within it, and q gives the screen back", async () => {
    const { address } = await controlServer(ANSWERS);
    const shown = await inTerminal(["status", "--watch", "--server", address], {}, { keys: "q", rows: 6 });
    expect(shown.startsWith("\u001b[?1049h\u001b[?25l\u001b[H")).toBe(true);
    expect(shown.trimEnd().endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
    expect(shown).toContain("geosteer");
    expect(shown).toMatch(/… \d+ more lines; q or Ctrl-C ends/);
    expect(shown.split("\n").length).toBeLessThanOrEqual(7);
  });

  test("a first time that fails is the end", async () => {
    const { code, stderr } = await run(["status", "--watch", "--server", `http://127.0.0.1:${await freePort()}`]);
    expect(code).toBe(3);
    expect(stderr).toContain("nobody listens there");
  });
});

interface Typed {
  readonly keys?: string;
  readonly rows?: number;
}

/** What a command writes to a terminal of 80 columns. Keys are typed once it has written. */
async function inTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { keys = "", rows = 30 }: Typed = {},
): Promise<string> {
  const command = `stty cols 80 rows ${rows}; exec ${[process.execPath, MAIN, ...args].join(" ")}`;
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    cwd: folder,
    env: plainEnvironment({ TERM: "xterm", ...env }),
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const written = text(child.stdout);
  if (keys !== "") {
    await once(child.stdout, "data");
    // The first picture is written before keys are read.
    await delay(500);
    child.stdin.write(keys);
  }
  await exited;
  return written;
}

describe("token", () => {
  test("prints a token once, and a line that the file of tokens can have", async () => {
    const { code, stdout } = await run(["token", "ada", "operate"]);
    expect(code).toBe(0);
    const [, token, , , line] = stdout.split("\n");
    expect(token).toMatch(/^geosteer_[\w-]{43}$/);
    expect(parseTokenFile(line!, "tokens")).toMatchObject({ ok: true, value: [{ name: "ada", role: "operate" }] });
    const { stdout: other } = await run(["token", "ada", "read", "--json"]);
    const made = JSON.parse(other) as { readonly token: string };
    expect(made).toMatchObject({ name: "ada", role: "read" });
    expect(made.token).not.toBe(token);
  });
});

test("override passes on what is said, and drain has its own time", async () => {
  const { address, asked } = await controlServer({ "POST /overrides": { ...PLAN, override: OVERRIDE } });
  await run(["drain", "site:munich", "--reason", "two words", "--server", address]);
  expect(asked[0]!.body).toMatchObject({ pattern: "site:munich", action: "drain", over: "10m", reason: "two words" });
});
