/** Whose plans the health of a profile's endpoints is part of: its own, and those of the profiles that it is nested in. */
import type { Outline } from "./outline.ts";

/**
 * By the ids of some profiles those of themselves and of all profiles around them. Nothing is kept: a thousand profiles
 * may each be nested in the same ten thousand.
 */
export function createAround({ endpoints }: Outline): (profiles: ReadonlySet<number>) => ReadonlySet<number> {
  const parents: (Set<number> | undefined)[] = [];
  for (const { profile, target } of endpoints) {
    if (target.kind === "profile") (parents[target.profile] ??= new Set()).add(profile);
  }
  return (profiles) => {
    const all = new Set(profiles);
    for (const inner of all) for (const outer of parents[inner] ?? []) all.add(outer);
    return all;
  };
}
