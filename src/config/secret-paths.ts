/**
 * What is not told of headers and bodies of probes, which may let their bearer in: what is said of a file goes to logs.
 * `authorization` names a file or a variable: a text in the place of any of these may be the secret itself.
 */
import type { Path } from "./path.ts";
import { matchesPath } from "./remedies/path-pattern.ts";

const TEXTS = [
  "monitors.*.body",
  "monitors.*.send",
  ...["monitors.*", "sites.*.load.from", "endpoints.*.load.from", "profiles.*.endpoints.*.load.from"].flatMap((of) => [
    `${of}.authorization`,
    `${of}.authorization.*`,
  ]),
];
/** What is said of whose a secret is. The secret itself may stand where a file or a variable is to be named. */
const KNOWN = /\.authorization\.user$/;

/** URLs of servers, which are shown unless they have what may be a secret: a user, a query. */
const SERVERS = [
  "monitors.*.url",
  ...["sites.*", "endpoints.*", "profiles.*.endpoints.*"].map((of) => `${of}.load.from.prometheus`),
];

const HEADERS = ["monitors.*.headers", "endpoints.*.headers", "profiles.*.endpoints.*.headers", "notices.*.headers"];

/** URLs, which let who knows them post, and what may be one that was written at a wrong place. */
const NOTICES = ["notices.*", "notices.*.*", "notices.*.*.*"];

/** Whether what stands at the path is not to be shown: one header, or a URL of a notice. */
export function isSecret(path: Path): boolean {
  return isHeader(path) || NOTICES.some((notice) => matchesPath(notice, path));
}

/** Whether the path is that of one header. */
function isHeader(path: Path): boolean {
  return HEADERS.some((headers) => matchesPath(`${headers}.*`, path));
}

/** The path of a finding and what was found there, as they may be told. */
export function withoutSecrets(path: Path, found: string): { readonly path: Path; readonly found: string } {
  if (SERVERS.some((server) => matchesPath(server, path)) && /[@?#]/.test(found))
    return { path, found: "another text" };
  if (isUrl(path)) return { path, found: toldOfUrl(path, found) };
  if (TEXTS.some((pattern) => matchesPath(pattern, path)) && !KNOWN.test(path.join("."))) {
    return {
      path,
      found: KINDS.test(found) || found === JSON.stringify(path.at(-1)) ? found : "a text that is not shown",
    };
  }
  if (!isHeader(path) && !HEADERS.some((headers) => matchesPath(headers, path))) return { path, found };
  const key = String(path.at(-1));
  // `Authorization:Bearer` without a space is a name for YAML.
  const name = key.replace(/[:\s].*/s, "…");
  if (found === JSON.stringify(key)) return { path: [...path.slice(0, -1), name], found: JSON.stringify(name) };
  return { path: [...path.slice(0, -1), name], found: KINDS.test(found) ? found : "a text that is not shown" };
}

/** Whether a URL stands there, or may. Words to choose from and durations are none. */
function isUrl(path: Path): boolean {
  const plain = ["on", "format", "gather", "timeout", "only", "ca"];
  return (
    NOTICES.some((notice) => matchesPath(notice, path)) && !plain.includes(String(path[2])) && path[2] !== "headers"
  );
}

/** Of a key its own name. */
function toldOfUrl(path: Path, found: string): string {
  return KINDS.test(found) || found === JSON.stringify(path.at(-1)) ? found : "a text that is not shown";
}

/** `a mapping`, `an empty list`, `nothing`: what stands there in words. Texts are in quotes. */
const KINDS = /^(?:an? |nothing$)/;
