/**
 * The OPT record of a query: EDNS(0) (RFC 6891) and those of its options that are understood: Client Subnet (RFC 7871),
 * Cookie (RFC 7873), NSID (RFC 5001), TCP keepalive (RFC 7828). Others are skipped.
 */
import { readWords } from "../shared/address-words.ts";
import { OPTION } from "./constants.ts";
import { uint16At } from "./octets.ts";
import { CLIENT_COOKIE, MAX_COOKIE, type Query } from "./query.ts";
import type { WireError } from "./wire-error.ts";

// Constants of this file are compiled in; imported ones would be looked up for each option.
const { ECS, COOKIE, NSID, KEEPALIVE } = OPTION;
/** RFC 7871 section 6: FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH. */
const ECS_HEADER = 4;
/** IANA address family numbers. */
const FAMILY_IPV4 = 1;
const FAMILY_IPV6 = 2;
/** Bits of an address, by family. Family 0 is what BIND's dig asks with when the client wants its address not used. */
const MAX_SOURCE = [0, 32, 128];

/** Reads an OPT record. `at` is the offset of its TYPE, `end` the offset behind its data. */
export function decodeOpt(packet: Uint8Array, at: number, end: number, stream: boolean, query: Query): WireError {
  query.edns = true;
  query.udpSize = uint16At(packet, at + 2);
  query.ednsVersion = packet[at + 5]!;
  query.dnssecOk = (packet[at + 6]! & 0x80) !== 0;
  // RFC 6891 section 6.1.3: BADVERS will answer; what another version means by its options is not known.
  if (query.ednsVersion !== 0) return "";
  let option = at + 10;
  while (option < end) {
    if (option + 4 > end) return "opt-malformed";
    const data = option + 4;
    const next = data + uint16At(packet, option + 2);
    if (next > end) return "opt-malformed";
    const code = uint16At(packet, option);
    if (code === ECS) {
      if (!decodeEcs(packet, data, next, query)) return "ecs-malformed";
    } else if (code === COOKIE) {
      if (!decodeCookie(packet, data, next, query)) return "cookie-malformed";
    } else if (code === NSID) {
      // RFC 5001 section 2.1: "The name server MUST ignore any NSID payload data".
      query.nsid = true;
    } else if (code === KEEPALIVE && stream) {
      // RFC 7828 section 3.2.1: a client "MUST specify an OPTION-LENGTH of 0"; over UDP the option is ignored.
      if (next > data) return "keepalive-malformed";
      query.keepalive = true;
    }
    option = next;
  }
  return "";
}

/** Reads a cookie; false where its length is none of RFC 7873 section 4: 8, or 16 to 40 octets. */
function decodeCookie(packet: Uint8Array, at: number, end: number, query: Query): boolean {
  const length = end - at;
  // Section 5.2: of several COOKIE options all but the first are ignored.
  if (query.cookieLength !== 0) return true;
  if (length !== CLIENT_COOKIE && (length < 2 * CLIENT_COOKIE || length > MAX_COOKIE)) return false;
  for (let i = 0; i < length; i++) query.cookie[i] = packet[at + i]!;
  query.cookieLength = length;
  return true;
}

/** Reads a client subnet; false where RFC 7871 section 7.1.2 asks for FORMERR, and where the option is there twice. */
function decodeEcs(packet: Uint8Array, at: number, end: number, query: Query): boolean {
  if (end - at < ECS_HEADER || query.ecs) return false;
  const family = uint16At(packet, at);
  const source = packet[at + 2]!;
  const scope = packet[at + 3]!;
  if (family > FAMILY_IPV6) return false;
  if (source > MAX_SOURCE[family]!) return false;
  // "SCOPE PREFIX-LENGTH … In queries, it MUST be set to 0."
  if (scope !== 0) return false;
  // "ADDRESS … MUST be truncated to the number of bits indicated by the SOURCE PREFIX-LENGTH field"
  const octets = (source + 7) >> 3;
  if (end - at !== ECS_HEADER + octets) return false;
  // "… padding with 0 bits to pad to the end of the last octet"; "trailing bits … MUST be 0"
  const padding = (octets << 3) - source;
  if (padding > 0 && (packet[end - 1]! & ((1 << padding) - 1)) !== 0) return false;

  query.ecs = true;
  query.ecsFamily = family === FAMILY_IPV4 ? 4 : family === FAMILY_IPV6 ? 6 : 0;
  query.ecsSource = source;
  readWords(packet, at + ECS_HEADER, octets, query.ecsAddress);
  return true;
}
