/** Processes, addresses and files of some tests; all end with them, however they end. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { findBlock, type Block } from "./block.ts";
import { fileOf, type Program } from "./programs.ts";

export interface Scene extends Block {
  readonly folder: string;
  /** Returns the file's path. */
  write(name: string, text: string): Promise<string>;
  /** A server. `isReady` is asked until it says so. */
  start(name: string, file: string, args: readonly string[], isReady: () => Promise<boolean>): Promise<void>;
  /** For what is no process. */
  atEnd(stop: () => Promise<void>): void;
}

/** Milliseconds. */
const READY_LIMIT = 20_000;
const STOP_LIMIT = 3000;
const POLL = 50;
/** Characters of a server's output that an error shows. */
const OUTPUT_SHOWN = 3000;

/** What `build` makes, for the tests of a file or a describe. */
export function useScene<T>(build: (scene: Scene) => Promise<T>): () => T {
  let value: T | undefined;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    value = await build(await createScene(ends));
  });
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
  return () => {
    if (value === undefined) throw new Error("the scene is not built yet");
    return value;
  };
}

async function createScene(ends: (() => Promise<void>)[]): Promise<Scene> {
  const folder = await mkdtemp(path.join(tmpdir(), "geosteer-interop-"));
  ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return {
    ...(await findBlock()),
    folder,
    async write(name, text) {
      const file = path.join(folder, name);
      await writeFile(file, text);
      return file;
    },
    async start(name, file, args, isReady) {
      // --pdeathsig: the kernel ends the server when this process ends, whatever the reason.
      const child = spawn(fileOf("setpriv"), ["--pdeathsig", "KILL", file, ...args], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      let ended = false;
      const exit = once(child, "exit").finally(() => (ended = true));
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      }
      ends.push(async () => {
        if (ended) return;
        child.kill("SIGTERM");
        await Promise.race([exit, delay(STOP_LIMIT, undefined, { ref: false })]);
        if (!ended) child.kill("SIGKILL");
        await exit;
      });
      await until(
        async () => ended || (await isReady()),
        READY_LIMIT,
        () => `${name} to be ready:\n${output.slice(-OUTPUT_SHOWN)}`,
      );
      if (ended) throw new Error(`${name} has ended:\n${output.slice(-OUTPUT_SHOWN)}`);
    },
    atEnd: (stop) => ends.push(stop),
  };
}

/** Throws after `limit` milliseconds; `what` says of what. */
export async function until(isTrue: () => Promise<boolean>, limit: number, what: () => string): Promise<void> {
  const start = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - start > limit) throw new Error(`waited ${limit} ms in vain for ${what()}`);
    await delay(POLL);
  }
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ends by itself. Output of 16 MiB at most, for dnsviz. */
export function run(program: Program, args: readonly string[], limit = 20_000): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const options = { timeout: limit, maxBuffer: 16 * 2 ** 20, cwd: tmpdir() };
    execFile(fileOf(program), args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(new Error(`${program} ${args.join(" ")}: ${error?.message}\n${stdout}${stderr}`));
    });
  });
}
