/** The loads of a configuration without errors: whose they are, and what tells them. */
import type { LoadSource, LoadSubject, ProbeLoadSource } from "../health/monitoring.ts";
import { ofName } from "./of-name.ts";
import { authorizationOf, type MonitorFiles } from "./protocols/protocol.ts";
import type { Config, EndpointConfig, LoadConfig } from "./schema/config.ts";

/** The load that an endpoint follows. A nested profile follows those of its own endpoints. */
export function loadOf(
  endpoint: EndpointConfig,
  sites: Config["sites"],
): { readonly load: LoadConfig; readonly site: string | undefined } | undefined {
  if (endpoint.profile !== undefined) return undefined;
  if (endpoint.load !== undefined) return { load: endpoint.load, site: undefined };
  const load = ofName(sites, endpoint.site)?.load;
  return load && { load, site: endpoint.site };
}

/** Where it is told by probes: from where in their answers. */
export function probeSourceOf({ from }: LoadConfig): ProbeLoadSource | undefined {
  if (from === "push") return undefined;
  if (from.orca !== undefined) return { kind: "orca", metric: from.orca };
  if (from.header !== undefined) return { kind: "header", name: from.header.toLowerCase() };
  return from.json === undefined ? undefined : { kind: "json", path: from.json };
}

export function buildLoads({ profiles, sites }: Config, files: MonitorFiles): readonly LoadSubject[] {
  const ttlOf = longestTtls(profiles);
  const found = new Map<string, { readonly load: LoadConfig; readonly endpoints: string[]; ttl: number }>();
  for (const [profile, { endpoints }] of Object.entries(profiles)) {
    for (const [endpoint, keys] of Object.entries(endpoints)) {
      const own = loadOf(keys, sites);
      if (own === undefined) continue;
      const name = `${profile}/${endpoint}`;
      const subject = own.site === undefined ? name : `site:${own.site}`;
      const known = found.get(subject) ?? { load: own.load, endpoints: [], ttl: 0 };
      known.endpoints.push(name);
      known.ttl = Math.max(known.ttl, ttlOf(profile) * 1000);
      found.set(subject, known);
    }
  }
  return [...found].map(([name, { load, endpoints, ttl }]) => {
    const { low, high, critical, smooth, maxAge } = load;
    return { name, source: sourceOf(load, files), rules: { low, high, critical, smooth, maxAge }, ttl, endpoints };
  });
}

/** By the name of a profile the seconds that its answers are kept at most: for its own TTL, and those of profiles around it. */
function longestTtls(profiles: Config["profiles"]): (profile: string) => number {
  const around = new Map<string, string[]>();
  for (const [outer, { endpoints }] of Object.entries(profiles)) {
    for (const { profile: inner } of Object.values(endpoints)) {
      if (inner !== undefined) around.set(inner, [...(around.get(inner) ?? []), outer]);
    }
  }
  const known = new Map<string, number>();
  const ttlOf = (name: string): number => {
    const longest = known.get(name) ?? Math.max(profiles[name]!.ttl.max, ...(around.get(name) ?? []).map(ttlOf));
    known.set(name, longest);
    return longest;
  };
  return ttlOf;
}

/** Milliseconds. */
export const LOAD_INTERVAL = 10_000;

function sourceOf(load: LoadConfig, files: MonitorFiles): LoadSource {
  const { from } = load;
  if (from === "push") return { kind: "push" };
  const { prometheus: url, query, interval = LOAD_INTERVAL } = from;
  if (url === undefined) return probeSourceOf(load)!;
  return { kind: "prometheus", url, query: query!, interval, authorization: authorizationOf(from, files) };
}
