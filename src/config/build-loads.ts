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
  const found = new Map<string, { readonly load: LoadConfig; readonly endpoints: number[] }>();
  let id = 0;
  for (const [profile, { endpoints }] of Object.entries(profiles)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const own = loadOf(endpoint, sites);
      if (own !== undefined) {
        const subject = own.site === undefined ? `${profile}/${name}` : `site:${own.site}`;
        const known = found.get(subject) ?? { load: own.load, endpoints: [] };
        known.endpoints.push(id);
        found.set(subject, known);
      }
      id++;
    }
  }
  return [...found].map(([name, { load, endpoints }]) => {
    const { low, high, critical, smooth, maxAge } = load;
    return { name, source: sourceOf(load, files), rules: { low, high, critical, smooth, maxAge }, endpoints };
  });
}

/** Milliseconds. */
const INTERVAL = 10_000;

function sourceOf(load: LoadConfig, files: MonitorFiles): LoadSource {
  const { from } = load;
  if (from === "push") return { kind: "push" };
  const { prometheus: url, query, interval = INTERVAL } = from;
  if (url === undefined) return probeSourceOf(load)!;
  return { kind: "prometheus", url, query: query!, interval, authorization: authorizationOf(from, files) };
}
