/**
 * Random configurations that an operator could write: up to five profiles, one nested in another, children with several
 * parents, every key of docs/steering.md. Places, networks and addresses come from small pools, so that things meet.
 */
import * as fc from "fast-check";
import { countedAs, holds, listed, parseAddress, parseNetworks } from "./addresses.ts";
import type { Configuration, Endpoint, Location, Method, OwnNetwork, Profile, ResidencyRule } from "./configuration.ts";
import { pointOf, type Client } from "./places.ts";
import type { Known, Question, Ruling } from "./steering-model.ts";

export interface RandomGraph {
  readonly configuration: Configuration;
  readonly clients: readonly Client[];
  /** `profile/endpoint` of those that are down together. */
  readonly downs: readonly (readonly string[])[];
  /** What operators have endpoints be, while none is down and while those of the second of `downs` are. */
  readonly ruled: Readonly<Record<string, Ruling>>;
  /** What else is known of endpoints, in half of the states. */
  readonly known: Readonly<Record<string, Known>>;
}

export interface Case {
  readonly client: Client;
  readonly question: Question;
  readonly down: readonly string[];
  readonly ruled: Readonly<Record<string, Ruling>>;
  readonly known: Readonly<Record<string, Known>>;
}

/** The profile that is asked: all others may be nested in it. */
export const ASKED = "p1";

/** What a graph is asked: addresses for all clients, and for the first a type that only hosts answer. */
export function casesOf({ clients, downs, ruled, known }: RandomGraph): readonly Case[] {
  const types = (index: number): readonly Question[] => (index === 0 ? ["A", "AAAA", "HTTPS"] : ["A", "AAAA"]);
  const states = downs.flatMap((down, i) => [
    { down, ruled: {}, known: i === 1 ? known : {} },
    ...(i < 2 ? [{ down, ruled, known: i === 0 ? known : {} }] : []),
    ...(i === 0 ? [{ down, ruled: {}, known }] : []),
  ]);
  return states.flatMap((state) =>
    clients.flatMap((client, i) => types(i).map((question): Case => ({ client, question, ...state }))),
  );
}

/** GF is of the EU and in South America, NO of the EEA alone. FR-75 is an old code of FR-75C, which lies in FR-IDF. */
const PLACES: readonly Location[] = [
  "DE",
  "DE-BY",
  "FR",
  "FR-75",
  "GF",
  "NO",
  "US",
  "US-CA",
  "BR",
  [48.1, 11.5],
  [-30, 140.25],
  [0, 0],
];
/** Each is as large as no other that shares a country with it. */
const GROUPINGS = { twin: ["US", "BR"], dach: ["AT", "CH", "DE"], rim: ["BR", "FR", "NO", "US"], other: ["FR", "GF"] };
/** WORLD often: without it most clients have no candidates. */
const REGIONS = [
  "WORLD",
  "DE",
  "GEO-EU",
  "EU",
  "WORLD",
  "dach",
  "FR",
  "US",
  "EEA",
  "DE-BY",
  "US-CA",
  "twin",
  "GEO-NA",
  "BR",
  "rim",
  "FR-IDF",
  "FR-75C",
  "other",
  "GEO-SA",
  "WORLD",
] as const;

/** In the open, private, one inside another, and all there is. */
const NETWORKS = [
  "10.20.0.0/16",
  "192.0.2.0/24",
  "2001:db8::/32",
  "10.0.0.0/8",
  "192.0.2.128/25",
  "2001:db8:20::/48",
  "11.0.0.0/8",
  "10.0.0.0/9",
  "172.16.0.0/12",
  "100.64.0.0/11",
  "fd00::/8",
  "2a00::/13",
  "128.0.0.0/1",
  "0.0.0.0/0",
  "::/0",
] as const;

/** Of endpoints alone: across the edges of networks, around others, and beside them. */
const RANGES = [
  "192.0.2.100-192.0.2.140",
  "10.19.0.0 - 10.20.255.255",
  "9.255.0.0–11.1.1.1",
  "2001:db8:10::-2001:db8:2f:ffff:ffff:ffff:ffff:ffff",
  "0.0.0.0-9.255.255.255",
  "::1-2a01::1",
] as const;
/** Those that there is a database of, and one that no client is of. */
const SYSTEMS = ["64500", "64501", "64502", "64510"] as const;

/** Those that others lie in, so that often several hold a client. */
const WIDE = ["10.0.0.0/8", "0.0.0.0/0", "::/0"] as const;

