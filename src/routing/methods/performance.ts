/**
 * performance: nearest first by great-circle distance. Endpoints at most `tolerance` farther than the nearest of
 * their tier share it evenly. A client without a known place gets any endpoint: none is nearer than another.
 */
import { greatCircleKm } from "../../shared/geo-point.ts";
import type { Method, Ranked, Tier } from "./method.ts";

export const performance: Method = {
  placeMatters: true,
  order(profile, { point }) {
    // Endpoints without a place are reached by their `networks` alone.
    const placed = profile.endpoints.flatMap((endpoint) =>
      endpoint.point === undefined ? [] : [{ endpoint, point: endpoint.point }],
    );
    if (point === undefined) {
      return [placed.map(({ endpoint }) => ({ endpoint, weight: 1, basis: { kind: "place-unknown" } }))];
    }
    const byDistance = placed
      .map(({ endpoint, point: place }) => ({ endpoint, kilometres: greatCircleKm(point, place) }))
      .toSorted((a, b) => a.kilometres - b.kilometres);
    const tiers: Tier[] = [];
    let tier: Ranked[] = [];
    let limit = -1;
    for (const { endpoint, kilometres } of byDistance) {
      if (kilometres > limit) {
        tier = [];
        tiers.push(tier);
        limit = kilometres * (1 + profile.tolerance);
      }
      tier.push({ endpoint, weight: 1, basis: { kind: "distance", kilometres } });
    }
    // Within a tier the file's order, so that equal tiers compare equal whichever endpoint is the nearest by a metre.
    return tiers.map((members) => members.toSorted((a, b) => a.endpoint.id - b.endpoint.id));
  },
};
