/**
 * Which endpoints an override is for: a glob over `PROFILE/ENDPOINT` (`shop/fra`, `shop/*`, `*-eu/fra`), `site:NAME` or
 * `label:KEY=VALUE`. In a glob `*` stands for any characters but `/`.
 */
import { matchesGlob } from "../shared/glob.ts";
import { err, ok, type Result } from "../shared/result.ts";

export type SubjectPattern =
  | { readonly kind: "endpoint"; readonly profile: string; readonly endpoint: string }
  | { readonly kind: "site"; readonly site: string }
  | { readonly kind: "label"; readonly key: string; readonly value: string };

/** What patterns are asked of. */
export interface Subject {
  readonly name: string;
  readonly profile: number;
  readonly site: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Subjects {
  readonly profiles: readonly { readonly name: string; readonly endpoints: readonly Subject[] }[];
}

/** Characters; far more than two names have. */
const LONGEST = 1024;

/** The error is a line that says what is wrong and what to write. */
export function parsePattern(text: string): Result<SubjectPattern, string> {
  if (text.length > LONGEST) return err(`a pattern has at most ${LONGEST} characters`);
  if (text.startsWith("site:")) {
    const site = text.slice("site:".length);
    return site === "" ? err("site: lacks the name of a site, such as site:munich") : ok({ kind: "site", site });
  }
  if (text.startsWith("label:")) {
    const [, key, value] = /^label:([^=]+)=(.+)$/s.exec(text) ?? [];
    if (key === undefined) return err("label: lacks a key and its value, such as label:provider=azure");
    return ok({ kind: "label", key, value: value! });
  }
  const parts = text.split("/");
  const [profile = "", endpoint = ""] = parts;
  if (parts.length !== 2 || profile === "" || endpoint === "") {
    const meant = parts.length === 1 && text !== "" ? `; for all endpoints of a profile write ${text}/*` : "";
    return err(`not PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE${meant}`);
  }
  return ok({ kind: "endpoint", profile, endpoint });
}

/** The indexes of the endpoints that it matches, over all profiles in their order. */
export function matchesOf({ profiles }: Subjects, pattern: SubjectPattern): readonly number[] {
  const found: number[] = [];
  let first = 0;
  for (const { name, endpoints } of profiles) {
    if (pattern.kind !== "endpoint" || matchesGlob(pattern.profile, name)) {
      for (const [index, endpoint] of endpoints.entries()) if (matches(pattern, endpoint)) found.push(first + index);
    }
    first += endpoints.length;
  }
  return found;
}

function matches(pattern: SubjectPattern, { name, site, labels }: Subject): boolean {
  if (pattern.kind === "endpoint") return matchesGlob(pattern.endpoint, name);
  if (pattern.kind === "site") return site === pattern.site;
  return Object.hasOwn(labels, pattern.key) && labels[pattern.key] === pattern.value;
}

/**
 * Higher for the narrower of two: one endpoint by its name, then globs, of which the one with more characters that are no
 * star is the narrower, then sites, then labels. It tells nothing of how many there are, so it never changes.
 */
export function narrownessOf(pattern: SubjectPattern): number {
  if (pattern.kind === "label") return 0;
  if (pattern.kind === "site") return 1;
  const text = `${pattern.profile}/${pattern.endpoint}`;
  return text.includes("*") ? 2 + text.replaceAll("*", "").length : 2 + LONGEST;
}
