/**
 * The parts of a file that fit the schema. What does not fit is reported and left out, with as little around it as
 * possible, so that the rest can be checked in the same run.
 */
import type { Finding, Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import { type Config, configSchema } from "./schema/config.ts";
import { findingsOf } from "./zod-issues.ts";

/** The well-formed part of the file; undefined where nothing is left to check. Removes the rest from `value`. */
export function wellFormed(value: unknown, refuse: Report): Config | undefined {
  for (let isFirst = true; ; isFirst = false) {
    const parsed = configSchema.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    const findings = parsed.error.issues.flatMap((issue) => findingsOf(issue));
    // Later rounds only find what the first one's repairs left incomplete.
    if (isFirst) for (const finding of misspeltFirst(findings)) refuse(finding);
    const repairs = findings.map(({ path }) => repairOf(value, path));
    if (repairs.includes(undefined)) return undefined;
    for (const repair of repairs) repair?.();
  }
}

/** A misspelt key explains that another one is missing. */
function misspeltFirst(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...findings.filter(({ explains }) => explains !== undefined),
    ...findings.filter(({ explains }) => explains === undefined),
  ];
}

/**
 * What stands in for a choice that was refused, so that the rest of its mapping is checked: the words that have most keys.
 * Who concludes anything from a choice names it as a reason.
 */
const standIns: readonly (readonly [section: string, key: string, word: string])[] = [
  ["profiles", "method", "geographic"],
  ["monitors", "protocol", "https"],
];

/** Removes the smallest entry that can go: a list goes as a whole, and so does a mapping that lacks a required key. */
function repairOf(value: unknown, path: Path): (() => void) | undefined {
  const [section, name, key, ...rest] = path;
  const standIn = rest.length > 0 ? undefined : standIns.find(([top, last]) => top === section && last === key);
  if (standIn !== undefined) {
    const object = (value as Record<string, Record<string, Record<string, unknown>>>)[section!]![name!]!;
    return () => (object[key!] = standIn[2]);
  }
  let repair: (() => void) | undefined;
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) break;
    const object = at as Record<string, unknown>;
    if (!Object.hasOwn(object, step)) break;
    repair = () => delete object[step];
    at = object[step];
  }
  return repair;
}
