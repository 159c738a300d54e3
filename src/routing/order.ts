/**
 * The order of one profile's endpoints for a client. What it may depend on is one value, the `Ordering`: the key by
 * which profiles share classes and scopes (`geographyKey`) is the JSON of that same value, so a key of the
 * configuration that moves the order cannot be forgotten there.
 */
import type { IpAddress } from "../shared/ip-address.ts";
import { byWidth, rangeContains } from "../shared/ip-range.ts";
import { counts } from "./in-service.ts";
import type { Positioned, Tier } from "./methods/method.ts";
import { methods } from "./methods/table.ts";
import type { Location, MethodName, Policy, Profile, Snapshot } from "./snapshot.ts";

export interface Ordering {
  readonly method: MethodName;
  readonly policy: Policy;
  /** The placements of the endpoints that take part. */
  readonly placements: readonly Positioned[];
}

/** What the order of candidates depends on in a client. */
export interface Client {
  readonly address: IpAddress;
  readonly location: Location;
}

export function orderingOf(snapshot: Snapshot, { method, policy, endpoints, keepsClients }: Profile): Ordering {
  const placements = endpoints.flatMap((endpoint, position) => {
    // Azure: "If an endpoint match is found and that endpoint is in the Stopped state, Traffic Manager returns NODATA."
    const takesPart = keepsClients ? endpoint.enabled : counts(snapshot, endpoint);
    return takesPart ? [{ position, placement: endpoint.placement }] : [];
  });
  return { method, policy, placements };
}

/**
 * Tiers of positions, best first: the endpoints' own `networks`, then the method's order of the others, and behind it that
 * of the standby ones.
 */
export function order({ method: name, policy, placements }: Ordering, { address, location }: Client): readonly Tier[] {
  const method = methods[name];
  const networks = matchingNetworks(placements, address);
  const ofMethod = (all: readonly Positioned[]): readonly Tier[] => {
    const standby = all.filter(({ placement }) => placement.standby);
    if (standby.length === 0) return method.order(all, policy, location);
    const regular = all.filter(({ placement }) => !placement.standby);
    return [...method.order(regular, policy, location), ...method.order(standby, policy, location)];
  };
  if (networks.length === 0) return ofMethod(placements);
  const taken = new Set(networks.flat().map(({ position }) => position));
  const others = placements.filter(({ position }) => !taken.has(position));
  const rest = ofMethod(others);
  if (method.behindNetworks === undefined) return [...networks, ...rest];
  return method.behindNetworks(networks, rest, policy);
}

/** One tier for each endpoint with a network that holds the address, the narrowest network first. */
function matchingNetworks(placements: readonly Positioned[], address: IpAddress): readonly Tier[] {
  return placements
    .flatMap(({ position, placement: { networks } }) => {
      const [narrowest] = networks.filter((network) => rangeContains(network, address)).toSorted(byWidth);
      return narrowest === undefined ? [] : [{ position, narrowest }];
    })
    .toSorted((a, b) => byWidth(a.narrowest, b.narrowest))
    .map(({ position, narrowest: { text } }): Tier => [
      { position, weight: 1, basis: { kind: "network", network: text } },
    ]);
}

/** Whether the client's place or address can change the order. */
export function orderDependsOnClient({ method, placements }: Ordering): boolean {
  return methods[method].placeMatters || placements.some(({ placement }) => placement.networks.length > 0);
}
