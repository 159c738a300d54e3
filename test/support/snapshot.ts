/** Snapshots for tests in a few words: what a test does not say has the default that config would give it. */
import { parseRecord } from "../../src/config/text/record.ts";
import type { MethodName } from "../../src/routing/snapshot.ts";
import type {
  Endpoint,
  LabelTerms,
  Location,
  OwnNetwork,
  Profile,
  ProfileTarget,
  ResidencyRule,
  Snapshot,
  StickyPrefix,
  Target,
  Wanes,
} from "../../src/routing/snapshot.ts";
import { withHostsFollowed } from "../../src/routing/profiles-behind.ts";
import { withResidency } from "../../src/routing/residency/fences.ts";
import { isAtOrBelow } from "../../src/shared/domain-name.ts";
import { nameTree, profileAt } from "../../src/shared/name-tree.ts";
import type { RecordSet, Zone } from "../../src/shared/zone.ts";
import type { GeoPoint } from "../../src/shared/geo-point.ts";
import { parseIpAddress, parseIpPrefix, type IpAddress, type IpPrefix } from "../../src/shared/ip-address.ts";
import { rangeBetween, rangeOfPrefix, type IpRange } from "../../src/shared/ip-range.ts";
import { parseType } from "../../src/shared/record-type.ts";
import { countries } from "../../src/shared/regions/countries.ts";
import { createNamedBy, withLegalGroupings } from "../../src/shared/regions/country-grouping.ts";
import { parseRegion, regionPoint } from "../../src/shared/regions/region.ts";
import { encodeName } from "../../src/wire/encode-name.ts";

export function ip(text: string): IpAddress {
  const address = parseIpAddress(text);
  if (address === undefined) throw new Error(`not an address: ${text}`);
  return address;
}

export function cidr(text: string): IpPrefix {
  const prefix = parseIpPrefix(text);
  if (typeof prefix === "string") throw new Error(`not a network (${prefix}): ${text}`);
  return prefix;
}

/** In CIDR form, or from a first to a last address. */
export function clientNetwork(text: string): IpRange {
  const [first, last] = text.split("-");
  return last === undefined ? rangeOfPrefix(cidr(text)) : rangeBetween(ip(first!), ip(last));
}

export interface EndpointSpec {
  readonly address?: readonly string[];
  readonly host?: string;
  readonly nested?: string;
  readonly minHealthy?: number;
  readonly minHealthyIPv4?: number;
  readonly minHealthyIPv6?: number;
  readonly enabled?: boolean;
  readonly priority?: number;
  readonly weight?: number;
  /** A country's code; its centroid is the endpoint's point. */
  readonly at?: string;
  /** A place without a code; wins over `at`. */
  readonly point?: GeoPoint;
  readonly regions?: readonly string[];
  readonly networks?: readonly string[];
  readonly asns?: readonly number[];
  readonly bias?: number;
  readonly standby?: boolean;
  readonly trickle?: number;
  readonly wanes?: Partial<Wanes>;
  readonly alwaysServe?: boolean;
  readonly site?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Default true: the health view is asked. */
  readonly monitored?: boolean;
}

export interface ProfileSpec {
  readonly names?: readonly string[];
  readonly method?: MethodName;
  readonly enabled?: boolean;
  readonly ttl?: number;
  /** The same as `ttl` by default. */
  readonly minTtl?: number;
  readonly negativeTtl?: number;
  readonly ecs?: boolean;
  readonly families?: Profile["families"];
  readonly whenAllDown?: Profile["whenAllDown"];
  readonly whenRegionDown?: Profile["policy"]["whenRegionDown"];
  readonly tolerance?: number;
  readonly maxAnswers?: number;
  readonly order?: Profile["order"];
  readonly sticky?: StickyPrefix;
  readonly endpoints: Readonly<Record<string, EndpointSpec>>;
}

