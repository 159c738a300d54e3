/**
 * The contract of a routing method: it orders the endpoints of a profile for a client. It sees their placements and the
 * profile's policy, and nothing else: no health, no chance, no DNS, no other key of the configuration. What profiles
 * share (`geography.ts`) is decided by the same placements and policy, so a method cannot depend on more.
 */
import type { RegionCode } from "../../shared/regions/region.ts";
import type { Location, Placement, Policy } from "../snapshot.ts";

export interface Method {
  /** Best first. A placement that is left out is never served. */
  readonly order: (placements: readonly Positioned[], policy: Policy, location: Location) => readonly Tier[];
  /** Whether the members of a tier are answered together, and not one of them for each client. */
  readonly isTogether?: true;
  /** Whether its tiers are regions, from one to another of which load sends nobody. */
  readonly keepsLoad?: true;
  /** Whether the client's place can change the order; where it cannot, the ECS scope is 0. */
  readonly placeMatters: boolean;
  /** What `networks` and `asns` of endpoints leave of the order. Without it they stand in front of the method's tiers. */
  readonly behindNetworks?: (networks: readonly Tier[], rest: readonly Tier[], policy: Policy) => readonly Tier[];
}

/** A placement and the position of its endpoint. */
export interface Positioned {
  readonly position: number;
  readonly placement: Placement;
}

/** Endpoints that share their clients by weight. */
export type Tier = readonly Placed[];

export interface Placed {
  readonly position: number;
  /** Share within the tier, relative to its siblings'. */
  readonly weight: number;
  readonly basis: Basis;
}

/** Why an endpoint stands where it stands, for `explain`. */
export type Basis =
  | { readonly kind: "priority"; readonly priority: number }
  | { readonly kind: "weight"; readonly weight: number }
  /** multivalue. */
  | { readonly kind: "together" }
  /** subnet: an endpoint without networks is for all clients whom no network holds. */
  | { readonly kind: "other-networks" }
  /** `countedAs`: kilometres after the endpoint's bias, by which it is ordered. */
  | { readonly kind: "distance"; readonly kilometres: number; readonly countedAs: number }
  /** performance, where the client's place is unknown. */
  | { readonly kind: "place-unknown" }
  | { readonly kind: "region"; readonly region: RegionCode }
  /** The autonomous system of the client. */
  | { readonly kind: "asn"; readonly asn: number }
  /** The narrowest of the endpoint's `networks` that holds the client, as it is written. */
  | { readonly kind: "network"; readonly network: string };
