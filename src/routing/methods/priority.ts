/** priority: the endpoint with the lowest number; the next ones are its spares. */
import type { Method } from "./method.ts";

export const priority: Method = {
  placeMatters: false,
  order: (placements) =>
    placements
      .toSorted((a, b) => a.placement.priority - b.placement.priority)
      .map(({ position, placement }) => [
        { position, weight: 1, basis: { kind: "priority", priority: placement.priority } },
      ]),
};
