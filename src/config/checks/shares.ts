/** Warnings about hosts that share clients with addresses by weight. docs/steering.md section 4 has the rule behind it. */
import { enabledOf } from "../enabled-endpoints.ts";
import type { EndpointConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkShares: Check = ({ config: { profiles }, graph }, report) => {
  const kindsOf = new Map<string, ReadonlySet<Kind>>();
  for (const name of graph.childrenFirst) {
    const profile = profiles[name]!;
    const used = profile.enabled ? enabledOf(profile) : [];
    const kinds = used.map(([, endpoint]) => kindsBeneath(endpoint, kindsOf));
    kindsOf.set(name, new Set(kinds.flatMap((of) => [...of])));
    if (profile.method !== "weighted") continue;
    const members = used.map(([endpoint, keys], i) => ({ endpoint, keys, kinds: kinds[i]! }));
    const tiers = [false, true].map((standby) => members.filter(({ keys }) => keys.standby === standby));
    const mixed = tiers.map(hostBesideAddress).find((found) => found !== undefined);
    if (mixed === undefined) continue;
    const {
      endpoint,
      share,
      keys: { host: own },
    } = mixed;
    report({
      code: "host-beside-address",
      path: ["profiles", name, "endpoints", endpoint, own === undefined ? "profile" : "host"],
      // Two draws, one for each type, and the CNAME of either leads both ways.
      what:
        `up to ${percent(1 - (1 - share) ** 2)} of the clients that ask for A and AAAA get ${endpoint}, not ` +
        `${percent(share)}: a resolver uses its CNAME for every type`,
      found: "a host beside addresses",
      wanted: "hosts alone, or addresses alone",
    });
  }
};

interface UsedEndpoint {
  readonly endpoint: string;
  readonly keys: EndpointConfig;
  readonly kinds: ReadonlySet<Kind>;
}

/** The first host of a tier in which somebody else has addresses, with its share of the tier. */
function hostBesideAddress(tier: readonly UsedEndpoint[]): (UsedEndpoint & { readonly share: number }) | undefined {
  const host = tier.find(({ kinds }) => kinds.has("host"));
  if (host === undefined || !tier.some((other) => other !== host && other.kinds.has("address"))) return undefined;
  return { ...host, share: host.keys.weight / tier.reduce((sum, { keys }) => sum + keys.weight, 0) };
}

type Kind = "host" | "address";

function kindsBeneath(
  { host, address, profile }: EndpointConfig,
  ofProfile: ReadonlyMap<string, ReadonlySet<Kind>>,
): ReadonlySet<Kind> {
  if (profile !== undefined) return ofProfile.get(profile) ?? new Set();
  return new Set(host !== undefined ? ["host"] : address !== undefined ? ["address"] : []);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
