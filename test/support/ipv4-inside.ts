/** The forms in which IPv6 carries an IPv4 address; written from the RFCs, not from the source. */
import { prefixContains, type IpAddress } from "../../src/shared/ip-address.ts";
import { cidr } from "./snapshot.ts";

export interface Ipv4Form {
  readonly name: string;
  readonly network: string;
  /** Bits in front of the IPv4 address. */
  readonly offset: number;
  /** Teredo has the client's address bit by bit reversed. */
  readonly inverted: boolean;
}

export const IPV4_FORMS: readonly Ipv4Form[] = [
  { name: "IPv4-mapped", network: "::ffff:0:0/96", offset: 96, inverted: false },
  { name: "6to4", network: "2002::/16", offset: 16, inverted: false },
  { name: "Teredo", network: "2001::/32", offset: 96, inverted: true },
  { name: "NAT64", network: "64:ff9b::/96", offset: 96, inverted: false },
];

/** The IPv6 address of this form with the IPv4 address inside; what lies around it is taken from `around`. */
export function ipv6Form(
  { network, offset, inverted }: Ipv4Form,
  ipv4: IpAddress,
  around: IpAddress = cidr(network).address,
): IpAddress {
  const octets = around.octets.slice();
  octets.set(inverted ? ipv4.octets.map((octet) => octet ^ 0xff) : ipv4.octets, offset / 8);
  return { family: 6, octets };
}

export function ipv4FormOf(address: IpAddress): Ipv4Form | undefined {
  return IPV4_FORMS.find(({ network }) => prefixContains(cidr(network), address));
}

/** The address as which a client is looked up: the IPv4 address inside, where there is one. */
export function asLookedUp(address: IpAddress): IpAddress {
  const form = ipv4FormOf(address);
  if (form === undefined) return address;
  const inside = address.octets.slice(form.offset / 8, form.offset / 8 + 4);
  return { family: 4, octets: form.inverted ? inside.map((octet) => octet ^ 0xff) : inside };
}
