/** Completion for zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
import type { CompletedCommand, CompletedOption, Values } from "./table.ts";

export function zshCompletion(table: readonly CompletedCommand[]): string {
  const descriptions = new Map(table.map(({ path, description }) => [path.join(" "), description]));
  return `#compdef geosteer
# geosteer for zsh. Now: source <(geosteer completion zsh)
# Always: geosteer completion zsh > a folder of $fpath, as _geosteer
${table.map((command) => functionOf(command, descriptions)).join("\n")}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _geosteer "$@"
else
  compdef _geosteer geosteer
fi
`;
}

function functionOf(command: CompletedCommand, descriptions: ReadonlyMap<string, string>): string {
  const { path, commands, options, operands } = command;
  const name = functionName(path);
  const specs = options.flatMap(optionSpecs);
  if (commands.length === 0)
    return `${name}() {\n  _arguments -S ${[...specs, ...operandSpecs(operands)].join(" \\\n    ")}\n}`;
  const listed = commands.map((one) => `'${quoted(`${one}:${descriptions.get([...path, one].join(" ")) ?? ""}`)}'`);
  // Zsh takes the first operand for the name of a command; those after it are counted from there.
  const after = [...specs, ...operandSpecs(operands.slice(1))].join(" \\\n        ");
  const rest = operands.length === 0 ? "" : `\n      *) _arguments -S ${after} ;;`;
  return `${name}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
    ${listed.join("\n    ")}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(" \\\n    ")}
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $line[1] in
${commands.map((one) => `      ${one}) ${functionName([...path, one])} ;;`).join("\n")}${rest}
      esac ;;
  esac
}`;
}

function functionName(path: readonly string[]): string {
  return ["_geosteer", ...path].join("_");
}

function optionSpecs({ names, description, value }: CompletedOption): readonly string[] {
  const does = value === undefined ? "" : `:value:${action(value)}`;
  return names.map((name) => `'*${name}[${quoted(description.replaceAll(/[[\]:]/g, "\\$&"))}]${does}'`);
}

/** None for what nobody knows: a value without words would keep options from being completed. */
function operandSpecs(operands: readonly Values[]): readonly string[] {
  return operands.flatMap((values, place) => (values === "any" ? [] : [`'${place + 1}: :${action(values)}'`]));
}

function action(values: Values): string {
  if (values === "files") return "_files";
  return values === "any" ? " " : `(${values.join(" ")})`;
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
