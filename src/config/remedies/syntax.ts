/** Why a text is most likely no YAML, from the reader's code and the line, and what to write instead. */
import type { ErrorCode } from "yaml";
import { NO_VARIABLES } from "./variables.ts";

interface SyntaxRemedy {
  /** The reader's codes that it is for; none = any. */
  readonly codes?: readonly ErrorCode[];
  /** Of the line, without what is in quotes and comments. */
  readonly line?: RegExp;
  readonly wanted: string | ((match: RegExpExecArray) => string);
}

const syntaxRemedies: readonly SyntaxRemedy[] = [
  { codes: ["TAB_AS_INDENT"], wanted: "spaces in place of tabs" },
  { codes: ["MULTIPLE_DOCS"], wanted: "one document: no line of ---" },
  { codes: ["TAG_RESOLVE_FAILED"], wanted: "a value without a tag" },
  { line: /\$\{\w+|\{\{|\{%|<%/, wanted: NO_VARIABLES },
  {
    line: /(?<![\w.])[\da-f:]*::[\da-f:.]*(?![\w.])|(?<![\w.])(?:[\da-f]{1,4}:){2,}/i,
    wanted: 'quotes around an IPv6 address: "2001:db8::1", "[::1]:53"',
  },
  {
    codes: ["NON_STRING_KEY", "BAD_ALIAS"],
    line: /(?:^|[{,\s])(\*[^\s:{},]*):/,
    wanted: ([, key]) => `quotes around a name with an asterisk: "${key}"`,
  },
  { codes: ["BAD_ALIAS"], wanted: 'quotes around a text that begins with an asterisk: "*"' },
  { codes: ["BAD_SCALAR_START"], wanted: 'quotes around a text that begins with @, % or `: "@"' },
  {
    codes: ["MULTILINE_IMPLICIT_KEY", "MISSING_CHAR", "BLOCK_AS_IMPLICIT_KEY"],
    line: /^\s*(?:- )?([A-Za-z]\w*):[^\s:/]/,
    wanted: ([, key]) => `a space after the colon: "${key}: ..."`,
  },
  {
    codes: ["BLOCK_AS_IMPLICIT_KEY", "BLOCK_IN_FLOW"],
    wanted: "quotes around a text that has a colon before a space or at its end, and keys of one mapping in one column",
  },
  {
    codes: ["BAD_INDENT"],
    wanted: "the closing ] or } of this list or mapping, and its lines further in than its key",
  },
  { codes: ["BAD_DQ_ESCAPE"], wanted: String.raw`single quotes around a text with backslashes, or \\ for each` },
  {
    codes: ["UNEXPECTED_TOKEN"],
    line: /^[^"]*""|^[^']*''/,
    wanted: "one text in one pair of quotes; a quote inside single quotes is written twice",
  },
];

const MAX_LINE = 1000;

/** `line`: the line that the error is in, of which the first thousand characters are looked at. */
export function syntaxRemedy(code: ErrorCode, line: string): string | undefined {
  const bare = line
    .slice(0, MAX_LINE)
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/'[^']*'/g, "''")
    .replace(/(^|\s)#.*/, "");
  for (const { codes, line: pattern = /^/, wanted } of syntaxRemedies) {
    if (codes !== undefined && !codes.includes(code)) continue;
    const match = pattern.exec(bare);
    if (match !== null) return typeof wanted === "string" ? wanted : wanted(match);
  }
  return undefined;
}
