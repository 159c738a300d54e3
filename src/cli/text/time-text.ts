/** Times for people: how long ago, and when. */
import type { Instant } from "../../control/control.ts";

/** Seconds. */
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** `45s`, `3m`, `2h 5m`, `4d 3h`: the largest unit, and the next one below days and hours. Milliseconds. */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const first = UNITS.findIndex(([, length]) => seconds >= length);
  if (first < 0) return "0s";
  const [unit, length] = UNITS[first]!;
  const whole = `${Math.floor(seconds / length)}${unit}`;
  const [next, nextLength] = UNITS[first + 1] ?? ["s", 1];
  const rest = Math.floor((seconds % length) / nextLength);
  return rest === 0 || length <= 60 ? whole : `${whole} ${rest}${next}`;
}

/** How long it is from an instant to now. */
export function ageText(instant: Instant, now: number): string {
  return spanText(now - Date.parse(instant));
}

/** `2026-11-27 20:04:43Z`. */
export function instantText(instant: Instant): string {
  return instant.replace("T", " ").replace(/\.\d+/, "");
}
