/**
 * The contract of a routing method: it orders a profile's endpoints for a client from configuration and location alone.
 * It knows no health, no chance and no DNS; `plan.ts` applies those to the order.
 */
import type { RegionCode } from "../../shared/regions/region.ts";
import type { Endpoint, Location, Profile } from "../snapshot.ts";

export interface Method {
  /** Tiers, best first; the endpoints of one tier share its clients by weight. An endpoint left out is never served. */
  readonly order: (profile: Profile, location: Location) => readonly Tier[];
  /** Whether the client's place can change the order; where it cannot, the ECS scope is 0. */
  readonly placeMatters: boolean;
}

export type Tier = readonly Ranked[];

export interface Ranked {
  readonly endpoint: Endpoint;
  /** Share within the tier, relative to its siblings'. */
  readonly weight: number;
  readonly basis: Basis;
}

/** Why an endpoint stands where it stands, for `explain`. */
export type Basis =
  | { readonly kind: "priority"; readonly priority: number }
  | { readonly kind: "weight"; readonly weight: number }
  | { readonly kind: "distance"; readonly kilometres: number }
  /** performance, where the client's place is unknown. */
  | { readonly kind: "place-unknown" }
  | { readonly kind: "region"; readonly region: RegionCode }
  /** The longest of the endpoint's `networks` that holds the client. */
  | { readonly kind: "network"; readonly network: string };
