/**
 * A warning about the product's own label `kind` where it says what no report counts. No answer depends on it, so it is
 * no reason to refuse a configuration, and other servers have labels of the same name.
 */
import { nearestWord } from "../nearest-word.ts";
import type { Path } from "../path.ts";
import { writtenEndpoints } from "../written-endpoints.ts";
import type { Check } from "./check.ts";

const KINDS = ["cloud", "on-premises"] as const;

export const checkLabels: Check = ({ parts }, report) => {
  const check = (path: Path, labels: Readonly<Record<string, string>> = {}): void => {
    const kind = Object.hasOwn(labels, "kind") ? labels["kind"] : undefined;
    if (kind === undefined || (KINDS as readonly string[]).includes(kind)) return;
    const meant = /^on-?prem/i.test(kind) ? "on-premises" : nearestWord(kind, KINDS);
    report({
      code: "unknown-kind",
      path: [...path, "labels", "kind"],
      what: "reports count its endpoints neither as cloud nor as on-premises",
      wanted: `${KINDS.join(" or ")}${meant === undefined ? "" : `: did you mean ${meant}?`}`,
    });
  };
  for (const [name, { labels }] of Object.entries(parts.sites)) check(["sites", name], labels);
  for (const { path, keys } of writtenEndpoints(parts)) check(path, keys.labels);
};
