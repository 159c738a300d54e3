/**
 * Which endpoints may be served: the status of an endpoint from configuration, probes and nested profiles.
 * Statuses are Azure's: https://learn.microsoft.com/azure/traffic-manager/traffic-manager-monitoring
 */
import type { HealthView, Status } from "./health-view.ts";
import type { Endpoint, Profile, ProfileTarget, Snapshot } from "./snapshot.ts";

/** Served by choice; every other status is served under `whenAllDown` at most, or never. */
const ELIGIBLE: Readonly<Record<Status, boolean>> = {
  online: true,
  checking: true,
  unmonitored: true,
  degraded: false,
  disabled: false,
  inactive: false,
  stopped: false,
};

export function isEligible(snapshot: Snapshot, endpoint: Endpoint, health: HealthView): boolean {
  return ELIGIBLE[endpointStatus(snapshot, endpoint, health)];
}

/** Whether configuration alone lets the endpoint be served at all, whatever its health. */
export function isServable(snapshot: Snapshot, { enabled, target }: Endpoint): boolean {
  return enabled && (target.kind !== "profile" || isInService(snapshot, snapshot.profiles[target.profile]!));
}

/** Enabled, with at least one endpoint that could be served. */
export function isInService(snapshot: Snapshot, profile: Profile): boolean {
  return profile.enabled && profile.endpoints.some((endpoint) => isServable(snapshot, endpoint));
}

export function endpointStatus(snapshot: Snapshot, endpoint: Endpoint, health: HealthView): Status {
  if (!endpoint.enabled) return "disabled";
  if (!snapshot.profiles[endpoint.profile]!.enabled) return "inactive";
  if (endpoint.target.kind === "profile") return nestedStatus(snapshot, endpoint, endpoint.target, health);
  if (endpoint.alwaysServe || endpoint.check === undefined) return "unmonitored";
  return health.statusOf(endpoint.id);
}

/** A nested profile is up while enough of its endpoints are eligible. */
function nestedStatus(snapshot: Snapshot, endpoint: Endpoint, target: ProfileTarget, health: HealthView): Status {
  const child = snapshot.profiles[target.profile]!;
  if (!isInService(snapshot, child)) return "stopped";
  if (endpoint.alwaysServe) return "unmonitored";
  if (health.statusOf(endpoint.id) === "degraded") return "degraded";
  const statuses = child.endpoints.map((inner) => ({ inner, status: endpointStatus(snapshot, inner, health) }));
  const enough = (counts: (status: Status) => boolean): boolean => {
    const counted = statuses.filter(({ status }) => counts(status));
    const withFamily = (family: 4 | 6): number =>
      counted.filter(({ inner }) => mayAnswer(snapshot, inner, family)).length;
    return (
      counted.length >= target.minHealthy &&
      withFamily(4) >= target.minHealthyIPv4 &&
      withFamily(6) >= target.minHealthyIPv6
    );
  };
  if (!enough((status) => ELIGIBLE[status])) return "degraded";
  // Azure: checking where it takes endpoints that still are to reach the minimum.
  return enough((status) => ELIGIBLE[status] && status !== "checking") ? "online" : "checking";
}

/** Whether the endpoint, or anything in service beneath it, has addresses of the family. A host may have both. */
function mayAnswer(snapshot: Snapshot, { target }: Endpoint, family: 4 | 6): boolean {
  if (target.kind === "host") return true;
  if (target.kind === "address") return (family === 4 ? target.ipv4 : target.ipv6).length > 0;
  const { endpoints } = snapshot.profiles[target.profile]!;
  return endpoints.some((inner) => isServable(snapshot, inner) && mayAnswer(snapshot, inner, family));
}

/** Azure's profile status: what the profile as a whole can do. */
export function profileStatus(snapshot: Snapshot, profile: Profile, health: HealthView): Status {
  if (!profile.enabled) return "disabled";
  const statuses = new Set(profile.endpoints.map((endpoint) => endpointStatus(snapshot, endpoint, health)));
  // Azure: degraded as soon as one endpoint is, else online if one is, else checking; stopped and disabled ones do not count.
  if (statuses.has("degraded")) return "degraded";
  if (statuses.has("online") || statuses.has("unmonitored")) return "online";
  return statuses.has("checking") ? "checking" : "inactive";
}
