/** Problems on standard error: one line each, with the code of its kind. Colours on a terminal only. */
import { styleText } from "node:util";
import type { StartError } from "../app/start-error.ts";

export function printProblems(problems: StartError): void {
  const stream = process.stderr;
  for (const { code, message } of problems) {
    stream.write(`${styleText("red", message, { stream })} ${styleText("dim", `(${code})`, { stream })}\n`);
  }
}