/** In and beside these networks, and IPv4 inside IPv6. */
const ADDRESSES = [
  "192.0.2.1",
  "10.20.1.1",
  "2001:db8::1",
  "10.1.1.1",
  "192.0.2.129",
  "2001:db8:20::1",
  "8.8.8.8",
  "11.1.1.1",
  "10.200.1.1",
  "172.20.1.1",
  "192.168.1.1",
  "100.70.1.1",
  "fd12::1",
  "fc12::1",
  "2a01::1",
  "2600::1",
  "::ffff:192.0.2.1",
  "2002:a14:101::1",
  "64:ff9b::a01:101",
] as const;

/** The site of an endpoint in another jurisdiction has its labels too. */
const LABELS = [
  { jurisdiction: "EU" },
  { jurisdiction: "EU", provider: "own" },
  { jurisdiction: "US", provider: "cloud" },
  { provider: "cloud" },
  undefined,
] as const;

/** Places, a network that is in most graphs, and everybody. */
const RULED_CLIENTS = ["EU", "DE", "n0", "dach", "US", "GEO-EU", "DE-BY", "FR-75", "rim", "n1"] as const;

const seldom = (more: number): fc.Arbitrary<boolean> => fc.nat({ max: more }).map((value) => value === more);

const RULINGS = [undefined, undefined, undefined, "up", "down", "out", "out", 0.75, 0.5, 1 / 64] as const;

/** Of most endpoints there is nothing to tell. */
const rawKnown: fc.Arbitrary<Known> = fc.record({
  load: fc.constantFrom(1, 1, 1, 1, 0.75, 0.5, 1 / 64, 0, 0),
  ramp: fc.constantFrom(1, 1, 1, 1, 1, 1, 0.5, 1 / 64),
  without: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5, 6, 7),
  step: fc.constantFrom(0, 0, 0, 0, 1, 4, 11, 15),
});

interface Raw {
  readonly target: "v4" | "v6" | "both" | "host" | "profile";
  /** Of what is picked by number, the remainder counts. */
  readonly number: number;
  readonly disabled: boolean;
  readonly alwaysServe: boolean;
  readonly shared: boolean;
  readonly weight: number;
  readonly location: number;
  readonly regions: readonly (typeof REGIONS)[number][];
  readonly networks: readonly (typeof NETWORKS | typeof RANGES)[number][];
  readonly standby: boolean;
  readonly bias: number;
  readonly trickle: string;
  readonly asns: readonly (typeof SYSTEMS)[number][];
  readonly minHealthy: readonly [all: number, ipv4: number, ipv6: number];
  readonly labels: (typeof LABELS)[number];
}

const rawEndpoint: fc.Arbitrary<Raw> = fc.record({
  target: fc.constantFrom("v4", "profile", "v6", "profile", "both", "host", "profile", "v4", "profile"),
  number: fc.nat({ max: 11 }),
  disabled: seldom(14),
  alwaysServe: seldom(14),
  shared: seldom(14),
  weight: fc.integer({ min: 1, max: 4 }),
  /** Beyond the places there is none. */
  location: fc.nat({ max: PLACES.length + 3 }),
  regions: fc.uniqueArray(fc.constantFrom(...REGIONS), { maxLength: 3 }),
  networks: fc.oneof(
    fc.constant([]),
    fc.uniqueArray(fc.constantFrom(...NETWORKS, ...WIDE, ...RANGES), { minLength: 1, maxLength: 2 }),
  ),
  standby: seldom(3),
  bias: fc.constantFrom(0, 0, 50, -60, 99),
  /** Of four endpoints less than all. */
  trickle: fc.constantFrom("0%", "0%", "0%", "1%", "24%"),
  asns: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...SYSTEMS), { minLength: 1, maxLength: 2 })),
  minHealthy: fc.tuple(fc.constantFrom(0, 0, 1, 2, 3), fc.constantFrom(0, 0, 0, 1, 2), fc.constantFrom(0, 0, 0, 1, 2)),
  labels: fc.constantFrom(...LABELS),
});

