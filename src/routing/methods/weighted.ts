/** weighted: all endpoints share the clients, each with P = its weight / Σ weights of the eligible. */
import type { Method } from "./method.ts";

export const weighted: Method = {
  placeMatters: false,
  order: (profile) => [
    profile.endpoints.map((endpoint) => ({
      endpoint,
      weight: endpoint.weight,
      basis: { kind: "weight", weight: endpoint.weight },
    })),
  ],
};
