/** For how long clients may be sent to an endpoint that has died: until it is degraded, and until answers have expired. */
import { timeoutOf } from "./build-monitoring.ts";
import { isProbed } from "./build-snapshot.ts";
import type { Config, MonitorConfig } from "./schema/config.ts";
import type { SteeringGraph } from "./steering-graph.ts";

/** Of a profile with names. Seconds. */
export interface FailoverTime {
  readonly profile: string;
  /** From the death of an endpoint until it is degraded, at most: of the slowest that is probed, in nested profiles too. */
  readonly detection: number;
  /** For which resolvers keep answers. */
  readonly ttl: number;
}

/**
 * Seconds, rounded up, as long as probes start on time. The worst is to die just after a probe has found it well: then
 * each further failure takes an interval, and the last one a whole timeout to be one.
 */
export function detectionOf(monitor: MonitorConfig): number {
  const milliseconds = (monitor.toleratedFailures + 1) * monitor.interval + timeoutOf(monitor);
  return Math.ceil(milliseconds / 1000);
}

/** Of all profiles that are in use, have names, and lead to something that is probed. */
export function failoverTimes({ profiles, monitors }: Config, graph: SteeringGraph): readonly FailoverTime[] {
  const slowest = new Map<string, number>();
  for (const name of graph.childrenFirst) {
    const profile = profiles[name]!;
    const enabled = Object.values(profile.endpoints).filter((endpoint) => endpoint.enabled);
    const monitor = monitors[profile.monitor ?? ""];
    const times = enabled.flatMap((endpoint) => {
      if (endpoint.profile !== undefined) return slowest.get(endpoint.profile) ?? [];
      return monitor !== undefined && isProbed(profile, endpoint) ? detectionOf(monitor) : [];
    });
    if (profile.enabled && times.length > 0) slowest.set(name, Math.max(...times));
  }
  return Object.entries(profiles).flatMap(([profile, { names, ttl }]) => {
    const detection = slowest.get(profile);
    return names === undefined || detection === undefined ? [] : { profile, detection, ttl };
  });
}
