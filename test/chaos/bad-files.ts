/** What can stand in the place of a file: a table of kinds, each of which puts itself there. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bombs, foreignFiles, nestings } from "./bad-contents.ts";
import { endWithUs } from "./end-with-us.ts";
import { OTHER_DATABASE, put, type Place } from "./world.ts";

export const KINDS = [
  "empty",
  "huge",
  "truncated",
  "replaced half-way",
  "FIFO",
  "directory",
  "device",
  "no permission",
  "symlink loop",
  "deleted",
  "another product's file",
  "bomb",
  "deep nesting",
] as const;

export type Kind = (typeof KINDS)[number];

/** Resolves when nothing touches the file any more. */
export type EndOfIt = () => Promise<void>;

/** Octets, none of which is on the disk: a file as large as a file system may take. */
const HUGE = 2 ** 40;

const nothingLeft: EndOfIt = async () => {};

/** Puts the kind in the place of the good file. */
export async function putBad(kind: Kind, place: Place): Promise<EndOfIt> {
  if (kind !== "replaced half-way") rmSync(place.path, { recursive: true, force: true });
  return (await kinds[kind](place)) ?? nothingLeft;
}

const kinds: Readonly<Record<Kind, (place: Place) => Promise<EndOfIt> | void>> = {
  empty: ({ path: file }) => writeFileSync(file, ""),
  huge({ path: file }) {
    writeFileSync(file, "");
    truncateSync(file, HUGE);
  },
  truncated: ({ path: file, good }) => put(file, good.subarray(0, good.length / 2)),
  "replaced half-way": rewriteForever,
  FIFO: ({ path: file }) => void execFileSync("/usr/bin/env", ["mkfifo", file]),
  directory: ({ path: file }) => mkdirSync(file),
  device: ({ path: file }) => symlinkSync("/dev/zero", file),
  "no permission"({ path: file, good }) {
    writeFileSync(file, good);
    chmodSync(file, 0);
  },
  "symlink loop": ({ path: file }) => symlinkSync(file, file),
  deleted: () => {},
  "another product's file": ({ path: file, file: name }) => put(file, foreignFiles[name]()),
  bomb: ({ path: file, file: name }) => bombs[name](file),
  "deep nesting": ({ path: file, file: name }) => put(file, nestings[name]()),
};

/** A program that writes the file in place all the time, of a database two versions in turn. */
async function rewriteForever({ path: file, file: name, good }: Place): Promise<EndOfIt> {
  const other = `${file}.other`;
  writeFileSync(other, name === "database" ? OTHER_DATABASE : good);
  const program = path.join(import.meta.dirname, "rewriter.ts");
  const child = spawn(process.execPath, [program, file, other], { stdio: ["ignore", "pipe", "inherit"] });
  endWithUs(child);
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  return async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(other);
  };
}
