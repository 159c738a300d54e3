/** How a configuration without errors has its endpoints probed. Ids are positions, as in its snapshot. */
import type { EndpointCheck, Monitor, Monitoring } from "../health/monitoring.ts";
import { formatIpAddress } from "../shared/ip-address.ts";
import { isProbed } from "./build-snapshot.ts";
import { protocols } from "./protocols.ts";
import type { Config, EndpointConfig, MonitorConfig } from "./schema/config.ts";

export function buildMonitoring(config: Config): Monitoring {
  const monitors = Object.entries(config.monitors).map(([name, monitor], id) => buildMonitor(id, name, monitor));
  const monitorByName = new Map(monitors.map((monitor) => [monitor.name, monitor]));
  const ports = Object.values(config.monitors).map(({ port, protocol }) => port ?? protocols[protocol].port ?? 0);
  const checks = Object.values(config.profiles).flatMap((profile) =>
    Object.values(profile.endpoints).map((endpoint) => {
      if (!isProbed(profile, endpoint)) return undefined;
      const { id } = monitorByName.get(profile.monitor!)!;
      return buildCheck(endpoint, profile.names?.[0], id, ports[id]!);
    }),
  );
  return { monitors, checks };
}

/**
 * An address is asked for the first name of its profile, as clients ask
 * it and Azure does; without one, for itself.
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
