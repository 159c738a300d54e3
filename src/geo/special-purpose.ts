/**
 * Networks that nobody's clients are in as seen from the Internet: private, shared, loopback, link-local, multicast and
 * reserved (RFC 6890 and IANA's special-purpose address registries). What a database says of them is chance, so their
 * place is unknown; an own network inside or around them wins. Those for documentation are left out: nothing comes
 * from them, and examples use them.
 */
import type { Location } from "../routing/snapshot.ts";
import { parseIpPrefix, prefixContains, type IpPrefix } from "../shared/ip-address.ts";
import type { MarkedNetwork } from "./network-tree.ts";

const NETWORKS = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].map((text) => parseIpPrefix(text) as IpPrefix);

const SPECIAL_PURPOSE: Location = {
  country: undefined,
  subdivision: undefined,
  point: undefined,
  source: "a special-purpose address (RFC 6890)",
};

/** Those that no own network holds. */
export function specialPurposeNetworks(own: readonly IpPrefix[]): readonly MarkedNetwork[] {
  return NETWORKS.filter((network) => !own.some((prefix) => holds(prefix, network))).map((prefix) => {
    return { prefix, location: SPECIAL_PURPOSE };
  });
}

function holds(outer: IpPrefix, { address, length }: IpPrefix): boolean {
  return outer.length <= length && prefixContains(outer, address);
}
