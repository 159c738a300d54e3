/** How a configuration without errors has its endpoints probed. Ids are positions, as in its snapshot. */
import type {
  EndpointCheck,
  Formula,
  Monitor,
  Monitoring,
  MonitorTiming,
  ProbeCheck,
  ProbeLoadSource,
} from "../health/monitoring.ts";
import { buildLoads, loadOf, probeSourceOf } from "./build-loads.ts";
import { isWildcard } from "../shared/domain-name.ts";
import { formatIpAddress } from "../shared/ip-address.ts";
import { compositeOf } from "./composites.ts";
import { type Headers, mergeHeaders } from "./merge-headers.ts";
import { isProbed, monitorOf } from "./monitor-of.ts";
import type { MonitorFiles } from "./protocols/protocol.ts";
import { protocols } from "./protocols/table.ts";
import type { Config, EndpointConfig, MonitorConfig } from "./schema/config.ts";

export function buildMonitoring(config: Config, files: MonitorFiles): Monitoring {
  const monitors: Monitor[] = [];
  const idOf = createVariants(monitors, config, files);
  for (const [name, { protocol }] of Object.entries(config.monitors)) if (protocol !== undefined) idOf(name, {});
  const checks = Object.entries(config.profiles).flatMap(([profileName, profile]) => {
    const nameToAsk = profile.names?.find((name) => !isWildcard(name));
    return Object.entries(profile.endpoints).map(([endpointName, endpoint]): EndpointCheck | undefined => {
      if (!isProbed(profile, endpoint)) return undefined;
      const monitor = monitorOf(profile, endpoint)!;
      const subject = `${profileName}/${endpointName}`;
      const followed = loadOf(endpoint, config.sites);
      const load = followed && probeSourceOf(followed.load);
      const formula = (host: string, served = host): Formula => {
        return formulaOf(monitor, config, (name) =>
          checkOf(name, { config, endpoint, load, host, served, nameToAsk, subject, idOf }),
        );
      };
      return checkFor(config.monitors[monitor]!, endpoint, formula);
    });
  });
  return { monitors, checks, loads: buildLoads(config, files) };
}

/** The parts of an endpoint that are probed. What is probed in place of what is served tells of all of it. */
function checkFor(
  { addresses: which }: MonitorConfig,
  { address: all = [], host, probe }: EndpointConfig,
  formula: (host: string, served?: string) => Formula,
): EndpointCheck {
  if (probe !== undefined) {
    return { addresses: "whole", parts: [formula(probe.host, host ?? formatIpAddress(all[0]!))] };
  }
  if (host !== undefined) return { addresses: "whole", parts: [formula(host)] };
  const ordered = [...all.filter(({ family }) => family === 4), ...all.filter(({ family }) => family === 6)];
  if (which === "first" || all.length === 1) {
    return { addresses: "whole", parts: [formula(formatIpAddress(all[0]!))] };
  }
  return { addresses: which, parts: ordered.map((address) => formula(formatIpAddress(address))) };
}

/** A monitor as a formula of those that it is made of. `checks/composites.ts` has found no loops. */
function formulaOf(name: string, { monitors }: Config, checkOf: (name: string) => ProbeCheck): Formula {
  const build = (one: string): Formula => {
    const composite = compositeOf(monitors[one]!);
    if (composite === undefined) return { kind: "probe", check: checkOf(one) };
    const { kind, count, of } = composite;
    const members = of.map((member) => build(member.name));
    return kind === "not" ? { kind, of: members[0]! } : { kind: "atLeast", count, of: members };
  };
  return build(name);
}

interface Checked {
  readonly config: Config;
  readonly endpoint: EndpointConfig;
  readonly load: ProbeLoadSource | undefined;
  readonly host: string;
  /** What clients get, where another host is probed in its place. */
  readonly served: string;
  readonly nameToAsk: string | undefined;
  readonly subject: string;
  readonly idOf: (name: string, own: Variant) => number;
}

/**
 * An address is asked for the first name of its profile that is no wildcard, as clients ask it and Azure does; without
 * one, for itself.
 */
function checkOf(name: string, checked: Checked): ProbeCheck {
  const { config, endpoint, load, host, served, nameToAsk, subject, idOf } = checked;
  const monitor = config.monitors[name]!;
  const { protocol, port } = monitor;
  const { port: usual, isPortless = false, isOwn } = protocols[protocol!];
  return {
    monitor: idOf(name, { headers: endpoint.headers, load }),
    host,
    port: isPortless ? 0 : (endpoint.probe?.port ?? port ?? usual!),
    serverName: endpoint.host ?? nameToAsk ?? served,
    subject: isOwn?.(monitor) === true ? subject : undefined,
  };
}

/** What an endpoint has its probes by HTTP do beside what the monitor says. */
interface Variant {
  readonly headers?: Headers | undefined;
  readonly load?: ProbeLoadSource | undefined;
}

/** The id of a monitor, or of one of the same name with what endpoints want of it: each is made once. */
function createVariants(monitors: Monitor[], config: Config, files: MonitorFiles) {
  const known = new Map<string, number>();
  return (name: string, { headers, load }: Variant): number => {
    const built = buildMonitor(monitors.length, name, config.monitors[name]!, files);
    const monitor = "headers" in built ? { ...built, headers: mergeHeaders(built.headers, headers), load } : built;
    const key = JSON.stringify([
      name,
      "headers" in monitor ? [Object.entries(monitor.headers).toSorted(([a], [b]) => (a < b ? -1 : 1)), load] : null,
    ]);
    const id = known.get(key);
    if (id !== undefined) return id;
    known.set(key, monitor.id);
    monitors.push(monitor);
    return monitor.id;
  };
}

/** Milliseconds; Azure's with its interval of 30 s. */
const DEFAULT_TIMEOUT = 10_000;

/** Milliseconds. */
export function timeoutOf(monitor: MonitorConfig): number {
  return monitor.timeout ?? Math.min(DEFAULT_TIMEOUT, fastIntervalOf(monitor) / 2);
}

/** Milliseconds. */
export function fastIntervalOf({ fastInterval, interval }: MonitorConfig): number {
  return fastInterval ?? interval;
}

function buildMonitor(id: number, name: string, monitor: MonitorConfig, files: MonitorFiles): Monitor {
  const { interval, toleratedFailures, failures, recoverAfter } = monitor;
  const { hold, damping, failback, rampUp, protocol } = monitor;
  const timing: MonitorTiming = {
    id,
    name,
    interval,
    fastInterval: fastIntervalOf(monitor),
    timeout: timeoutOf(monitor),
    toleratedFailures,
    window: failures,
    recoverAfter,
    hold,
    damping,
    failback,
    rampUp,
  };
  return protocols[protocol!].build(timing, monitor, files);
}
