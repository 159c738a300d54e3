/** The OPT record of a query: EDNS(0) (RFC 6891) and its Client Subnet option (RFC 7871). Other options are skipped. */
import { uint16At } from "./octets.ts";
import type { Query } from "./query.ts";
import type { WireError } from "./wire-error.ts";

const OPTION_ECS = 8;
/** RFC 7871 section 6: FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH. */
const ECS_HEADER = 4;
/** IANA address family numbers. */
const FAMILY_IPV4 = 1;
const FAMILY_IPV6 = 2;

/** `at` is the offset of the record's TYPE, `end` that behind its data. */
export function decodeOpt(packet: Uint8Array, at: number, end: number, query: Query): WireError {
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
    if (uint16At(packet, option) === OPTION_ECS && !decodeEcs(packet, data, next, query)) return "ecs-malformed";
    option = next;
  }
  return "";
}

/** False where RFC 7871 section 7.1.2 asks for FORMERR, and where the option is there twice. */
function decodeEcs(packet: Uint8Array, at: number, end: number, query: Query): boolean {
  if (end - at < ECS_HEADER || query.ecsFamily !== 0) return false;
  const family = uint16At(packet, at);
  const source = packet[at + 2]!;
  const scope = packet[at + 3]!;
  if (family !== FAMILY_IPV4 && family !== FAMILY_IPV6) return false;
  if (source > (family === FAMILY_IPV4 ? 32 : 128)) return false;
  // "SCOPE PREFIX-LENGTH … In queries, it MUST be set to 0."
  if (scope !== 0) return false;
  // "ADDRESS … MUST be truncated to the number of bits indicated by the SOURCE PREFIX-LENGTH field"
  const octets = (source + 7) >> 3;
  if (end - at !== ECS_HEADER + octets) return false;
  // "… padding with 0 bits to pad to the end of the last octet"; "trailing bits … MUST be 0"
  const padding = (octets << 3) - source;
  if (padding > 0 && (packet[end - 1]! & ((1 << padding) - 1)) !== 0) return false;

  query.ecsFamily = family === FAMILY_IPV4 ? 4 : 6;
  query.ecsSource = source;
  const words = query.ecsAddress;
  words[0] = words[1] = words[2] = words[3] = 0;
  for (let i = 0; i < octets; i++) words[i >> 2]! |= packet[at + ECS_HEADER + i]! << (24 - ((i & 3) << 3));
  return true;
}
