/**
 * Networks that nobody's clients are in as seen from the Internet: private, shared, loopback, link-local, multicast and
 * reserved (RFC 6890 and IANA's special-purpose address registries). What a database says of them is chance, so their
 * place is unknown; an own network inside or around them wins.
 */
import type { Location } from "../routing/snapshot.ts";
import { prefixContains, type IpPrefix } from "../shared/ip-address.ts";
import { type Purpose, SPECIAL_PURPOSE } from "../shared/special-purpose.ts";
import type { MarkedNetwork } from "./network-tree.ts";

const RESERVED = networksFor(["unreachable", "link", "machine", "local"]);
/** Addresses that mean something inside one network alone. */
const PRIVATE_USE = networksFor(["private"]);

/** Forms of IPv4 addresses are not among them: clients there are IPv4 clients. */
function networksFor(purposes: readonly Purpose[]): readonly IpPrefix[] {
  return SPECIAL_PURPOSE.filter(({ purpose }) => purposes.includes(purpose)).map(({ network }) => network);
}

const NOWHERE = {
  country: undefined,
  subdivisions: [],
  grouping: undefined,
  point: undefined,
  asn: undefined,
} as const;
const RESERVED_PLACE: Location = { ...NOWHERE, source: "a special-purpose address (RFC 6890)" };
const PRIVATE: Location = { ...NOWHERE, source: "a private address (RFC 1918, RFC 6598, RFC 4193)" };

/** Whether the location is that of private addresses: their resolver may stand for them. */
export function isPrivate(location: Location): boolean {
  return location === PRIVATE;
}

/** Whether the location is that of special-purpose addresses that no own network places. */
export function isSpecialPurpose(location: Location): boolean {
  return location === PRIVATE || location === RESERVED_PLACE;
}

/** The special-purpose networks that no own network holds. */
export function specialPurposeNetworks(own: readonly IpPrefix[]): readonly MarkedNetwork[] {
  const unknown = (networks: readonly IpPrefix[], location: Location): readonly MarkedNetwork[] =>
    networks.filter((network) => !own.some((prefix) => holds(prefix, network))).map((prefix) => ({ prefix, location }));
  return [...unknown(RESERVED, RESERVED_PLACE), ...unknown(PRIVATE_USE, PRIVATE)];
}

function holds(outer: IpPrefix, { address, length }: IpPrefix): boolean {
  return outer.length <= length && prefixContains(outer, address);
}
