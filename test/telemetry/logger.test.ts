import { type ChildProcess, execFileSync, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LOG_LEVELS } from "../../src/shared/ports.ts";
import { createLogger, type LevelledLogger } from "../../src/telemetry/logger.ts";
import type { Seen } from "./log-and-exit.ts";

/** The lines that reach the destination, without colours. */
function linesOf({ pretty = false }, use: (logger: LevelledLogger) => void): string[] {
  let written = "";
  const destination = { write: (line: string) => void (written += line) };
  use(createLogger({ pretty, destination }));
  return stripVTControlCharacters(written).split("\n").slice(0, -1);
}

describe("createLogger", () => {
  test("writes one JSON line with ISO time, level by name, fields and message", () => {
    const [line, ...others] = linesOf({}, (logger) => {
      logger.warn({ profile: "shop", endpoint: "ireland" }, "an endpoint is degraded");
    });
    expect(others).toEqual([]);
    const entry: unknown = JSON.parse(line!);
    expect(entry).toMatchObject({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      profile: "shop",
      endpoint: "ireland",
      msg: "an endpoint is degraded",
    });
  });

  test("writes the type, message and stack of an error under err", () => {
    const [line] = linesOf({}, (logger) => {
      logger.error({ err: new TypeError("no") }, "a bug");
    });
    const entry: unknown = JSON.parse(line!);
    expect(entry).toMatchObject({
      err: { type: "TypeError", message: "no", stack: expect.stringContaining("logger.test.ts") },
    });
  });

  test.for([
    { level: "debug", written: ["debug", "info", "warn", "error"] },
    { level: "info", written: ["info", "warn", "error"] },
    { level: "warn", written: ["warn", "error"] },
    { level: "error", written: ["error"] },
  ] as const)("writes nothing below the level $level", ({ level, written }) => {
    const lines = linesOf({}, (logger) => {
      logger.setLevel(level);
      for (const each of LOG_LEVELS) logger[each]({}, each);
    });
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(written);
  });

  test("setLevel: the latest counts, up and down; info before the first", () => {
    const lines = linesOf({}, (logger) => {
      logger.debug({}, "hidden");
      logger.info({}, "first");
      logger.setLevel("error");
      logger.warn({}, "hidden");
      logger.setLevel("debug");
      logger.debug({}, "last");
    });
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["first", "last"]);
  });

  test("writes a readable line without pid and host name when pretty", () => {
    const lines = linesOf({ pretty: true }, (logger) => {
      logger.info({ profile: "shop" }, "an endpoint is online");
    });
    expect(lines).toEqual([
      expect.stringMatching(/^\[\d\d:\d\d:\d\d\] INFO: an endpoint is online \{"profile":"shop"\}$/),
    ]);
  });

  test.for([false, true])("keeps control characters of a field from the terminal, pretty = %s", (pretty) => {
    let written = "";
    const destination = { write: (line: string) => void (written += line) };
    createLogger({ pretty, destination }).info({ reason: "\u001b]0;owned\u0007\nfake" }, "failed");
    expect(written).not.toContain("\u001b]");
    expect(written).toContain(String.raw`\u001b]0;owned\u0007\nfake`);
  });
});

