/** `geosteer completion`: what a shell needs to complete commands, options and choices. */
import type { Command } from "commander";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { type CompletedCommand, completionTable, type Shell } from "../completion/table.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { printText } from "../print-text.ts";

const WRITERS: Readonly<Record<Shell, (table: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export function completion(root: Command, shell: Shell): Promise<void> {
  return printText(WRITERS[shell](completionTable(root)));
}
