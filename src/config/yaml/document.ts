/**
 * A YAML 1.2 text as plain values, and the way back from a value's path to its position in the text.
 * Not taken from YAML: tags, 1.1 directives, merge keys, several documents, keys that are no text.
 */
import { type ErrorCode, LineCounter, parseDocument } from "yaml";
import type { Finding, Position } from "../diagnostic.ts";
import { syntaxRemedy } from "../remedies/syntax.ts";
import { createWrittenFile, type WrittenFile } from "./written-file.ts";
import { plainValue } from "./plain-value.ts";

export interface YamlDocument extends WrittenFile {
  /** Whether the text is YAML. Where not, its structure is a guess and its value is not read. */
  readonly readable: boolean;
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

export function readYaml(source: string): YamlDocument {
  // A byte order mark is no column.
  const text = source.replace(/^\uFEFF/, "");
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    // Configuration has no tags: with those that the library knows a value would be no plain data.
    resolveKnownTags: false,
  });

  const errors = new Map<number, Finding>();
  const addError = (offset: number, what: string, code?: ErrorCode): void => {
    // One mistake can make several errors at one position; the first says most.
    if (errors.has(offset)) return;
    const position = positionAt(offset);
    const wanted = code === undefined ? undefined : syntaxRemedy(code, lineAt(text, offset));
    const found = foundAt(text, offset);
    errors.set(offset, { code: "yaml-syntax", path: [], position, what, found, wanted: wanted ?? "YAML 1.2" });
  };
  for (const { code, pos, message } of [...document.errors, ...document.warnings]) {
    addError(pos[0], ownWords[code] ?? withoutQuotes(message), code);
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== "1.2") addError(0, `YAML ${version} is not read`);

  const readable = errors.size === 0;
  const root = readable ? document.contents : null;
  const { value, targets, findings } = plainValue(root, positionAt);
  const written = createWrittenFile(root, targets, positionAt);
  return { readable, value, findings: [...errors.values(), ...findings], ...written };
}

/** Our words for errors where the library speaks of its own functions. */
const ownWords: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: "a second document",
  NON_STRING_KEY: "a key that is no text",
  RESOURCE_EXHAUSTION: "nested too deep",
};

/** What the library says, without the text that it quotes behind a colon: that may be a secret. */
function withoutQuotes(message: string): string {
  return message.replaceAll(/\s+/g, " ").replace(/: .*/, "");
}

/** The sign at the offset. No word is told: a text out of its quotes may be a secret. */
function foundAt(text: string, offset: number): string {
  const [sign] = /^(?:[\t\n\r ]|[^\w\s]{1,3})/.exec(text.slice(offset, offset + 3)) ?? [];
  return sign === undefined ? (offset < text.length ? "a word" : "the end of the file") : JSON.stringify(sign);
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? undefined : end);
}
