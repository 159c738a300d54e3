/** docs/steering.md section 2: the candidates of a client, before health. */
import { byWidth, holds, parseNetworks, type Address, type Range } from "./addresses.ts";
import {
  counts,
  placedEndpoints,
  regionRule,
  type Configuration,
  type Method,
  type NamedEndpoint,
  type Profile,
} from "./configuration.ts";
import { distance, inForce, placeOf, pointOf, type Place, type Point } from "./places.ts";

export interface Candidates {
  readonly profile: string;
  /** Best first; the members of a tier share its clients by weight. */
  readonly tiers: readonly Tier[];
}

export type Tier = readonly Candidate[];

export interface Candidate {
  readonly endpoint: NamedEndpoint;
  readonly weight: number;
  /** Of an endpoint that is a profile. */
  readonly nested: Candidates | undefined;
}

/** What a method looks at. */
interface Asked {
  readonly profile: Profile;
  /** Those that are not placed by their networks. */
  readonly left: readonly Candidate[];
  readonly place: Place;
}

export function candidatesOf(configuration: Configuration, name: string, address: Address): Candidates {
  const profile = configuration.profiles[name]!;
  const place = placeOf(configuration, address);
  const members = placedEndpoints(configuration, name).map((endpoint): Candidate => {
    const nested = endpoint.profile === undefined ? undefined : candidatesOf(configuration, endpoint.profile, address);
    return { endpoint, weight: endpoint.weight ?? 1, nested };
  });
  const byNetwork = members
    .flatMap((member) => {
      const narrowest = narrowestNetwork(member.endpoint, address);
      return narrowest === undefined ? [] : [{ member, narrowest }];
    })
    .toSorted((a, b) => byWidth(a.narrowest, b.narrowest))
    .map(({ member }) => member);
  const left = members.filter((member) => !byNetwork.includes(member));
  const networks = byNetwork.map((member) => [member]);
  const isStandby = ({ endpoint: { standby = false } }: Candidate): boolean => standby;
  const ordered = [left.filter((member) => !isStandby(member)), left.filter(isStandby)].flatMap((some) =>
    methods[profile.method]({ profile, left: some, place }),
  );
  const tiers = goOn[regionRule(profile)](networks, ordered, { profile, left, place });
  return { profile: name, tiers: withCandidates(configuration, tiers) };
}

/** Without the endpoints whose profile is out of service or has no candidates for the client. */
function withCandidates(configuration: Configuration, tiers: readonly Tier[]): readonly Tier[] {
  const isCandidate = ({ endpoint, nested }: Candidate): boolean =>
    counts(configuration, endpoint) && nested?.tiers.length !== 0;
  return tiers.map((tier) => tier.filter(isCandidate)).filter((tier) => tier.length > 0);
}

/** Of its networks that hold the address. */
function narrowestNetwork({ networks }: NamedEndpoint, address: Address): Range | undefined {
  return parseNetworks(networks)
    .filter((network) => holds(network, address))
    .toSorted(byWidth)[0];
}

const methods: Readonly<Record<Method, (asked: Asked) => readonly Tier[]>> = {
  priority: ({ left }) => {
    // On all endpoints or on none, so that without any the order stays that of the file.
    return left.toSorted((a, b) => (a.endpoint.priority ?? 0) - (b.endpoint.priority ?? 0)).map((member) => [member]);
  },
  weighted: ({ left }) => (left.length === 0 ? [] : [left]),
  performance: ({ profile, left, place }) => {
    const located = left.filter(({ endpoint }) => endpoint.location !== undefined);
    if (place.point === undefined) return located.length === 0 ? [] : [located];
    const tolerance = Number.parseFloat(profile.tolerance ?? "5%") / 100;
    return byDistance(located, place.point, tolerance);
  },
  multivalue: ({ left }) => (left.length === 0 ? [] : [left.map((member) => ({ ...member, weight: 1 }))]),
  subnet: ({ left }) => left.filter(({ endpoint }) => endpoint.networks === undefined).map((member) => [member]),
  geographic: ({ left, place }) =>
    place.regions
      .flatMap((region) => left.filter(({ endpoint }) => firstRegion(endpoint, place) === region))
      .map((member) => [member]),
};

/** The nearest and all that are at most `tolerance` farther make a tier; then the same of the rest. */
function byDistance(members: readonly Candidate[], from: Point, tolerance: number): readonly Tier[] {
  if (members.length === 0) return [];
  const kilometres = ({ endpoint: { location, bias = 0 } }: Candidate): number =>
    distance(from, pointOf(location!)!) * (1 - bias / 100);
  const limit = Math.min(...members.map(kilometres)) * (1 + tolerance);
  const near = members.filter((member) => kilometres(member) <= limit);
  const rest = members.filter((member) => kilometres(member) > limit);
  return [near, ...byDistance(rest, from, tolerance)];
}

/** The most specific of the regions that hold the client which the endpoint has. */
function firstRegion({ regions = [] }: NamedEndpoint, place: Place): string | undefined {
  return place.regions.find((region) => regions.map(inForce).includes(region));
}

type GoOn = (networks: readonly Tier[], ordered: readonly Tier[], asked: Asked) => readonly Tier[];

const climb: GoOn = (networks, ordered) => [...networks, ...ordered];

const goOn: Readonly<Record<NonNullable<Profile["whenRegionDown"]>, GoOn>> = {
  climb,
  nearest(networks, ordered, asked) {
    const { point } = asked.place;
    const [first] = ordered;
    if (first === undefined) return networks;
    if (point === undefined) return climb(networks, ordered, asked);
    const others = asked.left.filter((member) => !first.includes(member) && ownPoint(member.endpoint) !== undefined);
    const kilometres = (member: Candidate): number => distance(point, ownPoint(member.endpoint)!);
    const nearestFirst = others.toSorted((a, b) => kilometres(a) - kilometres(b));
    return [...networks, first, ...nearestFirst.map((member) => [member])];
  },
  serve: (networks, ordered) => [...networks, ...ordered].slice(0, 1),
  nodata: (networks, ordered) => (networks.length > 0 ? networks : ordered.slice(0, 1)),
};

/** Its location, or the first of its regions that is a country or a subdivision. */
function ownPoint({ location, regions = [] }: NamedEndpoint): Point | undefined {
  return location === undefined ? regions.map(pointOf).find((point) => point !== undefined) : pointOf(location);
}

/** The same text for the same candidates: members of a tier in any order, tiers in theirs, nested ones in brackets. */
export function candidatesText({ tiers }: Candidates): string {
  const memberText = ({ endpoint, nested }: Candidate): string =>
    nested === undefined ? endpoint.name : `${endpoint.name}(${candidatesText(nested)})`;
  return tiers.map((tier) => tier.map(memberText).toSorted().join(" ")).join(" > ");
}
