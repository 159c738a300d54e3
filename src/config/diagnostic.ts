/** What is wrong with a configuration file, where, and what to write instead. */
import type { DiagnosticCode } from "./diagnostic-codes.ts";
import type { Path } from "./path.ts";

export interface Diagnostic extends Position {
  readonly code: DiagnosticCode;
  readonly file: string;
  /** The keys from the top of the file: `profiles.shop.names[1]`. */
  readonly path: string;
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
}

/** One line: `file:line:column path: what, found X, wanted Y`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, path, what, found, wanted } = diagnostic;
  return visible(`${file}:${line}:${column} ${path}: ${what}, found ${found}, wanted ${wanted}`);
}

/** `\u00a0` for a no-break space: what cannot be seen is often what is wrong. */
function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Z}]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    if (character === " ") return character;
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** Why a text is not what is asked for. Who asked knows the text and where it is written. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly what: string;
  readonly wanted: string;
}

/** Lines and columns count from 1, as in editors; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A refusal, and where it is written. */
export interface Finding extends Refusal {
  readonly path: Path;
  /** The position in the file, where `path` does not lead to it. */
  readonly position?: Position;
  /** The file of `position`, where that is not the configuration. */
  readonly file?: string;
  /** Whether the finding points at the key; otherwise at the value, where that starts on the line of its key. */
  readonly atKey?: boolean;
  /** What stands at `path`, unless given. */
  readonly found?: string;
  /** What is missing because of this finding: the key that a misspelt one was meant to be. */
  readonly explains?: Path;
  /** The values that led to this finding, `path` unless given. Where one of them was refused itself, this is no news. */
  readonly because?: readonly Path[];
}

export type Report = (finding: Finding) => void;
