/**
 * Regular expressions in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), by `re2js`: the time that a match
 * takes grows with the text, never as a power of it. V8's own would hang on `(a+)+$`.
 */
import { RE2JS } from "re2js";
import { err, ok, type Result } from "../shared/result.ts";

export interface TextPattern {
  /** Instructions of its program: a match looks at each character at most so many times. */
  readonly size: number;
  /** Whether it matches somewhere in the text. */
  readonly isIn: (text: string) => boolean;
  /** Whether it matches all of the text. */
  readonly isAllOf: (text: string) => boolean;
}

/** To compile 100,000 characters takes seconds, and a match each instruction for each character, where it is as bad as can be. */
const MOST_CHARACTERS = 2000;
const MOST_SIZE = 1100;

/** The error says what is wrong, and may quote the expression. */
export function parseTextPattern(expression: string): Result<TextPattern, string> {
  const { length } = expression;
  if (length > MOST_CHARACTERS) return err(`it has ${length} characters, of which ${MOST_CHARACTERS} are allowed`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(expression);
  } catch (error) {
    return err((error instanceof Error ? error.message : "").replace(/^error parsing regexp: /, ""));
  }
  const size = compiled.programSize();
  if (size > MOST_SIZE) return err(`it compiles to ${size} instructions, of which ${MOST_SIZE} are allowed`);
  return ok({
    size,
    isIn: (text) => compiled.test(text),
    isAllOf: (text) => compiled.testExact(text),
  });
}
