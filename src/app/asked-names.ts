/**
 * Which profiles somebody asks for, so that the targets of the others may be probed less often (`health.slowDown`). A
 * nested profile is asked for with those around it, whichever endpoint they answer with.
 */
import type { Outline } from "../routing/outline.ts";
import type { Clock } from "../shared/ports.ts";
import type { DecisionSums } from "../telemetry/counters.ts";

export interface AskedNames {
  /** Looks at the counters. Returns whether a profile is asked for again after a silence. */
  look(outline: Outline): boolean;
  /** Whether somebody has asked for one of the profiles within `after`, or it is not known for as long. */
  isAsked(profiles: Iterable<string>): boolean;
}

/** `after`: milliseconds without a query after which a profile is not asked for. */
export function createAskedNames(
  after: () => number,
  { decisions, clock }: { readonly decisions: () => DecisionSums; readonly clock: Clock },
): AskedNames {
  /** By profile, its decisions in all and when there were more of them last. */
  let known: ReadonlyMap<string, Asked> = new Map();
  /** Those that are asked for, and all that are nested in them. */
  let awake: ReadonlySet<string> = new Set();

  return {
    look(outline) {
      const now = clock();
      const before = known;
      known = new Map(
        [...totalsOf(decisions())].map(([name, total]) => {
          const last = before.get(name);
          return [name, { total, at: last !== undefined && last.total === total ? last.at : now }];
        }),
      );
      const wasAwake = awake;
      awake = withNested(outline, (name) => now - (known.get(name)?.at ?? now) < after());
      for (const name of awake) if (!wasAwake.has(name) && before.has(name)) return true;
      return false;
    },
    isAsked(profiles) {
      for (const name of profiles) if (awake.has(name) || !known.has(name)) return true;
      return false;
    },
  };
}

interface Asked {
  readonly total: number;
  readonly at: number;
}

function totalsOf({ labels, endpoints, withoutEndpoint }: DecisionSums): ReadonlyMap<string, number> {
  const totals = new Map(labels.profiles.map((name, id) => [name, withoutEndpoint[id] ?? 0]));
  for (const [id, { profile }] of labels.endpoints.entries()) {
    totals.set(profile, (totals.get(profile) ?? 0) + (endpoints[id] ?? 0));
  }
  return totals;
}

function withNested({ profiles }: Outline, isAsked: (name: string) => boolean): ReadonlySet<string> {
  const found = new Set(profiles.filter(({ name }) => isAsked(name)));
  for (const { endpoints } of found) {
    for (const { target } of endpoints) if (target.kind === "profile") found.add(profiles[target.profile]!);
  }
  return new Set([...found].map(({ name }) => name));
}
