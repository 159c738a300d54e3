/** Whether a residency rule is for a client: by its place, its network, or what is not known of it. */
import { prefixContains } from "../../shared/ip-address.ts";
import { regionChain } from "../../shared/regions/region-chain.ts";
import type { Client } from "../order.ts";
import type { RuleClients } from "../snapshot.ts";

export function covers(
  { all, regions, groupings, networks, unknown, resolverOnly }: RuleClients,
  { address, location, placedBy }: Client,
): boolean {
  return (
    all ||
    (resolverOnly && placedBy === "resolver") ||
    (unknown && location.country === undefined) ||
    (regions.length > 0 && regionChain(location, groupings).some((code) => regions.includes(code))) ||
    networks.some((network) => prefixContains(network, address))
  );
}
