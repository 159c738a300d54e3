/** Leaf tables for tests, and what tests ask of them: the leaves as networks, and the leaf of an address. */
import { placeAt } from "../../src/routing/places.ts";
import { asnTree } from "../../src/geo/asn-tree.ts";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { findSpot, type Spot } from "../../src/geo/find-leaf.ts";
import { configuredNetworks, namedAsns } from "../../src/geo/load-geo.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import type { Client } from "../../src/routing/order.ts";
import type { Leaves, LeafTable } from "../../src/routing/leaf-table.ts";
import type { Location, Snapshot } from "../../src/routing/snapshot.ts";
import { wordsOf } from "../../src/shared/address-words.ts";
import type { IpAddress } from "../../src/shared/ip-address.ts";
import { parseRegion, regionPoint } from "../../src/shared/regions/region.ts";
import { systemsDatabase } from "./autonomous-systems.ts";
import { cidr, snapshotOf } from "./snapshot.ts";

/** What a database says of `DE` or `DE-BY`; "" is a client of whom nobody knows anything. */
export function locationOf(code: string, source = "test"): Location {
  const region = code === "" ? undefined : parseRegion(code);
  if (typeof region === "string") throw new Error(`not a region (${region}): ${code}`);
  return {
    country: region && "country" in region ? region.country.code : undefined,
    subdivisions: region?.kind === "subdivision" ? [region.code] : [],
    grouping: region && "country" in region ? region.country.grouping : undefined,
    point: region && regionPoint(region),
    asn: undefined,
    source,
  };
}

/** A table in which each network is at the place beside it, cut at the networks and autonomous systems of the snapshot. */
export function leafTableOf(
  places: readonly (readonly [network: string, code: string])[],
  snapshot: Snapshot = snapshotOf({}),
): LeafTable {
  const known = places.map(([network, code]) => ({ prefix: cidr(network), location: locationOf(code) }));
  const networks = networkTree([...known, ...configuredNetworks(snapshot)]);
  return buildLeafTable([], networks, asnTree([systemsDatabase], namedAsns(snapshot), networks));
}

/** Networks as numbers: the leaf's first address, its last, and its prefix length. */
export interface NumberedLeaf {
  readonly first: bigint;
  readonly last: bigint;
  readonly length: number;
  readonly place: number;
}

export function numberedLeaves({ count, starts, lengths, places }: Leaves): readonly NumberedLeaf[] {
  const bits = starts.length * 32;
  return Array.from({ length: count }, (_, leaf) => {
    const first = starts.reduce((value, column) => (value << 32n) | BigInt(column[leaf]!), 0n);
    const length = lengths[leaf]!;
    return { first, last: first + (1n << BigInt(bits - length)) - 1n, length, place: places[leaf]! };
  });
}

export function numberOf({ octets }: IpAddress): bigint {
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

export function addressOfNumber(family: 4 | 6, value: bigint): IpAddress {
  const octets = new Uint8Array(family === 4 ? 4 : 16);
  for (let i = octets.length - 1, left = value; i >= 0; i--, left >>= 8n) octets[i] = Number(left & 0xffn);
  return { family, octets };
}

/** Where the server finds an address. */
export function spotOf(table: LeafTable, address: IpAddress): Spot {
  const spot: Spot = { family: 4, leaf: -1, offset: -1, around: -1 };
  findSpot(table, address.family, wordsOf(address), spot);
  return spot;
}

export function clientAt(table: LeafTable, address: IpAddress): Client {
  const { family, leaf } = spotOf(table, address);
  const leaves = family === 4 ? table.ipv4 : table.ipv6;
  return placeAt(table.places, leaves.places[leaf]!);
}
