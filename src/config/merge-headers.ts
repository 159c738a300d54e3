/** Headers by their names in lower case: RFC 9110 section 5.1 has them case-insensitive. */
export type Headers = Readonly<Record<string, string>>;

/** Of headers with the same name the last one counts. */
export function mergeHeaders(...sets: readonly (Headers | undefined)[]): Headers {
  const merged = new Map<string, string>();
  for (const set of sets) {
    for (const [name, value] of Object.entries(set ?? {})) merged.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(merged);
}
