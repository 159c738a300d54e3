/** Times in master files: seconds (RFC 1035 section 5.1), or numbers with BIND's units, such as `1h30m` and `2W`. */

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** The TTL in seconds; undefined = the text is none. */
export function parseTtl(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(?:\d+[smhdw])+$/i.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.toLowerCase().matchAll(/(\d+)([smhdw])/g)) {
    sum += Number(count) * SECONDS[unit as keyof typeof SECONDS];
  }
  return sum;
}
