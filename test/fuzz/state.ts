/** What a run leaves behind, in its state folder: how far each target has come, and `failures/TARGET/*`. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileContent } from "./corpus.ts";
import type { FuzzState, Trial } from "./fuzzer.ts";
import type { Target } from "./target.ts";

export interface StateFolder {
  /** Undefined: the target was never run. */
  load(target: string): FuzzState | undefined;
  save(target: string, state: FuzzState): void;
  /** The file of a failure's input; one failure is always in the same. */
  saveFailure(target: Pick<Target, "name" | "form">, key: string, trial: Trial): string;
  /** Forgets how far the target has come; failures stay. */
  clear(target: string): void;
}

interface StoredState {
  readonly seed: number;
  readonly cases: number;
  /** Variant and input. */
  readonly kept: readonly (readonly [number, string])[];
}

export function stateFolder(folder: string): StateFolder {
  const fileOf = (target: string): string => path.join(folder, `${target}.json`);
  return {
    load(target) {
      if (!existsSync(fileOf(target))) return undefined;
      const { seed, cases, kept } = JSON.parse(readFileSync(fileOf(target), "utf8")) as StoredState;
      return {
        seed,
        cases,
        kept: kept.map(([variant, hex]) => ({ variant, input: Uint8Array.from(Buffer.from(hex, "hex")) })),
      };
    },
    save(target, { seed, cases, kept }) {
      mkdirSync(folder, { recursive: true });
      const stored: StoredState = {
        seed,
        cases,
        kept: kept.map(({ variant, input }) => [variant, Buffer.from(input).toString("hex")]),
      };
      // Whole or not at all.
      writeFileSync(`${fileOf(target)}.new`, JSON.stringify(stored));
      renameSync(`${fileOf(target)}.new`, fileOf(target));
    },
    saveFailure({ name, form }, key, { input }) {
      const failures = path.join(folder, "failures", name);
      mkdirSync(failures, { recursive: true });
      const words = key
        .toLowerCase()
        .replaceAll(/[^a-z]+/g, "-")
        .replaceAll(/^-|-$/g, "");
      const file = path.join(failures, `${words.slice(0, 60) || "failure"}.${form}`);
      writeFileSync(file, fileContent(form, input));
      return file;
    },
    clear: (target) => rmSync(fileOf(target), { force: true }),
  };
}
