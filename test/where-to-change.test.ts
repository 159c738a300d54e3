/**
 * The table "Where do I change …" of src/README.md: the files that it names exist, and its rows for a routing method and
 * a probe protocol name every file in which the compiler misses something once there is one more of them.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

const [, table = ""] = readFileSync(path.join(ROOT, "src/README.md"), "utf8").split("## Where do I change …\n");
const rows = new Map([...table.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, what, where]) => [what!, where!]));

/** The files and folders of `src` that a row names. */
function named(what: string): readonly string[] {
  return [...(rows.get(what) ?? "").matchAll(/`([\w/-]+(?:\.ts|\/))`/g)].map(([, file]) => file!);
}

test.for([...rows.keys()])("%s: the files exist", (what) => {
  expect(named(what).filter((file) => !existsSync(path.join(ROOT, "src", file)))).toEqual([]);
});

/** One more of a kind: the row that is about it, its name, its file, the declaration that gets it, and how that then begins. */
const ADDED: readonly (readonly [row: string, name: string, file: string, declaration: string, withOneMore: string])[] =
  [
    [
      "a routing method",
      "added-method",
      "routing/snapshot.ts",
      "export type MethodName = ",
      'export type MethodName = "added-method" | ',
    ],
    [
      "a probe protocol",
      "added-protocol",
      "health/monitoring.ts",
      "export type Monitor =\n",
      'type Added = MonitorTiming & { readonly protocol: "added-protocol" };\nexport type Monitor =\n  | Added\n',
    ],
  ];

describe("with one more in the types", () => {
  const copy = mkdtempSync(path.join(tmpdir(), "geosteer-types-"));
  let errors: readonly { readonly file: string; readonly message: string }[] = [];

  beforeAll(async () => {
    cpSync(path.join(ROOT, "src"), path.join(copy, "src"), { recursive: true });
    for (const file of ["package.json", "tsconfig.json"]) cpSync(path.join(ROOT, file), path.join(copy, file));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
    for (const [, , file, declaration, withOneMore] of ADDED) {
      const text = readFileSync(path.join(ROOT, "src", file), "utf8");
      writeFileSync(path.join(copy, "src", file), text.replace(declaration, withOneMore));
    }
    const output = await compile(copy);
    errors = [...output.matchAll(/^src\/([^(]+)\(\d+,\d+\): error (.*(?:\n .*)*)/gm)].map(([, file, message]) => {
      return { file: file!, message: message! };
    });
  }, 120_000);

  afterAll(() => rmSync(copy, { recursive: true }));

  test.for(ADDED)("%s: every file that does not compile is named", ([what, name, file]) => {
    const failing = errors.filter(({ message }) => message.includes(name)).map(({ file }) => file);
    expect(failing.length).toBeGreaterThan(0);
    expect(named(what)).toEqual(expect.arrayContaining([file, ...failing]));
  });

  test("every error is about one of them", () => {
    expect(errors.filter(({ message }) => !ADDED.some(([, name]) => message.includes(name)))).toEqual([]);
  });
});

function compile(folder: string): Promise<string> {
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "--noEmit", "--pretty", "false"], { cwd: folder }, (_failed, output) =>
      resolve(output),
    );
  });
}
