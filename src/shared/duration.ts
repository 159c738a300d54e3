/** Durations as text with a unit, in the configuration and in the API: `500ms`, `30s`, `5m`, `1h`, `1d`. */

export const DURATION_PATTERN = "^[0-9]+(ms|s|m|h|d)$";

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds; undefined where the text is no duration. Whole numbers only, one unit each. */
export function millisecondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(count) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}
