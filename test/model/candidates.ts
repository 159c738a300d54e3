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
import { asnOf, distance, inForce, placeOf, pointOf, type Place, type Point } from "./places.ts";
import { complies, rulesFor, rulesOf, type NamedRule } from "./residency.ts";

export interface Candidates {
  readonly profile: string;
  /** Best first; the members of a tier share its clients by weight. */
  readonly tiers: readonly Tier[];
  /** The names of the rules that have removed something, here or beneath, in the order of the file. */
  readonly removedBy: readonly string[];
  /** The first of the rules for the client with which the fallback does not comply. */
  readonly fallbackRule: NamedRule | undefined;
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

/** `byResolver`: the address is that of the resolver. */
export function candidatesOf(
  configuration: Configuration,
  name: string,
  address: Address,
  byResolver = false,
): Candidates {
  const profile = configuration.profiles[name]!;
  const members = placedEndpoints(configuration, name).map((endpoint): Candidate => {
    const nested =
      endpoint.profile === undefined ? undefined : candidatesOf(configuration, endpoint.profile, address, byResolver);
    return { endpoint, weight: endpoint.weight ?? 1, nested };
  });
  const rules = rulesFor(configuration, name, address, byResolver);
  const breaks = ({ endpoint }: Candidate, rule: NamedRule): boolean =>
    endpoint.profile === undefined && !complies(endpoint.labels, rule);
  const written = members.filter((member) => !rules.some((rule) => breaks(member, rule)));
  const tiers = orderOf(configuration, profile, written, address);
  const withoutRules = orderOf(configuration, profile, members, address).flat();
  const removing = [
    ...rules.filter((rule) => withoutRules.some((member) => breaks(member, rule))).map((rule) => rule.name),
    ...tiers
      .flat()
      .flatMap(({ endpoint, nested }) => (counts(configuration, endpoint) ? (nested?.removedBy ?? []) : [])),
  ];
  const { whenAllDown } = profile;
  const keepsClients = ["serve", "nodata"].includes(regionRule(profile));
  return {
    profile: name,
    tiers: withCandidates(configuration, tiers),
    removedBy: rulesOf(configuration).flatMap((rule) => (removing.includes(rule.name) ? [rule.name] : [])),
    fallbackRule:
      typeof whenAllDown === "object" && !keepsClients
        ? rules.find((rule) => !complies(whenAllDown.labels, rule))
        : undefined,
  };
}

/** Networks, then the method, of these endpoints alone. */
function orderOf(
  configuration: Configuration,
  profile: Profile,
  members: readonly Candidate[],
  address: Address,
): readonly Tier[] {
  const place = placeOf(configuration, address);
  const byNetwork = members
    .flatMap((member) => {
      const narrowest = narrowestNetwork(member.endpoint, address);
      return narrowest === undefined ? [] : [{ member, narrowest }];
    })
    .toSorted((a, b) => byWidth(a.narrowest, b.narrowest))
    .map(({ member }) => member);
  const asn = asnOf(configuration, address);
  const bySystem = members.filter(
    (member) => !byNetwork.includes(member) && asn !== undefined && [member.endpoint.asns ?? []].flat().includes(asn),
  );
  const left = members.filter((member) => !byNetwork.includes(member) && !bySystem.includes(member));
  const networks = [...byNetwork, ...bySystem].map((member) => [member]);
  const isStandby = ({ endpoint: { standby = false } }: Candidate): boolean => standby;
  const ordered = [left.filter((member) => !isStandby(member)), left.filter(isStandby)].flatMap((some) =>
    methods[profile.method]({ profile, left: some, place }),
  );
  return goOn[regionRule(profile)](networks, ordered, { profile, left, place });
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
  subnet: ({ left }) =>
    left
      .filter(({ endpoint }) => endpoint.networks === undefined && endpoint.asns === undefined)
      .map((member) => [member]),
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

/** The same text where rules have removed something alike, and say the same in place of fallbacks. */
export function rulesText({ tiers, removedBy, fallbackRule }: Candidates): string {
  const own = tiers.length === 0 ? "" : (fallbackRule?.name ?? "");
  const nested = tiers.map((tier) => tier.map((member) => member.nested && fallbacksText(member.nested)));
  return JSON.stringify([removedBy, own, nested]);
}

function fallbacksText({ tiers, fallbackRule }: Candidates): readonly unknown[] {
  const nested = tiers.map((tier) => tier.map((member) => member.nested && fallbacksText(member.nested)));
  return [fallbackRule?.name ?? "", nested];
}
