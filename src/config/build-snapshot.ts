/**
 * The snapshot of a configuration without errors. Ids are positions: references by name end here. What profiles lead on
 * to by their hosts is filled in by `routing/profiles-behind.ts`.
 */
import type {
  AddressTarget,
  Endpoint,
  EndpointCheck,
  Location,
  Monitor,
  OwnNetwork,
  Profile,
  Snapshot,
  Target,
  WhenAllDown,
} from "../routing/snapshot.ts";
import { formatIpAddress, type IpAddress } from "../shared/ip-address.ts";
import { endpointPoint, pointOf } from "./endpoint-point.ts";
import { protocols } from "./protocols.ts";
import type { Config, EndpointConfig, MonitorConfig, ProfileConfig } from "./schema/config.ts";
import type { LocationConfig } from "./schema/location.ts";

export function buildSnapshot(config: Config): Snapshot {
  const monitors = Object.entries(config.monitors).map(([name, monitor], id) => buildMonitor(id, name, monitor));
  const monitorByName = new Map(monitors.map((monitor) => [monitor.name, monitor]));
  const ports = Object.values(config.monitors).map(({ port, protocol }) => port ?? protocols[protocol].port ?? 0);
  const profileIds = new Map(Object.keys(config.profiles).map((name, id) => [name, id]));

  const endpoints: Endpoint[] = [];
  const profiles = Object.entries(config.profiles).map(([name, profile], id): Profile => {
    const monitor = profile.monitor === undefined ? undefined : monitorByName.get(profile.monitor);
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
          regions: (endpoint.regions ?? []).map(({ code }) => code),
          networks: endpoint.networks ?? [],
        },
        alwaysServe: endpoint.alwaysServe,
        check:
          monitor === undefined
            ? undefined
            : buildCheck(endpoint, target, profile.names?.[0], monitor.id, ports[monitor.id]!),
      };
    });
    for (const endpoint of own) endpoints.push(endpoint);
    return buildProfile(id, name, profile, own);
  });
  return {
    profiles,
    endpoints,
    monitors,
    networks: Object.entries(config.geoip.networks).map(([name, { cidrs, location }]): OwnNetwork => {
      return { name, cidrs, location: buildLocation(name, location) };
    }),
  };
}

function buildProfile(id: number, name: string, profile: ProfileConfig, endpoints: readonly Endpoint[]): Profile {
  const { whenRegionDown } = profile;
  const keepsClients = whenRegionDown === "serve" || whenRegionDown === "nodata";
  return {
    id,
    name,
    names: profile.names ?? [],
    enabled: profile.enabled,
    method: profile.method,
    policy: { tolerance: profile.tolerance, whenRegionDown },
    ttl: profile.ttl,
    negativeTtl: profile.negativeTtl,
    ecs: profile.ecs,
    endpoints,
    families: profile.families,
    // Where the region's endpoint is down there is no other: what is to become of its clients is the region's word.
    whenAllDown: keepsClients
      ? { action: whenRegionDown === "nodata" ? "nodata" : "serveAll" }
      : buildWhenAllDown(profile.whenAllDown),
    keepsClients,
    leadsTo: [],
  };
}

function buildWhenAllDown(config: ProfileConfig["whenAllDown"]): WhenAllDown {
  if (typeof config === "string") return { action: config };
  const { fallback } = config;
  const target = typeof fallback === "string" ? { kind: "host" as const, host: fallback } : addressTarget(fallback);
  return { action: "fallback", target };
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

/**
 * A nested profile is judged by its own endpoints. An address is asked for the first name of its profile, as clients ask
 * it and Azure does; without one, for itself.
 */
function buildCheck(
  { address, host, alwaysServe, probe }: EndpointConfig,
  target: Target,
  profileName: string | undefined,
  monitor: number,
  monitorPort: number,
): EndpointCheck | undefined {
  if (alwaysServe || target.kind === "profile") return undefined;
  const served = host ?? formatIpAddress(address![0]!);
  const serverName = host ?? profileName ?? served;
  return { monitor, host: probe?.host ?? served, port: probe?.port ?? monitorPort, serverName };
}

function buildLocation(source: string, location: LocationConfig): Location {
  const point = pointOf(location);
  if (!("kind" in location)) return { country: undefined, subdivision: undefined, point, source };
  const subdivision = location.kind === "subdivision" ? location.code : undefined;
  return { country: location.country.code, subdivision, point, source };
}

/** Milliseconds; Azure's with its interval of 30 s. */
const DEFAULT_TIMEOUT = 10_000;

function buildMonitor(id: number, name: string, monitor: MonitorConfig): Monitor {
  const { interval, toleratedFailures, recoverAfter, protocol } = monitor;
  const timeout = monitor.timeout ?? Math.min(DEFAULT_TIMEOUT, interval / 2);
  return protocols[protocol].build({ id, name, interval, timeout, toleratedFailures, recoverAfter }, monitor);
}