const rawProfile = fc.record({
  method: fc.constantFrom<Method[]>(
    "priority",
    "weighted",
    "performance",
    "geographic",
    "geographic",
    "weighted",
    "performance",
    "geographic",
    "multivalue",
    "multivalue",
    "subnet",
  ),
  maxAnswers: fc.constantFrom(undefined, 1, 2, 3, 10),
  disabled: seldom(15),
  resolversPlace: seldom(11),
  unmonitored: seldom(5),
  backwards: fc.boolean(),
  families: fc.constantFrom(undefined, "tier" as const, "strict" as const, "any" as const, "any" as const),
  whenAllDown: fc.constantFrom<Profile["whenAllDown"][]>(
    undefined,
    "serveAll",
    "serveAll",
    "nodata",
    "servfail",
    { fallback: "192.0.2.99" },
    { fallback: ["192.0.2.98", "2001:db8::98"] },
    { fallback: "sorry.example.net" },
    { fallback: "eu.example.net", labels: { jurisdiction: "EU", provider: "own" } },
  ),
  whenRegionDown: fc.constantFrom(undefined, "climb" as const, "nearest" as const, "serve" as const, "nodata" as const),
  tolerance: fc.constantFrom(undefined, "0%", "40%", "100%"),
  sticky: fc.constantFrom<Profile["sticky"][]>(undefined, undefined, "client", { ipv4: 32, ipv6: 8 }, { ipv4: 9 }),
  order: fc.constantFrom(undefined, "rotate" as const, "fixed" as const),
  ttl: fc.constantFrom<Profile["ttl"][]>(
    undefined,
    { max: "300s", min: "20s" },
    { max: "50s", min: "2s" },
    { max: "45s", min: "45s" },
  ),
  endpoints: fc.array(rawEndpoint, { minLength: 1, maxLength: 4, size: "max" }),
});

type RawProfile = typeof rawProfile extends fc.Arbitrary<infer T> ? T : never;

const ownNetworks = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...NETWORKS), fc.constantFrom(...PLACES)), {
    maxLength: 6,
    selector: ([cidr]) => cidr,
  })
  .map((pairs) =>
    Object.fromEntries(pairs.map(([cidrs, location], i): [string, OwnNetwork] => [`n${i}`, { cidrs, location }])),
  );

const rawRule = fc.record({
  clients: fc.oneof<fc.Arbitrary<string[]>[]>(
    fc.constant(["all"]),
    fc.uniqueArray(fc.constantFrom(...RULED_CLIENTS), { minLength: 1, maxLength: 3 }),
  ),
  profiles: fc.constantFrom("p1", "p*", ["p2", "p1"], "*1", "p2", ["p3", "p4"]),
  terms: fc.constantFrom<Pick<ResidencyRule, "require" | "forbid">[]>(
    { require: { jurisdiction: "EU" } },
    { require: { jurisdiction: ["EU", "US"] }, forbid: { provider: "cloud" } },
    { forbid: { jurisdiction: "US" } },
    { require: { provider: ["own"], jurisdiction: "EU" } },
  ),
  unknownClients: fc.constantFrom(undefined, "fence" as const, "free" as const, "free" as const),
  resolverOnly: fc.constantFrom(undefined, undefined, "free" as const, "fence" as const),
  whenNoneCompliant: fc.constantFrom(undefined, "nodata" as const, "servfail" as const),
});

/** Without what the graph has not: own networks and profiles. */
function rulesOf(
  rules: readonly (typeof rawRule extends fc.Arbitrary<infer T> ? T : never)[],
  networks: object,
  profiles: number,
): Readonly<Record<string, ResidencyRule>> {
  const named = rules.flatMap(({ terms, clients: all, profiles: globs, ...rest }, i): [string, ResidencyRule][] => {
    const clients = all.filter((name) => !/^n[0-9]$/.test(name) || Object.hasOwn(networks, name));
    const known = listed(globs).filter((glob) => glob.includes("*") || Number(glob.slice(1)) <= profiles);
    if (clients.length === 0 || known.length === 0) return [];
    const keys = Object.entries(rest).filter(([, value]) => value !== undefined);
    return [[`r${i}`, { clients, profiles: known, ...terms, ...Object.fromEntries(keys) }]];
  });
  return Object.fromEntries(named);
}

const rawClient = fc.record({
  subnet: fc.option(fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 8 })), { nil: undefined, freq: 7 }),
  resolver: fc.nat({ max: 99 }),
});

/** Addresses to pick from: those more often that lie in the network of an endpoint. */
function addressesFor(profiles: readonly Profile[]): readonly string[] {
  const networks = profiles.flatMap(({ endpoints }) =>
    Object.values(endpoints).flatMap((one) => parseNetworks(one.networks)),
  );
  const inside = ADDRESSES.filter((text) => networks.some((network) => holds(network, countedAs(parseAddress(text)))));
  return [...ADDRESSES, ...inside, ...inside];
}

