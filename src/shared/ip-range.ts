/**
 * Addresses in a row: a network in CIDR form, or any from a first to a last one, which need not be one network. Ranges may
 * lie across each other, so the more special of two is the one of fewer addresses.
 */
import { formatIpAddress, formatIpPrefix, networkOf, type IpAddress, type IpPrefix } from "./ip-address.ts";

/** Both ends are in it. */
export interface IpRange {
  readonly first: IpAddress;
  readonly last: IpAddress;
  /** In the form in which it was written: `10.0.0.0/24`, or `10.0.0.0-10.0.0.9`. */
  readonly text: string;
}

export function rangeOfPrefix(prefix: IpPrefix): IpRange {
  const { address, length } = prefix;
  return { first: address, last: lastOf(prefix.address, length), text: formatIpPrefix(prefix) };
}

/** Of one family, the first not behind the last. */
export function rangeBetween(first: IpAddress, last: IpAddress): IpRange {
  return { first, last, text: `${formatIpAddress(first)}-${formatIpAddress(last)}` };
}

export function rangeContains({ first, last }: IpRange, address: IpAddress): boolean {
  return (
    address.family === first.family &&
    compareOctets(first.octets, address.octets) <= 0 &&
    compareOctets(address.octets, last.octets) <= 0
  );
}

/** For a sort by the number of addresses, fewest first. */
export function byWidth(a: IpRange, b: IpRange): number {
  return compareOctets(widthOf(a), widthOf(b));
}

/** Below 0: `a` is before `b`. Of one family. */
export function compareAddresses(a: IpAddress, b: IpAddress): number {
  return compareOctets(a.octets, b.octets);
}

/** The fewest networks that hold exactly the addresses of the range, in their order: one for a network, at most 254. */
export function prefixesOf({ first, last }: Pick<IpRange, "first" | "last">): readonly IpPrefix[] {
  const prefixes: IpPrefix[] = [];
  const cover = (network: IpPrefix): void => {
    const { address, length } = network;
    const end = lastOf(address, length);
    if (compareAddresses(end, first) < 0 || compareAddresses(last, address) < 0) return;
    if (compareAddresses(first, address) <= 0 && compareAddresses(end, last) <= 0) {
      prefixes.push(network);
      return;
    }
    cover({ address, length: length + 1 });
    cover({ address: withBit(address, length), length: length + 1 });
  };
  cover(networkOf(first, 0));
  return prefixes;
}

/** The address with all bits behind `length` set. */
function lastOf({ family, octets }: IpAddress, length: number): IpAddress {
  return { family, octets: octets.map((octet, i) => octet | (0xff >> Math.min(8, Math.max(0, length - i * 8)))) };
}

/** The address with one more bit set; bit 0 is the highest. */
function withBit({ family, octets }: IpAddress, bit: number): IpAddress {
  const changed = octets.slice();
  changed[bit >> 3]! |= 0x80 >> (bit & 7);
  return { family, octets: changed };
}

/** One less than the number of addresses, as 16 octets whatever the family. */
function widthOf({ first, last }: IpRange): Uint8Array {
  const width = new Uint8Array(16);
  let borrow = 0;
  for (let i = first.octets.length - 1; i >= 0; i--) {
    const difference = last.octets[i]! - first.octets[i]! - borrow;
    borrow = difference < 0 ? 1 : 0;
    width[i + 16 - first.octets.length] = difference;
  }
  return width;
}

function compareOctets(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
