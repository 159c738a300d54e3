/** The control socket: what may be there before, what it is while it serves, what is left after. */
import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHttpServer } from "../../../src/admin/http-server.ts";
import { ask, memoryLogger, startApi, stopServers } from "../../support/api-server.ts";
import { createMemoryDesk } from "../../support/memory-desk.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  file = path.join(folder, "control.sock");
});

afterEach(async () => {
  await stopServers();
  await rm(folder, { recursive: true });
});

async function status(): Promise<number> {
  return (await ask(file, "/api/v1/status")).status;
}

/** The one problem that the log has. */
async function problemAt(control: string): Promise<string> {
  const api = await startApi({ control });
  expect(api.control).toBeUndefined();
  expect((await ask(api.url, "/livez")).status).toBe(200);
  expect(api.log).toMatchObject([{ problem: expect.any(String) }]);
  return String(api.log[0]!["problem"]);
}

/** What is in the folder, and what it holds or leads to. */
async function contents(): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.map((entry) => {
    const at = path.join(folder, entry.name);
    const held = entry.isFile() ? readFileSync(at, "utf8") : entry.isSymbolicLink() ? readlinkSync(at) : "";
    return `${entry.name}: ${held}`;
  });
}

test("it serves what the address serves, for its user and group alone", async () => {
  const api = await startApi({ control: file });
  expect(api.control).toBe(file);
  expect(await status()).toBe(200);
  expect((await ask(file, "/livez")).text).toBe("ok\n");
  expect(lstatSync(file).isSocket()).toBe(true);
  expect(lstatSync(file).mode & 0o777).toBe(0o660);
  expect(await readdir(folder)).toEqual(["control.sock"]);
});

test("it serves without an address too", async () => {
  const server = createHttpServer(
    { control: file },
    {
      metrics: { exposition: async () => ({ contentType: "text/plain", body: [] }) },
      health: { readiness: () => [], stale: () => undefined },
      hosts: () => [],
      logger: memoryLogger(),
      control: createMemoryDesk(),
    },
  );
  expect(await server.start()).toEqual({ ok: true, value: { url: undefined, control: file } });
  expect(await status()).toBe(200);
  await server.stop();
});

test("at stop it is gone", async () => {
  await startApi({ control: file });
  await stopServers();
  expect(await readdir(folder)).toEqual([]);
});

test("at stop one that somebody else has put there is left alone", async () => {
  await startApi({ control: file });
  const other = createServer().listen(path.join(folder, "other"));
  await once(other, "listening");
  await rename(path.join(folder, "other"), file);
  await stopServers();
  expect(existsSync(file)).toBe(true);
  other.close();
});

test("one that a killed server has left is replaced", async () => {
  const killed = spawn(process.execPath, [
    "-e",
    "require('net').createServer().listen(process.argv[1], () => console.log())",
    file,
  ]);
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(lstatSync(file).isSocket()).toBe(true);
  const api = await startApi({ control: file });
  expect(api.control).toBe(file);
  expect(await status()).toBe(200);
});

test("one of a living server is not: it serves on, and this one without", async () => {
  const first = await startApi({ control: file });
  expect(await problemAt(file)).toBe(`${file}: another server listens there; give each its own listen.control`);
  await ask(file, "/api/v1/reload", { method: "POST", json: {} });
  expect(first.desk.done).toHaveLength(1);
});

test("one of a living server that accepts nothing is not", async () => {
  const stuck = spawn(process.execPath, [
    "-e",
    `const server = require("net").createServer().listen({ path: process.argv[1], backlog: 1 }, () => {
       console.log();
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
     });`,
    file,
  ]);
  await once(stuck.stdout, "data");
  const waiting = [connect(file), connect(file), connect(file)].map((socket) => socket.on("error", () => {}));
  expect(await problemAt(file)).toMatch(/another server listens there|whether a server listens there is not known/);
  for (const socket of waiting) socket.destroy();
  stuck.kill("SIGKILL");
  await once(stuck, "exit");
});

test("of two that start at once one has it, and goes on having it", async () => {
  const started = await Promise.all([startApi({ control: file }), startApi({ control: file })]);
  expect(started.filter(({ control }) => control !== undefined)).toHaveLength(1);
  await ask(file, "/api/v1/reload", { method: "POST", json: {} });
  expect(started.flatMap(({ desk }) => desk.done)).toHaveLength(1);
});

test.for<[what: string, make: () => Promise<unknown>]>([
  ["a file", () => writeFile(file, "precious")],
  ["a folder", () => mkdir(file)],
  [
    "a link to a file",
    () => writeFile(path.join(folder, "precious"), "precious").then(() => symlink("precious", file)),
  ],
  ["a link to nowhere", () => symlink("nowhere", file)],
])("%s is never removed", async ([, make]) => {
  await make();
  const before = await contents();
  expect(await problemAt(file)).toBe(
    `${file}: there is something that is no socket, and is left alone; change listen.control`,
  );
  await stopServers();
  expect(await contents()).toEqual(before);
});

test("a folder that is missing is told", async () => {
  const control = path.join(folder, "run", "control.sock");
  expect(await problemAt(control)).toBe(`${control}: its folder does not exist; make it, or change listen.control`);
});

test("a folder that is a file is told", async () => {
  await writeFile(path.join(folder, "run"), "");
  const control = path.join(folder, "run", "control.sock");
  expect(await problemAt(control)).toBe(`${control}: it is not in a folder; change listen.control`);
});

test("a path that is too long for a Unix socket is told with what is too much", async () => {
  const control = path.join(folder, "x".repeat(108 - folder.length - 1));
  expect(await problemAt(control)).toBe(
    `${control}: too long for a Unix socket by 1 octets; set listen.control to a shorter path`,
  );
  const shorter = control.slice(0, -1);
  expect((await startApi({ control: shorter })).control).toBe(shorter);
});

test.skipIf(process.getuid?.() === 0)("a folder that may not be written to is told", async () => {
  await chmod(folder, 0o500);
  expect(await problemAt(file)).toBe(`${file}: the socket cannot be made: EACCES; check listen.control`);
  await chmod(folder, 0o700);
});
