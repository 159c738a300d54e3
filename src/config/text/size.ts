/** Sizes as text with a unit: `64KiB`, `512MiB`, `2GiB`. Whole numbers only, one unit each. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";

export const SIZE_PATTERN = "^[0-9]+(KiB|MiB|GiB)$";

const OCTETS = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

export interface SizeLimits {
  /** The limits as they are printed: `1MiB`. */
  readonly min: string;
  readonly max: string;
}

/** The size in octets. The limits themselves are allowed. */
export function parseSize(text: string, { min, max }: SizeLimits): Result<number, Refusal> {
  const octets = octetsOf(text);
  if (octets === undefined) {
    const wanted = `a whole number and a unit (KiB, MiB or GiB), such as ${min}`;
    return err({ code: "bad-size", what: "not a size", wanted });
  }
  if (octets < octetsOf(min)! || octets > octetsOf(max)!) {
    return err({ code: "out-of-range", what: "size out of range", wanted: `${min} to ${max}` });
  }
  return ok(octets);
}

/** In the largest unit that leaves a number of 1 or more, to a tenth: `95.4MiB`. */
export function formatSize(octets: number): string {
  const [unit, size] = Object.entries(OCTETS).findLast(([, least]) => octets >= least) ?? ["KiB", OCTETS.KiB];
  return `${Math.round((octets / size) * 10) / 10}${unit}`;
}

function octetsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d+)(KiB|MiB|GiB)$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(count) * OCTETS[unit as keyof typeof OCTETS];
}
