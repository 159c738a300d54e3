/**
 * The clients of a profile in classes: all of a class have the same candidates, but for the order that distance gives
 * them, and the same residency rules are for them. A class is named by what the profile or a rule calls its clients.
 */
import { formatIpPrefix } from "../../shared/ip-address.ts";
import { byWidth, rangeContains, rangeOfPrefix, type IpRange } from "../../shared/ip-range.ts";
import { narrowestRegion, regionChain } from "../../shared/regions/region-chain.ts";
import { profilesWithin } from "../in-service.ts";
import type { Client } from "../order.ts";
import type { Profile, ResidencyRule, Snapshot } from "../snapshot.ts";

export interface ClientClass {
  /**
   * The most specific region that the profile or a rule names and that holds them, or the network; `unknown` where nobody
   * knows their country.
   */
  readonly region: string;
  /** The smallest region that is known of one of them, where that is another: `EU (such as GF)`. */
  readonly named: string;
  /** One of them. */
  readonly client: Client;
}

export const UNKNOWN = "unknown";

/** What tells the clients of one profile apart. */
export interface Distinctions {
  readonly regions: ReadonlySet<string>;
  readonly groupings: Snapshot["groupings"];
  readonly networks: readonly NamedNetwork[];
  readonly asns: ReadonlySet<number>;
  readonly hasPoint: boolean;
  readonly placedBy: readonly Client["placedBy"][];
}

interface NamedNetwork {
  readonly name: string;
  readonly range: IpRange;
}

/** The rules that cover the profile or one nested in it. */
export function rulesAround(snapshot: Snapshot, profile: Profile): readonly ResidencyRule[] {
  const within = new Set(profilesWithin(snapshot, profile).map(({ id }) => id));
  return snapshot.residency.filter(({ profiles }) => profiles.some((id) => within.has(id)));
}

export function distinctionsOf(snapshot: Snapshot, profile: Profile): Distinctions {
  const within = profilesWithin(snapshot, profile);
  const placements = within.flatMap(({ endpoints }) => endpoints.map(({ placement }) => placement));
  const rules = rulesAround(snapshot, profile);
  const regions = new Set([
    ...within.flatMap(({ method, endpoints }) =>
      method === "geographic" ? endpoints.flatMap(({ placement }) => placement.regions) : [],
    ),
    ...rules.flatMap(({ clients }) => clients.regions),
    "WORLD",
  ]);
  const ranges = new Map(
    [
      ...placements.flatMap(({ networks }) => networks),
      ...rules.flatMap(({ clients }) => clients.networks.map(rangeOfPrefix)),
    ].map((range) => [range.text, range]),
  );
  const own = new Map(
    snapshot.networks.flatMap(({ name, cidrs }) => cidrs.map((cidr) => [formatIpPrefix(cidr), name])),
  );
  return {
    regions,
    groupings: snapshot.groupings.filter(({ code }) => regions.has(code)),
    networks: [...ranges.values()]
      .toSorted(byWidth)
      .map((range) => ({ name: own.get(range.text) ?? range.text, range })),
    asns: new Set(placements.flatMap(({ asns }) => asns)),
    hasPoint: within.some(
      ({ method, policy }) =>
        method === "performance" || (method === "geographic" && policy.whenRegionDown === "nearest"),
    ),
    placedBy: profile.ecs
      ? ["client", ...(rules.some(({ clients }) => clients.resolverOnly) ? (["resolver"] as const) : [])]
      : ["resolver"],
  };
}

/** `clients`: at least one of each kind that there is. */
export function classesOf(clients: readonly Client[], distinctions: Distinctions): readonly ClientClass[] {
  const { regions, groupings, networks, asns, hasPoint, placedBy } = distinctions;
  const found = new Map<string, Pick<ClientClass, "region" | "client">>();
  for (const client of clients) {
    const { address, location } = client;
    const chain = regionChain(location, groupings).filter((code) => regions.has(code));
    const holding = networks.filter(({ range }) => rangeContains(range, address));
    const asn = location.asn !== undefined && asns.has(location.asn) ? location.asn : undefined;
    const isUnknown = location.country === undefined;
    const key = JSON.stringify([
      chain,
      holding.map(({ range }) => range.text),
      asn,
      isUnknown,
      hasPoint && location.point !== undefined,
    ]);
    if (found.has(key)) continue;
    const [region] = chain;
    const place = isUnknown && region === "WORLD" ? UNKNOWN : region!;
    found.set(key, { region: holding[0]?.name ?? (asn === undefined ? place : `AS${asn}`), client });
  }
  return [...found.values()].flatMap(({ region, client }) => {
    const narrowest = narrowestRegion(client.location) ?? region;
    const named = narrowest === region ? region : `${region} (such as ${narrowest})`;
    return placedBy.map((by): ClientClass => ({ region, named, client: { ...client, placedBy: by } }));
  });
}