/** As resolvers tell it: /24 and /56, or one address, or seldom that it shall not matter. */
function subnetText(address: string, kind: number): string {
  const ipv6 = address.includes(":");
  if (kind === 8) return ipv6 ? "::/0" : "0.0.0.0/0";
  if (kind > 3 || /^(64|:)/.test(address)) return `${address}/${ipv6 ? 128 : 32}`;
  return ipv6 ? `${address.replace(/:*1$/, "::")}/56` : `${address.replace(/\d+$/, "0")}/24`;
}

export const randomGraph: fc.Arbitrary<RandomGraph> = fc
  .record({
    networks: ownNetworks,
    profiles: fc.array(rawProfile, { minLength: 1, maxLength: 5, size: "max" }),
    rules: fc.oneof(fc.constant([]), fc.array(rawRule, { minLength: 1, maxLength: 2 })),
    clients: fc.array(rawClient, { minLength: 3, maxLength: 3 }),
    /** A bit for each endpoint that is probed. */
    some: fc.oneof(fc.nat({ max: 0xfffff }), fc.constant(0xfffff)),
    whole: fc.nat({ max: 4 }),
    /** For each endpoint in turn, nested ones and those that are not probed too. */
    knowns: fc.array(rawKnown, { minLength: 1, maxLength: 12, size: "max" }),
    rulings: fc.array(fc.constantFrom<(Ruling | undefined)[]>(...RULINGS), {
      minLength: 1,
      maxLength: 12,
      size: "max",
    }),
  })
  .map(({ networks, profiles, rules, clients, some, whole, rulings, knowns }) => {
    const built = Object.fromEntries(profiles.map((raw, i) => [`p${i + 1}`, profileOf(raw, i, profiles)]));
    const probed = Object.entries(built).flatMap(([name, profile]) => probedIn(name, profile));
    const all = Object.entries(built).flatMap(([name, { endpoints }]) =>
      Object.keys(endpoints).map((endpoint) => `${name}/${endpoint}`),
    );
    const addresses = addressesFor(Object.values(built));
    const pick = (number: number): string => addresses[number % addresses.length]!;
    return {
      configuration: {
        geoip: { networks, groupings: GROUPINGS },
        profiles: built,
        residency: rulesOf(rules, networks, profiles.length),
      },
      clients: clients.map(({ subnet, resolver }) => ({
        subnet: subnet && subnetText(pick(subnet[0]), subnet[1]),
        resolver: pick(resolver),
      })),
      downs: [
        [],
        probed.filter((_, i) => ((some >> i) & 1) === 1),
        probed.filter((path) => path.startsWith(`p${1 + (whole % profiles.length)}/`)),
      ],
      ruled: Object.fromEntries(
        all.flatMap((path, i) => {
          const ruling = rulings[i % rulings.length];
          return ruling === undefined ? [] : [[path, ruling]];
        }),
      ),
      known: Object.fromEntries(all.map((path, i) => [path, knowns[i % knowns.length]!])),
    };
  });

function probedIn(profile: string, { monitor, endpoints }: Profile): readonly string[] {
  return Object.entries(endpoints).flatMap(([name, endpoint]) =>
    monitor === undefined || endpoint.alwaysServe === true || endpoint.profile !== undefined
      ? []
      : `${profile}/${name}`,
  );
}

