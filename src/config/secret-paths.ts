/** What is not told of headers of probes, whose values may let their bearer in: what is said of a file goes to logs. */
import type { Path } from "./path.ts";
import { matchesPath } from "./remedies/path-pattern.ts";

const HEADERS = ["monitors.*.headers", "endpoints.*.headers", "profiles.*.endpoints.*.headers"];

/** Whether the path is that of one header. */
export function isHeader(path: Path): boolean {
  return HEADERS.some((headers) => matchesPath(`${headers}.*`, path));
}

/** The path of a finding and what was found there, as they may be told. */
export function withoutSecrets(path: Path, found: string): { readonly path: Path; readonly found: string } {
  if (!isHeader(path) && !HEADERS.some((headers) => matchesPath(headers, path))) return { path, found };
  const key = String(path.at(-1));
  // `Authorization:Bearer` without a space is a name for YAML.
  const name = key.replace(/[:\s].*/s, "…");
  if (found === JSON.stringify(key)) return { path: [...path.slice(0, -1), name], found: JSON.stringify(name) };
  return { path: [...path.slice(0, -1), name], found: KINDS.test(found) ? found : "another text" };
}

/** `a mapping`, `an empty list`, `nothing`: what stands there in words. Texts are in quotes. */
const KINDS = /^(?:an? |nothing$)/;
