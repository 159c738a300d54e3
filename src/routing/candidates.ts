/**
 * A profile's candidates for a client: the ordered endpoints before health. The own `networks` of endpoints go first,
 * then the method's order; nested profiles carry their own candidates. ECS scopes follow from these and nothing else.
 */
import { formatIpPrefix, prefixContains, type IpAddress, type IpPrefix } from "../shared/ip-address.ts";
import { isServable } from "./eligibility.ts";
import type { Ranked } from "./methods/method.ts";
import { methods } from "./methods/table.ts";
import type { Endpoint, Location, Profile, Snapshot } from "./snapshot.ts";

export interface Client {
  readonly address: IpAddress;
  readonly location: Location;
}

export interface Candidates {
  readonly profile: Profile;
  /** Best first. Endpoints that configuration takes out of service are in `left` instead. */
  readonly tiers: readonly (readonly Candidate[])[];
  /** Ordered for this client but disabled or stopped. */
  readonly left: readonly Endpoint[];
}

export interface Candidate extends Ranked {
  /** Where the endpoint is a profile: that profile's candidates for the same client. */
  readonly nested: Candidates | undefined;
}

export function candidatesFor(snapshot: Snapshot, profile: Profile, client: Client): Candidates {
  const known = new Map<number, Candidates>();
  const visit = (at: Profile): Candidates => {
    const seen = known.get(at.id);
    if (seen !== undefined) return seen;
    const left: Endpoint[] = [];
    const tiers = orderFor(at, client).flatMap((tier) => {
      const members = tier.flatMap((ranked): Candidate[] => {
        if (!isServable(snapshot, ranked.endpoint)) {
          left.push(ranked.endpoint);
          return [];
        }
        const { target } = ranked.endpoint;
        return [
          { ...ranked, nested: target.kind === "profile" ? visit(snapshot.profiles[target.profile]!) : undefined },
        ];
      });
      return members.length > 0 ? [members] : [];
    });
    const candidates = { profile: at, tiers, left };
    known.set(at.id, candidates);
    return candidates;
  };
  return visit(profile);
}

function orderFor(profile: Profile, client: Client): readonly (readonly Ranked[])[] {
  const tiers = methods[profile.method].order(profile, client.location);
  const own = networkMatch(profile, client.address);
  if (own === undefined) return tiers;
  const others = tiers.map((tier) => tier.filter(({ endpoint }) => endpoint !== own.endpoint));
  return [[own], ...others.filter((tier) => tier.length > 0)];
}

/** The endpoint with the longest of all `networks` that hold the address. */
function networkMatch(profile: Profile, address: IpAddress): Ranked | undefined {
  let best: { endpoint: Endpoint; network: IpPrefix } | undefined;
  for (const endpoint of profile.endpoints) {
    for (const network of endpoint.networks) {
      if (network.length > (best?.network.length ?? -1) && prefixContains(network, address))
        best = { endpoint, network };
    }
  }
  if (best === undefined) return undefined;
  return {
    endpoint: best.endpoint,
    weight: 1,
    basis: { kind: "network", network: formatIpPrefix(best.network) },
  };
}

/**
 * Equal exactly for equal ordered candidates of one profile. Weights and nested methods are the same wherever the
 * endpoints are, so ids, tiers and nesting say it all.
 */
export function candidatesKey({ tiers }: Candidates): string {
  return tiers
    .map((tier) =>
      tier
        .map(({ endpoint, nested }) =>
          nested === undefined ? endpoint.id : `${endpoint.id}(${candidatesKey(nested)})`,
        )
        .join(" "),
    )
    .join(">");
}

/** Whether the client's place or address can change the candidates, here or in a nested profile. */
export function placeMatters(snapshot: Snapshot, profile: Profile): boolean {
  const seen = new Set<number>();
  const visit = (at: Profile): boolean => {
    if (seen.has(at.id)) return false;
    seen.add(at.id);
    return (
      methods[at.method].placeMatters ||
      at.endpoints.some(
        ({ networks, target }) =>
          networks.length > 0 || (target.kind === "profile" && visit(snapshot.profiles[target.profile]!)),
      )
    );
  };
  return visit(profile);
}
