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
    const host = kinds.findIndex((of) => of.has("host"));
    const hasOther = kinds.some((of, index) => index !== host && of.has("address"));
    if (profile.method !== "weighted" || host < 0 || !hasOther) continue;
    const weights = used.map(([, { weight }]) => weight);
    const share = weights[host]! / weights.reduce((sum, weight) => sum + weight, 0);
    const [endpoint, { host: own }] = used[host]!;
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
