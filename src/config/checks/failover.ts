/**
 * Warnings about what becomes of clients while an endpoint is down: nobody takes them, nobody notices, or resolvers keep
 * what they were told. Each says for how long a client may be sent to a dead endpoint.
 */
import { counted } from "../counted.ts";
import type { Report } from "../diagnostic.ts";
import { enabledOf } from "../enabled-endpoints.ts";
import { failoverTimes, hasWord, onlyEndpoint, type FailoverTime, type OnlyEndpoint } from "../failover-times.ts";
import { monitorOf } from "../monitor-of.ts";
import type { Config, ProfileConfig } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import type { Check } from "./check.ts";

export const checkFailover: Check = ({ config, graph }, report) => {
  const nested = nestedInUse(config.profiles, graph);
  for (const [name, profile] of Object.entries(config.profiles)) {
    const isNamed = profile.names !== undefined;
    if (!profile.enabled || !(isNamed || nested.has(name))) continue;
    const only = isNamed ? onlyEndpoint(name, config.profiles) : undefined;
    if (only !== undefined) warnOfSingle(name, only, report);
    else checkMonitored(name, profile, nested.has(name), graph, report);
  }
  for (const time of failoverTimes(config, graph)) checkTtl(time, report);
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

function warnOfSingle(name: string, { place, all }: OnlyEndpoint, report: Report): void {
  report({
    code: "single-endpoint",
    path: ["profiles", name, "endpoints"],
    atKey: true,
    what: `clients are sent to ${place} for as long as it is down: nobody takes over`,
    found: all === 1 ? "one endpoint" : `one of ${all} endpoints enabled`,
    wanted: "another endpoint, or whenAllDown: nodata, servfail or { fallback: ... }; a static record needs no profile",
  });
}

function checkMonitored(
  name: string,
  profile: ProfileConfig,
  isNested: boolean,
  graph: SteeringGraph,
  report: Report,
): void {
  const enabled = enabledOf(profile);
  const unwatched = enabled.filter(
    ([, endpoint]) =>
      monitorOf(profile, endpoint) === undefined &&
      // What another profile answers, it watches itself.
      endpoint.profile === undefined &&
      !endpoint.alwaysServe &&
      !(endpoint.host !== undefined && graph.profileOf(endpoint.host) !== undefined),
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
