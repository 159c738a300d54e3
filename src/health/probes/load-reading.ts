/** A load that a probe's answer tells, in per cent. Pure. */

/** Per cent. More is no load that anybody measures: an overflow, or another unit. */
const MAX = 100_000;

/** Undefined: no number, negative, or absurd. */
export function loadPerCent(value: number): number | undefined {
  return value >= 0 && value <= MAX ? value : undefined;
}

/** `42`, `42.5` or `42 %`. */
export function loadFromText(text: string | undefined): number | undefined {
  return text === undefined ? undefined : loadPerCent(numberFromText(text.replace(/\s*%\s*$/, "")));
}

/** A number of JSON, or a text that has one. */
export function loadFromValue(value: unknown): number | undefined {
  if (typeof value === "number") return loadPerCent(value);
  return typeof value === "string" ? loadFromText(value) : undefined;
}

/** NaN where it is none: also for `NaN`, `Infinity`, `0x10` and the empty text. */
export function numberFromText(text: string): number {
  return /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}
