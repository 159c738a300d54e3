/**
 * The status of endpoints and profiles from configuration, probes and nested profiles, and which endpoints may be served
 * by choice. Statuses are Azure's: https://learn.microsoft.com/azure/traffic-manager/traffic-manager-monitoring
 */
import { hasAddressUp, neverAll } from "./addresses-down.ts";
import type { Forced, HealthView, Status } from "./health-view.ts";
import { isInService } from "./in-service.ts";
import type { EndpointOutline, Outline, ProfileOutline } from "./outline.ts";
import type { ProfileTarget } from "./snapshot.ts";

/** All statuses of a snapshot at one moment: ask anew after a change of health. */
export interface Statuses {
  /** What configuration and probes say, whatever an operator has the endpoint be. */
  of(endpoint: EndpointOutline): Status;
  /** Whether the endpoint is served by choice; others are served under `whenAllDown` at most, or never. */
  isEligible(endpoint: EndpointOutline): boolean;
  /** What an operator has it be; undefined too where configuration has it out of use, which nobody overrides. */
  forcedOf(endpoint: EndpointOutline): Forced | undefined;
  /** Above 0, at most 1: what it takes of the clients that are its own, by drains and returns. */
  shareOf(endpoint: EndpointOutline): number;
  /** 0 to 1: the same by its load. */
  loadOf(endpoint: EndpointOutline): number;
  /** A bit for each of its addresses that leaves its answer, as in `EndpointState`: of one that is served although it is down none. */
  addressesDownOf(endpoint: EndpointOutline): number;
  /** 0 to `TTL_STEPS`: how near it is to a change of its status that would count. */
  ttlStepOf(endpoint: EndpointOutline): number;
  /** Azure's profile status: what the profile as a whole can do, with its endpoints as operators have them. */
  ofProfile(profile: ProfileOutline): Status;
}

const ELIGIBLE: Readonly<Record<Status, boolean>> = {
  online: true,
  checking: true,
  unmonitored: true,
  degraded: false,
  disabled: false,
  inactive: false,
  stopped: false,
};

/** Out of use by configuration. */
const OUT_OF_USE: Readonly<Record<Status, boolean>> = {
  online: false,
  checking: false,
  unmonitored: false,
  degraded: false,
  disabled: true,
  inactive: true,
  stopped: true,
};

const AS_FORCED: Readonly<Record<Forced, Status>> = { up: "online", down: "degraded", out: "disabled" };

/** Each nested profile is judged once, however many it is nested in. */
export function createStatuses(snapshot: Outline, health: HealthView): Statuses {
  /** By endpoint id, those that are profiles. */
  const nested = new Map<number, Status>();
  /** By family and profile id. */
  const withFamily = { 4: new Map<number, boolean>(), 6: new Map<number, boolean>() };

  const of = (endpoint: EndpointOutline): Status => {
    if (!endpoint.enabled) return "disabled";
    if (!snapshot.profiles[endpoint.profile]!.enabled) return "inactive";
    const { target } = endpoint;
    if (target.kind === "profile") {
      let status = nested.get(endpoint.id);
      if (status === undefined) {
        status = nestedStatus(endpoint, target);
        nested.set(endpoint.id, status);
      }
      return status;
    }
    if (!endpoint.isProbed) return "unmonitored";
    return health.stateOf(endpoint.id).status;
  };
  const forcedOf = (endpoint: EndpointOutline): Forced | undefined => {
    const { forced } = health.stateOf(endpoint.id);
    return forced === undefined || OUT_OF_USE[of(endpoint)] ? undefined : forced;
  };
  /** As the endpoint counts for the profiles around it. */
  const countedAs = (endpoint: EndpointOutline): Status => {
    const forced = forcedOf(endpoint);
    return forced === undefined ? of(endpoint) : AS_FORCED[forced];
  };
  const isEligible = (endpoint: EndpointOutline): boolean => ELIGIBLE[countedAs(endpoint)];
  /** Whether what probes say of it counts. */
  const isHeard = ({ id, isProbed, target }: EndpointOutline): boolean =>
    isProbed && target.kind !== "profile" && health.stateOf(id).forced === undefined;
  const addressesDownOf = (endpoint: EndpointOutline): number => {
    const { addressesDown, status } = health.stateOf(endpoint.id);
    if (addressesDown === 0 || status === "degraded" || !isHeard(endpoint)) return 0;
    return endpoint.target.kind === "address" ? neverAll(endpoint.target, addressesDown) : 0;
  };

  /** A nested profile is up while enough of its endpoints are eligible, in all and with something up of each family. */
  const nestedStatus = (endpoint: EndpointOutline, target: ProfileTarget): Status => {
    const child = snapshot.profiles[target.profile]!;
    if (!isInService(snapshot, child)) return "stopped";
    if (health.stateOf(endpoint.id).status === "degraded") return "degraded";
    const eligible = child.endpoints.filter(isEligible);
    const isEnough = (endpoints: readonly EndpointOutline[]): boolean =>
      endpoints.length >= target.minHealthy &&
      isEnoughOf(4, target.minHealthyIPv4, endpoints) &&
      isEnoughOf(6, target.minHealthyIPv6, endpoints);
    if (!isEnough(eligible)) return "degraded";
    // Azure: checking where it takes endpoints that still are to reach the minimum.
    return isEnough(eligible.filter((inner) => countedAs(inner) !== "checking")) ? "online" : "checking";
  };
  const isEnoughOf = (family: 4 | 6, minimum: number, endpoints: readonly EndpointOutline[]): boolean =>
    endpoints.filter((endpoint) => hasFamilyUp(endpoint, family)).length >= minimum;

  /** Whether an eligible endpoint has something up of the family, at any depth. A host may have any. */
  const hasFamilyUp = (endpoint: EndpointOutline, family: 4 | 6): boolean => {
    const { target } = endpoint;
    if (target.kind === "host") return true;
    if (target.kind === "address") return hasAddressUp(target, family, addressesDownOf(endpoint));
    let found = withFamily[family].get(target.profile);
    if (found === undefined) {
      const { endpoints } = snapshot.profiles[target.profile]!;
      found = endpoints.some((inner) => isEligible(inner) && hasFamilyUp(inner, family));
      withFamily[family].set(target.profile, found);
    }
    return found;
  };

  return {
    of,
    isEligible,
    forcedOf,
    shareOf: (endpoint) => health.stateOf(endpoint.id).share,
    loadOf: (endpoint) => health.stateOf(endpoint.id).load,
    addressesDownOf,
    ttlStepOf: (endpoint) => (isHeard(endpoint) ? health.stateOf(endpoint.id).ttlStep : 0),
    ofProfile(profile) {
      if (!profile.enabled) return "disabled";
      const statuses = new Set(profile.endpoints.map(countedAs));
      // Azure: degraded as soon as one endpoint is, else online if one is, else checking; stopped and disabled ones do not count.
      if (statuses.has("degraded")) return "degraded";
      if (statuses.has("online") || statuses.has("unmonitored")) return "online";
      return statuses.has("checking") ? "checking" : "inactive";
    },
  };
}
