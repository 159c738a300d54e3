/** Real programs: what is told of their end, and what is left of them. */
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { runProgram, type Ran } from "../../../src/health/programs/run-program.ts";
import { isAlive, script } from "../fixtures/programs.ts";

const run = (command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runProgram({ command, environment }).ran;

/** The number that a script has written to a file, once it has. */
async function numberIn(file: string): Promise<number> {
  const read = (): number => (existsSync(file) ? Number(readFileSync(file, "utf8")) : 0);
  await expect.poll(read).toBeGreaterThan(0);
  return read();
}

describe("runProgram", () => {
  test.for<[what: string, text: string, Ran]>([
    ["success", "echo fine", { kind: "exited", code: 0, output: "fine\n" }],
    ["failure", "echo broken; echo aside >&2; exit 2", { kind: "exited", code: 2, output: "broken\n" }],
    ["a crash", "kill -SEGV $$", { kind: "killed", signal: "SIGSEGV" }],
    ["output after output", "echo a; sleep 0.05; echo b", { kind: "exited", code: 0, output: "a\nb\n" }],
  ])("tells of %s", async ([, text, ran]) => {
    expect(await run([script(text).path])).toEqual(ran);
  });

  test.for<[what: string, command: () => string, why: string]>([
    ["that is not there", () => script("").file("other"), "ENOENT"],
    ["that may not be run", () => script("exit 0", { mode: 0o644 }).path, "EACCES"],
    ["that is a folder", () => "/", "EACCES"],
    ["whose name cannot be one", () => "/bin/tr\0ue", "ERR_INVALID_ARG_VALUE"],
  ])("a program %s is not started", async ([, command, why]) => {
    expect(await run([command()])).toEqual({ kind: "not-started", why });
  });

  test("arguments are no words of a shell, and the environment is what is given alone", async () => {
    const { path } = script('printf "%s|" "$@"; echo; env | sort | grep -v "^PWD=\\|^_=\\|^SHLVL="; pwd');
    const ran = await run([path, "$(id)", "a b", "*", "", ";"], { PATH: "/usr/bin:/bin", GEOSTEER_HOST: "192.0.2.1" });
    const output = "$(id)|a b|*||;|\nGEOSTEER_HOST=192.0.2.1\nPATH=/usr/bin:/bin\n/\n";
    expect(ran).toEqual({ kind: "exited", code: 0, output });
  });

  test("standard input is at its end, and no descriptor is handed on", async () => {
    const { path } = script("wc -c; ls -l /proc/self/fd");
    const open = openSync(path, "r");
    onTestFinished(() => closeSync(open));
    const { output } = (await run([path], { PATH: "/usr/bin:/bin" })) as { readonly output: string };
    expect(output).toMatch(/^0\n/);
    expect(output).toMatch(/ 0 -> \/dev\/null\n.* 1 -> \w+:.*\n.* 2 -> \/dev\/null\n/);
    expect(output).not.toContain(path);
  });

  test("children that it leaves behind end with it", async () => {
    const left = script("sleep 60 & echo $! > $HERE/pid; exit 0");
    expect(await run([left.path], { PATH: "/usr/bin:/bin" })).toMatchObject({ code: 0 });
    const pid = await numberIn(left.file("pid"));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("a child with a session of its own that holds the output holds nothing up", async () => {
    const left = script("setsid sleep 60 & echo $! > $HERE/pid; echo said; exit 1");
    const ran = await run([left.path], { PATH: "/usr/bin:/bin" });
    expect(ran).toEqual({ kind: "exited", code: 1, output: "said\n" });
    const pid = await numberIn(left.file("pid"));
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });

  test("kill ends it and its children, even those that ignore signals", async () => {
    const stubborn = script("trap '' TERM INT HUP; (trap '' TERM; sleep 60) & echo $! > $HERE/pid; wait; sleep 60");
    const program = runProgram({ command: [stubborn.path], environment: { PATH: "/usr/bin:/bin" } });
    const pid = await numberIn(stubborn.file("pid"));
    program.kill();
    expect(await program.ran).toEqual({ kind: "killed", signal: "SIGKILL" });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("of long output the beginning is kept", async () => {
    const { path } = script("head -c 100000 /dev/zero | tr '\\0' x; exit 3");
    expect(await run([path], { PATH: "/usr/bin:/bin" })).toEqual({ kind: "exited", code: 3, output: "x".repeat(4096) });
  });

  test("who writes without end is ended", async () => {
    expect(await run(["/bin/sh", "-c", "while :; do echo 0123456789012345678901234567890123456789; done"])).toEqual({
      kind: "endless-output",
    });
  });
});
