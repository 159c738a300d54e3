/**
 * `$GENERATE START-STOP[/STEP] OWNER [TTL] [CLASS] TYPE DATA`, as BIND 9.18 has it: a record for each number, which
 * stands where `$` stands in owner and data. `${OFFSET,WIDTH,BASE}` adds to it and formats it; `$$` and `\$` are a
 * dollar sign. Other than BIND, what is behind a range or between the braces and means nothing is refused.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import type { Token } from "./tokenize.ts";

/** Records that the directives of a zone may make: four networks of 65,536 addresses. */
export const MAX_GENERATED = 2 ** 18;
/** And mebibytes of their text. */
export const MAX_GENERATED_MIB = 32;
/** Characters of owner or data: 65,535 octets, the most that a record can have, each as `\DDD`. */
const LONGEST_TEMPLATE = 4 * 65_535;

export interface Generated {
  readonly count: number;
  /** The records as lines of a master file, made one by one. */
  readonly lines: Iterable<string>;
}

interface GenerateRefusal extends Refusal {
  readonly token: Token;
}

/** `values`: the tokens behind the directive, at least range, owner, type and data. */
export function generatedLines(values: readonly Token[]): Result<Generated, GenerateRefusal> {
  const [rangeToken, ownerToken, ...rest] = values as readonly [Token, Token, ...Token[]];
  const dataToken = rest.at(-1)!;
  const refuse = (
    token: Token,
    what: string,
    wanted: string,
  ): { readonly ok: false; readonly error: GenerateRefusal } => err({ code: "zone-syntax", token, what, wanted });

  const range = parseRange(rangeToken.text);
  if (range === undefined) return refuse(rangeToken, "not a range", "START-STOP or START-STOP/STEP, such as 1-254");
  const long = [ownerToken, dataToken].find(({ text }) => text.length > LONGEST_TEMPLATE);
  if (long !== undefined) return refuse(long, "more than a record can have", `at most ${LONGEST_TEMPLATE} characters`);
  const owner = parseTemplate(ownerToken.text, range.stop);
  const data = parseTemplate(unquoted(dataToken.text), range.stop);
  if (owner === undefined) return refuse(ownerToken, NO_TEMPLATE, TEMPLATE);
  if (data === undefined) return refuse(dataToken, NO_TEMPLATE, TEMPLATE);
  const typeToken = rest.at(-2)!;
  if (!WORD.test(typeToken.text)) {
    return refuse(typeToken, "not a record type", "OWNER [TTL] [CLASS] TYPE DATA, the data in quotes if it has blanks");
  }
  const { start, stop, step } = range;
  const between = rest.slice(0, -1).map(({ text }) => text);
  return ok({
    count: Math.floor((stop - start) / step) + 1,
    lines: (function* lines() {
      for (let number = start; number <= stop; number += step) {
        yield [owner(number), ...between, data(number)].join(" ");
      }
    })(),
  });
}

/** What may be meant for a mnemonic: who reads the record knows them. */
const WORD = /^[a-z]/i;

/** Numbers are signed 32-bit ones. */
const MAX_NUMBER = 0x7fffffff;

function parseRange(
  text: string,
): { readonly start: number; readonly stop: number; readonly step: number } | undefined {
  const match = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(text);
  if (match === null) return undefined;
  const [start, stop, step] = [match[1], match[2], match[3] ?? "1"].map(Number) as [number, number, number];
  return start <= stop && stop <= MAX_NUMBER && step >= 1 ? { start, stop, step } : undefined;
}

/** Data with blanks stands in quotes. As in BIND, they are not part of it, and `\"` is a quote in it. */
function unquoted(text: string): string {
  return text.startsWith('"')
    ? text.slice(1, -1).replaceAll(/\\(.)/gsu, (all, next) => (next === '"' ? '"' : all))
    : text;
}

const NO_TEMPLATE = "not a place for the number";
const TEMPLATE = "$, or ${OFFSET,WIDTH,BASE}, a width of at most 127, a base of d, o, x, X, n or N";

type Template = (number: number) => string;

/** Undefined: braces that are no format, or lead beyond what a number may be. */
function parseTemplate(text: string, stop: number): Template | undefined {
  const parts: (string | Template)[] = [];
  // As in BIND: an offset holds for each $ without braces behind it.
  let offset = 0;
  for (const [part] of text.matchAll(/\$\$|\$\{[^}]*\}?|\$|\\.|[^$\\]+|\\/gsu)) {
    if (part === "$$") parts.push("$");
    else if (part === "$") parts.push(format(offset, 0, "d"));
    else if (!part.startsWith("$")) parts.push(part);
    else {
      const place = /^\$\{([+-]?\d{1,10})(?:,(\d{1,3})(?:,([doxXnN]))?)?\}$/.exec(part);
      offset = Number(place?.[1] ?? Number.NaN);
      const width = Number(place?.[2] ?? 0);
      // BIND's buffer for a number.
      if (!(Math.abs(offset) <= MAX_NUMBER) || offset > MAX_NUMBER - stop || width > 127) return undefined;
      parts.push(format(offset, width, (place?.[3] ?? "d") as Base));
    }
  }
  return (number) => parts.map((part) => (typeof part === "string" ? part : part(number))).join("");
}

type Base = "d" | "o" | "x" | "X" | "n" | "N";

/** The number in at least `width` characters. All bases but d take a negative number for its 32 bits. */
function format(offset: number, width: number, base: Base): Template {
  return (number) => {
    const value = number + offset;
    if (base === "d") return value < 0 ? `-${padded(-value, 10, width - 1)}` : padded(value, 10, width);
    const unsigned = value >>> 0;
    if (base === "n" || base === "N") return inCaseOf(base, nibbles(unsigned, width));
    return inCaseOf(base, padded(unsigned, base === "o" ? 8 : 16, width));
  };
}

function inCaseOf(base: Base, digits: string): string {
  return base === "X" || base === "N" ? digits.toUpperCase() : digits;
}

function padded(value: number, radix: number, width: number): string {
  return value.toString(radix).padStart(width, "0");
}

/** As names below ip6.arpa are (RFC 3596 section 2.5): the last digit first, dots between. As in BIND, they count too. */
function nibbles(value: number, width: number): string {
  let text = value.toString(16).split("").toReversed().join(".");
  while (text.length < width) text += text.endsWith(".") ? "0" : ".";
  return text;
}
