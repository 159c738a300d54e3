/**
 * performance: nearest first by great-circle distance, which an endpoint's bias makes count for less or more. Endpoints at
 * most `tolerance` farther than the nearest of their tier share it evenly. A client without a known place gets any endpoint: none is nearer than another.
 */
import { greatCircleKm } from "../../shared/geo-point.ts";
import type { Method, Placed } from "./method.ts";

export const performance: Method = {
  placeMatters: true,
  order(placements, { tolerance }, { point }) {
    // Endpoints without a place are reached by their `networks` alone.
    const placed = placements.flatMap(({ position, placement }) =>
      placement.point === undefined ? [] : [{ position, point: placement.point, bias: placement.bias }],
    );
    if (point === undefined) {
      return [placed.map(({ position }) => ({ position, weight: 1, basis: { kind: "place-unknown" } }))];
    }
    const byDistance = placed
      .map(({ position, point: place, bias }) => {
        const kilometres = greatCircleKm(point, place);
        return { position, kilometres, countedAs: kilometres * (1 - bias / 100) };
      })
      .toSorted((a, b) => a.countedAs - b.countedAs);
    const tiers: Placed[][] = [];
    let limit = -1;
    for (const { position, kilometres, countedAs } of byDistance) {
      if (countedAs > limit) {
        tiers.push([]);
        limit = countedAs * (1 + tolerance);
      }
      tiers.at(-1)!.push({ position, weight: 1, basis: { kind: "distance", kilometres, countedAs } });
    }
    // Within a tier the file's order, so that equal tiers compare equal whichever endpoint is the nearest by a metre.
    return tiers.map((members) => members.toSorted((a, b) => a.position - b.position));
  },
};
