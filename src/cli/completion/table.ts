/** What a shell completes: commands, options and choices, read from commander's own table. */
import type { Command, Option } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

export interface CompletedCommand {
  /** The words from the program's own name on: `override`, `clear`. Empty = the program. */
  readonly path: readonly string[];
  readonly description: string;
  /** The names of its own commands. */
  readonly commands: readonly string[];
  readonly options: readonly CompletedOption[];
  readonly operands: readonly Values[];
}

export interface CompletedOption {
  /** `-h`, `--help`: one of them or both. */
  readonly names: readonly string[];
  readonly description: string;
  /** What its value may be; undefined = it takes none. */
  readonly value: Values | undefined;
}

/** Words, names of files, or whatever the user thinks of. */
export type Values = readonly string[] | "files" | "any";

/** The program and all commands beneath it. */
export function completionTable(command: Command, path: readonly string[] = []): readonly CompletedCommand[] {
  const { commands, registeredArguments } = command;
  const help = command.createHelp().visibleOptions(command);
  const own = {
    path,
    description: command.description(),
    commands: command
      .createHelp()
      .visibleCommands(command)
      .map((one) => one.name()),
    options: help.map(completedOption),
    operands: registeredArguments.map((one) => valuesOf(one.name(), one.argChoices)),
  };
  return [own, ...commands.flatMap((one) => completionTable(one, [...path, one.name()]))];
}

function completedOption({ short, long, description, flags, argChoices }: Option): CompletedOption {
  const [, named] = /[<[](.+)[>\]]$/.exec(flags) ?? [];
  return {
    names: [short, long].filter((name) => name !== undefined && name !== null),
    description,
    value: named === undefined ? undefined : valuesOf(named, argChoices),
  };
}

/** Arguments that are named so are files. */
const FILES = new Set(["config", "file"]);

function valuesOf(name: string, choices: readonly string[] | undefined): Values {
  return choices ?? (FILES.has(name) ? "files" : "any");
}
