/** Problems for people and for programs. */
import { styleText } from "node:util";
import type { Problem } from "../app/start-error.ts";

/** On standard error: one line each, with the code of its kind. Colours on a terminal only. */
export function printProblems(problems: readonly Problem[]): void {
  const stream = process.stderr;
  for (const { code, message } of problems) {
    stream.write(`${styleText("red", message, { stream })} ${styleText("dim", `(${code})`, { stream })}\n`);
  }
}

/** On standard output, with their positions in parts. None: all is well with the file. */
export function printProblemsAsJson(file: string, problems: readonly Problem[]): void {
  const flat = problems.map(({ diagnostic, ...problem }) => ({ ...problem, ...diagnostic }));
  process.stdout.write(`${JSON.stringify({ file, ok: problems.length === 0, problems: flat }, null, 2)}\n`);
}
