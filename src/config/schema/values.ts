/**
 * The kinds of values that configuration is made of, as zod schemas. The convention that `zod-issues.ts` reads:
 * the message of an issue is the `wanted` half of the diagnostic. Of the metadata, `title` names the kind of value and
 * `description` says what a key is for.
 *
 * A default is stated once, as `prefault`: the value as it would be written. A default that follows from other keys, or
 * is no value, is `optional` with `defaultText`, words for the reference. So the checked configuration does not say
 * whether a key was written; `yaml/written-file.ts` does, and checks of keys that mean nothing beside others ask it.
 */
import * as z from "zod";
import { DURATION_PATTERN } from "../../shared/duration.ts";
import type { Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { type DurationLimits, parseDuration, parseSeconds } from "../text/duration.ts";
import { parseSize, SIZE_PATTERN, type SizeLimits } from "../text/size.ts";

interface TextKind<T> {
  readonly title: string;
  readonly parse: (text: string) => Result<T, Refusal>;
  /** A regular expression for editors; the parser decides. */
  readonly pattern?: string;
  /** What is wanted in place of a number, which YAML makes of a text without quotes. */
  readonly insteadOf?: (number: number) => string;
  /** Whether any text may be meant, such as `true`. */
  readonly isFree?: boolean;
}

/** Text that stands for a value of another type. */
export function parsedText<T>({
  title,
  parse,
  pattern,
  insteadOf = (number) => `${title}, as text: "${number}"`,
  isFree = false,
}: TextKind<T>) {
  const wanted = (input: unknown): string => {
    if (typeof input === "number") return insteadOf(input);
    return isFree && typeof input === "boolean" ? `${title} in quotes: "${input}"` : title;
  };
  return z
    .string({ error: ({ input }) => wanted(input) })
    .transform((text, context): T => {
      const parsed = parse(text);
      if (parsed.ok) return parsed.value;
      const { code, what, wanted } = parsed.error;
      context.issues.push({ code: "custom", input: text, message: wanted, params: { code, what } });
      return z.NEVER;
    })
    .meta(pattern === undefined ? { title } : { title, pattern });
}

/** A duration, read in milliseconds. */
export function duration(limits: DurationLimits) {
  return durationKind(limits, (text) => parseDuration(text, limits));
}

/** A duration, read in whole seconds, as DNS counts. */
export function seconds(limits: DurationLimits) {
  return durationKind(limits, (text) => parseSeconds(text, limits));
}

function durationKind({ min, max }: DurationLimits, parse: (text: string) => Result<number, Refusal>) {
  const title = `duration ${min} to ${max}`;
  return parsedText({
    title,
    parse,
    pattern: DURATION_PATTERN,
    insteadOf: (number) => `a duration with its unit: ${number}s`,
  });
}

/** A size, read in octets. */
export function size(limits: SizeLimits) {
  return parsedText({
    title: `size ${limits.min} to ${limits.max}`,
    parse: (text) => parseSize(text, limits),
    pattern: SIZE_PATTERN,
    insteadOf: (number) => `a size with its unit: ${number}MiB`,
  });
}

export function integer(min: number, max: number) {
  const error = `${min} to ${max}`;
  return z
    .int({ error: `a whole number, ${error}` })
    .min(min, { error })
    .max(max, { error })
    .meta({ title: `integer ${error}` });
}

export function choice<const T extends readonly [string, ...string[]]>(words: T) {
  const title = words.join(" | ");
  return z.enum(words, { error: `one of ${words.join(", ")}` }).meta({ title });
}

export function flag() {
  return z.boolean({ error: "true or false" }).meta({ title: "true | false" });
}

/** A list of at least one item. */
export function list<T extends z.ZodType>(item: T, max = Number.POSITIVE_INFINITY) {
  const error = "a list";
  const schema = z.array(item, { error }).min(1, { error: "at least one" });
  return max === Number.POSITIVE_INFINITY ? schema : schema.max(max, { error: `at most ${max}` });
}

/** Wherever a list of values may stand: one value alone is a list of it. */
export function oneOrList<T extends z.ZodType>(item: T, max?: number) {
  const title = `${titleOf(item)}, or a list of them`;
  return z.union([item.transform((value) => [value]), list(item, max)], { error: title }).meta({ title });
}

/** A mapping with a fixed set of keys. */
export function section<T extends z.core.$ZodShape>(title: string, shape: T) {
  return z.strictObject(shape, { error: `a mapping: ${title}` }).meta({ title });
}

/** A name is not digits alone: JavaScript moves such keys to the front, and the order of endpoints counts. */
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,62}$/;
const NAME_WANTED = "a letter, then at most 62 letters, digits, dots, hyphens and underscores";

/** A mapping from names that the operator chooses. */
export function named<T extends z.ZodType>(title: string, value: T) {
  const key = z.string().regex(NAME, { error: NAME_WANTED });
  return z.record(key, value, { error: `a mapping: ${title}` }).meta({ title });
}

function titleOf(schema: z.ZodType): string {
  return schema.meta()?.title ?? "value";
}
