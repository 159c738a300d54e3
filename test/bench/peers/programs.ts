/** Programs of the machine: where they are, and what they print. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Servers live in sbin, which is not in everybody's PATH. */
const DIRECTORIES = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/sbin"];

export function findProgram(name: string): string | undefined {
  return DIRECTORIES.map((directory) => path.join(directory, name)).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** For what every Debian has, or has been looked for before. */
export function program(name: string): string {
  const file = findProgram(name);
  if (file === undefined) throw new Error(`${name} is not installed`);
  return file;
}

/** Both its outputs, whatever its exit code. */
export function outputOf(name: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program(name), args, { encoding: "utf8", timeout: 10_000 });
  return `${stdout ?? ""}${stderr ?? ""}`;
}
