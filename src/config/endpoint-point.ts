/** The point from which the distance to an endpoint is measured. */
import { regionPoint } from "../shared/regions/region.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import type { EndpointConfig, ProfileConfig } from "./schema/config.ts";
import type { LocationConfig } from "./schema/location.ts";

/** The point of its location; for `whenRegionDown: nearest` without one, that of its first region that has a point. */
export function endpointPoint(profile: ProfileConfig, endpoint: EndpointConfig): GeoPoint | undefined {
  if (endpoint.location !== undefined) return pointOf(endpoint.location);
  if (profile.whenRegionDown !== "nearest") return undefined;
  for (const region of endpoint.regions ?? []) {
    const point = region.kind === "own" ? undefined : regionPoint(region);
    if (point !== undefined) return point;
  }
  return undefined;
}

export function pointOf(location: LocationConfig): GeoPoint | undefined {
  if (!("kind" in location)) return location;
  return location.kind === "cloud" ? location.point : regionPoint(location);
}
