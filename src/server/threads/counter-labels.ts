/** What the cells of a generation's counters are about: by the ids of its snapshot. */
import { REASONS } from "../../routing/plan.ts";
import type { Outline } from "../../routing/outline.ts";
import type { CounterLabels } from "../../telemetry/counters.ts";

export function counterLabels({ profiles, endpoints }: Outline): CounterLabels {
  return {
    profiles: profiles.map(({ name }) => name),
    endpoints: endpoints.map(({ name, profile }) => ({ profile: profiles[profile]!.name, endpoint: name })),
    reasons: REASONS,
  };
}
