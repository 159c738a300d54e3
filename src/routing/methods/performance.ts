/**
 * performance: nearest first by great-circle distance. Endpoints at most `tolerance` farther than the nearest of
 * their tier share it evenly. A client without a known place gets any endpoint: none is nearer than another.
 */
import { greatCircleKm } from "../../shared/geo-point.ts";
import type { Method, Placed } from "./method.ts";

export const performance: Method = {
  placeMatters: true,
  order(placements, { tolerance }, { point }) {
    // Endpoints without a place are reached by their `networks` alone.
    const placed = placements.flatMap(({ position, placement }) =>
      placement.point === undefined ? [] : [{ position, point: placement.point }],
    );
    if (point === undefined) {
      return [placed.map(({ position }) => ({ position, weight: 1, basis: { kind: "place-unknown" } }))];
    }
    const byDistance = placed
      .map(({ position, point: place }) => ({ position, kilometres: greatCircleKm(point, place) }))
      .toSorted((a, b) => a.kilometres - b.kilometres);
    const tiers: Placed[][] = [];
    let limit = -1;
    for (const { position, kilometres } of byDistance) {
      if (kilometres > limit) {
        tiers.push([]);
        limit = kilometres * (1 + tolerance);
      }
      tiers.at(-1)!.push({ position, weight: 1, basis: { kind: "distance", kilometres } });
    }
    // Within a tier the file's order, so that equal tiers compare equal whichever endpoint is the nearest by a metre.
    return tiers.map((members) => members.toSorted((a, b) => a.position - b.position));
  },
};
