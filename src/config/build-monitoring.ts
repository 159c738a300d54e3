/** How a configuration without errors has its endpoints probed. Ids are positions, as in its snapshot. */
import type { EndpointCheck, Monitor, Monitoring } from "../health/monitoring.ts";
import { isWildcard } from "../shared/domain-name.ts";
import { formatIpAddress } from "../shared/ip-address.ts";
import { type Headers, mergeHeaders } from "./merge-headers.ts";
import { isProbed, monitorOf } from "./monitor-of.ts";
import { protocols } from "./protocols.ts";
import type { Config, EndpointConfig, MonitorConfig } from "./schema/config.ts";

export function buildMonitoring(config: Config): Monitoring {
  const monitors = Object.entries(config.monitors).map(([name, monitor], id) => buildMonitor(id, name, monitor));
  const monitorByName = new Map(monitors.map((monitor) => [monitor.name, monitor]));
  const ports = monitors.map(({ name }) => portOf(config.monitors[name]!));
  const withHeaders = createVariants(monitors);
  const checks = Object.values(config.profiles).flatMap((profile) => {
    const nameToAsk = profile.names?.find((name) => !isWildcard(name));
    return Object.values(profile.endpoints).map((endpoint) => {
      if (!isProbed(profile, endpoint)) return undefined;
      const monitor = monitorByName.get(monitorOf(profile, endpoint)!)!;
      return buildCheck(endpoint, nameToAsk, withHeaders(monitor, endpoint.headers).id, ports[monitor.id]!);
    });
  });
  return { monitors, checks };
}

function portOf({ port, protocol }: MonitorConfig): number {
  return port ?? protocols[protocol].port ?? 0;
}

/** Monitors with headers of endpoints, which are monitors of the same name: added to the others, each once. */
function createVariants(monitors: Monitor[]): (monitor: Monitor, own: Headers | undefined) => Monitor {
  const known = new Map<string, Monitor>();
  const keyOf = (id: number, headers: Headers): string =>
    JSON.stringify([id, Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  for (const monitor of monitors) {
    if ("headers" in monitor) known.set(keyOf(monitor.id, monitor.headers), monitor);
  }
  return (monitor, own) => {
    if (own === undefined || !("headers" in monitor)) return monitor;
    const headers = mergeHeaders(monitor.headers, own);
    const key = keyOf(monitor.id, headers);
    const variant = known.get(key) ?? { ...monitor, id: monitors.length, headers };
    if (!known.has(key)) monitors.push(variant);
    known.set(key, variant);
    return variant;
  };
}

/**
 * An address is asked for the first name of its profile that is no wildcard, as clients ask it and Azure does; without
 * one, for itself.
 */
function buildCheck(
  { address, host, probe }: EndpointConfig,
  profileName: string | undefined,
  monitor: number,
  monitorPort: number,
): EndpointCheck {
  const served = host ?? formatIpAddress(address![0]!);
  const serverName = host ?? profileName ?? served;
  return { monitor, host: probe?.host ?? served, port: probe?.port ?? monitorPort, serverName };
}

/** Milliseconds; Azure's with its interval of 30 s. */
const DEFAULT_TIMEOUT = 10_000;

/** Milliseconds. */
export function timeoutOf({ timeout, interval }: MonitorConfig): number {
  return timeout ?? Math.min(DEFAULT_TIMEOUT, interval / 2);
}

function buildMonitor(id: number, name: string, monitor: MonitorConfig): Monitor {
  const { interval, toleratedFailures, recoverAfter, protocol } = monitor;
  const timeout = timeoutOf(monitor);
  return protocols[protocol].build({ id, name, interval, timeout, toleratedFailures, recoverAfter }, monitor);
}
