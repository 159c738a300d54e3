/** Percentages: `5%`, `0.25%`. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";

/** For editors. */
export const PERCENTAGE_PATTERN = String.raw`^[0-9]{1,3}(\.[0-9]{1,6})?%$`;

/** The part of 1. */
export function parsePercentage(text: string): Result<number, Refusal> {
  const percent = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text)?.[1];
  return percent !== undefined && Number(percent) <= 100
    ? ok(Number(percent) / 100)
    : err({ code: "bad-text", what: "not a percentage", wanted: "0% to 100%" });
}
