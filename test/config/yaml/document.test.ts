import { expect, test } from "vitest";
import { readYaml } from "../../../src/config/yaml/document.ts";
import { diagnose } from "../diagnose.ts";

test("readYaml: plain values, keys in the order of the file", () => {
  const { value, findings } = readYaml("b: [1, two, 3.5, true, null]\na: { x: 0x10 }\n? q\n: |\n  text\n");
  expect(findings).toEqual([]);
  expect(value).toEqual({ b: [1, "two", 3.5, true, null], a: { x: 16 }, q: "text\n" });
  expect(Object.keys(value as object)).toEqual(["b", "a", "q"]);
});

test("readYaml: numbers as keys are text", () => {
  expect(readYaml("1: a\ntrue: b\n").value).toEqual({ "1": "a", true: "b" });
});

test("readYaml: an alias is the last anchor of its name before it, each time a copy", () => {
  const { value } = readYaml("a: &x { k: 1 }\nb: *x\nc: &x { k: 2 }\nd: *x\ne: &y [*x]\nf: &x 3\ng: *y\n");
  expect(value).toEqual({ a: { k: 1 }, b: { k: 1 }, c: { k: 2 }, d: { k: 2 }, e: [{ k: 2 }], f: 3, g: [{ k: 2 }] });
  const { a, b } = value as Record<string, object>;
  expect(a).not.toBe(b);
});

test.for<[text: string, line: string]>([
  [
    "a: b: c",
    "demo.yaml:1:4 top level: Nested mappings are not allowed in compact mappings, found a word, wanted quotes around a text that has a colon before a space or at its end, and keys of one mapping in one column",
  ],
  [
    "a:\n\tb: c",
    'demo.yaml:2:1 top level: Tabs are not allowed as indentation, found "\\t", wanted spaces in place of tabs',
  ],
  ["a: 1\n---\nb: 2", 'demo.yaml:2:1 top level: a second document, found "---", wanted one document: no line of ---'],
  ["? [a]\n: b", 'demo.yaml:1:3 top level: a key that is no text, found "[", wanted YAML 1.2'],
  ["%YAML 1.1\n---\na: yes", 'demo.yaml:1:1 top level: YAML 1.1 is not read, found "%", wanted YAML 1.2'],
  [
    "log: *nope",
    "demo.yaml:1:6 log: the alias names no anchor before it, found *nope, wanted the value itself, or quotes around a text that begins with *",
  ],
  [
    "log: &a [*a]",
    "demo.yaml:1:10 log[0]: the alias stands inside its own anchor, found *a, wanted the value itself, or quotes around a text that begins with *",
  ],
  ["log: {}\nlog: {}", 'demo.yaml:2:1 log: the key is there twice, found "log", wanted each key once'],
  [
    "__proto__: 1",
    'demo.yaml:1:1 __proto__: a key of this name is not possible, found "__proto__", wanted another name',
  ],
])("readYaml refuses %j", ([text, line]) => {
  expect(diagnose(text)).toContain(line);
});

test("readYaml: aliases of aliases cannot fill the memory", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(", ")}]`);
  const { findings } = readYaml(lines.join("\n"));
  expect(findings[0]).toMatchObject({ what: "the aliases of this file stand for too many values" });
});

test("readYaml: nesting deeper than the stack is a finding", () => {
  expect(readYaml("[".repeat(100_000))).toMatchObject({ readable: false });
});

test("position: values on the line of their key, otherwise keys; what is missing is at what should hold it", () => {
  const { position } = readYaml("a:\n  b: 1\n  c: { d: e }\n  f:\n    - g\n  h:\nx: &x { y: 1 }\nz: *x\n");
  const places = [["a"], ["a", "b"], ["a", "c"], ["a", "c", "d"], ["a", "f"], ["a", "f", 0], ["a", "h"], ["a", "none"]];
  expect(places.map((path) => position(path, false))).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 6 },
    { line: 3, column: 6 },
    { line: 3, column: 11 },
    { line: 4, column: 3 },
    { line: 5, column: 7 },
    { line: 6, column: 3 },
    { line: 1, column: 1 },
  ]);
  expect(position(["a", "b"], true)).toEqual({ line: 2, column: 3 });
  // Through an alias: where the value is written.
  expect(position(["z"], false)).toEqual({ line: 8, column: 4 });
  expect(position(["z", "y"], false)).toEqual({ line: 7, column: 12 });
});

test("position: lines end in LF or CRLF, a byte order mark does not count", () => {
  const { position } = readYaml("\uFEFFa: 1\r\nb: 2\r\n");
  expect(position(["a"], true)).toEqual({ line: 1, column: 1 });
  expect(position(["b"], false)).toEqual({ line: 2, column: 4 });
});

test("found: a few words, texts cut", () => {
  const { found } = readYaml(`a: 0x10\nb: "x\\ny"\nc: {}\nd: [1]\ne:\nf: ${"x".repeat(100)}\n`);
  const paths = [["a"], ["b"], ["c"], ["d"], ["e"], ["none"], ["f"]];
  expect(paths.map((path) => found(path))).toEqual([
    "0x10",
    String.raw`"x\ny"`,
    "an empty mapping",
    "a list",
    "nothing",
    "nothing",
    `"${"x".repeat(60)}…"`,
  ]);
});
