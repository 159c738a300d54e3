import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Entry, tokenize } from "../../../src/config/zone-file/tokenize.ts";

/** `1:5 mail` for each token; `>` before an indented entry, `;` behind one with a comment, `!` and a problem. */
function lines(text: string): readonly string[] {
  return Array.from(tokenize(text), ({ tokens, indented, hasComment, problem }: Entry) => {
    const words = tokens.map((token) => `${token.line}:${token.column} ${token.text}`);
    const trouble = problem === undefined ? [] : [`! ${problem.line}:${problem.column} ${problem.what}`];
    return [indented ? ">" : "", ...words, hasComment ? ";" : "", ...trouble].filter((part) => part !== "").join(" ");
  });
}

test.for<[behaviour: string, text: string, entries: readonly string[]]>([
  ["nothing", "", []],
  ["blank lines and comments are no entries", "\n  \n; a comment\n\t; another", []],
  ["words and their places", "www  A\t192.0.2.1\n", ["1:1 www 1:6 A 1:8 192.0.2.1"]],
  ["an entry for each line, also without a final newline", "a b\nc", ["1:1 a 1:3 b", "2:1 c"]],
  ["lines that end as in Windows", "a b\r\nc\r\n", ["1:1 a 1:3 b", "2:1 c"]],
  ["a blank before the first token", " A 1\n\tB", ["> 1:2 A 1:4 1", "> 2:2 B"]],
  ["a comment behind", "a b;c", ["1:1 a 1:3 b ;"]],
  ["parentheses over lines", "a ( b ; x\n\n c)d\ne", ["1:1 a 1:5 b 3:2 c 3:4 d ;", "4:1 e"]],
  ["parentheses in parentheses", "a ((b)\nc)\nd", ["1:1 a 1:5 b 2:1 c", "3:1 d"]],
  ["quotes keep blanks, semicolons and parentheses", 'a "b ;(" c', ['1:1 a 1:3 "b ;(" 1:10 c']],
  ["escaped quotes", String.raw`"a \" b" c\"d`, [String.raw`1:1 "a \" b" 1:10 c\"d`]],
  ["escaped blanks and semicolons", String.raw`a\ b c\;d`, [String.raw`1:1 a\ b 1:6 c\;d`]],
  ["a quoted value behind =", 'alpn="h2, h3" b', ['1:1 alpn="h2, h3" 1:15 b']],
  ["a quote that is not closed on its line", 'a "b\nc', ['1:1 a 1:3 "b ! 1:3 a quote that is not closed', "2:1 c"]],
  ["a quote that is not closed", String.raw`"b\"`, [String.raw`1:1 "b\" ! 1:1 a quote that is not closed`]],
  ["a quote that an escaped newline does not hide", '"a\\\nb', ['1:1 "a\\ ! 1:1 a quote that is not closed', "2:1 b"]],
  ["a quote inside a word", 'a"b" c', ['1:1 a 1:2 "b" 1:6 c ! 1:1 a quote inside a word']],
  ["quotes that touch", '"a""" "b"', ['1:1 "a" 1:4 "" 1:7 "b"']],
  ["a quote that touches a quoted value", 'alpn="h2""h3"', ['1:1 alpn="h2" 1:10 "h3" ! 1:1 a quote inside a word']],
  ["a word behind a quote", '"a"b', ['1:1 "a" 1:4 b ! 1:1 a quote inside a word']],
  ["a parenthesis too many", "a ) b\nc", ["1:1 a 1:5 b ! 1:3 a parenthesis that was not opened", "2:1 c"]],
  ["a parenthesis too few", "a ( b\nc\n", ["1:1 a 1:5 b 2:1 c ! 1:3 a parenthesis that is not closed"]],
  [
    "a problem inside parentheses ends with them",
    'a ( "b\nc )\nd',
    ['1:1 a 1:5 "b 2:1 c ! 1:5 a quote that is not closed', "3:1 d"],
  ],
])("tokenize: %s", ([, text, entries]) => {
  expect(lines(text)).toEqual(entries);
});

test("tokenize: each token is what stands at its place, whatever the text", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", '"', "\\", "(", ")", ";", " ", "\n", "=", "\t", "é") });
  fc.assert(
    fc.property(texts, (text) => {
      const source = text.split("\n");
      for (const { tokens, problem } of tokenize(text)) {
        for (const { line, column, text: found } of [...tokens, ...(problem === undefined ? [] : [problem])]) {
          expect(found).not.toBe("");
          expect(source[line - 1]!.slice(column - 1, column - 1 + found.length)).toBe(found);
        }
      }
    }),
    { numRuns: 3000 },
  );
});
