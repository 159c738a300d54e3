/** What the cells of a generation's counters are about: by the ids of its snapshot. */
import { REASONS } from "../../routing/fork.ts";
import type { Outline } from "../../routing/outline.ts";
import { filtersOf } from "../../routing/residency/filters.ts";
import type { CounterLabels } from "../../telemetry/counters.ts";

/** `before`: those of the generation before, which are the same object where they are the same. */
export function counterLabels({ profiles, endpoints }: Outline, before?: CounterLabels): CounterLabels {
  const filters = filtersOf(profiles);
  if (before !== undefined && isAbout(before, profiles, endpoints) && areSame(before.filters, filters)) return before;
  return {
    profiles: profiles.map(({ name }) => name),
    endpoints: endpoints.map(({ name, profile }) => ({ profile: profiles[profile]!.name, endpoint: name })),
    reasons: REASONS,
    filters,
  };
}

function areSame(one: CounterLabels["filters"], other: CounterLabels["filters"]): boolean {
  return (
    one.length === other.length &&
    one.every(({ profile, rule }, i) => profile === other[i]!.profile && rule === other[i]!.rule)
  );
}

function isAbout(labels: CounterLabels, profiles: Outline["profiles"], endpoints: Outline["endpoints"]): boolean {
  return (
    labels.profiles.length === profiles.length &&
    labels.endpoints.length === endpoints.length &&
    labels.profiles.every((name, id) => name === profiles[id]!.name) &&
    labels.endpoints.every(({ profile, endpoint }, id) => {
      const { name, profile: own } = endpoints[id]!;
      return endpoint === name && profile === profiles[own]!.name;
    })
  );
}
