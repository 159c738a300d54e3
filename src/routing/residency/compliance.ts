/** Whether labels comply with a residency rule. A label that is missing is none that is required, and none that is forbidden. */
import type { Labels, LabelTerms, Profile, ResidencyRule } from "../snapshot.ts";

/** What labels lack, or have, against a rule. */
export interface Violation {
  readonly label: string;
  /** Undefined = the label is missing. */
  readonly value: string | undefined;
  /** `require`: it has none of the values. `forbid`: it has one of them. */
  readonly against: "require" | "forbid";
  /** Those of the rule. */
  readonly values: readonly string[];
}

type Terms = Pick<ResidencyRule, "require" | "forbid">;

/** None = they comply. First what is required, in the order of the rule. */
export function violationsOf(labels: Labels, { require, forbid }: Terms): readonly Violation[] {
  const found = (terms: LabelTerms, against: Violation["against"]): readonly Violation[] =>
    Object.entries(terms).flatMap(([label, values]) => {
      const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
      const isAmong = value !== undefined && values.includes(value);
      return isAmong === (against === "forbid") ? [{ label, value, against, values }] : [];
    });
  return [...found(require, "require"), ...found(forbid, "forbid")];
}

/** What the fallback of a profile is judged by. */
export function fallbackLabels({ whenAllDown }: Pick<Profile, "whenAllDown">): Labels {
  return (whenAllDown.action === "fallback" ? whenAllDown.labels : undefined) ?? {};
}

export function complies(labels: Labels, rule: Terms): boolean {
  return violationsOf(labels, rule).length === 0;
}
