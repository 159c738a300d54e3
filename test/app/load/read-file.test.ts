import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { liesBelow, readWholeFile } from "../../../src/app/load/read-file.ts";

const BOUNDS = { most: 1_000_000, rule: "the rule" };

let directory: string;
const at = (name: string): string => path.join(directory, name);
const socket = createServer();

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  await writeFile(at("file"), "text");
  await writeFile(at("empty"), "");
  await writeFile(at("large"), Buffer.alloc(BOUNDS.most + 1));
  await symlink("circle", at("circle"));
  execFileSync("/usr/bin/env", ["mkfifo", at("fifo")]);
  await once(socket.listen(at("socket")), "listening");
});

afterAll(async () => {
  socket.close();
  await rm(directory, { recursive: true });
});

test("readWholeFile reads a file, its time, and an empty one", () => {
  expect(readWholeFile(at("file"), BOUNDS)).toMatchObject({ ok: true, value: { octets: Buffer.from("text") } });
  expect(readWholeFile(at("empty"), BOUNDS)).toMatchObject({ ok: true, value: { octets: Buffer.alloc(0) } });
});

test.for<[name: string, reason: string]>([
  ["gone", "no such file"],
  ["file/below", "no such file"],
  ["", "a directory, not a file"],
  ["fifo", "a FIFO, not a file"],
  ["socket", "a device or socket, not a file"],
  ["circle", "symbolic links in a circle"],
  ["large", "too large: 976.6KiB"],
])("readWholeFile: %s is refused: %s", ([name, reason]) => {
  expect(readWholeFile(at(name), BOUNDS)).toMatchObject({ ok: false, error: { reason } });
});

test("readWholeFile: a device is not even opened", () => {
  expect(readWholeFile("/dev/full", BOUNDS)).toMatchObject({
    ok: false,
    error: { reason: "a device or socket, not a file" },
  });
});

/** Writes the file in place, each time with one other letter from its first octet to its last; says when it has begun. */
const REWRITER = `
  const { openSync, writeSync } = require("node:fs");
  const fd = openSync(process.argv[1], "r+");
  writeSync(1, "begun");
  for (let letter = 0; ; letter = (letter + 1) % 26) {
    for (let at = 0; at < ${BOUNDS.most}; at += 1000) writeSync(fd, String.fromCharCode(97 + letter).repeat(1000), at);
  }`;

test(
  "readWholeFile: a file that is rewritten in place all the time is refused, never read half one, half the other",
  { timeout: 60_000 },
  async () => {
    await writeFile(at("rewritten"), "a".repeat(BOUNDS.most));
    // Several, since on a busy machine one may stand still for a while.
    const writers = [1, 2, 3].map(() =>
      spawn(process.execPath, ["-e", REWRITER, at("rewritten")], { stdio: ["ignore", "pipe", "ignore"] }),
    );
    onTestFinished(() => writers.forEach((writer) => writer.kill("SIGKILL")));
    await Promise.all(writers.map(({ stdout }) => once(stdout, "data")));
    for (let time = 0; time < 2; time++) {
      expect(readWholeFile(at("rewritten"), BOUNDS)).toEqual({
        ok: false,
        error: {
          reason: "changed while it was read",
          wanted: "a file that is put in place whole: write it beside, then rename it",
        },
      });
    }
    for (const writer of writers) {
      writer.kill("SIGKILL");
      await once(writer, "exit");
    }
    expect(readWholeFile(at("rewritten"), BOUNDS).ok).toBe(true);
  },
);

test.for<[file: string, folder: string, expected: boolean]>([
  ["file", "", true],
  ["file", ".", true],
  ["file", "gone", false],
  ["gone", "", false],
  ["..", "", false],
  ["", "", false],
])("liesBelow: %j in %j is %s", ([file, folder, expected]) => {
  expect(liesBelow(at(file), at(folder))).toBe(expected);
});
