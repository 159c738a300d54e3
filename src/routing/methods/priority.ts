/** priority: the endpoint with the lowest number; the next ones are its spares. */
import type { Method } from "./method.ts";

export const priority: Method = {
  placeMatters: false,
  order: (profile) =>
    profile.endpoints
      .toSorted((a, b) => a.priority - b.priority)
      .map((endpoint) => [{ endpoint, weight: 1, basis: { kind: "priority", priority: endpoint.priority } }]),
};
