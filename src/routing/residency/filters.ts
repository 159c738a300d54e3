/** What is counted of residency rules: each rule with each profile that it may take endpoints from, numbered by place. */
import type { ProfileOutline } from "../outline.ts";

type FencedProfile = Pick<ProfileOutline, "name" | "fencedBy">;

export interface Filter {
  readonly profile: string;
  readonly rule: string;
}

export function filtersOf(profiles: readonly FencedProfile[]): readonly Filter[] {
  return profiles.flatMap(({ name, fencedBy }) => fencedBy.map((rule) => ({ profile: name, rule })));
}

/** By profile id the number of the first of its filters; that of its next rule is the next. */
export function firstFilters(profiles: readonly FencedProfile[]): readonly number[] {
  let next = 0;
  return profiles.map(({ fencedBy }) => {
    const first = next;
    next += fencedBy.length;
    return first;
  });
}
