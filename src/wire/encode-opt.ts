/**
 * The OPT record of a response: EDNS(0) (RFC 6891) with the options that the answer has. Each is a few octets behind
 * its code and length; sizes are told before, since what is left of the message is for records.
 */
import { writeWords } from "../shared/address-words.ts";
import { OPTION, TYPE } from "./constants.ts";
import { putUint16 } from "./octets.ts";
import { CLIENT_COOKIE, type Query } from "./query.ts";

/** The part of an OPT record that the query does not decide. */
export interface ResponseOptions {
  /** The longest message that the server takes and sends over UDP. */
  readonly udpSize: number;
  /** Whether the query's client subnet is echoed, and with which SCOPE PREFIX-LENGTH (RFC 7871). */
  withSubnet: boolean;
  scope: number;
  /** The server's name (RFC 5001); undefined = not told. */
  nsid: Uint8Array | undefined;
  /** The 16 octets that go behind the client's cookie (RFC 9018); undefined = no cookie. */
  serverCookie: Uint8Array | undefined;
  /** Units of 100 ms for which an idle connection stays open (RFC 7828); -1 = not told. */
  keepalive: number;
  /** INFO-CODE of an extended error (RFC 8914); -1 = none. */
  extendedError: number;
}

/** Octets; what RFC 9715 recommends as the most that is sent over UDP. Larger answers would be cut into fragments. */
export const MOST_UDP = 1400;

// Constants of this file are compiled in; imported ones would be looked up for each response.
const { OPT } = TYPE;
const { NSID, ECS, COOKIE, KEEPALIVE, EDE } = OPTION;

const RECORD = 11;
const OPTION_HEADER = 4;
/** RFC 7871 section 6: FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH. */
const SUBNET_HEADER = 4;
const KEEPALIVE_DATA = 2;
const EDE_DATA = 2;

/** Octets of the whole OPT record; 0 where the query has none, since then the response has none either. */
export function optSize(query: Query, options: ResponseOptions): number {
  if (!query.edns) return 0;
  const { withSubnet, nsid, serverCookie, keepalive, extendedError } = options;
  let size = RECORD;
  if (withSubnet) size += OPTION_HEADER + SUBNET_HEADER + subnetOctets(query);
  if (nsid !== undefined) size += OPTION_HEADER + nsid.length;
  if (serverCookie !== undefined) size += OPTION_HEADER + CLIENT_COOKIE + serverCookie.length;
  if (keepalive >= 0) size += OPTION_HEADER + KEEPALIVE_DATA;
  if (extendedError >= 0) size += OPTION_HEADER + EDE_DATA;
  return size;
}

function subnetOctets(query: Query): number {
  return (query.ecsSource + 7) >> 3;
}

/**
 * RFC 6891 section 6.1.2: root owner, our payload size as class, extended RCODE, version and flags as TTL. `size` is
 * that of `optSize`.
 */
export function putOpt(
  out: Uint8Array,
  from: number,
  size: number,
  query: Query,
  options: ResponseOptions,
  rcode: number,
): number {
  out[from] = 0;
  putUint16(out, from + 1, OPT);
  putUint16(out, from + 3, options.udpSize);
  out[from + 5] = rcode >> 4;
  out[from + 6] = 0;
  // RFC 3225 section 3: DO is copied into the response.
  out[from + 7] = query.dnssecOk ? 0x80 : 0;
  out[from + 8] = 0;
  putUint16(out, from + 9, size - RECORD);
  if (size === RECORD) return from + RECORD;
  let at = from + RECORD;
  const { withSubnet, nsid, serverCookie, keepalive, extendedError } = options;
  if (withSubnet) at = putSubnet(out, at, query, options.scope);
  if (nsid !== undefined) {
    at = putHeader(out, at, NSID, nsid.length);
    for (let i = 0; i < nsid.length; i++) out[at++] = nsid[i]!;
  }
  if (serverCookie !== undefined) {
    at = putHeader(out, at, COOKIE, CLIENT_COOKIE + serverCookie.length);
    for (let i = 0; i < CLIENT_COOKIE; i++) out[at++] = query.cookie[i]!;
    for (let i = 0; i < serverCookie.length; i++) out[at++] = serverCookie[i]!;
  }
  if (keepalive >= 0) {
    putUint16(out, putHeader(out, at, KEEPALIVE, KEEPALIVE_DATA), keepalive);
    at += OPTION_HEADER + KEEPALIVE_DATA;
  }
  if (extendedError >= 0) {
    putUint16(out, putHeader(out, at, EDE, EDE_DATA), extendedError);
    at += OPTION_HEADER + EDE_DATA;
  }
  return at;
}

function putHeader(out: Uint8Array, at: number, code: number, length: number): number {
  putUint16(out, at, code);
  putUint16(out, at + 2, length);
  return at + OPTION_HEADER;
}

/** RFC 7871 section 7.2.1: FAMILY, SOURCE PREFIX-LENGTH and ADDRESS as in the query. */
function putSubnet(out: Uint8Array, from: number, query: Query, scope: number): number {
  const octets = subnetOctets(query);
  let at = putHeader(out, from, ECS, SUBNET_HEADER + octets);
  putUint16(out, at, query.ecsFamily === 4 ? 1 : query.ecsFamily === 6 ? 2 : 0);
  out[at + 2] = query.ecsSource;
  out[at + 3] = scope;
  at += SUBNET_HEADER;
  writeWords(query.ecsAddress, out, at, octets);
  return at + octets;
}
