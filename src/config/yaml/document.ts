/**
 * A YAML 1.2 text as plain values, and the way back from a value's path to its position in the text.
 * Not taken from YAML: tags, 1.1 directives, merge keys, several documents, keys that are no text.
 */
import { type ErrorCode, LineCounter, parseDocument } from "yaml";
import type { Finding, Position } from "../diagnostic.ts";
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
  const addError = (offset: number, what: string): void => {
    // One mistake can make several errors at one position; the first says most.
    if (errors.has(offset)) return;
    const found = JSON.stringify(excerpt(text, offset));
    const position = positionAt(offset);
    errors.set(offset, { code: "yaml-syntax", path: [], position, what, found, wanted: "YAML 1.2" });
  };
  for (const { code, pos, message } of [...document.errors, ...document.warnings]) {
    addError(pos[0], ownWords[code] ?? message.replaceAll(/\s+/g, " "));
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

/** An excerpt longer than this is cut, so that a diagnostic stays a line. */
const MAX_EXCERPT = 30;

/** What stands at the offset, to the end of its line. */
function excerpt(text: string, offset: number): string {
  const line = text.slice(offset, offset + MAX_EXCERPT + 1).split(/[\r\n]/)[0] ?? "";
  return line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT)}…` : line;
}