/** Nests profiles behind its own alone, so that there are no loops. */
function profileOf(raw: RawProfile, index: number, all: readonly RawProfile[]): Profile {
  const {
    method,
    disabled,
    resolversPlace,
    unmonitored,
    families,
    whenAllDown,
    whenRegionDown,
    tolerance,
    sticky,
    order,
    ttl,
    maxAnswers,
  } = raw;
  const profile = {
    method,
    ...(disabled && { enabled: false }),
    ...(resolversPlace && { ecs: false }),
    ...(!unmonitored && { monitor: "m" }),
    ...(families !== undefined && { families }),
    ...(whenAllDown !== undefined && { whenAllDown }),
    ...(method === "geographic" && whenRegionDown !== undefined && { whenRegionDown }),
    ...(method === "performance" && tolerance !== undefined && { tolerance }),
    ...((method === "weighted" || method === "performance") && sticky !== undefined && { sticky }),
    ...(order !== undefined && { order }),
    ...(ttl !== undefined && { ttl }),
    ...(method === "multivalue" && maxAnswers !== undefined && { maxAnswers }),
  };
  const taken = new Set<string>();
  const take = <T extends string>(texts: readonly T[]): readonly T[] => {
    const free = texts.filter((text) => !taken.has(text));
    for (const text of free) taken.add(text);
    return free;
  };
  const endpoints = raw.endpoints.map((endpoint, i): [string, Endpoint] => [
    `e${i}`,
    {
      ...targetOf(method === "multivalue" ? withAddress(endpoint) : endpoint, `${index + 1}${i}`, index, all),
      ...(endpoint.disabled && { enabled: false }),
      ...(endpoint.labels !== undefined && { labels: endpoint.labels }),
      ...(method === "priority" && raw.backwards && { priority: 10 - i }),
      ...(method === "weighted" && { weight: endpoint.weight }),
      ...(method === "performance" && { ...placed(endpoint, take(endpoint.networks)), bias: endpoint.bias }),
      ...(method === "subnet" && inNetworks(take(endpoint.networks))),
      ...(HAS_STANDBY.has(method) && endpoint.standby && { standby: true }),
      ...(HAS_TRICKLE.has(method) && endpoint.trickle !== "0%" && { trickle: endpoint.trickle }),
      ...(HAS_ASNS.has(method) && inSystems(take(endpoint.asns))),
      ...(method === "geographic" &&
        inRegions(endpoint, i, {
          networks: take(endpoint.networks),
          regions: take(endpoint.regions),
          isNearest: whenRegionDown === "nearest",
        })),
    },
  ]);
  return { ...profile, endpoints: Object.fromEntries(endpoints) };
}

const HAS_STANDBY: ReadonlySet<Method> = new Set<Method>(["weighted", "performance", "multivalue"]);
const HAS_TRICKLE: ReadonlySet<Method> = new Set<Method>(["priority", "weighted", "performance"]);

/** multivalue has no other endpoints. */
function withAddress(raw: Raw): Raw {
  return raw.target === "host" || raw.target === "profile"
    ? { ...raw, target: raw.number % 2 === 0 ? "v4" : "both" }
    : raw;
}

const HAS_ASNS: ReadonlySet<Method> = new Set<Method>(["performance", "geographic", "subnet"]);

function inSystems(asns: readonly string[]): Endpoint {
  return asns.length > 0 ? { asns: asns.map(Number) } : {};
}

function targetOf(raw: Raw, id: string, index: number, all: readonly RawProfile[]): Endpoint {
  const { target, number, shared, alwaysServe, minHealthy } = raw;
  const below = all.length - index - 1;
  if (target === "profile" && below > 0) {
    const child = index + 1 + (number % below);
    const [least, ipv4, ipv6] = minHealthy.map((value) => Math.min(value, all[child]!.endpoints.length));
    return {
      profile: `p${child + 1}`,
      ...(least! > 0 && { minHealthy: least! }),
      ...(ipv4! > 0 && { minHealthyIPv4: ipv4! }),
      ...(ipv6! > 0 && { minHealthyIPv6: ipv6! }),
    };
  }
  const always = alwaysServe && { alwaysServe };
  if (target === "host") return { host: `h${id}.example.net`, ...always };
  const ipv4 = `192.0.2.${shared ? 250 : id}`;
  const ipv6 = `2001:db8::${shared ? 250 : id}`;
  if (target === "v6") return { address: ipv6, ...always };
  return { address: target === "both" ? [ipv4, ipv6, ...(number > 8 ? ["192.0.2.251"] : [])] : ipv4, ...always };
}

function inNetworks(networks: readonly string[]): Endpoint {
  return networks.length > 0 ? { networks } : {};
}

function placed({ location }: Raw, networks: readonly string[]): Endpoint {
  const place = PLACES[location];
  // One that has neither is refused.
  const where = place ?? (networks.length === 0 ? PLACES[0]! : undefined);
  return { ...(where !== undefined && { location: where }), ...(networks.length > 0 && { networks }) };
}

interface InRegions {
  readonly networks: readonly string[];
  readonly regions: readonly string[];
  readonly isNearest: boolean;
}

function inRegions(raw: Raw, index: number, { networks, regions, isNearest }: InRegions): Endpoint {
  const needsPoint = isNearest && regions.length > 0 && regions.every((region) => pointOf(region) === undefined);
  const where = PLACES[raw.location] ?? (needsPoint ? PLACES[0]! : undefined);
  return {
    ...(where !== undefined && { location: where }),
    ...(networks.length > 0 && { networks }),
    // One that has neither regions nor networks is refused: it gets a network where no client is.
    ...(regions.length > 0 ? { regions } : networks.length === 0 && { networks: `198.18.${index}.0/24` }),
  };
}
