/** What a shell completes: asked of the shell itself. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { bashCompletion } from "../../../src/cli/completion/bash.ts";
import { fishCompletion } from "../../../src/cli/completion/fish.ts";
import { completionTable } from "../../../src/cli/completion/table.ts";
import { zshCompletion } from "../../../src/cli/completion/zsh.ts";
import { program } from "../../../src/cli/program.ts";
import { plainEnvironment } from "../../support/plain-environment.ts";

const table = completionTable(program());
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
  writeFileSync(path.join(folder, "my config.yaml"), "");
  writeFileSync(path.join(folder, "geosteer.bash"), bashCompletion(table));
  writeFileSync(path.join(folder, "geosteer.fish"), fishCompletion(table));
  writeFileSync(path.join(folder, "_geosteer"), zshCompletion(table));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** `has`: whether a shell that is not everywhere is here. */
function has(shell: string): boolean {
  return spawnSync(shell, ["--version"]).error === undefined;
}

/** Command lines up to the cursor, and what some of the words are that can follow; none of `without` is. */
const CASES: readonly (readonly [line: string, words: readonly string[], without?: readonly string[]])[] = [
  ["geosteer ", ["serve", "status", "override", "drain", "completion", "help"]],
  ["geosteer st", ["status"], ["serve"]],
  ["geosteer status --", ["--watch", "--all", "--json", "--server", "--token-file"], ["--over"]],
  ["geosteer status --w", ["--watch"], ["--json"]],
  ["geosteer override ", ["list", "clear"], ["up"]],
  ["geosteer override shop/fra ", ["up", "down", "out"], ["list"]],
  ["geosteer override --for 2h shop/fra o", ["out"], ["up"]],
  ["geosteer override clear --", ["--json", "--server"], ["--for"]],
  ["geosteer drain --", ["--over", "--for", "--dry-run"]],
  ["geosteer explain --type ", ["A", "AAAA", "CNAME"], ["serve"]],
  ["geosteer token ada ", ["read", "operate"]],
  ["geosteer completion ", ["bash", "zsh", "fish"]],
  ["geosteer completion f", ["fish"], ["bash"]],
];

describe("completionTable", () => {
  test("has every command and every option of the program", () => {
    const paths = table.map(({ path }) => path.join(" "));
    expect(paths).toEqual(expect.arrayContaining(["", "serve", "override", "override list", "override clear"]));
    expect(new Set(paths).size).toBe(paths.length);
    for (const { options } of table) expect(options.flatMap(({ names }) => names)).toContain("--help");
  });

  test("knows what a value is", () => {
    const status = table.find(({ path }) => path.join(" ") === "status")!;
    const of = (name: string) => status.options.find(({ names }) => names.includes(name))?.value;
    expect([of("--json"), of("--server"), of("--token-file"), of("--config")]).toEqual([
      undefined,
      "any",
      "files",
      "files",
    ]);
    expect(table.find(({ path }) => path[0] === "check")!.operands).toEqual(["files"]);
  });
});

describe("bash", () => {
  /** What bash would offer: it splits the line, calls the function, and keeps what that leaves. */
  function offered(line: string): readonly string[] {
    const script = `
      source ./geosteer.bash
      read -ra COMP_WORDS <<< "$1"
      [[ $1 == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
      compopt() { :; }
      _geosteer
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync("bash", ["-c", script, "bash", line], { cwd: folder, encoding: "utf8" });
    return output.split("\n").filter(Boolean).toSorted();
  }

  test.for(CASES)("%s", ([line, words, without = []]) => {
    const got = offered(line);
    expect(got).toEqual(expect.arrayContaining([...words]));
    for (const word of without) expect(got).not.toContain(word);
  });

  test("files, where a file is wanted, and nothing where nobody knows", () => {
    expect(offered("geosteer check ")).toContain("my config.yaml");
    expect(offered("geosteer status --token-file geo")).toEqual(["geosteer.bash", "geosteer.fish"]);
    expect(offered("geosteer status --server ")).toEqual([]);
    expect(offered("geosteer override --reason ")).toEqual([]);
  });

  test.for([
    ["geosteer ov\t", "geosteer override "],
    ["geosteer override site:munich o\t", "geosteer override site:munich out "],
    ["geosteer override --reason 'two words' --server http://a:1 shop/fra d\t", " shop/fra down "],
    ["geosteer check my\t", String.raw`geosteer check my\ config.yaml `],
  ] as const)("at the prompt of a terminal, %j", async ([typed, line]) => {
    expect(await typedAt("bash --norc --noprofile -i", "source ./geosteer.bash", typed, line)).toContain(line);
  });
});

/** What a shell's terminal shows after something was typed at its prompt, once a text is among it. */
async function typedAt(shell: string, setup: string, typed: string, until: string): Promise<string> {
  const child = spawn("script", ["-qec", shell, "/dev/null"], {
    cwd: folder,
    env: plainEnvironment({ PS1: "$ ", TERM: "dumb", HISTFILE: "" }),
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let shown = "";
  child.stdout.on("data", (chunk: Buffer) => (shown += chunk.toString()));
  child.stdin.write(`stty cols 200; ${setup}; echo re''ady\n`);
  await vi.waitUntil(() => shown.includes("ready"), { timeout: 10_000 });
  child.stdin.write(typed);
  await vi.waitUntil(() => shown.includes(until), { timeout: 5000 }).catch(() => {});
  return shown;
}

describe.skipIf(!has("fish"))("fish", () => {
  function offered(line: string): readonly string[] {
    const script = `source ./geosteer.fish; complete -C ${JSON.stringify(line)}`;
    const output = execFileSync("fish", ["-N", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: plainEnvironment({ HOME: folder }),
    });
    return output.split("\n").flatMap((each) => each.split("\t")[0] || []);
  }

  test.for(CASES)("%s", ([line, words, without = []]) => {
    const got = offered(line);
    expect(got).toEqual(expect.arrayContaining([...words]));
    for (const word of without) expect(got).not.toContain(word);
  });

  test("files, where a file is wanted", () => {
    expect(offered("geosteer check my")).toEqual(["my config.yaml"]);
    expect(offered("geosteer status --token-file geo")).toEqual(["geosteer.bash", "geosteer.fish"]);
  });
});

describe.skipIf(!has("zsh"))("zsh", () => {
  test("is well formed, and loads", () => {
    execFileSync("zsh", ["-n", "_geosteer"], { cwd: folder });
    const script = `${SETUP}; print $_comps[geosteer]`;
    expect(execFileSync("zsh", ["-fc", script], { cwd: folder, encoding: "utf8" })).toBe("_geosteer\n");
  });

  test.for([
    ["geosteer ov\t", "geosteer override "],
    ["geosteer status --wat\t", "geosteer status --watch "],
    ["geosteer override site:munich o\t", "geosteer override site:munich out "],
    ["geosteer override cl\t", "geosteer override clear "],
    ["geosteer explain --type AA\t", "geosteer explain --type AAAA "],
    ["geosteer check my\t", String.raw`geosteer check my\ config.yaml `],
  ] as const)("at the prompt of a terminal, %j", async ([typed, line]) => {
    expect(await typedAt("zsh -f -i", SETUP, typed, line)).toContain(line);
  });
});

const SETUP = "autoload -Uz compinit; compinit -u -D; source ./_geosteer";
