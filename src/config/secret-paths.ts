/**
 * What is not told of headers and bodies of probes, which may let their bearer in: what is said of a file goes to logs.
 * `authorization` names a file or a variable, which are told; a text in its place, or beside them, is the secret itself.
 */
import type { Path } from "./path.ts";
import { matchesPath } from "./remedies/path-pattern.ts";

const TEXTS = ["monitors.*.body", "monitors.*.send", "monitors.*.authorization", "monitors.*.authorization.*"];
const KNOWN = ["monitors.*.authorization.user", "monitors.*.authorization.file", "monitors.*.authorization.variable"];

const HEADERS = ["monitors.*.headers", "endpoints.*.headers", "profiles.*.endpoints.*.headers"];

/** Whether the path is that of one header. */
export function isHeader(path: Path): boolean {
  return HEADERS.some((headers) => matchesPath(`${headers}.*`, path));
}

/** The path of a finding and what was found there, as they may be told. */
export function withoutSecrets(path: Path, found: string): { readonly path: Path; readonly found: string } {
  const is = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesPath(pattern, path));
  if (is(TEXTS) && !is(KNOWN)) {
    return { path, found: KINDS.test(found) || found === JSON.stringify(path.at(-1)) ? found : "another text" };
  }
  if (!isHeader(path) && !HEADERS.some((headers) => matchesPath(headers, path))) return { path, found };
  const key = String(path.at(-1));
  // `Authorization:Bearer` without a space is a name for YAML.
  const name = key.replace(/[:\s].*/s, "…");
  if (found === JSON.stringify(key)) return { path: [...path.slice(0, -1), name], found: JSON.stringify(name) };
  return { path: [...path.slice(0, -1), name], found: KINDS.test(found) ? found : "another text" };
}

/** `a mapping`, `an empty list`, `nothing`: what stands there in words. Texts are in quotes. */
const KINDS = /^(?:an? |nothing$)/;
