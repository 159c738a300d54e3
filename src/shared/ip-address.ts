/**
 * IP addresses and prefixes as values: text in and out (RFC 4291 section 2.2, RFC 5952), and the network bits.
 * No sockets and no lookups.
 */

/** An address as 4 or 16 octets in network order. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly octets: Uint8Array;
}

/** A network: every bit of `address` behind `length` is zero. */
export interface IpPrefix {
  readonly address: IpAddress;
  readonly length: number;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** The address; undefined when the text is none. No zone identifiers, no octal, no short forms. */
export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): IpAddress | undefined {
  if (!IPV4.test(text) || text.endsWith(".")) return undefined;
  return { family: 4, octets: Uint8Array.from(text.split("."), Number) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "", true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const length = head.length + tail.length;
  // RFC 4291 section 2.2: "::" indicates one or more groups of 16 bits of zeros; RFC 5952 section 4.2.2 allows one.
  if (halves.length === 2 ? length > 14 : length !== 16) return undefined;
  const octets = new Uint8Array(16);
  octets.set(head);
  octets.set(tail, 16 - tail.length);
  return { family: 6, octets };
}

/** Octets of colon-separated groups; the last may be dotted IPv4 where `mayEndInIpv4`. */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const octets: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      octets.push(value >> 8, value & 0xff);
      continue;
    }
    const embedded = mayEndInIpv4 && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (embedded === undefined) return undefined;
    octets.push(...embedded.octets);
  }
  return octets;
}

/** The address as dotted decimal, or as the recommended IPv6 text of RFC 5952. */
export function formatIpAddress({ family, octets }: IpAddress): string {
  if (family === 4) return octets.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((octets[2 * i]! << 8) | octets[2 * i + 1]!).toString(16));
  // RFC 5952 section 5: the mixed notation where the prefix says that an IPv4 address is inside.
  const mapped = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff";
  if (mapped) return `::ffff:${octets.slice(12).join(".")}`;
  const run = longestZeroRun(groups);
  if (run.length < 2) return groups.join(":");
  return `${groups.slice(0, run.start).join(":")}::${groups.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === "0" ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}

/** Why a CIDR text is refused. */
export type PrefixError = "address" | "length" | "host-bits";

/** The network of `10.0.0.0/8`, or of an address alone, for its whole length. Host bits must be zero. */
export function parseIpPrefix(text: string): IpPrefix | PrefixError {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return "address";
  const bits = address.octets.length * 8;
  const lengthText = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(lengthText) || Number(lengthText) > bits) return "length";
  const length = Number(lengthText);
  return hasHostBits(address.octets, length) ? "host-bits" : { address, length };
}

export function formatIpPrefix({ address, length }: IpPrefix): string {
  return `${formatIpAddress(address)}/${length}`;
}

/** The network of `length` bits that holds the address. */
export function networkOf({ family, octets }: IpAddress, length: number): IpPrefix {
  const network = octets.slice();
  for (let i = 0; i < network.length; i++) network[i] = network[i]! & octetMask(length - i * 8);
  return { address: { family, octets: network }, length };
}

export function prefixContains(prefix: IpPrefix, address: IpAddress): boolean {
  if (prefix.address.family !== address.family) return false;
  const network = networkOf(address, prefix.length).address.octets;
  return network.every((octet, i) => octet === prefix.address.octets[i]);
}

function hasHostBits(octets: Uint8Array, length: number): boolean {
  return octets.some((octet, i) => (octet & ~octetMask(length - i * 8) & 0xff) !== 0);
}

/** The mask of one octet of which the first `bits` (below 0 and above 8 allowed) belong to the network. */
function octetMask(bits: number): number {
  return bits <= 0 ? 0 : bits >= 8 ? 0xff : (0xff << (8 - bits)) & 0xff;
}
