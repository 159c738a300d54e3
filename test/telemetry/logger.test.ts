import { spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { LOG_LEVELS } from "../../src/shared/ports.ts";
import { createLogger, type LevelledLogger } from "../../src/telemetry/logger.ts";

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
  const start = (args: readonly string[], stdio: StdioOptions) => spawn(process.execPath, [script, ...args], { stdio });

  test.for(["json", "pretty"])("loses nothing when the process exits while the reader is slow: %s", async (format) => {
    const child = start([format, "3000"], ["ignore", "pipe", "inherit"]);
    await once(child.stdout!, "readable");
    // By then the pipe is full: it holds less than 3000 lines.
    await delay(50);
    const lines = (await text(child.stdout!)).split("\n");
    expect(lines).toHaveLength(3001);
    expect(lines[2999]).toContain(`"line":2999`);
  });

  test("lets the process go on when the reader is gone", async () => {
    const child = start(["json", "3000"], ["ignore", "pipe", "inherit"]);
    child.stdout!.destroy();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test.runIf(existsSync("/dev/full"))("lets the process go on when the disk is full", async () => {
    const child = start(["json", "20000"], ["ignore", openSync("/dev/full", "w"), "inherit"]);
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
