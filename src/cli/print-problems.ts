/** Problems and warnings for people and for programs. */
import { styleText } from "node:util";
import type { Problem } from "../app/start-error.ts";

/** On standard error: one line each, with the code of its kind. Colours on a terminal only. */
export function printProblems(problems: readonly Problem[], colour: "red" | "yellow" = "red"): void {
  const stream = process.stderr;
  for (const { code, message } of problems) {
    stream.write(`${styleText(colour, message, { stream })} ${styleText("dim", `(${code})`, { stream })}\n`);
  }
}

/** On standard output, with their places in parts. No problem: the file can be served. */
export function printProblemsAsJson(
  file: string,
  problems: readonly Problem[],
  warnings: readonly Problem[] = [],
): void {
  const flat = (all: readonly Problem[]) => all.map(({ diagnostic, ...problem }) => ({ ...problem, ...diagnostic }));
  const report = { file, ok: problems.length === 0, problems: flat(problems), warnings: flat(warnings) };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}
