/**
 * Networks that are not of the Internet's hosts: IANA's IPv4 and IPv6 special-purpose address registries (RFC 6890), the
 * multicast networks, and what RFCs have withdrawn since. The one table for addresses that clients are sent to, for
 * those of static records and for those that clients come from.
 *
 * Left out are networks that the registries hold globally reachable (AS112, NAT64's 64:ff9b::/96), 6to4 and Teredo,
 * whose hosts have addresses there, and those for documentation, which examples use.
 */
import { type IpAddress, type IpPrefix, parseIpPrefix } from "./ip-address.ts";

export type Purpose =
  /** An IPv4 address in a form that only programs have inside: no packet on the wire is sent to it. */
  | "form"
  /** No host has such an address, or none that a packet from elsewhere is forwarded to. */
  | "unreachable"
  /** Hosts on one link have them; a name in the DNS cannot say on which (RFC 4472 section 2.1). */
  | "link"
  /** The machine itself: what is tried on one machine is reached there. */
  | "machine"
  /** Hosts of one organisation have them. */
  | "private"
  /** They are in use within one network, and no client comes from them: those of laboratories and translators. */
  | "local";

export interface SpecialNetwork {
  readonly network: IpPrefix;
  readonly purpose: Purpose;
  /** Such as "a multicast address". */
  readonly what: string;
}

/** Where two overlap, the narrower one stands first. */
export const SPECIAL_PURPOSE: readonly SpecialNetwork[] = (
  [
    // RFC 1122 section 3.2.1.3: "This host on this network"; the rest of 0.0.0.0/8 is a source address alone.
    ["0.0.0.0/32", "unreachable", "the unspecified address"],
    ["0.0.0.0/8", "unreachable", "an address of this network (RFC 1122)"],
    ["10.0.0.0/8", "private", "a private address (RFC 1918)"],
    ["100.64.0.0/10", "private", "a shared address (RFC 6598)"],
    ["127.0.0.0/8", "machine", "a loopback address"],
    ["169.254.0.0/16", "link", "a link-local address"],
    ["172.16.0.0/12", "private", "a private address (RFC 1918)"],
    ["192.0.0.0/24", "unreachable", "an address of protocols (RFC 6890)"],
    ["192.168.0.0/16", "private", "a private address (RFC 1918)"],
    ["198.18.0.0/15", "local", "an address for benchmarks (RFC 2544)"],
    ["224.0.0.0/4", "unreachable", "a multicast address"],
    ["255.255.255.255/32", "unreachable", "the broadcast address"],
    ["240.0.0.0/4", "unreachable", "a reserved address (RFC 1112)"],
    ["::/128", "unreachable", "the unspecified address"],
    ["::1/128", "machine", "a loopback address"],
    // RFC 4291 section 2.5.5.1, which withdraws them.
    ["::/96", "form", "an IPv4-compatible address"],
    ["::ffff:0:0/96", "form", "an IPv4-mapped address"],
    // RFC 2765 section 2.1, replaced by RFC 7915.
    ["::ffff:0:0:0/96", "form", "an IPv4-translated address"],
    ["64:ff9b:1::/48", "local", "an address for local translation (RFC 8215)"],
    // RFC 6666 and RFC 9780: what is sent there is thrown away, and stands for nothing.
    ["100::/64", "unreachable", "an address of the discard prefix"],
    ["100:0:0:1::/64", "unreachable", "an address of the dummy prefix"],
    ["2001:2::/48", "local", "an address for benchmarks (RFC 5180)"],
    ["fc00::/7", "private", "a private address (RFC 4193)"],
    ["fe80::/10", "link", "a link-local address"],
    // RFC 3879 section 4: routers are to be "configured to prevent routing of this prefix by default".
    ["fec0::/10", "unreachable", "a site-local address, which RFC 3879 withdraws"],
    ["ff00::/8", "unreachable", "a multicast address"],
  ] as const
).map(([text, purpose, what]) => ({ network: parseIpPrefix(text) as IpPrefix, purpose, what }));

/** The narrowest network of the table that holds the address. */
export function specialNetworkOf({ octets }: Pick<IpAddress, "octets">): SpecialNetwork | undefined {
  return SPECIAL_PURPOSE.find(({ network }) => holds(network, octets));
}

/** Zone files have millions of addresses: nothing is made for one. */
function holds({ address, length }: IpPrefix, octets: Uint8Array): boolean {
  if (address.octets.length !== octets.length) return false;
  const whole = length >> 3;
  for (let i = 0; i < whole; i++) if (octets[i] !== address.octets[i]) return false;
  const rest = length & 7;
  return rest === 0 || (octets[whole]! ^ address.octets[whole]!) >> (8 - rest) === 0;
}
