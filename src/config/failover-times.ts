/** For how long clients may be sent to an endpoint that has died: until it is degraded, and until answers have expired. */
import { fastIntervalOf, timeoutOf } from "./build-monitoring.ts";
import { keepsClients } from "./build-snapshot.ts";
import { MAX_LEVELS } from "./checks/nesting.ts";
import { enabledOf } from "./enabled-endpoints.ts";
import { isProbed, monitorOf } from "./monitor-of.ts";
import { ofName } from "./of-name.ts";
import type { Config, MonitorConfig, ProfileConfig } from "./schema/config.ts";
import type { SteeringGraph } from "./steering-graph.ts";

/** Of a profile with names. Seconds. */
export interface FailoverTime {
  readonly profile: string;
  /** From the death of an endpoint until it is degraded, at most: of the slowest that is probed, in nested profiles too. */
  readonly detection: number;
  /** For which resolvers keep answers at most: whoever dies at once was stable before. */
  readonly ttl: number;
}

/**
 * Seconds, rounded up, as long as probes start on time. The worst is to die just after a probe has found it well: then
 * the first failure takes an interval, each further one a fast interval, and the last one a whole timeout to be one. Where
 * that probe is the one that brought it online, a hold has to end first, and the first failure after it counts.
 */
export function detectionOf(monitor: MonitorConfig): number {
  const { interval, toleratedFailures, failures, hold } = monitor;
  const fast = fastIntervalOf(monitor);
  const needed = failures?.failures ?? toleratedFailures + 1;
  const counted = interval + (needed - 1) * fast;
  return Math.ceil((Math.max(counted, hold === 0 ? 0 : hold + fast) + timeoutOf(monitor)) / 1000);
}

/** The monitors that an endpoint is probed by: of one of monitors all that it is made of, but what `not` turns round. */
function probedBy(
  name: string | undefined,
  monitors: Config["monitors"],
  seen = new Set<string>(),
): readonly MonitorConfig[] {
  const monitor = ofName(monitors, name);
  if (monitor === undefined || seen.has(name!)) return [];
  seen.add(name!);
  const members = monitor.all ?? monitor.any ?? monitor.of ?? [];
  return monitor.protocol === undefined ? members.flatMap((member) => probedBy(member, monitors, seen)) : [monitor];
}

/** Of all profiles in use that have names, lead to something that is probed, and to another where that is down. */
export function failoverTimes({ profiles, monitors }: Config, graph: SteeringGraph): readonly FailoverTime[] {
  const slowest = new Map<string, number>();
  for (const name of graph.childrenFirst) {
    const profile = profiles[name]!;
    const times = enabledOf(profile).flatMap(([, endpoint]) => {
      if (endpoint.profile !== undefined) return slowest.get(endpoint.profile) ?? [];
      return isProbed(profile, endpoint) ? probedBy(monitorOf(profile, endpoint), monitors).map(detectionOf) : [];
    });
    if (profile.enabled && times.length > 0) slowest.set(name, Math.max(...times));
  }
  return Object.entries(profiles).flatMap(([profile, { names, ttl }]) => {
    const detection = slowest.get(profile);
    if (names === undefined || detection === undefined || onlyEndpoint(profile, profiles) !== undefined) return [];
    return { profile, detection, ttl: ttl.max };
  });
}

export interface OnlyEndpoint {
  /** The endpoint, as seen from the profile. */
  readonly place: string;
  /** How many endpoints its profile has, disabled ones included. */
  readonly all: number;
}

/**
 * The one endpoint that clients of a profile are sent to whether it is up or not, nested profiles followed. Undefined
 * where there are others, or a word for when it is down, or it is meant to be served always.
 */
export function onlyEndpoint(name: string, profiles: Config["profiles"]): OnlyEndpoint | undefined {
  const seen = new Set<string>();
  for (let at = name; !seen.has(at) && seen.size < MAX_LEVELS;) {
    seen.add(at);
    const profile = profiles[at];
    if (profile === undefined || !profile.enabled || hasWord(profile)) return undefined;
    const [only, ...others] = enabledOf(profile);
    if (only === undefined || others.length > 0 || only[1].alwaysServe) return undefined;
    const [endpoint, { profile: child }] = only;
    if (child === undefined) {
      const place = at === name ? endpoint : `${at}/${endpoint}`;
      return { place, all: Object.keys(profile.endpoints).length };
    }
    at = child;
  }
  return undefined;
}

/** Whether a profile says what clients get when nothing is up; by default they get what is down. */
export function hasWord(profile: ProfileConfig): boolean {
  return profile.whenAllDown !== "serveAll" || keepsClients(profile);
}
