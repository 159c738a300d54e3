/**
 * Whether somebody may report of a subject, and whether there is one. Who may not learns nothing of what there is, and
 * neither does who may report of some: a token on a machine at an endpoint is easily lost.
 */
import { matchesGlob } from "../shared/glob.ts";
import { err, ok } from "../shared/result.ts";
import { parsePattern } from "../state/subject-pattern.ts";
import type { Actor, Answer } from "./control.ts";
import { findEndpoint } from "./find-endpoint.ts";
import type { Served } from "./served.ts";
import { hint } from "./subject-words.ts";

export function reportedSubject(subject: string, { name, reportsOf }: Actor, served: Served): Answer<undefined> {
  const found = findSubject(subject, served);
  if (reportsOf === undefined) return found.ok ? ok(undefined) : found;
  const site = found.ok ? found.value : undefined;
  if (!reportsOf.some((pattern) => isOf(pattern, subject, site))) {
    return err({ code: "not-its-subject", message: `the token ${name} may not report of this subject` });
  }
  return found.ok ? ok(undefined) : err({ ...found.error, message: `${subject} is not there` });
}

/** The site that a subject is, or is at; undefined = none. */
function findSubject(subject: string, served: Served): Answer<string | undefined> {
  if (subject.startsWith("site:")) {
    const name = subject.slice("site:".length);
    const names = served.sites.map((site) => site.name);
    if (names.includes(name)) return ok(name);
    return err({ code: "unknown-site", message: `${name || "nothing"} is no site; ${hint(name, names)}` });
  }
  const endpoint = findEndpoint(served, subject);
  return endpoint.ok ? ok(endpoint.value.site) : endpoint;
}

function isOf(text: string, subject: string, site: string | undefined): boolean {
  const pattern = parsePattern(text);
  if (!pattern.ok || pattern.value.kind === "label") return false;
  if (pattern.value.kind === "site") return pattern.value.site === site;
  // No star stands for a site.
  if (subject.startsWith("site:")) return false;
  const [profile = "", endpoint = ""] = subject.split("/");
  return matchesGlob(pattern.value.profile, profile) && matchesGlob(pattern.value.endpoint, endpoint);
}
