/** Completion for bash, 4 or later: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
import type { CompletedCommand, Values } from "./table.ts";

export function bashCompletion(table: readonly CompletedCommand[]): string {
  return `# geosteer for bash. Now: source <(geosteer completion bash)
# Always: geosteer completion bash > ~/.local/share/bash-completion/completions/geosteer
_geosteer() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command="" operands=0 i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$command $word" in
${cases(table, ({ path, commands }) => commands.map((name) => [`${path.join("_")} ${name}`, `command=${[...path, name].join("_")}; operands=0`]))}
${cases(table, ({ path, options }) => {
  const taking = options.filter(({ value }) => value !== undefined).flatMap(({ names }) => names);
  return taking.map((name) => [`${path.join("_")} ${name}`, "((i++))"]);
})}
      # bash takes a : or = for a word of its own, and what follows for another one.
      *" :" | *" =") ((i++)) ;;
      *" -"*) ;;
      *) ((operands++)) ;;
    esac
  done
  case "$command $previous" in
${cases(table, ({ path, options }) =>
  options.flatMap(({ names, value }) =>
    value === undefined ? [] : names.map((name) => [`${path.join("_")} ${name}`, `${reply(value)}; return`] as const),
  ),
)}
  esac
  if [[ $current == -* ]]; then
    case "$command" in
${cases(table, ({ path, options }) => [[path.join("_"), reply(options.flatMap(({ names }) => names))]])}
    esac
    return
  fi
  case "$command $operands" in
${cases(table, ({ path, commands, operands }) => {
  const first = [...commands, ...(typeof operands[0] === "object" ? operands[0] : [])];
  const places = operands.map((values, place): readonly [string, string] => [
    `${path.join("_")} ${place}`,
    reply(place === 0 && commands.length > 0 ? first : values),
  ]);
  return operands.length > 0 || commands.length === 0 ? places : [[`${path.join("_")} 0`, reply(first)]];
})}
  esac
}
complete -F _geosteer geosteer
`;
}

type Case = readonly [pattern: string, does: string];

function cases(table: readonly CompletedCommand[], casesOf: (command: CompletedCommand) => readonly Case[]): string {
  const all = table.flatMap((command) => casesOf(command).filter(([, does]) => does !== ""));
  return all.map(([pattern, does]) => `      "${pattern}") ${does} ;;`).join("\n");
}

function reply(values: Values): string {
  if (values === "files") return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current")';
  if (values === "any") return "COMPREPLY=()";
  return `mapfile -t COMPREPLY < <(compgen -W "${values.join(" ")}" -- "$current")`;
}
