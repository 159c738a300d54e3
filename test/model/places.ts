/**
 * docs/steering.md section 1: where the client is, and distances. Places are those of own networks alone; of databases
 * there is one of autonomous systems.
 */
import { countries } from "../../src/shared/regions/countries.ts";
import { legalGroupings } from "../../src/shared/regions/legal-groupings.ts";
import { subdivision } from "../../src/shared/regions/subdivisions.ts";
import { SYSTEMS } from "../support/autonomous-systems.ts";
import { byWidth, countedAs, holds, parseAddress, parseNetworks, type Address, type Range } from "./addresses.ts";
import { counts, placedEndpoints, type Configuration, type Location } from "./configuration.ts";

/** Degrees. */
export type Point = readonly [latitude: number, longitude: number];

export interface Place {
  /** The regions that hold it, the most specific first, as far as they are known. */
  readonly regions: readonly string[];
  readonly point: Point | undefined;
}

export interface Client {
  /** `192.0.2.0/24`; undefined = the query names none. */
  readonly subnet?: string | undefined;
  readonly resolver: string;
}

export const PRIVATE = parseNetworks(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]);

/** The address that decides for a profile: that of the subnet, or else the resolver's. */
export function decidingAddress(configuration: Configuration, profile: string, { subnet, resolver }: Client): Address {
  const ofResolver = countedAs(parseAddress(resolver));
  if (subnet === undefined || isUnknown(subnet) || configuration.profiles[profile]!.ecs === false) return ofResolver;
  const ofSubnet = countedAs(parseAddress(subnet.split("/")[0]!));
  return isSetAside(configuration, profile, ofSubnet) ? ofResolver : ofSubnet;
}

/** Whether that is the resolver's, since no subnet is used. */
export function isByResolver(configuration: Configuration, profile: string, { subnet }: Client): boolean {
  if (subnet === undefined || isUnknown(subnet) || configuration.profiles[profile]!.ecs === false) return true;
  return isSetAside(configuration, profile, countedAs(parseAddress(subnet.split("/")[0]!)));
}

/** Of length 0: the client wants to stay unknown. */
export function isUnknown(subnet: string): boolean {
  return subnet.endsWith("/0");
}

/** Whether a subnet at this address says nothing, because it is private and no network of the configuration holds it. */
export function isSetAside(configuration: Configuration, profile: string, address: Address): boolean {
  const known = [...ownNetworks(configuration).map(({ network }) => network), ...networksOf(configuration, profile)];
  return PRIVATE.some((network) => holds(network, address)) && !known.some((network) => holds(network, address));
}

/** Those of the endpoints of the profile and of all that are nested in it. */
export function networksOf(configuration: Configuration, profile: string): readonly Range[] {
  return placedEndpoints(configuration, profile).flatMap((endpoint) => [
    ...parseNetworks(endpoint.networks),
    ...(endpoint.profile === undefined || !counts(configuration, endpoint)
      ? []
      : networksOf(configuration, endpoint.profile)),
  ]);
}

export function ownNetworks({ geoip }: Configuration): readonly { network: Range; location: Location }[] {
  return Object.values(geoip?.networks ?? {}).flatMap(({ cidrs, location }) =>
    parseNetworks(cidrs).map((network) => ({ network, location })),
  );
}

/** Of the narrowest own network; an address that nobody knows is in WORLD and has no point. */
export function placeOf(configuration: Configuration, address: Address): Place {
  const [narrowest] = ownNetworks(configuration)
    .filter(({ network }) => holds(network, address))
    .toSorted((a, b) => byWidth(a.network, b.network));
  if (narrowest === undefined) return { regions: ["WORLD"], point: undefined };
  const { location } = narrowest;
  if (typeof location !== "string") return { regions: ["WORLD"], point: location };
  const { code, grouping } = countries.get(location.slice(0, 2))!;
  const subdivisions: string[] = [];
  for (
    let at = subdivision(location);
    at !== undefined;
    at = at.holder === undefined ? undefined : subdivision(at.holder)
  ) {
    subdivisions.push(at.code);
  }
  const regions = [...subdivisions, code, ...groupingsWith(configuration, code), grouping, "WORLD"];
  return { regions, point: pointOf(location) };
}

/** The networks of autonomous systems, and the number of each. */
export const systems = SYSTEMS.flatMap(([text, asn]) => parseNetworks(text).map((network) => ({ network, asn })));

/** What the database says of an address; of a private one that no own network holds it says nothing. */
export function asnOf(configuration: Configuration, address: Address): number | undefined {
  const isIn = ({ network }: { readonly network: Range }): boolean => holds(network, address);
  if (PRIVATE.some((network) => holds(network, address)) && !ownNetworks(configuration).some(isIn)) return undefined;
  return systems.filter(isIn).toSorted((a, b) => byWidth(a.network, b.network))[0]?.asn;
}

/** The groupings of countries that have it, the one with fewer countries first. */
function groupingsWith({ geoip }: Configuration, country: string): readonly string[] {
  const law = Object.entries(legalGroupings).map(([name, grouping]) => [name, grouping.countries] as const);
  return [...law, ...Object.entries(geoip?.groupings ?? {})]
    .filter(([, members]) => members.includes(country))
    .toSorted(([, a], [, b]) => a.length - b.length)
    .map(([name]) => name);
}

/** The code in force of what may be an old code of a subdivision. */
export function inForce(region: string): string {
  return subdivision(region)?.code ?? region;
}

/** WORLD and groupings have none. */
export function pointOf(location: Location): Point | undefined {
  if (typeof location !== "string") return location;
  const region = /^[A-Z]{2}$/.test(location) ? countries.get(location) : subdivision(location);
  return region?.point && [region.point.latitude, region.point.longitude];
}

/** Kilometres along the great circle: haversine, on the mean radius of the earth. */
export function distance([latitude1, longitude1]: Point, [latitude2, longitude2]: Point): number {
  const haversine = (degrees: number): number => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
  const a =
    haversine(latitude2 - latitude1) + cosine(latitude1) * cosine(latitude2) * haversine(longitude2 - longitude1);
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(a)));
}
