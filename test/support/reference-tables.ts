/** The tables of docs/reference.md, made from the code: `npm run docs` writes them, `test/reference-page.test.ts` holds them. */
import type { Command, Option } from "commander";
import { START_ERRORS } from "../../src/app/start-error.ts";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { program } from "../../src/cli/program.ts";
import { REACH_ERRORS } from "../../src/cli/remote/failure.ts";
import { SERVER_OPTIONS } from "../../src/cli/server-commands.ts";
import { diagnosticCodes, isWarning, type DiagnosticCode } from "../../src/config/diagnostic-codes.ts";
import { configKeyTable } from "../../src/config/key-table.ts";
import { METRICS } from "../../src/telemetry/metric-table.ts";

/** By the name of the markers around each: `<!-- table:NAME -->` … `<!-- /table -->`. */
export function referenceTables(): ReadonlyMap<string, string> {
  return new Map([
    ["commands", table(["command", "what it does"], commandRows())],
    ["server", table(["option", "meaning"], serverOptionRows())],
    ["exits", table(["code", "meaning"], Object.entries(EXIT_CODES))],
    [
      "config",
      table(
        ["key", "type", "default", "meaning"],
        configKeyTable().map((row) => [`\`${row.path}\``, row.type, row.default, row.description]),
      ),
    ],
    [
      "metrics",
      table(
        ["metric", "type", "labels", "meaning"],
        Object.values(METRICS).map(({ name, type, labels, help }) => [`\`${name}\``, type, labels.join(", "), help]),
      ),
    ],
    [
      "errors",
      table(
        ["code", "meaning"],
        [...Object.entries(START_ERRORS), ...Object.entries(REACH_ERRORS), ...Object.entries(diagnosticCodes)].map(
          ([code, meaning]) => [`\`${code}\``, isWarning(code as DiagnosticCode) ? `Warning. ${meaning}` : meaning],
        ),
      ),
    ],
  ]);
}

function commandRows(): string[][] {
  const rowsOf = (command: Command, path: string): string[][] => [
    [`\`${path} ${command.name()}${operandsOf(command)}\``, command.description()],
    ...command.options.filter(({ helpGroupHeading }) => helpGroupHeading === undefined).map(optionRow),
    ...command.commands.flatMap((one) => rowsOf(one, `${path} ${command.name()}`)),
  ];
  return program().commands.flatMap((command) => rowsOf(command, "geosteer"));
}

/** What follows the name of a command, in the first way that it can be used. */
function operandsOf(command: Command): string {
  const [usage = ""] = command.usage().split("\n");
  return usage.replace(/^(?:\[options\] ?)?(?:\[command\] ?)?/, " ").trimEnd();
}

function optionRow({ flags, description, argChoices, defaultValue }: Option): string[] {
  const choices = argChoices === undefined ? "" : `: ${argChoices.join(", ")}`;
  const unless = typeof defaultValue === "string" ? `; default ${defaultValue}` : "";
  return [`\`${flags}\``, `${description}${choices}${unless}`];
}

/** The options that all commands have which ask a server. */
function serverOptionRows(): string[][] {
  const { options } = program().commands.find((command) => command.name() === "status")!;
  return options.filter(({ helpGroupHeading }) => helpGroupHeading === SERVER_OPTIONS).map(optionRow);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const BLOCK = /(<!-- table:(\w+) -->\n)([\s\S]*?)(\n<!-- \/table -->)/g;

/** A page with every table as the code has it. */
export function withTables(page: string, tables: ReadonlyMap<string, string> = referenceTables()): string {
  return page.replaceAll(BLOCK, (_, open: string, name: string, _old: string, close: string) => {
    const made = tables.get(name);
    if (made === undefined) throw new Error(`a page has a table that the code does not make: ${name}`);
    return open + made + close;
  });
}

/** The names of the tables in a page. */
export function tableNames(page: string): readonly string[] {
  return [...page.matchAll(BLOCK)].map(([, , name]) => name!);
}
