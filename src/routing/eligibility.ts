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
  if (!snapshot.profiles[endpoint.profile]!.enabled) return "inactive";
  if (!endpoint.enabled) return "disabled";
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
  const eligible = statuses.filter(({ status }) => ELIGIBLE[status]);
  const withFamily = (family: 4 | 6): number =>
    eligible.filter(({ inner }) => mayAnswer(snapshot, inner, family)).length;
  if (eligible.length < target.minHealthy) return "degraded";
  if (target.minHealthyIPv4 > 0 && withFamily(4) < target.minHealthyIPv4) return "degraded";
  if (target.minHealthyIPv6 > 0 && withFamily(6) < target.minHealthyIPv6) return "degraded";
  return eligible.every(({ status }) => status === "checking") ? "checking" : "online";
}

/** Whether the endpoint, or anything beneath it, has addresses of the family. A host may have both. */
function mayAnswer(snapshot: Snapshot, { target }: Endpoint, family: 4 | 6): boolean {
  if (target.kind === "host") return true;
  if (target.kind === "address") return (family === 4 ? target.ipv4 : target.ipv6).length > 0;
  return snapshot.profiles[target.profile]!.endpoints.some((inner) => mayAnswer(snapshot, inner, family));
}

/** Azure's profile status: what the profile as a whole can do. */
export function profileStatus(snapshot: Snapshot, profile: Profile, health: HealthView): Status {
  if (!profile.enabled) return "disabled";
  if (!isInService(snapshot, profile)) return "inactive";
  const statuses = profile.endpoints.map((endpoint) => endpointStatus(snapshot, endpoint, health));
  // Azure: degraded as soon as one enabled endpoint is, checking while any still is and none has failed.
  if (statuses.includes("degraded") || statuses.includes("stopped")) return "degraded";
  return statuses.includes("checking") ? "checking" : "online";
}
