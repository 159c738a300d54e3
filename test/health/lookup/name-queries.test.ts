import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createNameQueries } from "../../../src/health/lookup/name-queries.ts";

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), "geosteer-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test.for([
  ["a FIFO", (file: string): void => void execFileSync("mkfifo", [file])],
  ["a long file", (file: string): void => writeFileSync(file, "#".repeat(65_537))],
] as const)("ask fails at once where c-ares would read %s on this thread", async ([, make]) => {
  const file = path.join(folder(), "resolv.conf");
  make(file);
  const queries = createNameQueries({ files: [file] }, () => 0);
  expect(await queries.ask("a.example")).toMatchObject({ kind: "failed" });
});

test("ask goes on with the resolvers of before while a file is not readable", async () => {
  const file = path.join(folder(), "resolv.conf");
  let now = 0;
  // Nobody listens there: refused at once.
  const queries = createNameQueries({ servers: ["127.0.0.1:9"], files: [file] }, () => now);
  const before = await queries.ask("a.example");
  execFileSync("mkfifo", [file]);
  now = 60_000;
  expect(await queries.ask("a.example")).toEqual(before);
});
