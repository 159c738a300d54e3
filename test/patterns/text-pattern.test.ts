import { describe, expect, test } from "vitest";
import { parseTextPattern } from "../../src/patterns/text-pattern.ts";

function pattern(expression: string) {
  const parsed = parseTextPattern(expression);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

describe("parseTextPattern", () => {
  test.for<[expression: string, text: string, isIn: boolean, isAllOf: boolean]>([
    ["ok", "it is ok", true, false],
    ["^ok$", "ok", true, true],
    ["^ok$", "not ok", false, false],
    ["(?i)OK|up", "Up", true, true],
    [String.raw`"db":\s*"(ok|up)"`, '{"db":  "ok"}', true, false],
    [String.raw`\pL+`, "grün", true, true],
    ["", "anything", true, false],
    [".", "\n", false, false],
    ["(?s).", "\n", true, true],
    ["(?m)^b$", "a\nb\nc", true, false],
  ])("%j in %j", ([expression, text, isIn, isAllOf]) => {
    expect(pattern(expression).isIn(text)).toBe(isIn);
    expect(pattern(expression).isAllOf(text)).toBe(isAllOf);
  });

  test.for([
    ["(a", "missing closing ): `(a`"],
    ["a(?=b)", "invalid or unsupported Perl syntax: `(?=`"],
    [String.raw`(a)\1`, String.raw`invalid escape sequence: ${"`\\1`"}`],
    ["x{1001}", "invalid repeat count: `{1001}`"],
    ["(x{100}){100}", "invalid repeat count: `{100}`"],
    [String.raw`(\pL|.){500}`, "it compiles to 1502 instructions, of which 1100 are allowed"],
    ["a|".repeat(1025), "it has 2050 characters, of which 2000 are allowed"],
  ])("refuses %s", ([expression, error]) => {
    expect(parseTextPattern(expression!)).toEqual({ ok: false, error });
  });

  // V8's regular expressions would take longer than the world has been.
  test("an evil pattern comes to an end", () => {
    expect(pattern("^(a+)+$").isIn(`${"a".repeat(10_000)}!`)).toBe(false);
  });
});
