/** What a zone file has that is served in another way than it may be meant, or not at all: warnings, as in BIND. */
import type { DomainName } from "../../shared/domain-name.ts";
import type { Refusal } from "../diagnostic.ts";
import type { ZoneFileFinding } from "./read-zone-file.ts";

export const FOREIGN_COMMENT: Refusal = {
  code: "not-utf8",
  what: "a comment that is not UTF-8",
  wanted: "UTF-8, in which all else is read",
};

export function outsideOf(zone: DomainName): Refusal {
  return { code: "outside-zone", what: "records outside the zone, which are ignored", wanted: `names in ${zone}.` };
}

export function minimumAsTtl(ttl: number): Refusal {
  const what = "a zone without a TTL before its SOA record, whose MINIMUM is taken for it";
  return { code: "ttl-from-soa", what, wanted: `$TTL ${ttl} before the first record` };
}

export interface Warnings {
  readonly add: (finding: ZoneFileFinding) => void;
  /** One of each kind and file: the first, with how many more there are. */
  readonly all: () => readonly ZoneFileFinding[];
}

/** A file may have one in each line, and they say the same. */
export function createWarnings(): Warnings {
  const kept = new Map<string, { readonly first: ZoneFileFinding; count: number }>();
  return {
    add(finding) {
      const key = `${finding.code} ${finding.file}`;
      const known = kept.get(key);
      if (known === undefined) kept.set(key, { first: finding, count: 1 });
      else known.count++;
    },
    all: () =>
      [...kept.values()].map(({ first, count }) =>
        count > 1 ? { ...first, found: `${first.found} and ${count - 1} more` } : first,
      ),
  };
}