describe("createLogger on standard output", () => {
  const script = fileURLToPath(new URL("log-and-exit.ts", import.meta.url));
  const children: ChildProcess[] = [];
  const start = (args: readonly string[], stdio: StdioOptions): ChildProcess => {
    const child = spawn(process.execPath, [script, ...args], { stdio });
    children.push(child);
    return child;
  };
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), "geosteer-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** A pipe that is full once 64 KiB are in it and nobody reads. */
  function pipe(): { readonly writeEnd: number; readonly readEnd: number; readonly file: string } {
    const file = path.join(directory, `${Math.random()}`);
    execFileSync("mkfifo", [file]);
    const readEnd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    return { readEnd, writeEnd: openSync(file, "w"), file };
  }

  function numbers(log: string): number[] {
    return Array.from(log.matchAll(/"line":(\d+)/g), ([, number]) => Number(number));
  }

  // Node's own pipes are sockets, as the journal's are.
  test.for(["json", "pretty"])("loses nothing when the process exits while the reader is slow: %s", async (format) => {
    const child = start([format, "3000"], ["ignore", "pipe", "inherit"]);
    await once(child.stdout!, "readable");
    // By then the pipe is full: it holds less than 3000 lines.
    await delay(50);
    const lines = (await text(child.stdout!)).split("\n");
    expect(lines).toHaveLength(3001);
    expect(lines[2999]).toContain(`"line":2999`);
  });

  test("appends to a file, whole, what others write to it too", async () => {
    const file = path.join(directory, "log");
    const output = openSync(file, "w");
    writeSync(output, "from another\n");
    await once(start(["json", "3000"], ["ignore", output, "inherit"]), "exit");
    writeSync(output, "from another\n");
    closeSync(output);
    const log = readFileSync(file, "utf8");
    expect(log.split("\n").map((line) => (line === "from another" ? "other" : numbers(line)[0]))).toEqual([
      "other",
      ...Array(3000).keys(),
      "other",
      undefined,
    ]);
  });

  test.for(["json", "pretty"])("blocks nobody when the reader of a pipe has stopped: %s", async (format) => {
    const { readEnd, writeEnd } = pipe();
    const before = performance.now();
    const child = start([format, "40000", "200"], ["ignore", writeEnd, "pipe"]);
    const seen = JSON.parse(await text(child.stderr!)) as Seen;
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(seen).toMatchObject({ dropped: expect.any(Number), filesRead: 20, nonBlocking: false });
    expect(seen.longest).toBeLessThan(1000);
    expect(seen.dropped).toBeGreaterThan(5000);
    closeSync(writeEnd);
    closeSync(readEnd);
  });

  test.runIf(existsSync("/usr/bin/script"))("blocks nobody when the terminal is paused", async () => {
    const seenFile = path.join(directory, "seen");
    const command = `${process.execPath} ${script} json 20000 200 2> ${seenFile}`;
    const terminal = spawn("script", ["-qec", command, "/dev/null"], { stdio: ["pipe", "ignore", "inherit"] });
    children.push(terminal);
    await expect.poll(() => existsSync(seenFile)).toBe(true);
    // Nobody reads any more what the terminal is to show.
    terminal.kill("SIGSTOP");
    await expect.poll(() => existsSync(seenFile) && readFileSync(seenFile, "utf8"), { timeout: 5000 }).toMatch(/\}$/);
    const seen = JSON.parse(readFileSync(seenFile, "utf8")) as Seen;
    expect(seen).toMatchObject({ filesRead: 20, nonBlocking: false });
    expect(seen.longest).toBeLessThan(1000);
    expect(seen.dropped).toBeGreaterThan(1000);
  });

  test("blocks nobody when the reader of a socket has stopped", async () => {
    const child = start(["json", "20000", "200"], ["ignore", "pipe", "pipe"]);
    child.stdout!.pause();
    const seen = JSON.parse(await text(child.stderr!)) as Seen;
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(seen.longest).toBeLessThan(1000);
    expect(seen.dropped).toBeGreaterThan(1000);
    child.stdout!.destroy();
  });

  test("says once how many lines a reader that goes on has missed, and where", async () => {
    const { readEnd, writeEnd, file } = pipe();
    const child = start(["json", "20000", "2000"], ["ignore", writeEnd, "pipe"]);
    const seen = text(child.stderr!);
    await delay(1000);
    closeSync(writeEnd);
    const log = await text(spawn("cat", [file], { stdio: ["ignore", "pipe", "inherit"] }).stdout);
    const { dropped } = JSON.parse(await seen) as Seen;
    const gaps = log.split("\n").filter((line) => line.includes("log lines were dropped"));
    expect(gaps.map((line) => (JSON.parse(line) as { lines: number }).lines)).toEqual([dropped]);
    expect(numbers(log)).toEqual([...Array(20_000 - dropped).keys()]);
    closeSync(readEnd);
  });

  test("lets the process go on when the reader is gone", async () => {
    const child = start(["json", "3000"], ["ignore", "pipe", "inherit"]);
    child.stdout!.destroy();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("lets the process go on when the reader of a pipe is gone", async () => {
    const { readEnd, writeEnd } = pipe();
    closeSync(readEnd);
    expect(await once(start(["json", "3000"], ["ignore", writeEnd, "inherit"]), "exit")).toEqual([0, null]);
    closeSync(writeEnd);
  });

  test.runIf(existsSync("/dev/full"))("lets the process go on when the disk is full", async () => {
    const child = start(["json", "20000"], ["ignore", openSync("/dev/full", "w"), "inherit"]);
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
