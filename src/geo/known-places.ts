/** What a leaf table knows, in all: where clients can be, and how much of the address space has a place. */
import type { LeafTable, Leaves } from "../routing/leaf-table.ts";
import type { Places } from "../routing/places.ts";
import type { CountryGrouping } from "../shared/regions/country-grouping.ts";
import type { Grouping } from "../shared/regions/groupings.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import { regionChain } from "../shared/regions/region-chain.ts";
import { NO_ASN } from "./record-asn.ts";

export interface KnownPlaces {
  /** Every region that holds the clients of some leaf, groupings of countries aside. */
  readonly regions: readonly RegionCode[];
  /** The autonomous systems of clients, of those that endpoints name. */
  readonly asns: readonly number[];
  /** The share of all IPv4 addresses, and of the /48 networks in 2000::/3, whose place is known: 0 to 1. */
  readonly share: { readonly ipv4: number; readonly ipv6: number };
}

export function knownPlaces({ places, ipv4, ipv6 }: LeafTable): KnownPlaces {
  const isKnown = Uint8Array.from(places.country, (country, place) =>
    Number(country !== 0 || places.grouping[place] !== 0 || !Number.isNaN(places.latitude[place]!)),
  );
  return {
    regions: regionsOf(places),
    asns: [...new Set(places.asn)].filter((asn) => asn !== NO_ASN),
    share: { ipv4: knownNetworks(ipv4, isKnown, 32) / 2 ** 32, ipv6: knownNetworks(ipv6, isKnown, 48) / 2 ** 45 },
  };
}

/** Which countries are in one, the configuration knows too. */
const NO_GROUPINGS: readonly CountryGrouping[] = [];

function regionsOf({ texts, country, subdivisions, grouping }: Places): readonly RegionCode[] {
  const regions = new Set<RegionCode>();
  const seen = new Set<string>();
  for (let place = 0; place < country.length; place++) {
    const key = `${country[place]} ${subdivisions[place]} ${grouping[place]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const text = (column: Uint32Array): string => texts[column[place]!]!;
    const chain = regionChain(
      {
        country: text(country) || undefined,
        subdivisions: text(subdivisions).split(" ").filter(Boolean),
        grouping: (text(grouping) || undefined) as Grouping | undefined,
      },
      NO_GROUPINGS,
    );
    for (const region of chain) regions.add(region);
  }
  return [...regions];
}

/** In networks of so many bits; smaller ones count in part. */
function knownNetworks({ count, lengths, places }: Leaves, isKnown: Uint8Array, bits: number): number {
  const ofLength = new Uint32Array(129);
  for (let leaf = 0; leaf < count; leaf++) ofLength[lengths[leaf]!]! += isKnown[places[leaf]!]!;
  return ofLength.reduce((sum, leaves, length) => sum + leaves * 2 ** (bits - length), 0);
}
