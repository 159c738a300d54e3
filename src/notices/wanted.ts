/**
 * What a webhook is for: kinds of subjects, and patterns over their names. `PROFILE` is the profile with all that is in it,
 * `PROFILE/ENDPOINT` endpoints, `site:NAME` and `label:KEY=VALUE` endpoints and their regions; in names `*` stands for any
 * characters but `/`. Whether a configuration was taken is of no profile: patterns do not keep it out.
 */
import type { NamedSubject, SubjectState } from "../control/subject-states.ts";
import { matchesGlob } from "../shared/glob.ts";
import type { NoticeKind, NoticeSettings } from "../shared/notice-settings.ts";

const KIND_OF: Readonly<Record<NamedSubject["kind"], NoticeKind>> = {
  endpoint: "endpoints",
  profile: "profiles",
  region: "regions",
  rule: "rules",
  reload: "reloads",
};

export function wantedBy({ on, only }: Pick<NoticeSettings, "on" | "only">): (state: SubjectState) => boolean {
  const kinds = new Set(on);
  return (state) => {
    if (!kinds.has(KIND_OF[state.kind])) return false;
    return only.length === 0 || state.kind === "reload" || only.some((pattern) => matches(pattern, state));
  };
}

function matches(pattern: string, { kind, profile = "", part = "", site, labels }: SubjectState): boolean {
  if (pattern.startsWith("site:")) return site === pattern.slice("site:".length);
  if (pattern.startsWith("label:")) {
    const [key = "", ...value] = pattern.slice("label:".length).split("=");
    return Object.hasOwn(labels, key) && labels[key] === value.join("=");
  }
  const [ofProfile = "", ofEndpoint] = pattern.split("/");
  if (!matchesGlob(ofProfile, profile)) return false;
  return ofEndpoint === undefined || (kind === "endpoint" && matchesGlob(ofEndpoint, part));
}
