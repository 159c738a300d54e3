/** Exec probes with real programs. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createExecProbe } from "../../../src/health/probes/exec.ts";
import { createPrograms } from "../../../src/health/programs/programs.ts";
import type { ProbedHost, ProbeVerdict } from "../../../src/health/probes/probe.ts";
import { isAlive, script } from "../fixtures/programs.ts";
import { checkOf, execMonitor } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";

const check = checkOf(0, { host: "192.0.2.1", subject: "shop/fra" });

const run = (text: string, args: readonly string[] = [], timeout = 10_000) =>
  probe(check, execMonitor({ command: [script(text).path, ...args], timeout }));

const pidIn = (file: string): number => {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
};

describe("exec", () => {
  test.for<[what: string, text: string, verdict: ProbeVerdict]>([
    ["exit code 0", "echo all is well", { ok: true }],
    ["another exit code", "exit 2", { ok: false, code: "exit-code", reason: "exit code 2" }],
    [
      "its first line",
      'echo; printf "queue \\033[31m is\\tfull: 9 \\303\\274\\r\\nmore\\n"; exit 1',
      { ok: false, code: "exit-code", reason: "exit code 1: queue  [31m is full: 9" },
    ],
    [
      "a long line",
      'printf "%0200d" 0; exit 1',
      { ok: false, code: "exit-code", reason: `exit code 1: ${"0".repeat(100)}` },
    ],
    [
      "a program of the program's that is not there",
      "nowhere 2> /dev/null",
      { ok: false, code: "not-probed", reason: "exit code 127: the program did not find another" },
    ],
    ["a crash", "kill -ABRT $$", { ok: false, code: "not-probed", reason: "the program was ended by SIGABRT" }],
  ])("%s", async ([, text, verdict]) => {
    expect(await run(text)).toMatchObject(verdict);
  });

  test("a program that is not there says nothing of the endpoint", async () => {
    const monitor = execMonitor({ command: ["/nowhere/check"] });
    const reason = "the program cannot be started (ENOENT)";
    expect(await probe(check, monitor)).toMatchObject({ ok: false, code: "not-probed", reason });
  });

  test("the endpoint is in the arguments and in the environment, and nothing else of this process is", async () => {
    process.env["GEOSTEER_TOKEN"] = "secret";
    const { path, file } = script('printf "%s\\n" "$@" > $HERE/arguments; env > $HERE/environment');
    const command = [path, "%{host}", "--name=%{profile}/%{endpoint}:%{port}", "%%{host}", "%{host};id"];
    const monitor = execMonitor({ command });
    expect(await probe({ ...check, port: 8080 }, monitor)).toMatchObject({ ok: true });
    expect(readFileSync(file("arguments"), "utf8")).toBe("192.0.2.1\n--name=shop/fra:8080\n%{host}\n192.0.2.1;id\n");
    const environment = readFileSync(file("environment"), "utf8").split("\n");
    expect(environment.filter((line) => !/^(?:PWD|_|SHLVL)=|^$/.test(line)).toSorted()).toEqual([
      "GEOSTEER_ENDPOINT=fra",
      "GEOSTEER_HOST=192.0.2.1",
      "GEOSTEER_PORT=8080",
      "GEOSTEER_PROFILE=shop",
      "LANG=C",
      "PATH=/usr/bin:/bin",
    ]);
  });

  test("a host that a program would take for an option is given to none", async () => {
    const monitor = execMonitor({ command: ["/bin/true", "%{host}"] });
    expect(await probe({ ...check, host: "-rf.example.com" }, monitor)).toMatchObject({ code: "not-probed" });
  });

  test("one that has not ended in time has failed, and is ended with its children", async () => {
    const hanging = script("sleep 60 & echo $! > $HERE/pid; wait");
    const monitor = execMonitor({ command: [hanging.path], timeout: 1000 });
    const reason = "the program has not ended within 1000 ms";
    expect(await probe(check, monitor)).toMatchObject({ ok: false, code: "timeout", reason });
    const pid = pidIn(hanging.file("pid"));
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("a probe that is left ends its program", async () => {
    const hanging = script("sleep 60 & echo $! > $HERE/pid; wait");
    const running = runProbe(check, execMonitor({ command: [hanging.path] }));
    await expect.poll(() => pidIn(hanging.file("pid"))).toBeGreaterThan(0);
    running.abort();
    await running.outcome;
    await expect.poll(() => isAlive(pidIn(hanging.file("pid")))).toBe(false);
  });
});

describe("exec with few places", () => {
  const host: ProbedHost = {
    addresses: [],
    host: "192.0.2.1",
    port: 0,
    serverName: "",
    subject: "shop/fra",
    find: async () => ({ ok: true, addresses: [] }),
  };

  function setUp(places: number) {
    const programs = createPrograms({ places });
    const exec = createExecProbe(programs);
    return (command: readonly string[], timeout: number) =>
      exec(host, execMonitor({ command, timeout }), AbortSignal.timeout(timeout));
  }

  /** With the process that starts programs begun, which takes time. */
  async function setUpWarm(places: number) {
    const ask = setUp(places);
    expect(await ask(["/bin/true"], 60_000)).toEqual({ ok: true });
    return ask;
  }

  test("one whose time was over before the process that starts programs had begun has not been probed", async () => {
    const verdict = await setUp(1)(["/bin/sleep", "60"], 2);
    expect(verdict).toMatchObject({ ok: false, code: "not-probed" });
    expect((verdict as { reason: string }).reason).toMatch(/^not started within 2 ms/);
  });

  test("one that finds no place in time has not been probed", async () => {
    const ask = await setUpWarm(1);
    const hanging = ask(["/bin/sleep", "60"], 1500);
    const verdict = await ask(["/bin/true"], 300);
    expect(verdict).toMatchObject({ ok: false, code: "not-probed" });
    expect((verdict as { reason: string }).reason).toMatch(/^not started within 300 ms/);
    expect(await hanging).toMatchObject({ code: "timeout" });
  });

  test("places are free again, and one that waited is probed", async () => {
    const ask = setUp(2);
    const verdicts = Array.from({ length: 8 }, () => ask(["/bin/sleep", "0.05"], 30_000));
    expect(await Promise.all(verdicts)).toEqual(verdicts.map(() => ({ ok: true })));
  });

  test("one that waited for most of its time, and then hangs, has not been probed", async () => {
    const ask = await setUpWarm(1);
    const first = ask(["/bin/sleep", "60"], 1500);
    const second = await ask(["/bin/sleep", "60"], 2000);
    expect(second).toMatchObject({ ok: false, code: "not-probed" });
    expect((second as { reason: string }).reason).toMatch(/^the program waited \d+ ms to be started$/);
    expect(await first).toMatchObject({ code: "timeout" });
  });

  test("where the process that starts programs ends, nothing is told of endpoints, and the next has a new one", async () => {
    const ask = setUp(1);
    expect(await ask(["/bin/sleep", "0"], 10_000)).toEqual({ ok: true });
    const children = execFileSync("/bin/ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
    const hanging = ask(["/bin/sleep", "60"], 10_000);
    const waiting = ask(["/bin/sleep", "0"], 10_000);
    const own = children.split("\n").findLast((line) => line.includes("geosteer: programs"))!;
    process.kill(Number.parseInt(own, 10), "SIGKILL");
    expect(await hanging).toMatchObject({ code: "not-probed", reason: "no program can be started (SIGKILL)" });
    expect(await waiting).toEqual({ ok: true });
  });
});
