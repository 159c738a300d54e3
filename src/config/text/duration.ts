/** Durations of the configuration, within limits. Their text is read by `shared/duration.ts`. */
import { millisecondsOf } from "../../shared/duration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";

export interface DurationLimits {
  /** The limits as they are printed: `1s`. */
  readonly min: string;
  readonly max: string;
}

/** The duration in milliseconds. The limits themselves are allowed. */
export function parseDuration(text: string, { min, max }: DurationLimits): Result<number, Refusal> {
  const milliseconds = millisecondsOf(text);
  if (milliseconds === undefined) {
    const wanted = `a whole number and a unit (ms, s, m, h or d), such as ${min === "0s" ? "60s" : min}`;
    return err({ code: "bad-duration", what: "not a duration", wanted });
  }
  if (milliseconds < (millisecondsOf(min) ?? 0) || milliseconds > (millisecondsOf(max) ?? 0)) {
    return err({ code: "out-of-range", what: "duration out of range", wanted: `${min} to ${max}` });
  }
  return ok(milliseconds);
}

/** The duration in whole seconds, as DNS counts. */
export function parseSeconds(text: string, limits: DurationLimits): Result<number, Refusal> {
  const parsed = parseDuration(text, limits);
  if (!parsed.ok) return parsed;
  return parsed.value % 1000 === 0
    ? ok(parsed.value / 1000)
    : err({ code: "bad-duration", what: "not in whole seconds", wanted: "a whole number of seconds, as DNS counts" });
}
