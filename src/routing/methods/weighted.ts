/** weighted: all endpoints share the clients, each with P = its weight / Σ weights of the eligible. */
import type { Method } from "./method.ts";

export const weighted: Method = {
  placeMatters: false,
  order: (placements) => [
    placements.map(({ position, placement: { weight } }) => ({ position, weight, basis: { kind: "weight", weight } })),
  ],
};
