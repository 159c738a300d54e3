import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readYaml } from "../../../src/config/yaml/document.ts";
import { readQuickly } from "../../../src/config/yaml/quick-document.ts";

const FILES = ["demo", "example"].map((name) =>
  readFileSync(new URL(`../../../config/${name}.yaml`, import.meta.url), "utf8"),
);

test("readQuickly reads the configurations that we ship as readYaml does", () => {
  for (const text of FILES) expect(readQuickly(text)?.value).toEqual(readYaml(text).value);
});

test.for<[what: string, text: string]>([
  ["an anchor", "a: &x 1\nb: *x\n"],
  ["an anchor in a flow collection", "a: [&x 1, *x]\n"],
  ["a tag", "a: !!str 1\n"],
  ["a directive", "%YAML 1.1\n---\na: yes\n"],
  ["a merge key", "a: { <<: { b: 1 } }\n"],
  ["a key that is more than a key", "__proto__: { a: 1 }\n"],
  ["a key that is no text", "~: 1\n"],
  ["an exponent that may be too large", "a: 1e400\n"],
  ["digits that may be too many", `a: ${"9".repeat(310)}\n`],
  ["more documents than one", "a: 1\n---\na: 2\n"],
  ["a key that is there twice", "a: 1\na: 2\n"],
])("readQuickly leaves %s to readYaml", ([, text]) => {
  expect(readQuickly(text)).toBeUndefined();
});

/** Pieces of YAML whose meaning parsers are known to disagree about. */
const SCALARS = [
  "1",
  "-1",
  "+1",
  "01",
  "0o17",
  "0x1F",
  "0b11",
  "1_000",
  "1e3",
  "11e331",
  "1.e+400",
  "1.",
  ".5",
  ".inf",
  "-.INF",
  ".nan",
  "12:30:45",
  "0.0.0.0",
  "yes",
  "no",
  "on",
  "off",
  "y",
  "true",
  "True",
  "TRUE",
  "null",
  "Null",
  "~",
  "",
  "2001-01-01",
  "=",
  "192.0.2.1",
  "2001:db8::1",
  "::1",
  "'single ''quoted'''",
  '"double \\"quoted\\" \\u00e9 \\x41 \\n"',
  "a: b",
  "a #b",
  "# comment",
  "|\n    text\n",
  ">-\n    folded\n    text\n",
  "[1, [2, x], {a: b}]",
  "{ a: 1, b: [x], 'c': ~ }",
  "{a, b: }",
  "5%",
  "@",
  '"@"',
  "a,b",
  "-",
  "- x",
  "?",
  "*",
  "'*'",
  "\u00e9\u{1f600}",
  "\ttab",
];

/**
 * The same files in parts, each of one key of the top level with one key below it: what a reader makes of a change
 * depends on what stands around it, not on the rest of a long file, which takes ten times as long to read.
 */
const PARTS = FILES.flatMap((text) => text.split(/^(?=[a-z])/m)).flatMap((section) => {
  const [head = "", ...below] = section.split(/^(?= {2}[^ #\n])/m);
  return below.length === 0 ? [head] : below.map((part) => head + part);
});

test("readQuickly never reads a text that readYaml accepts as other values", () => {
  const scalar = fc.constantFrom(...SCALARS);
  const line = fc.tuple(
    fc.constantFrom("", "  ", "    "),
    fc.constantFrom("a", "b", "'c'", "1", "true", "~", '"d"', "-"),
    scalar,
  );
  const made = fc
    .array(line, { maxLength: 6 })
    .map((lines) =>
      lines
        .map(([indent, key, value]) => (key === "-" ? `${indent}- ${value}` : `${indent}${key}: ${value}`))
        .join("\n"),
    );
  const mutated = fc
    .tuple(fc.constantFrom(...PARTS), fc.nat(), fc.nat({ max: 8 }), scalar)
    .map(([part, at, cut, put]) => {
      const from = at % part.length;
      return part.slice(0, from) + put + part.slice(from + cut);
    });
  fc.assert(
    fc.property(fc.oneof(made, mutated), (text) => {
      const quick = readQuickly(text);
      if (quick === undefined) return;
      const full = readYaml(text);
      if (!full.readable || full.findings.length > 0) return;
      expect(quick.value).toEqual(full.value);
    }),
    { numRuns: 3000 },
  );
});