export interface RuleSpec {
  /** Regions, groupings and own networks, or `all`. */
  readonly clients?: readonly string[];
  /** Names; what is nested in them is covered too. Default: all profiles. */
  readonly profiles?: readonly string[];
  readonly require?: LabelTerms;
  readonly forbid?: LabelTerms;
  /** Default true. */
  readonly unknown?: boolean;
  readonly resolverOnly?: boolean;
  readonly whenNoneCompliant?: ResidencyRule["whenNoneCompliant"];
}

export interface SnapshotSpec {
  readonly profiles?: Readonly<Record<string, ProfileSpec>>;
  readonly networks?: Readonly<Record<string, { readonly cidrs: readonly string[]; readonly country: string }>>;
  /** Own groupings: the codes of their countries, with a space between them. */
  readonly groupings?: Readonly<Record<string, string>>;
  readonly residency?: Readonly<Record<string, RuleSpec>>;
  readonly records?: readonly RecordSet[];
  readonly zones?: readonly Zone[];
}

export const ZONE = "gtm.example.com";

export function zoneOf(name: string, records: readonly RecordSet[] = []): Zone {
  return {
    name,
    nameservers: [encodeName(`ns1.${name}`)],
    nameserverTtl: 300,
    soa: {
      primary: encodeName(`ns1.${name}`),
      contact: encodeName(`hostmaster.${name}`),
      serial: 1,
      refresh: 7200,
      retry: 900,
      expire: 1209600,
      minimum: 60,
      ttl: 300,
    },
    records: [recordSet(`ns1.${name}`, "A 192.0.2.53"), ...records],
  };
}

/** `recordSet("mail.example.com", "MX 10 mx1.example.com", "MX 20 mx2.example.com")`: one type, all names absolute. */
export function recordSet(owner: string, ...lines: readonly [string, ...string[]]): RecordSet {
  const [types, records] = [lines.map((line) => line.split(" ", 1)[0]!), lines.map(rdata)];
  if (new Set(types).size > 1) throw new Error(`records of several types: ${types.join(" ")}`);
  return { owner, type: parseType(types[0]!)!, ttl: 300, records };
}

/** The data of `MX 10 mail.example.com`, as octets. */
export function rdata(line: string): Uint8Array {
  const [, type, text] = /^(\w+) (.*)$/s.exec(line) ?? [];
  const parsed = parseRecord(parseType(type!)!, text!, "");
  if (!parsed.ok) throw new Error(`${line}: ${parsed.error.what}, wanted ${parsed.error.wanted}`);
  return parsed.value;
}

/** Those that a configuration would be read to: one, `ZONE`, where the test does not say which. */
export function zonesOf({ records = [], zones = [zoneOf(ZONE, records)] }: SnapshotSpec): readonly Zone[] {
  return zones;
}

export function snapshotOf(spec: SnapshotSpec): Snapshot {
  const snapshot = builtSnapshot(spec);
  const steered = snapshot.profiles.flatMap(({ id, names }) => names.map((name) => [name, id] as const));
  const zones = zonesOf(spec);
  const isInZones = steered.every(([name]) => zones.some((zone) => isAtOrBelow(name, zone.name)));
  const tree = nameTree(zones, isInZones ? steered : []);
  return withHostsFollowed(snapshot, (host) => profileAt(host, tree));
}

