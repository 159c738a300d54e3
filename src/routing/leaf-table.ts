/**
 * The address space cut into leaves: disjoint networks, each at one place. Geo builds the table from databases and
 * networks; the engine asks it how far equal candidates reach (`scope.ts`). A leaf stands for itself in both
 * families' tables by its index in address order, so neighbours are index ± 1.
 */
import type { Places } from "./places.ts";

export interface LeafTable {
  /** Every leaf is at one of these. */
  readonly places: Places;
  /** The one of `places` at which IPv6 leaves are whose addresses are looked up as the IPv4 address inside them. */
  readonly ipv4Inside: number;
  readonly ipv4: Leaves;
  readonly ipv6: Leaves;
}

export interface Leaves {
  readonly count: number;
  /** First addresses, 32 bits an array: one array for IPv4, four for IPv6, the high bits first. */
  readonly starts: readonly Uint32Array[];
  /** Prefix lengths. */
  readonly lengths: Uint8Array;
  /** Indices of `places`. */
  readonly places: Uint32Array;
  /** For each value of the high 16 bits the leaf that holds its first address, and `count - 1` behind the last. */
  readonly index: Uint32Array;
}
