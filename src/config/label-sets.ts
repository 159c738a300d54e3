/** Labels of endpoints, equal ones as one object: of 100,000 endpoints most are at the same few sites. */
import type { Labels } from "../routing/snapshot.ts";

/** Joins labels: of those with the same key the last one counts. Undefined = there are none. */
export function createLabelSets(): (...sets: readonly (Labels | undefined)[]) => Labels | undefined {
  const known = new Map<string, Labels>();
  return (...sets) => {
    const entries = new Map(sets.flatMap((set) => Object.entries(set ?? {})));
    if (entries.size === 0) return undefined;
    const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const content = JSON.stringify(sorted);
    const labels = known.get(content) ?? Object.fromEntries(sorted);
    known.set(content, labels);
    return labels;
  };
}
