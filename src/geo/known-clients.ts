/**
 * One client for each kind of clients that a leaf table tells apart: by country, subdivisions and grouping, by the
 * configured networks that hold them and the autonomous systems that endpoints name, and by whether their point is known.
 * Where the point is, is left out: a city database has hundreds of thousands of points, and some thousand regions.
 */
import type { LeafTable } from "../routing/leaf-table.ts";
import type { Client } from "../routing/order.ts";
import { addressOfWords } from "../shared/address-words.ts";
import { formatIpAddress, networkOf, type IpAddress, type IpPrefix } from "../shared/ip-address.ts";
import type { Grouping } from "../shared/regions/groupings.ts";

/** `networks`: the configured ones. */
export function knownClients({ places, ipv4Inside }: LeafTable, networks: readonly IpPrefix[]): readonly Client[] {
  const { texts, country, subdivisions, grouping, asn, source, latitude, longitude, family, address } = places;
  const networksOf = createNetworksOf(networks);
  const clients = new Map<string, Client>();
  for (let place = 0; place < country.length; place++) {
    // Nobody is there: those clients are looked up as the IPv4 address inside.
    if (place === ipv4Inside) continue;
    const own = addressOfWords(family[place] === 4 ? 4 : 6, address.subarray(place * 4, place * 4 + 4));
    const hasPoint = !Number.isNaN(latitude[place]!);
    const key = `${country[place]} ${subdivisions[place]} ${grouping[place]} ${asn[place]} ${hasPoint} ${networksOf(own)}`;
    if (clients.has(key)) continue;
    const text = (column: Uint32Array): string => texts[column[place]!]!;
    clients.set(key, {
      address: own,
      placedBy: "client",
      location: {
        country: text(country) || undefined,
        subdivisions: text(subdivisions).split(" ").filter(Boolean),
        grouping: (text(grouping) || undefined) as Grouping | undefined,
        point: hasPoint ? { latitude: latitude[place]!, longitude: longitude[place]! } : undefined,
        asn: asn[place]! || undefined,
        source: text(source),
      },
    });
  }
  return [...clients.values()];
}

/** The networks that hold an address, as a text: a look-up for each length that there is. */
function createNetworksOf(networks: readonly IpPrefix[]): (address: IpAddress) => string {
  const lengths = { 4: new Set<number>(), 6: new Set<number>() };
  const known = new Set(networks.map(({ address, length }) => keyOf(address, length)));
  for (const { address, length } of networks) lengths[address.family].add(length);
  return (address) =>
    [...lengths[address.family]]
      .map((length) => keyOf(networkOf(address, length).address, length))
      .filter((key) => known.has(key))
      .join(" ");
}

function keyOf(address: IpAddress, length: number): string {
  return `${formatIpAddress(address)}/${length}`;
}
