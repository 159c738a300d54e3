/**
 * The response to a query: header, question as asked, compiled records, OPT with the client subnet echoed
 * (RFC 1035 section 4.1, RFC 6891, RFC 7871). Writes into the caller's buffer and allocates nothing.
 */
import { HEADER_SIZE, RCODE } from "./constants.ts";
import { putUint16 } from "./octets.ts";
import type { Query } from "./query.ts";

/** What to say; the caller keeps one and fills it again for each query. */
export interface Response {
  rcode: number;
  authoritative: boolean;
  /** Compiled records of each section, undefined = none. Owners may point to the question at offset 12. */
  answers: CompiledRecords | undefined;
  authority: CompiledRecords | undefined;
  additional: CompiledRecords | undefined;
  /** SCOPE PREFIX-LENGTH, where the query has a client subnet. */
  scope: number;
}

export interface CompiledRecords {
  readonly count: number;
  readonly octets: Uint8Array;
  /**
   * Where the owners of these records belong to a zone or cut above the question's name, they are pointers to be set
   * to the offset of that name: positions within `octets`, and the length of that name in wire form.
   */
  readonly ownerPointers: readonly number[];
  readonly ownerLength: number;
}

/** RFC 9715 section 3.2: a size that does not fragment; also the most that is sent over UDP. */
export const UDP_SIZE = 1232;
/** RFC 1035 section 4.2.1: what every requestor takes. */
const PLAIN_UDP_SIZE = 512;
export const TCP_SIZE = 65535;

const OPT_SIZE = 11;
const OPTION_HEADER = 4;
const ECS_HEADER = 4;
const OPTION_ECS = 8;

const QR = 0x80;
const AA = 0x04;
const TC = 0x02;
const RD = 0x01;
const CD = 0x10;

/** The longest answer that the requestor takes over UDP. */
export function udpLimit(query: Query): number {
  if (!query.edns) return PLAIN_UDP_SIZE;
  // RFC 6891 section 6.2.3: values lower than 512 MUST be treated as equal to 512.
  return Math.min(UDP_SIZE, Math.max(PLAIN_UDP_SIZE, query.udpSize));
}

/** Octets written. Where the sections do not fit `limit`, all are left out and TC is set. */
export function encodeResponse(
  packet: Uint8Array,
  query: Query,
  response: Response,
  out: Uint8Array,
  limit: number,
): number {
  const question = query.hasQuestion ? query.questionEnd : HEADER_SIZE;
  for (let i = HEADER_SIZE; i < question; i++) out[i] = packet[i]!;
  const answered = response.rcode === RCODE.NOERROR || response.rcode === RCODE.NXDOMAIN;
  const withEcs = answered && query.ecsFamily !== 0;
  const ecsOctets = withEcs ? (query.ecsSource + 7) >> 3 : 0;
  const opt = query.edns ? OPT_SIZE + (withEcs ? OPTION_HEADER + ECS_HEADER + ecsOctets : 0) : 0;

  const room = limit - opt - question;
  // Additional records are the glue of a referral, which MUST be there whole or TC be set (RFC 9471 section 3.1).
  const truncated = sizeOf(response.answers) + sizeOf(response.authority) + sizeOf(response.additional) > room;
  const answers = truncated ? undefined : response.answers;
  const authority = truncated ? undefined : response.authority;
  const additional = truncated ? undefined : response.additional;

  out[0] = query.id >> 8;
  out[1] = query.id & 0xff;
  out[2] =
    QR |
    (query.opcode << 3) |
    (response.authoritative ? AA : 0) |
    (truncated ? TC : 0) |
    (query.recursionDesired ? RD : 0);
  // RFC 4035 section 3.1.6: CD is copied, AD is not set.
  out[3] = (query.checkingDisabled ? CD : 0) | (response.rcode & 0xf);
  putUint16(out, 4, query.hasQuestion ? 1 : 0);
  putUint16(out, 6, answers?.count ?? 0);
  putUint16(out, 8, authority?.count ?? 0);
  putUint16(out, 10, (additional?.count ?? 0) + (query.edns ? 1 : 0));

  let at = question;
  at = putRecords(out, at, answers, query);
  at = putRecords(out, at, authority, query);
  at = putRecords(out, at, additional, query);
  if (query.edns) at = putOpt(out, at, query, response, withEcs, ecsOctets);
  return at;
}

function sizeOf(records: CompiledRecords | undefined): number {
  return records === undefined ? 0 : records.octets.length;
}

function putRecords(out: Uint8Array, at: number, records: CompiledRecords | undefined, query: Query): number {
  if (records === undefined) return at;
  const { octets, ownerPointers, ownerLength } = records;
  // Most answers are a few dozen octets: a plain loop beats TypedArray.set below about 100.
  if (octets.length < 100) for (let i = 0; i < octets.length; i++) out[at + i] = octets[i]!;
  else out.set(octets, at);
  const target = HEADER_SIZE + query.nameLength - ownerLength;
  for (let i = 0; i < ownerPointers.length; i++) putUint16(out, at + ownerPointers[i]!, 0xc000 | target);
  return at + octets.length;
}

/** RFC 6891 section 6.1.2: root owner, our payload size as class, extended RCODE, version and flags as TTL. */
function putOpt(
  out: Uint8Array,
  from: number,
  query: Query,
  response: Response,
  withEcs: boolean,
  ecsOctets: number,
): number {
  out[from] = 0;
  putUint16(out, from + 1, 41);
  putUint16(out, from + 3, UDP_SIZE);
  out[from + 5] = response.rcode >> 4;
  out[from + 6] = 0;
  // RFC 3225 section 3: DO is copied into the response.
  out[from + 7] = query.dnssecOk ? 0x80 : 0;
  out[from + 8] = 0;
  putUint16(out, from + 9, withEcs ? OPTION_HEADER + ECS_HEADER + ecsOctets : 0);
  let at = from + OPT_SIZE;
  if (!withEcs) return at;
  putUint16(out, at, OPTION_ECS);
  putUint16(out, at + 2, ECS_HEADER + ecsOctets);
  // RFC 7871 section 7.2.1: FAMILY, SOURCE PREFIX-LENGTH and ADDRESS as in the query.
  putUint16(out, at + 4, query.ecsFamily === 4 ? 1 : 2);
  out[at + 6] = query.ecsSource;
  out[at + 7] = response.scope;
  at += OPTION_HEADER + ECS_HEADER;
  for (let i = 0; i < ecsOctets; i++) out[at + i] = (query.ecsAddress[i >> 2]! >>> (24 - ((i & 3) << 3))) & 0xff;
  return at + ecsOctets;
}
