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
export interface ClientFence extends Omit<Fence, "name"> {
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

/**
 * Tiers of positions, best first, whatever fences there are: the endpoints' own `networks` and `asns`, then the
 * method's order of the others, and behind it that of the standby ones.
 */
export function order(
  { method: name, policy, placements }: Omit<Ordering, "fences">,
  { address, location }: Pick<Client, "address" | "location">,
): readonly Tier[] {
  const method = methods[name];
  const networks = matchingTiers(placements, address, location.asn);
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

/** The endpoints by a network of theirs, then the others by the client's autonomous system in the order of the file. */
function matchingTiers(
  placements: readonly Positioned[],
  address: IpAddress,
  asn: number | undefined,
): readonly Tier[] {
  const networks = matchingNetworks(placements, address);
  if (asn === undefined) return networks;
  const taken = new Set(networks.flat().map(({ position }) => position));
  const asns = placements
    .filter(({ position, placement }) => placement.asns.includes(asn) && !taken.has(position))
    .map(({ position }): Tier => [{ position, weight: 1, basis: { kind: "asn", asn } }]);
  return [...networks, ...asns];
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
export function orderDependsOnClient({ method, placements, fences }: Ordering): boolean {
  return (
    methods[method].placeMatters ||
    placements.some(({ placement: { networks, asns } }) => networks.length > 0 || asns.length > 0) ||
    fences.some(({ clients }) => !clients.all)
  );
}
