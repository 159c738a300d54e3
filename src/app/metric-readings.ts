/** What the metrics read of a generation: the status of each endpoint and profile, and since when. */
import type { RollUp } from "../control/roll-up.ts";
import type { Served } from "../control/served.ts";
import { createStatuses } from "../routing/statuses.ts";
import type { EndpointReading, ProfileReading } from "../telemetry/metrics.ts";

export function* endpointReadings(
  { outline, states, targetText }: Served,
  rollUp: Pick<RollUp, "endpoint">,
): Generator<EndpointReading> {
  const statuses = createStatuses(outline, states.view);
  for (const endpoint of outline.endpoints) {
    yield {
      profile: outline.profiles[endpoint.profile]!.name,
      endpoint: endpoint.name,
      status: statuses.of(endpoint),
      since: rollUp.endpoint(endpoint.id).since,
      target: targetText(endpoint.id),
      site: endpoint.site ?? "",
      regions: endpoint.placement.regions,
      isUp: statuses.isEligible(endpoint),
    };
  }
}

export function* profileReadings({ outline, states }: Served): Generator<ProfileReading> {
  const statuses = createStatuses(outline, states.view);
  for (const profile of outline.profiles) {
    yield {
      profile: profile.name,
      status: statuses.ofProfile(profile),
      isUp: profile.endpoints.some((endpoint) => statuses.isEligible(endpoint)),
    };
  }
}
