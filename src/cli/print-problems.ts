/** Problems on standard error, one line each: red on a terminal, plain elsewhere. */
import { styleText } from "node:util";
import type { StartError } from "../app/start-error.ts";

export function printProblems({ code, lines }: StartError): void {
  for (const line of lines) {
    process.stderr.write(`${styleText("red", "error", { stream: process.stderr })} ${code}: ${line}\n`);
  }
}
