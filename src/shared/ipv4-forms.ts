/** The IPv6 networks whose addresses have an IPv4 address inside. Clients there are IPv4 clients. */
import { type IpPrefix, parseIpPrefix } from "./ip-address.ts";

/** All forms; no two of them overlap. */
export const IPV4_INSIDE: readonly IpPrefix[] = [
  // IPv4-mapped, RFC 4291 section 2.5.5.2.
  "::ffff:0:0/96",
  // 6to4, RFC 3056 section 2.
  "2002::/16",
  // Teredo, RFC 4380 section 4: the client is in the last 32 bits.
  "2001::/32",
  // NAT64's well-known prefix, RFC 6052 section 2.1.
  "64:ff9b::/96",
].map((text) => parseIpPrefix(text) as IpPrefix);
