/**
 * The parts of a file that fit the schema. What does not fit is reported and left out, with as little around it as
 * possible, so that the rest can be checked in the same run.
 */
import { counted } from "./counted.ts";
import type { Finding, Report } from "./diagnostic.ts";
import { nearestWord } from "./nearest-word.ts";
import type { Path } from "./path.ts";
import { keyRemedy } from "./remedies/keys.ts";
import { valueRemedy } from "./remedies/values.ts";
import { type Config, configSchema } from "./schema/config.ts";
import { findingsOf } from "./zod-issues.ts";

/** The well-formed part of the file; undefined where nothing is left to check. Removes the rest from `value`. */
export function wellFormed(value: unknown, refuse: Report): Config | undefined {
  if (isForeign(value)) {
    const found = `${counted(Object.keys(value).length, "key")}, none of them known`;
    refuse({
      code: "unknown-key",
      path: [],
      what: "no configuration of geosteer",
      found,
      wanted: "zones, monitors, profiles",
    });
    return undefined;
  }
  for (let isFirst = true; ; isFirst = false) {
    const parsed = configSchema.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    const findings = parsed.error.issues.flatMap((issue) => findingsOf(issue));
    // Later rounds only find what the first one's repairs left incomplete.
    if (isFirst) for (const finding of misspeltFirst(findings)) refuse(withRemedy(finding, value));
    const repairs = findings.map(({ path }) => repairOf(value, path));
    if (repairs.includes(undefined)) return undefined;
    for (const repair of repairs) repair?.();
  }
}

/** Whether a file is of another kind: no key is known, nor like one that is. Whose keys they are is not told. */
function isForeign(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const known = Object.keys(configSchema.shape);
  const keys = Object.keys(value);
  const isLike = (key: string): boolean => nearestWord(key, known) !== undefined || keyRemedy([key]) !== undefined;
  return keys.length > 0 && !keys.some((key) => known.includes(key) || isLike(key));
}

/** With the remedy for what stands there, where others are known to have written it. */
function withRemedy(finding: Finding, value: unknown): Finding {
  if (finding.atKey === true) return finding;
  const written = finding.path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
  return { ...finding, wanted: valueRemedy(finding.path, written) ?? finding.wanted };
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
