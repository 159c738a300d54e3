/** subnet: the endpoints whose `networks` hold the client, which `order.ts` has placed; else those without any. */
import type { Method } from "./method.ts";

export const subnet: Method = {
  placeMatters: true,
  order: (placements) =>
    placements
      .filter(({ placement: { networks, asns } }) => networks.length === 0 && asns.length === 0)
      .map(({ position }) => [{ position, weight: 1, basis: { kind: "other-networks" } }]),
};
