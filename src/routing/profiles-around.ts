/** Whose plans the health of a profile's endpoints is part of: its own, and those of the profiles that it is nested in. */
import type { Outline } from "./outline.ts";

/** By a profile's id the ids of itself and of all profiles around it, each once. Worked out when they are asked for. */
export function createAround({ profiles, endpoints }: Outline): (profile: number) => readonly number[] {
  const parents: (Set<number> | undefined)[] = [];
  for (const { profile, target } of endpoints) {
    if (target.kind === "profile") (parents[target.profile] ??= new Set()).add(profile);
  }
  const known: (readonly number[] | undefined)[] = Array.from({ length: profiles.length });
  return (profile) => {
    let found = known[profile];
    if (found === undefined) {
      const all = new Set([profile]);
      for (const inner of all) for (const outer of parents[inner] ?? []) all.add(outer);
      found = [...all];
      known[profile] = found;
    }
    return found;
  };
}
