/** IP addresses and networks of the reference model, as whole numbers: text in, sums and comparisons. */

export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Addresses in a row. */
export interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  /** Behind the last. */
  readonly end: bigint;
}

export interface Network extends Range {
  readonly length: number;
}

export const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

export function parseAddress(text: string): Address {
  if (!text.includes(":")) return { family: 4, value: digits(text.split(".").map(Number), 8n) };
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const inside = parseAddress(dotted[2]!).value;
    return parseAddress(`${dotted[1]!}${(inside >> 16n).toString(16)}:${(inside & 0xffffn).toString(16)}`);
  }
  const [head = [], tail = []] = text
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16))));
  const zeros = Array<number>(8 - head.length - tail.length).fill(0);
  return { family: 6, value: digits([...head, ...zeros, ...tail], 16n) };
}

function digits(values: readonly number[], bits: bigint): bigint {
  return values.reduce((sum, value) => (sum << bits) | BigInt(value), 0n);
}

/** `10.0.0.0/8`, an address alone, or the first and the last with `-` or `–` between them. */
function parseNetwork(text: string): Range {
  const network = parsed.get(text) ?? readNetwork(text);
  parsed.set(text, network);
  return network;
}

/** Networks are read again and again. */
const parsed = new Map<string, Range>();

function readNetwork(text: string): Range {
  const [from, to] = text.split(/[-–]/).map((end) => end.trim());
  if (to !== undefined) {
    const { family, value: first } = parseAddress(from!);
    return { family, first, end: parseAddress(to).value + 1n };
  }
  const [address = "", length] = text.split("/");
  const at = parseAddress(address);
  return networkAround(at, length === undefined ? bitsOf(at.family) : Number(length));
}

/** Of what may be written as one text or as a list. */
export function parseNetworks(written: string | readonly string[] | undefined): readonly Range[] {
  return listed(written).map(parseNetwork);
}

export function listed(written: string | readonly string[] | undefined): readonly string[] {
  return written === undefined ? [] : typeof written === "string" ? [written] : written;
}

export function networkAround({ family, value }: Address, length: number): Network {
  const behind = BigInt(bitsOf(family) - length);
  const first = (value >> behind) << behind;
  return { family, first, end: first + (1n << behind), length };
}

export function holds(range: Range, { family, value }: Address): boolean {
  return range.family === family && value >= range.first && value < range.end;
}

/** Of two ranges the one of fewer addresses comes before. */
export function byWidth(a: Range, b: Range): number {
  return Number(a.end - a.first - (b.end - b.first));
}

/** An IPv6 network whose addresses have an IPv4 address inside: clients there are IPv4 clients. */
export interface Ipv4Form {
  readonly network: Range;
  /** Where the IPv4 address ends, in bits from the right. */
  readonly shift: bigint;
  /** Each bit is the opposite of the client's. */
  readonly inverted: boolean;
}

/** RFC 4291 section 2.5.5.2 (mapped), RFC 3056 (6to4), RFC 4380 section 4 (Teredo), RFC 6052 section 2.1 (NAT64). */
export const IPV4_FORMS: readonly Ipv4Form[] = [
  { network: parseNetwork("::ffff:0:0/96"), shift: 0n, inverted: false },
  { network: parseNetwork("2002::/16"), shift: 80n, inverted: false },
  { network: parseNetwork("2001::/32"), shift: 0n, inverted: true },
  { network: parseNetwork("64:ff9b::/96"), shift: 0n, inverted: false },
];

/** The address as it counts: the IPv4 address inside, where there is one. */
export function countedAs(address: Address): Address {
  const form = IPV4_FORMS.find(({ network }) => holds(network, address));
  if (form === undefined) return address;
  const inside = (address.value >> form.shift) & 0xffff_ffffn;
  return { family: 4, value: form.inverted ? inside ^ 0xffff_ffffn : inside };
}
