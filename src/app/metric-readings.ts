/** What the metrics read of a generation: the status of each endpoint and profile, and since when. */
import type { RollUp } from "../control/roll-up.ts";
import type { Served } from "../control/served.ts";
import { waitsOf } from "../health/probe-state.ts";
import type { TargetState } from "../health/prober.ts";
import { createStatuses } from "../routing/statuses.ts";
import type { EndpointReading, ProfileReading, WaitReading } from "../telemetry/metrics.ts";

/** `now`: milliseconds since the Unix epoch. */
export function* endpointReadings(
  { outline, states, targetText, probedOf }: Served,
  rollUp: Pick<RollUp, "endpoint">,
  now: number,
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
      waitsFor: () => waitsFor(probedOf(endpoint.id)?.targets ?? [], now),
    };
  }
}

function waitsFor(targets: readonly Pick<TargetState, "target" | "state">[], now: number): readonly WaitReading[] {
  const waits = targets
    .filter(({ state }) => state.status === "degraded")
    .map(({ state, target: { monitor } }) => ({ ...waitsOf(state, monitor), recovered: state.recovered }));
  const found: WaitReading[] = [];
  if (waits.some(({ damped }) => damped > now)) found.push("damping");
  if (waits.some(({ failback, recovered }) => recovered !== undefined && failback > now)) found.push("failback");
  return found;
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
