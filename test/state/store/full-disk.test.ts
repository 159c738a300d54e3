/** A disk that takes no more: serving goes on, nothing is acknowledged that is not kept, and it goes on by itself. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { stateFolder } from "../../support/state-files.ts";

const CHILD = path.join(import.meta.dirname, "children/full-disk.ts");

interface Outcome {
  readonly acknowledged: number;
  readonly failure: string | undefined;
  readonly durable: boolean;
  readonly late: boolean;
  readonly found: number;
  readonly kept: number;
  readonly troubles: readonly (string | null)[];
  readonly lines: readonly string[];
}

function run(shell: string, file: string, filler: string, command: readonly string[] = ["sh", "-c"]): Outcome {
  const [program = "", ...options] = command;
  const output = execFileSync(program, [...options, shell, "sh", process.execPath, CHILD, file, filler]);
  return JSON.parse(output.toString()) as Outcome;
}

test("a limit of the system on the size of files", { timeout: 30_000 }, () => {
  const file = path.join(stateFolder(), "state.db");
  // Blocks of 512 octets.
  const { acknowledged, failure, durable, kept, lines } = run('ulimit -f 600; exec "$@"', file, "");
  expect(failure).toBe("io-error");
  expect(acknowledged).toBeGreaterThan(1);
  expect(durable).toBe(false);
  expect(kept).toBe(acknowledged);
  expect(lines).toContain("state is not kept as it should be");
});

/** Mounts a disk of its own for the process alone. */
const UNSHARE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
const mayMount = spawnSync(UNSHARE[0]!, [...UNSHARE.slice(1), "mount -t tmpfs none /mnt"]).status === 0;

test.skipIf(!mayMount)("a full disk, until there is room (needs user namespaces)", { timeout: 30_000 }, () => {
  const disk = path.join(stateFolder(), "disk");
  mkdirSync(disk);
  const mount = `mount -t tmpfs -o size=512k none ${disk} && exec "$@"`;
  const outcome = run(mount, path.join(disk, "state.db"), path.join(disk, "filler"), UNSHARE);
  expect(outcome.failure).toBe("disk-full");
  expect(outcome.durable).toBe(false);
  expect(outcome.late).toBe(true);
  expect(outcome.found).toBe(1);
  expect(outcome.kept).toBe(outcome.acknowledged);
  expect(outcome.troubles).toContain("disk-full");
  expect(outcome.lines).toEqual(["state is not kept as it should be", "state is kept again"]);
});
