/** docs/methods.md: each example is a configuration of which check says nothing. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { methods } from "../src/routing/methods/table.ts";
import { diagnose, warningsOf } from "./config/diagnose.ts";

const page = readFileSync(new URL("../docs/methods.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^## (.*)\n\n```yaml\n([^`]*)```/gm)].map(
  ([, title, text]) => [title!, text!] as const,
);

const HEAD =
  "zones: { gtm.example.com: { nameservers: [ns.example.net] } }\nmonitors: { web: { protocol: tcp, port: 80 } }\n";

test("there are some", () => {
  expect(examples).toHaveLength(4);
});

test.for(examples)("%s", ([, text]) => {
  expect(diagnose(HEAD + text)).toEqual([]);
  expect(warningsOf(HEAD + text)).toEqual([]);
});

test.for(Object.keys(methods))("the page has %s", (method) => {
  expect(page).toContain(`\`${method}\``);
});
