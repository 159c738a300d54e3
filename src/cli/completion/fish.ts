/** Completion for fish: https://fishshell.com/docs/current/completions.html */
import type { CompletedCommand, CompletedOption, Values } from "./table.ts";

export function fishCompletion(table: readonly CompletedCommand[]): string {
  const descriptions = new Map(table.map(({ path, description }) => [path.join("_"), description]));
  return `# geosteer for fish. Always: geosteer completion fish > ~/.config/fish/completions/geosteer.fish
# Whether the cursor is within a command, and at a place of its operands.
function __geosteer_at
    set -l command top
    set -l operands 0
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch "$command $words[$i]"
${table.map(steps).join("")}            case '* -*'
            case '*'
                set operands (math $operands + 1)
        end
        set i (math $i + 1)
    end
    test $command = $argv[1]; and test (count $argv) = 1 -o "$operands" = "$argv[2]"
end
complete -c geosteer -f
${table.map((command) => linesOf(command, descriptions)).join("")}`;
}

function named(path: readonly string[]): string {
  return path.join("_") || "top";
}

/** What a word means within a command: one of its own commands, or an option that takes the next word. */
function steps({ path, commands, options }: CompletedCommand): string {
  const here = named(path);
  const beneath = commands.map((name) => [
    `            case '${here} ${name}'\n`,
    `                set command ${named([...path, name])}\n`,
    "                set operands 0\n",
  ]);
  const taking = options.filter(({ value }) => value !== undefined).flatMap(({ names }) => names);
  const skipped =
    taking.length === 0
      ? []
      : [
          `            case ${taking.map((name) => `'${here} ${name}'`).join(" ")}\n`,
          "                set i (math $i + 1)\n",
        ];
  return [...beneath.flat(), ...skipped].join("");
}

function linesOf({ path, commands, options, operands }: CompletedCommand, descriptions: ReadonlyMap<string, string>) {
  const line = (place: number | undefined, words: string, description = ""): string => {
    const when = place === undefined ? named(path) : `${named(path)} ${place}`;
    const told = description === "" ? "" : ` -d '${description.replaceAll(/[\\']/g, "\\$&")}'`;
    return `complete -c geosteer -n '__geosteer_at ${when}' ${words}${told}\n`;
  };
  return [
    ...commands.map((name) => line(0, `-a ${name}`, descriptions.get([...path, name].join("_")))),
    ...options.map((option) => line(undefined, optionWords(option), option.description)),
    ...operands.flatMap((values, place) => (values === "any" ? [] : [line(place, operandWords(values))])),
  ].join("");
}

function optionWords({ names, value }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(" ");
  if (value === undefined) return flags;
  if (value === "files") return `${flags} -r -F`;
  return value === "any" ? `${flags} -x` : `${flags} -x -a '${value.join(" ")}'`;
}

function operandWords(values: Exclude<Values, "any">): string {
  return values === "files" ? "-F" : `-a '${values.join(" ")}'`;
}