function builtSnapshot({
  profiles = {},
  networks = {},
  groupings: ownGroupings = {},
  residency = {},
}: SnapshotSpec): Snapshot {
  const groupings = withLegalGroupings(
    Object.entries(ownGroupings).map(([code, text]) => ({ code, countries: text.split(" ") })),
  );
  const names = Object.keys(profiles);
  const endpoints: Endpoint[] = [];
  const built = Object.entries(profiles).map(([name, spec], id): Profile => {
    const own = Object.entries(spec.endpoints).map(([key, endpoint], index): Endpoint => ({
      id: endpoints.length + index,
      name: key,
      profile: id,
      enabled: endpoint.enabled ?? true,
      target: targetOf(endpoint, names),
      placement: {
        priority: endpoint.priority ?? index + 1,
        weight: endpoint.weight ?? 1,
        point: endpoint.point ?? pointOf(endpoint.at),
        regions: endpoint.regions ?? [],
        networks: (endpoint.networks ?? []).map(clientNetwork),
        asns: endpoint.asns ?? [],
        bias: endpoint.bias ?? 0,
        standby: endpoint.standby ?? false,
      },
      wanes: { load: false, ramp: false, addresses: false, ...endpoint.wanes },
      trickle: endpoint.trickle ?? 0,
      site: endpoint.site,
      labels: endpoint.labels ?? {},
      isProbed: (endpoint.monitored ?? true) && !(endpoint.alwaysServe ?? false) && endpoint.nested === undefined,
    }));
    endpoints.push(...own);
    const { whenRegionDown = "climb", whenAllDown = { action: "serveAll" }, method = "priority" } = spec;
    const keepsClients = method === "geographic" && (whenRegionDown === "serve" || whenRegionDown === "nodata");
    return {
      id,
      name,
      names: spec.names ?? [`${name}.${ZONE}`],
      enabled: spec.enabled ?? true,
      method,
      policy: {
        tolerance: spec.tolerance ?? 0.05,
        whenRegionDown,
        groupings: createNamedBy(groupings)(own.flatMap(({ placement }) => placement.regions)),
      },
      ttl: spec.ttl ?? 60,
      minTtl: spec.minTtl ?? spec.ttl ?? 60,
      negativeTtl: spec.negativeTtl ?? 5,
      ecs: spec.ecs ?? true,
      endpoints: own,
      families: spec.families ?? "tier",
      whenAllDown: keepsClients ? { action: whenRegionDown === "nodata" ? "nodata" : "serveAll" } : whenAllDown,
      keepsClients,
      maxAnswers: method === "multivalue" ? (spec.maxAnswers ?? 2) : 1,
      order: spec.order ?? "rotate",
      sticky: spec.sticky,
      fences: [],
      fencedBy: [],
      leadsTo: [],
    };
  });
  const rules = Object.entries(residency).map(([name, { clients = ["all"], profiles: named = names, ...rule }]) => {
    const regions = clients.filter((code) => code !== "all" && networks[code] === undefined);
    return {
      name,
      named: named.map((profile) => names.indexOf(profile)),
      clients: {
        all: clients.includes("all"),
        regions,
        groupings: createNamedBy(groupings)(regions),
        networks: clients.flatMap((code) => networks[code]?.cidrs ?? []).map(cidr),
        unknown: rule.unknown ?? true,
        resolverOnly: rule.resolverOnly ?? false,
      },
      require: rule.require ?? {},
      forbid: rule.forbid ?? {},
      whenNoneCompliant: rule.whenNoneCompliant ?? "nodata",
    };
  });
  const snapshot = {
    profiles: built,
    endpoints,
    networks: Object.entries(networks).map(([name, { cidrs, country }]): OwnNetwork => ({
      name,
      cidrs: cidrs.map(cidr),
      location: locationAt(country, name),
    })),
    groupings,
  };
  return withResidency(snapshot, rules);
}

function targetOf({ address, host, nested, ...spec }: EndpointSpec, profiles: readonly string[]): Target {
  if (host !== undefined) return { kind: "host", host };
  if (nested !== undefined) {
    return {
      kind: "profile",
      profile: profiles.indexOf(nested),
      minHealthy: spec.minHealthy ?? 1,
      minHealthyIPv4: spec.minHealthyIPv4 ?? 0,
      minHealthyIPv6: spec.minHealthyIPv6 ?? 0,
    } satisfies ProfileTarget;
  }
  const addresses = (address ?? ["192.0.2.1"]).map(ip);
  return {
    kind: "address",
    ipv4: addresses.filter(({ family }) => family === 4),
    ipv6: addresses.filter(({ family }) => family === 6),
  };
}

function locationAt(country: string | undefined, source: string): Location {
  const grouping = country === undefined ? undefined : countries.get(country)?.grouping;
  return { country, subdivisions: [], grouping, point: pointOf(country), asn: undefined, source };
}

function pointOf(country: string | undefined): GeoPoint | undefined {
  const region = country === undefined ? undefined : parseRegion(country);
  return typeof region === "object" ? regionPoint(region) : undefined;
}
