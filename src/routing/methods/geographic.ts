/**
 * geographic: the endpoint that holds the client's region, the most specific first: subdivision, country, groupings
 * of countries, Azure's grouping, WORLD. What follows it is `whenRegionDown`'s choice: the wider regions, the nearest
 * endpoints, or nothing.
 */
import { type GeoPoint, greatCircleKm } from "../../shared/geo-point.ts";
import type { RegionCode } from "../../shared/regions/region.ts";
import { regionChain } from "../../shared/regions/region-chain.ts";
import type { WhenRegionDown } from "../snapshot.ts";
import type { Method, Placed, Positioned, Tier } from "./method.ts";

export const geographic: Method = {
  placeMatters: true,
  keepsLoad: true,
  order(placements, { whenRegionDown, groupings }, location) {
    const match = matchingRegions(placements, regionChain(location, groupings));
    if (match.length === 0) return [];
    return afterMatch[whenRegionDown](match, placements, location.point).map((placed) => [placed]);
  },
  behindNetworks: (networks, rest, { whenRegionDown }) => afterNetworks[whenRegionDown](networks, rest),
};

/** The endpoints with a region that holds the client, each under the most specific one. */
function matchingRegions(placements: readonly Positioned[], chain: readonly RegionCode[]): readonly Placed[] {
  const match: Placed[] = [];
  const seen = new Set<number>();
  for (const region of chain) {
    const found = placements.find(({ placement: { regions } }) => regions.includes(region));
    if (found === undefined || seen.has(found.position)) continue;
    seen.add(found.position);
    match.push({ position: found.position, weight: 1, basis: { kind: "region", region } });
  }
  return match;
}

type AfterMatch = (
  match: readonly Placed[],
  placements: readonly Positioned[],
  point: GeoPoint | undefined,
) => readonly Placed[];

const afterMatch: Readonly<Record<WhenRegionDown, AfterMatch>> = {
  climb: (match) => match,
  serve: (match) => match.slice(0, 1),
  nodata: (match) => match.slice(0, 1),
  nearest(match, placements, point) {
    if (point === undefined) return match;
    const [first] = match as readonly [Placed, ...Placed[]];
    const others = placements
      .flatMap(({ position, placement }) =>
        placement.point === undefined || position === first.position
          ? []
          : [{ position, kilometres: greatCircleKm(point, placement.point) }],
      )
      .toSorted((a, b) => a.kilometres - b.kilometres);
    return [
      first,
      ...others.map(({ position, kilometres }): Placed => ({
        position,
        weight: 1,
        basis: { kind: "distance", kilometres, countedAs: kilometres },
      })),
    ];
  },
};

type AfterNetworks = (networks: readonly Tier[], rest: readonly Tier[]) => readonly Tier[];

/** Azure serves an override whatever its health; a profile that keeps its clients does not send them to a region. */
const afterNetworks: Readonly<Record<WhenRegionDown, AfterNetworks>> = {
  climb: (networks, rest) => [...networks, ...rest],
  nearest: (networks, rest) => [...networks, ...rest],
  serve: (networks) => networks.slice(0, 1),
  nodata: (networks) => networks,
};
