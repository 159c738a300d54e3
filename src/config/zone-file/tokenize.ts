/**
 * Master-file text (RFC 1035 section 5.1) to entries of tokens with their positions. Escapes and quotes stay in the
 * tokens as they are written: `octets-of-text.ts` and the reader of names undo them. An entry tells its first problem
 * alone, and the entry after it is read as if nothing had been.
 */
import type { Position } from "../diagnostic.ts";
import { FOREIGN_OCTET } from "../source-file.ts";

export interface Token extends Position {
  /** The token as it is written, never empty: `mail`, `"a \"b\""`, `alpn="h2,h3"`. */
  readonly text: string;
}

export interface Entry {
  /** None in an entry that is a foreign comment alone. */
  readonly tokens: readonly Token[];
  /** Whether blanks stand before the first token: then the owner is that of the record before. */
  readonly indented: boolean;
  readonly hasComment: boolean;
  /** The first comment with octets that are not UTF-8. */
  readonly foreignComment: Token | undefined;
  readonly problem: TokenProblem | undefined;
}

export interface TokenProblem extends Token {
  readonly what: string;
  readonly wanted: string;
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/** Entries of which there is nothing to say are left out. */
export function* tokenize(text: string): Generator<Entry> {
  // Nearly all texts: their tokens need no look at each character.
  const mayBeForeign = !text.isWellFormed();
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < text.length) {
    const tokens: Token[] = [];
    const openParentheses: Token[] = [];
    let problem: TokenProblem | undefined;
    let hasComment = false;
    let foreignComment: Token | undefined;
    const indented = isBlank(text.charCodeAt(at));
    const tokenAt = (start: number, end: number): Token => ({
      text: text.slice(start, end),
      line,
      column: start - lineStart + 1,
    });

    for (; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        at++;
        line++;
        lineStart = at;
        // RFC 1035 section 5.1: "Parentheses are used to group data that crosses a line boundary."
        if (openParentheses.length === 0) break;
      } else if (isBlank(code)) at++;
      else if (code === SEMICOLON) {
        hasComment = true;
        const newline = text.indexOf("\n", at);
        const end = newline < 0 ? text.length : newline;
        if (mayBeForeign && FOREIGN_OCTET.test(text.slice(at, end))) foreignComment ??= tokenAt(at, end);
        at = end;
      } else if (code === OPEN) openParentheses.push(tokenAt(at, ++at));
      else if (code === CLOSE) {
        const close = tokenAt(at, ++at);
        if (openParentheses.pop() === undefined) {
          problem ??= { ...close, what: "a parenthesis that was not opened", wanted: "each ) after its (" };
        }
      } else {
        const end = code === QUOTE ? endOfQuoted(text, at) : endOfWord(text, at);
        const token = tokenAt(at, Math.abs(end));
        tokens.push(token);
        at = Math.abs(end);
        if (mayBeForeign && FOREIGN_OCTET.test(token.text)) {
          problem ??= { ...token, what: "octets that are not UTF-8", wanted: FOREIGN_WANTED };
        } else if (end < 0) {
          problem ??= { ...token, what: "a quote that is not closed", wanted: 'a " at the end, on the same line' };
        } else if (mayNotFollow(text.charCodeAt(at), code === QUOTE)) {
          const wanted = String.raw`blanks between quoted and other text, or \" for a quote`;
          problem ??= { ...token, what: "a quote inside a word", wanted };
        }
      }
    }
    const unclosed = openParentheses[0];
    if (unclosed !== undefined) {
      problem ??= { ...unclosed, what: "a parenthesis that is not closed", wanted: "each ( with its )" };
    }
    if (tokens.length > 0 || problem !== undefined || foreignComment !== undefined) {
      yield { tokens, indented, hasComment, foreignComment, problem };
    }
  }
}

const FOREIGN_WANTED = String.raw`UTF-8, or \DDD for an octet`;

/** Strings in quotes may touch, as in BIND; what touches other words is more likely a quote that was not escaped. */
function mayNotFollow(code: number, quoted: boolean): boolean {
  return quoted ? code !== QUOTE && !isDelimiter(code) : code === QUOTE;
}

/** The offset behind the closing quote; negative where the line or the text ends before it. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === NEWLINE) return -at;
    if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at++;
  }
  return -text.length;
}

/**
 * The offset behind a word; negative where a quoted text in it does not end. RFC 9460 appendix A: a quoted value may
 * follow the `=` of a service parameter.
 */
function endOfWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at > start && text.charCodeAt(at - 1) === EQUALS ? endOfQuoted(text, at) : at;
    if (isDelimiter(code)) return at;
    if (code === BACKSLASH && at + 1 < text.length && text.charCodeAt(at + 1) !== NEWLINE) at++;
  }
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === RETURN;
}

/** Whether the character ends a word. NaN stands for the end of the text. */
function isDelimiter(code: number): boolean {
  return (
    isBlank(code) || code === NEWLINE || code === SEMICOLON || code === OPEN || code === CLOSE || Number.isNaN(code)
  );
}
