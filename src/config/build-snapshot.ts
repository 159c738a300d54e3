/**
 * The snapshot of a configuration without errors. Ids are positions: references by name end here. What profiles lead on
 * to by their hosts is filled in by `routing/profiles-behind.ts`.
 */
import type {
  AddressTarget,
  Endpoint,
  Labels,
  Location,
  OwnNetwork,
  Profile,
  Snapshot,
  Target,
  WhenAllDown,
} from "../routing/snapshot.ts";
import type { IpAddress } from "../shared/ip-address.ts";
import { type CountryGrouping, createNamedBy } from "../shared/regions/country-grouping.ts";
import { spellings, withHolders } from "../shared/regions/subdivisions.ts";
import { buildResidency } from "./build-residency.ts";
import { endpointPoint, pointOf } from "./endpoint-point.ts";
import { isProbed } from "./monitor-of.ts";
import type { Config, EndpointConfig, ProfileConfig } from "./schema/config.ts";
import { wanesOf } from "./wanes.ts";
import type { LocationConfig } from "./schema/location.ts";

const NO_LABELS: Labels = {};
/** Networks of one office or household each. */
const STICKY_CLIENT = { ipv4: 24, ipv6: 56 } as const;

/** `groupings`: those of law and the operator's own, in the order of the search. */
export function buildSnapshot(config: Config, groupings: readonly CountryGrouping[]): Snapshot {
  const namedBy = createNamedBy(groupings);
  const profileIds = new Map(Object.keys(config.profiles).map((name, id) => [name, id]));

  const endpoints: Endpoint[] = [];
  const profiles = Object.entries(config.profiles).map(([name, profile], id): Profile => {
    const own = Object.entries(profile.endpoints).map(([endpointName, endpoint], index): Endpoint => {
      const target = buildTarget(endpoint, profileIds);
      return {
        id: endpoints.length + index,
        name: endpointName,
        profile: id,
        enabled: endpoint.enabled,
        target,
        placement: {
          priority: endpoint.priority ?? index + 1,
          weight: endpoint.weight,
          point: endpointPoint(profile, endpoint),
          regions: (endpoint.regions ?? []).flatMap(({ kind, code }) =>
            kind === "subdivision" ? spellings(code) : [code],
          ),
          networks: endpoint.networks ?? [],
          asns: endpoint.asns ?? [],
          bias: endpoint.bias,
          standby: endpoint.standby,
        },
        wanes: wanesOf(config, profile, endpoint),
        trickle: endpoint.trickle,
        site: endpoint.site,
        labels: endpoint.labels ?? NO_LABELS,
        isProbed: isProbed(profile, endpoint),
      };
    });
    for (const endpoint of own) endpoints.push(endpoint);
    const regions = own.flatMap(({ placement }) => placement.regions);
    return buildProfile(id, name, profile, own, namedBy(regions));
  });
  const built = {
    profiles,
    endpoints,
    networks: Object.entries(config.geoip.networks).map(([name, { cidrs, location }]): OwnNetwork => {
      return { name, cidrs, location: buildLocation(name, location) };
    }),
    groupings,
  };
  return buildResidency(config, built, groupings);
}

/** Whether clients of a region that is down stay there: then `whenAllDown` means nothing. */
export function keepsClients({ whenRegionDown }: ProfileConfig): boolean {
  return whenRegionDown === "serve" || whenRegionDown === "nodata";
}

function buildProfile(
  id: number,
  name: string,
  profile: ProfileConfig,
  endpoints: readonly Endpoint[],
  groupings: readonly CountryGrouping[],
): Profile {
  const { whenRegionDown } = profile;
  const keeps = keepsClients(profile);
  return {
    id,
    name,
    names: profile.names ?? [],
    enabled: profile.enabled,
    method: profile.method,
    policy: { tolerance: profile.tolerance, whenRegionDown, groupings },
    ttl: profile.ttl.max,
    minTtl: profile.ttl.min,
    negativeTtl: profile.negativeTtl,
    ecs: profile.ecs,
    endpoints,
    families: profile.families,
    // Where the region's endpoint is down there is no other: what is to become of its clients is the region's word.
    whenAllDown: keeps
      ? { action: whenRegionDown === "nodata" ? "nodata" : "serveAll" }
      : buildWhenAllDown(profile.whenAllDown),
    keepsClients: keeps,
    maxAnswers: profile.method === "multivalue" ? profile.maxAnswers : 1,
    order: profile.order,
    sticky: profile.sticky === "client" ? STICKY_CLIENT : profile.sticky,
    fences: [],
    fencedBy: [],
    leadsTo: [],
  };
}

function buildWhenAllDown(config: ProfileConfig["whenAllDown"]): WhenAllDown {
  if (typeof config === "string") return { action: config };
  const { fallback, labels } = config;
  const target = typeof fallback === "string" ? { kind: "host" as const, host: fallback } : addressTarget(fallback);
  return { action: "fallback", target, labels };
}

function buildTarget(endpoint: EndpointConfig, profileIds: ReadonlyMap<string, number>): Target {
  if (endpoint.address !== undefined) return addressTarget(endpoint.address);
  if (endpoint.host !== undefined) return { kind: "host", host: endpoint.host };
  return {
    kind: "profile",
    profile: profileIds.get(endpoint.profile!)!,
    minHealthy: endpoint.minHealthy,
    minHealthyIPv4: endpoint.minHealthyIPv4,
    minHealthyIPv6: endpoint.minHealthyIPv6,
  };
}

function addressTarget(addresses: readonly IpAddress[]): AddressTarget {
  return {
    kind: "address",
    ipv4: addresses.filter(({ family }) => family === 4),
    ipv6: addresses.filter(({ family }) => family === 6),
  };
}

function buildLocation(source: string, location: LocationConfig): Location {
  const point = pointOf(location);
  const rest = { point, asn: undefined, source };
  if (!("kind" in location)) return { country: undefined, subdivisions: [], grouping: undefined, ...rest };
  const { country, kind, code } = location.kind === "cloud" ? location.region : location;
  const subdivisions = kind === "subdivision" ? withHolders([code]) : [];
  return { country: country.code, subdivisions, grouping: country.grouping, ...rest };
}
