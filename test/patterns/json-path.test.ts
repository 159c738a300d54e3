import { describe, expect, test } from "vitest";
import { parseJsonPath } from "../../src/patterns/json-path.ts";

function selected(path: string, document: unknown): readonly unknown[] {
  const parsed = parseJsonPath(path);
  if (!parsed.ok) throw new Error(parsed.error);
  return [...parsed.value.selected(document)];
}

const document = {
  db: "ok",
  parts: [
    { name: "cache", up: true },
    { name: "queue\r", up: false },
  ],
  dot: "a\nb",
};

describe("parseJsonPath", () => {
  test.for<[path: string, values: readonly unknown[]]>([
    ["$.db", ["ok"]],
    ["$['db']", ["ok"]],
    ["$.parts[0].name", ["cache"]],
    ["$.parts[-1].up", [false]],
    ["$.parts[*].up", [true, false]],
    ["$..up", [true, false]],
    ["$.parts[?@.up == true].name", ["cache"]],
    ["$.none", []],
    ["$", [document]],
    ["$.parts[?match(@.name, 'c.*e')].up", [true]],
    ["$.parts[?match(@.name, 'cach')].up", []],
    ["$.parts[?search(@.name, 'ach')].up", [true]],
    // RFC 9485 section 5.3: a dot is neither line feed nor carriage return.
    ["$.parts[?match(@.name, 'queue.')].up", []],
    ["$.parts[?match(@.name, 'queue[^x.]')].up", [false]],
    // RFC 9535 section 2.4.6: what is no text or no regular expression is no match.
    ["$.parts[?match(@.up, '.*')].up", []],
    ["$.parts[?match(@.name, '(')].up", []],
  ])("%s", ([path, values]) => {
    expect(selected(path, document)).toEqual(values);
  });

  test.for([
    ["$.a[0]['b']", true],
    ["$.a[*]", false],
    ["$..a", false],
    ["$.a[?@.b]", false],
  ] as const)("%s selects one value at most: %s", ([path, isSingular]) => {
    expect(parseJsonPath(path)).toMatchObject({ ok: true, value: { isSingular } });
  });

  test.for(["", "db", "$.", "$.a[", "$.a[?match(@.b)]", "$.a[?nofunction(@.b)]", "$.a b"])("refuses %j", (path) => {
    expect(parseJsonPath(path)).toMatchObject({ ok: false, error: expect.any(String) });
  });

  // With V8's regular expressions these hang, whether the expression is the operator's or stands in the document.
  test.for(["$[?match(@.text, '(a+)+b')]", "$[?search(@.text, '^(a+)+b')]", "$[?match(@.text, @.expression)]"])(
    "%s comes to an end",
    (path) => {
      const evil = { text: `${"a".repeat(5000)}!`, expression: "(a+)+b" };
      expect(selected(path, [evil, evil])).toEqual([]);
    },
  );

  test("throws for a document that is nested deep", () => {
    expect(() => selected("$..a", JSON.parse("[".repeat(100_000) + "]".repeat(100_000)))).toThrow("recursion");
  });
});
