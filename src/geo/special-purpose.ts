/**
 * Networks that nobody's clients are in as seen from the Internet: private, shared, loopback, link-local, multicast and
 * reserved (RFC 6890 and IANA's special-purpose address registries). What a database says of them is chance, so their
 * place is unknown; an own network inside or around them wins. Those for documentation are left out: nothing comes
 * from them, and examples use them.
 */
import type { Location } from "../routing/snapshot.ts";
import { parseIpPrefix, prefixContains, type IpPrefix } from "../shared/ip-address.ts";
import type { MarkedNetwork } from "./network-tree.ts";

const RESERVED = parsed([
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "fe80::/10",
  "ff00::/8",
]);

/** RFC 1918, RFC 6598, RFC 4193: addresses that mean something inside one network alone. */
const PRIVATE_USE = parsed(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]);

function parsed(networks: readonly string[]): readonly IpPrefix[] {
  return networks.map((text) => parseIpPrefix(text) as IpPrefix);
}

const NOWHERE = { country: undefined, subdivisions: [], grouping: undefined, point: undefined } as const;
const SPECIAL_PURPOSE: Location = { ...NOWHERE, source: "a special-purpose address (RFC 6890)" };
const PRIVATE: Location = { ...NOWHERE, source: "a private address (RFC 1918, RFC 6598, RFC 4193)" };

/** Whether the location is that of private addresses: their resolver may stand for them. */
export function isPrivate(location: Location): boolean {
  return location === PRIVATE;
}

/** The special-purpose networks that no own network holds. */
export function specialPurposeNetworks(own: readonly IpPrefix[]): readonly MarkedNetwork[] {
  const unknown = (networks: readonly IpPrefix[], location: Location): readonly MarkedNetwork[] =>
    networks.filter((network) => !own.some((prefix) => holds(prefix, network))).map((prefix) => ({ prefix, location }));
  return [...unknown(RESERVED, SPECIAL_PURPOSE), ...unknown(PRIVATE_USE, PRIVATE)];
}

function holds(outer: IpPrefix, { address, length }: IpPrefix): boolean {
  return outer.length <= length && prefixContains(outer, address);
}
