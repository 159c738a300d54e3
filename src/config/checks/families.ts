/**
 * Warnings about what clients of one family, or of some regions, do not get. Each is allowed, and seldom meant: the
 * difference shows only when somebody asks for the other family, or from elsewhere.
 */
import type { Report } from "../diagnostic.ts";
import { enabledOf, type NamedEndpoints } from "../enabled-endpoints.ts";
import type { Path } from "../path.ts";
import type { EndpointConfig, ProfileConfig } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import type { Check } from "./check.ts";

export const checkFamilies: Check = ({ config: { profiles }, graph, written }, report) => {
  const familiesOf = familiesBeneath(profiles, graph);
  for (const [name, profile] of Object.entries(profiles)) {
    if (!profile.enabled) continue;
    const path = ["profiles", name];
    const enabled = enabledOf(profile);
    if (profile.method === "geographic" && profile.names !== undefined) checkWorld(path, enabled, report);
    if (!written.has([...path, "families"]) && !isOneTier(profile, enabled)) {
      checkMixed(path, profile, enabled, familiesOf, report);
    }
  }
};

/** Then those with the asked family answer. */
function isOneTier({ method }: ProfileConfig, enabled: NamedEndpoints): boolean {
  return (method === "weighted" || method === "multivalue") && !enabled.some(([, { standby }]) => standby);
}

type Families = ReadonlySet<4 | 6>;

/** The families of an endpoint's addresses, all that is enabled beneath it being up. None: hosts, which answer every type. */
function familiesBeneath(
  profiles: Readonly<Record<string, ProfileConfig>>,
  { childrenFirst }: SteeringGraph,
): (endpoint: EndpointConfig) => Families {
  const ofProfile = new Map<string, Families>();
  const ofEndpoint = ({ address, host, profile }: EndpointConfig): Families => {
    if (host !== undefined) return NONE;
    if (profile !== undefined) return ofProfile.get(profile) ?? NONE;
    return new Set((address ?? []).map(({ family }) => family));
  };
  for (const name of childrenFirst) {
    const profile = profiles[name]!;
    const used = profile.enabled ? enabledOf(profile) : [];
    ofProfile.set(name, new Set(used.flatMap(([, endpoint]) => [...ofEndpoint(endpoint)])));
  }
  return ofEndpoint;
}

const NONE: Families = new Set();

function checkWorld(path: Path, enabled: NamedEndpoints, report: Report): void {
  if (enabled.some(([, { regions = [] }]) => regions.some(({ kind }) => kind === "world"))) return;
  report({
    code: "no-world",
    path: [...path, "endpoints"],
    because: enabled.map(([name]) => [...path, "endpoints", name, "regions"]),
    atKey: true,
    what: "clients of no region and those that no database knows get no records",
    found: "no endpoint with WORLD",
    wanted: "regions: [WORLD] on one of the endpoints",
  });
}

/** One for each profile: the first endpoint that lacks what another has. */
function checkMixed(
  path: Path,
  { method }: ProfileConfig,
  enabled: NamedEndpoints,
  familiesOf: (endpoint: EndpointConfig) => Families,
  report: Report,
): void {
  for (const family of [6, 4] as const) {
    const lacking = enabled.find(([, endpoint]) => familiesOf(endpoint).size > 0 && !familiesOf(endpoint).has(family));
    const having = enabled.find(([, endpoint]) => familiesOf(endpoint).has(family));
    if (lacking === undefined || having === undefined) continue;
    const [name, { regions = [], address }] = lacking;
    const type = family === 6 ? "AAAA" : "A";
    const clients = method === "geographic" && regions.length > 0 ? `clients of ${regions[0]!.code}` : "its clients";
    const endpointPath = [...path, "endpoints", name];
    report({
      code: "mixed-families",
      path: [...endpointPath, address === undefined ? "profile" : "address"],
      because: enabled.flatMap(([other]) =>
        ["address", "host", "profile"].map((key) => [...path, "endpoints", other, key]),
      ),
      what: `${clients} get no ${type} records while ${name} is up, those of ${having[0]} do`,
      found: `no IPv${family} address`,
      wanted: `one, or the profile's families: tier (it stays so), strict or any (later endpoints answer ${type})`,
    });
    return;
  }
}
