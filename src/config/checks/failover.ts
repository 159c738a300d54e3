/**
 * Warnings about what becomes of clients while an endpoint is down: nobody takes them, nobody notices, or resolvers keep
 * what they were told. Each says for how long a client may be sent to a dead endpoint.
 */
import { counted } from "../counted.ts";
import type { Report } from "../diagnostic.ts";
import { failoverTimes, type FailoverTime } from "../failover-times.ts";
import type { Config, EndpointConfig, ProfileConfig } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import type { Check } from "./check.ts";

export const checkFailover: Check = ({ config, graph }, report) => {
  const nested = nestedInUse(config.profiles, graph);
  const single = new Set<string>();
  for (const [name, profile] of Object.entries(config.profiles)) {
    const isNamed = profile.names !== undefined;
    if (!profile.enabled || !(isNamed || nested.has(name))) continue;
    if (isNamed && checkSingle(name, config.profiles, report)) single.add(name);
    else checkMonitored(name, profile, nested.has(name), graph, report);
  }
  for (const time of failoverTimes(config, graph)) if (!single.has(time.profile)) checkTtl(time, report);
};

/** The profiles that one with a name leads to, by endpoints that are enabled. */
function nestedInUse(profiles: Config["profiles"], { childrenFirst }: SteeringGraph): ReadonlySet<string> {
  const nested = new Set<string>();
  for (const name of childrenFirst.toReversed()) {
    const profile = profiles[name]!;
    if (!profile.enabled || !(profile.names !== undefined || nested.has(name))) continue;
    for (const [, { profile: child }] of enabledOf(profile)) if (child !== undefined) nested.add(child);
  }
  return nested;
}

type Endpoints = readonly (readonly [name: string, endpoint: EndpointConfig])[];

function enabledOf({ endpoints }: ProfileConfig): Endpoints {
  return Object.entries(endpoints).filter(([, { enabled }]) => enabled);
}

/** Whether a profile says what clients get when nothing is up; by default they get what is down. */
function hasWord({ whenAllDown, whenRegionDown }: ProfileConfig): boolean {
  return whenAllDown !== "serveAll" || whenRegionDown === "serve" || whenRegionDown === "nodata";
}

/** Whether one endpoint is all that there is, nested profiles followed, and it is meant to be watched. */
function checkSingle(name: string, profiles: Config["profiles"], report: Report): boolean {
  const seen = new Set<string>();
  for (let at: string = name; !seen.has(at);) {
    seen.add(at);
    const profile = profiles[at];
    if (profile === undefined || !profile.enabled) return false;
    const enabled = enabledOf(profile);
    const [only] = enabled;
    if (only === undefined || enabled.length > 1 || hasWord(profile)) return false;
    const [endpoint, { profile: child, alwaysServe }] = only;
    if (child !== undefined) at = child;
    else if (alwaysServe) return false;
    else {
      const all = Object.keys(profile.endpoints).length;
      const place = at === name ? endpoint : `${at}/${endpoint}`;
      report({
        code: "single-endpoint",
        path: ["profiles", name, "endpoints"],
        atKey: true,
        what: `clients are sent to ${place} for as long as it is down: nobody takes over`,
        found: all === 1 ? "one endpoint" : `one of ${all} endpoints enabled`,
        wanted:
          "another endpoint, or whenAllDown: nodata, servfail or { fallback: ... }; a static record needs no profile",
      });
      return true;
    }
  }
  return false;
}

function checkMonitored(
  name: string,
  profile: ProfileConfig,
  isNested: boolean,
  graph: SteeringGraph,
  report: Report,
): void {
  if (profile.monitor !== undefined) return;
  const enabled = enabledOf(profile);
  const unwatched = enabled.filter(
    ([, { profile: child, host, alwaysServe }]) =>
      // What another profile answers, it watches itself.
      child === undefined && !alwaysServe && !(host !== undefined && graph.profileOf(host) !== undefined),
  );
  const hasOthers = isNested || enabled.length > 1 || hasWord(profile);
  const [first] = unwatched;
  if (first === undefined || !hasOthers) return;
  const which = unwatched.length === 1 ? first[0] : `any of ${counted(unwatched.length, "endpoint")}`;
  report({
    code: "no-monitor",
    path: ["profiles", name],
    atKey: true,
    what: `failover never happens: clients are sent to ${which} for as long as it is down`,
    found: "no monitor",
    wanted: "monitor: NAME, or alwaysServe: true on what is not to be probed",
  });
}

/** Seconds. A shorter TTL costs queries and hardly helps, and many resolvers keep answers for as long whatever they are told. */
const SHORT_TTL = 30;

function checkTtl({ profile, detection, ttl }: FailoverTime, report: Report): void {
  if (ttl <= Math.max(detection, SHORT_TTL)) return;
  report({
    code: "slow-ttl",
    path: ["profiles", profile, "ttl"],
    what:
      `a client may be sent to a dead endpoint for up to ${detection + ttl}s: ` +
      `${detection}s until it is degraded, ${ttl}s TTL`,
    found: `a ttl of ${ttl}s`,
    wanted: `at most ${Math.max(detection, SHORT_TTL)}s`,
  });
}
