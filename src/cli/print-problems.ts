/** Problems and warnings for people and for programs. */
import { styleText } from "node:util";
import type { Problem } from "../app/start-error.ts";
import { printAside, printJson } from "./print-text.ts";

interface Told {
  readonly code: string;
  readonly message: string;
}

/** Writes each problem as one line with its code to standard error, in colours on a terminal. */
export function printProblems(problems: readonly Told[], colour: "red" | "yellow" = "red"): void {
  const stream = process.stderr;
  for (const { code, message } of problems) {
    printAside(`${styleText(colour, message, { stream })} ${styleText("dim", `(${code})`, { stream })}\n`);
  }
}

/**
 * Writes problems with their positions in parts to standard output. Without a problem the file can be served, and `told`
 * says more of it.
 */
export function printProblemsAsJson(
  file: string,
  problems: readonly Problem[],
  warnings: readonly Problem[] = [],
  told: object = {},
): Promise<void> {
  const flat = (all: readonly Problem[]) => all.map(({ diagnostic, ...problem }) => ({ ...problem, ...diagnostic }));
  const report = { file, ok: problems.length === 0, problems: flat(problems), warnings: flat(warnings), ...told };
  return printJson(report);
}
