/**
 * Placeholders in texts of the configuration that are about an endpoint: `%{host}` stands for its host. `%%{` is `%{` as
 * it is, since other programs have such words too (`curl -w "%%{http_code}"`).
 */

/** What can be filled in: what is probed, and the names of the endpoint that it is for. */
export const PLACEHOLDERS = ["host", "port", "profile", "endpoint"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** As they are written, in their order. */
export const PLACEHOLDERS_TEXT = PLACEHOLDERS.map((name) => `%{${name}}`).join(", ");

/** One that is not closed is one as well: it was meant. */
const PLACEHOLDER = /%%(?=\{)|%\{([^}]*)\}?/g;

/** Those of a text as they are written, `%{host}`; also such as there are not. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([written, name]) => (name === undefined ? [] : [written]));
}

export function isPlaceholder(written: string): boolean {
  return PLACEHOLDERS.some((name) => written === `%{${name}}`);
}

/** `quote`: how a value is written where it stands. What is no placeholder stays as it is. */
export function fillPlaceholders(
  text: string,
  values: Readonly<Record<Placeholder, string>>,
  quote: (value: string) => string = (value) => value,
): string {
  return text.replaceAll(PLACEHOLDER, (written: string, name: string | undefined) => {
    if (name === undefined) return "%";
    return isPlaceholder(written) ? quote(values[name as Placeholder]) : written;
  });
}
