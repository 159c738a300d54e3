/**
 * geographic: the endpoint that holds the client's region, the most specific first: subdivision, country, grouping,
 * WORLD. What follows it is `whenRegionDown`'s choice: the wider regions, the nearest endpoints, or nothing.
 */
import { greatCircleKm } from "../../shared/geo-point.ts";
import { regionChain } from "../../shared/regions/region.ts";
import type { Location, Profile, WhenRegionDown } from "../snapshot.ts";
import type { Method, Ranked, Tier } from "./method.ts";

export const geographic: Method = {
  placeMatters: true,
  order(profile, location) {
    const chain = matchingRegions(profile, location);
    return chain.length === 0 ? [] : afterMatch[profile.whenRegionDown](chain, profile, location);
  },
};

/** One tier per endpoint, under the most specific of its regions that holds the client. */
function matchingRegions(profile: Profile, location: Location): readonly Tier[] {
  const tiers: Tier[] = [];
  const seen = new Set<number>();
  for (const region of regionChain(location)) {
    const endpoint = profile.endpoints.find(({ regions }) => regions.includes(region));
    if (endpoint === undefined || seen.has(endpoint.id)) continue;
    seen.add(endpoint.id);
    tiers.push([{ endpoint, weight: 1, basis: { kind: "region", region } }]);
  }
  return tiers;
}

type AfterMatch = (chain: readonly Tier[], profile: Profile, location: Location) => readonly Tier[];

/** Azure: a disabled endpoint takes no part in matching. It stands before the match, for `candidates.ts` to set aside. */
const onlyTheMatch: AfterMatch = (chain) => {
  const match = chain.findIndex((tier) => tier.some(({ endpoint }) => endpoint.enabled));
  return match < 0 ? chain : chain.slice(0, match + 1);
};

const afterMatch: Readonly<Record<WhenRegionDown, AfterMatch>> = {
  climb: (chain) => chain,
  serve: onlyTheMatch,
  nodata: onlyTheMatch,
  nearest(chain, profile, location) {
    const { point } = location;
    if (point === undefined) return chain;
    const match = onlyTheMatch(chain, profile, location);
    const matched = new Set(match.flat().map(({ endpoint }) => endpoint));
    const others = profile.endpoints
      .flatMap((endpoint): Ranked[] => {
        if (endpoint.point === undefined || matched.has(endpoint)) return [];
        const kilometres = greatCircleKm(point, endpoint.point);
        return [{ endpoint, weight: 1, basis: { kind: "distance", kilometres } }];
      })
      .toSorted((a, b) => kilometresOf(a) - kilometresOf(b));
    return [...match, ...others.map((ranked) => [ranked])];
  },
};

function kilometresOf({ basis }: Ranked): number {
  return basis.kind === "distance" ? basis.kilometres : 0;
}
