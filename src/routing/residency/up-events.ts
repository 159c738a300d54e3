/**
 * When endpoints are served by choice, as events over the health of those that are probed: `statuses.ts` for all states at
 * once. Operators have no say here, and what is not probed yet counts as online, as it does there.
 */
import { counts } from "../in-service.ts";
import type { Endpoint, ProfileTarget, Snapshot } from "../snapshot.ts";
import { ALWAYS, NEVER, type Event, type Events } from "./events.ts";
import type { WaneEvents } from "./wane-events.ts";

export interface UpEvents {
  /** That the endpoint is eligible, as `Statuses.isEligible` says it. */
  readonly isEligible: (endpoint: Endpoint) => Event;
}

export function createUpEvents(snapshot: Snapshot, { isOnline, lacks }: WaneEvents, events: Events): UpEvents {
  const nested = new Map<number, Event>();
  /** By family and profile id. */
  const withFamily = { 4: new Map<number, Event>(), 6: new Map<number, Event>() };

  const isEligible = (endpoint: Endpoint): Event => {
    const { target, id } = endpoint;
    if (!counts(snapshot, endpoint) || !snapshot.profiles[endpoint.profile]!.enabled) return NEVER;
    if (target.kind !== "profile") return isOnline(endpoint);
    let found = nested.get(id);
    if (found === undefined) {
      found = isEnough(target);
      nested.set(id, found);
    }
    return found;
  };
  const isEnough = ({ profile, minHealthy, minHealthyIPv4, minHealthyIPv6 }: ProfileTarget): Event => {
    const { endpoints } = snapshot.profiles[profile]!;
    return events.and(
      events.atLeast(minHealthy, endpoints.map(isEligible)),
      events.and(isEnoughOf(4, minHealthyIPv4, endpoints), isEnoughOf(6, minHealthyIPv6, endpoints)),
    );
  };
  const isEnoughOf = (family: 4 | 6, minimum: number, endpoints: readonly Endpoint[]): Event =>
    minimum === 0
      ? ALWAYS
      : events.atLeast(
          minimum,
          endpoints.map((endpoint) => hasFamilyUp(endpoint, family)),
        );
  /** That it is eligible and has something up of the family, at any depth. A host may have any. */
  const hasFamilyUp = (endpoint: Endpoint, family: 4 | 6): Event => {
    const { target } = endpoint;
    if (target.kind === "profile") return events.and(isEligible(endpoint), someOfFamily(target.profile, family));
    const isOfFamily = target.kind === "host" || (family === 4 ? target.ipv4 : target.ipv6).length > 0;
    return isOfFamily ? events.and(isEligible(endpoint), events.not(lacks(endpoint, family))) : NEVER;
  };
  const someOfFamily = (profile: number, family: 4 | 6): Event => {
    let found = withFamily[family].get(profile);
    if (found === undefined) {
      found = events.any(snapshot.profiles[profile]!.endpoints.map((endpoint) => hasFamilyUp(endpoint, family)));
      withFamily[family].set(profile, found);
    }
    return found;
  };
  return { isEligible };
}
