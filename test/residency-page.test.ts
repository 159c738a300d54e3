/** docs/residency.md: its example is a configuration of which explain prints what the page shows. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { plainEnvironment } from "./support/plain-environment.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(ROOT, "docs/residency.md"), "utf8");

const HEAD =
  "zones: { gtm.example.com: { nameservers: [ns.example.net] } }\nmonitors: { web: { protocol: tcp, port: 80 } }\n";
const configuration = `${HEAD}${/```yaml\n([^`]*)```/.exec(page)![1]!}`;
const [, command, told] = /```console\n\$ geosteer explain my\.yaml ([^\n]*)\n([^`]*)```/.exec(page)!;
const [, down, toldDown] = /with `(--down \S+)`:\n\n```\n([^`]*)```/.exec(page)!;

test.for([
  ["as the page shows it", command!, told!],
  ["with its endpoint down", `${command!} ${down!}`, toldDown!],
] as const)("explain %s", { timeout: 30_000 }, async ([, args, expected]) => {
  const child = spawn(process.execPath, ["src/cli/main.ts", "explain", "-", ...args.split(" ")], {
    cwd: ROOT,
    env: plainEnvironment(),
  });
  child.stdin.end(configuration);
  expect(await text(child.stdout)).toContain(expected);
});
