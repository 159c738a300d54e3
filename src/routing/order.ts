/**
 * The order of one profile's endpoints for a client. What it may depend on is one value, the `Ordering`: the key by
 * which profiles share classes and scopes (`geographyKey`) is the JSON of that same value, so a key of the
 * configuration that moves the order cannot be forgotten there.
 */
import { formatIpPrefix, prefixContains, type IpAddress } from "../shared/ip-address.ts";
import { counts } from "./in-service.ts";
import type { Positioned, Tier } from "./methods/method.ts";
import { methods } from "./methods/table.ts";
import type { Fence, Location, MethodName, Policy, Profile, RuleClients, Snapshot } from "./snapshot.ts";

export interface Ordering {
  readonly method: MethodName;
  readonly policy: Policy;
  /** The placements of the endpoints that take part. */
  readonly placements: readonly Positioned[];
  /** What residency rules take of it from their clients, in the order of the rules: `residency/fenced-order.ts`. */
  readonly fences: readonly ClientFence[];
}

/** A fence around endpoints that take part, or around the fallback. */
export interface ClientFence extends Fence {
  readonly clients: RuleClients;
}

/** What the order of candidates depends on in a client. */
export interface Client {
  readonly address: IpAddress;
  readonly location: Location;
  /** Whose address it is: the resolver's, where no client subnet is used. */
  readonly placedBy: "client" | "resolver";
}

export function orderingOf(snapshot: Snapshot, profile: Profile): Ordering {
  const { method, policy, endpoints, keepsClients } = profile;
  const placements = endpoints.flatMap((endpoint, position) => {
    // Azure: "If an endpoint match is found and that endpoint is in the Stopped state, Traffic Manager returns NODATA."
    const takesPart = keepsClients ? endpoint.enabled : counts(snapshot, endpoint);
    return takesPart ? [{ position, placement: endpoint.placement }] : [];
  });
  return { method, policy, placements, fences: fencesOf(snapshot, profile, placements) };
}

const NO_FENCES: readonly ClientFence[] = [];

function fencesOf(
  { residency }: Snapshot,
  { fences }: Profile,
  placements: readonly Positioned[],
): readonly ClientFence[] {
  if (fences.length === 0) return NO_FENCES;
  const takePart = new Set(placements.map(({ position }) => position));
  return fences.flatMap(({ rule, positions, fallback }) => {
    const { clients } = residency[rule]!;
    const fence = { rule, positions: positions.filter((position) => takePart.has(position)), fallback, clients };
    return fence.positions.length > 0 || fallback ? [fence] : [];
  });
}

/** Tiers of positions, best first, whatever fences there are: the endpoints' own `networks`, then the method's order of the others. */
export function order(
  { method: name, policy, placements }: Omit<Ordering, "fences">,
  { address, location }: Pick<Client, "address" | "location">,
): readonly Tier[] {
  const method = methods[name];
  const networks = matchingNetworks(placements, address);
  if (networks.length === 0) return method.order(placements, policy, location);
  const taken = new Set(networks.flat().map(({ position }) => position));
  const others = placements.filter(({ position }) => !taken.has(position));
  const rest = method.order(others, policy, location);
  if (method.behindNetworks === undefined) return [...networks, ...rest];
  return method.behindNetworks(networks, rest, policy);
}

/** One tier for each endpoint with a network that holds the address, the longest network first. */
function matchingNetworks(placements: readonly Positioned[], address: IpAddress): readonly Tier[] {
  return placements
    .flatMap(({ position, placement: { networks } }) => {
      const longest = networks
        .filter((network) => prefixContains(network, address))
        .toSorted((a, b) => b.length - a.length)[0];
      return longest === undefined ? [] : [{ position, longest }];
    })
    .toSorted((a, b) => b.longest.length - a.longest.length)
    .map(({ position, longest }): Tier => [
      { position, weight: 1, basis: { kind: "network", network: formatIpPrefix(longest) } },
    ]);
}

/** Whether the client's place or address can change the order. */
export function orderDependsOnClient({ method, placements, fences }: Ordering): boolean {
  return (
    methods[method].placeMatters ||
    placements.some(({ placement }) => placement.networks.length > 0) ||
    fences.some(({ clients }) => !clients.all)
  );
}
