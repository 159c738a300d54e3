/**
 * The response to a query: header, question as asked, compiled records, OPT (RFC 1035 section 4.1, RFC 6891). Writes
 * into the caller's buffer and allocates nothing.
 */
import { OWN_NAMES, type CompiledRecords } from "./compiled-records.ts";
import { HEADER_SIZE, RCODE } from "./constants.ts";
import { optSize, putOpt, type ResponseOptions } from "./encode-opt.ts";
import { putUint16, uint16At } from "./octets.ts";
import type { Query } from "./query.ts";

/** The answer to encode. The caller keeps one and fills it again for each query. */
export interface Response extends ResponseOptions {
  rcode: number;
  authoritative: boolean;
  /** The CNAME records that lead from the question to the name that is answered: the first `aliasCount`. */
  readonly aliases: CompiledRecords[];
  aliasCount: number;
  /** The records of each section; undefined = none. */
  answers: CompiledRecords | undefined;
  /** The octet of `answers` at which the record begins that comes first; those before it come last. */
  answersFrom: number;
  authority: CompiledRecords | undefined;
  additional: CompiledRecords | undefined;
}

/** An empty response. `udpSize`: the longest that is sent over UDP, in octets. */
export function newResponse(udpSize: number): Response {
  return {
    udpSize,
    rcode: RCODE.NOERROR,
    authoritative: false,
    aliases: [],
    aliasCount: 0,
    answers: undefined,
    answersFrom: 0,
    authority: undefined,
    additional: undefined,
    withSubnet: false,
    scope: 0,
    nsid: undefined,
    serverCookie: undefined,
    keepalive: -1,
    extendedError: -1,
  };
}

/** Makes the response NOERROR without records and options. */
export function clearResponse(response: Response): void {
  response.rcode = RCODE.NOERROR;
  response.authoritative = false;
  response.aliasCount = 0;
  response.answers = undefined;
  response.answersFrom = 0;
  response.authority = undefined;
  response.additional = undefined;
  response.withSubnet = false;
  response.scope = 0;
  response.nsid = undefined;
  response.serverCookie = undefined;
  response.keepalive = -1;
  response.extendedError = -1;
}

/** Puts a CNAME record before the answer, which then is that of the record's target. */
export function addAlias(response: Response, alias: CompiledRecords): void {
  response.aliases[response.aliasCount++] = alias;
}

/** Octets over UDP that every requestor takes (RFC 1035 section 4.2.1). */
const PLAIN_UDP_SIZE = 512;
export const TCP_SIZE = 65535;
/** The limit for `encodeResponse` that leaves no records and sets TC. */
export const TRUNCATED = 0;

// Constants of this file are compiled in; imported ones would be looked up for each response.
/** Offset of the question, and of its name. */
const QUESTION = HEADER_SIZE;
const WRITTEN_OUT = OWN_NAMES;

const QR = 0x80;
const AA = 0x04;
const TC = 0x02;
const RD = 0x01;
const CD = 0x10;

/** The offset of a record's data behind an owner that is a pointer: TYPE, CLASS, TTL, RDLENGTH. */
const DATA = 12;

/** The longest answer over UDP that both sides take. */
export function udpLimit(query: Query, { udpSize }: Response): number {
  if (!query.edns) return PLAIN_UDP_SIZE;
  // RFC 6891 section 6.2.3: values lower than 512 MUST be treated as equal to 512.
  return Math.min(udpSize, Math.max(PLAIN_UDP_SIZE, query.udpSize));
}

/** Writes the response; returns its octets. Where the sections do not fit `limit`, all are left out and TC is set. */
export function encodeResponse(
  packet: Uint8Array,
  query: Query,
  response: Response,
  out: Uint8Array,
  limit: number,
): number {
  const question = query.hasQuestion ? query.questionEnd : QUESTION;
  for (let i = QUESTION; i < question; i++) out[i] = packet[i]!;

  const opt = optSize(query, response);
  const room = limit - opt - question;
  // Additional records are the glue of a referral, which MUST be there whole or TC be set (RFC 9471 section 3.1).
  const truncated = sizeOfRecords(response) > room;
  const { answers, authority, additional } = response;
  const aliasCount = truncated ? 0 : response.aliasCount;

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
  putUint16(out, 6, truncated ? 0 : aliasCount + (answers?.count ?? 0));
  putUint16(out, 8, truncated ? 0 : (authority?.count ?? 0));
  putUint16(out, 10, (truncated ? 0 : (additional?.count ?? 0)) + (query.edns ? 1 : 0));

  let at = question;
  if (!truncated) {
    let nameAt = QUESTION;
    let nameLength = query.nameLength;
    for (let i = 0; i < aliasCount; i++) {
      const alias = response.aliases[i]!;
      const target = at + DATA;
      at = putRecords(out, at, alias, nameAt, nameLength);
      nameAt = target;
      nameLength = alias.octets.length - DATA;
    }
    if (answers !== undefined) at = putRecords(out, at, answers, nameAt, nameLength, response.answersFrom);
    if (authority !== undefined) at = putRecords(out, at, authority, nameAt, nameLength);
    if (additional !== undefined) at = putRecords(out, at, additional, nameAt, nameLength);
  }
  return query.edns ? putOpt(out, at, opt, query, response, response.rcode) : at;
}

function sizeOfRecords({ aliases, aliasCount, answers, authority, additional }: Response): number {
  let size = 0;
  for (let i = 0; i < aliasCount; i++) size += aliases[i]!.octets.length;
  if (answers !== undefined) size += answers.octets.length;
  if (authority !== undefined) size += authority.octets.length;
  if (additional !== undefined) size += additional.octets.length;
  return size;
}

/**
 * Writes a section, from the record that begins at octet `from` on. The answered name stands uncompressed at `nameAt` of
 * the message, `nameLength` octets of it.
 */
function putRecords(
  out: Uint8Array,
  at: number,
  { octets, ownerLength }: CompiledRecords,
  nameAt: number,
  nameLength: number,
  from = 0,
): number {
  const size = octets.length;
  // Most answers are a few dozen octets: a plain loop beats TypedArray.set below about 100.
  if (from > 0) {
    for (let i = from; i < size; i++) out[at + i - from] = octets[i]!;
    for (let i = 0; i < from; i++) out[at + size - from + i] = octets[i]!;
  } else if (size < 100) for (let i = 0; i < size; i++) out[at + i] = octets[i]!;
  else out.set(octets, at);
  const end = at + size;
  const owner = ownerLength === 0 ? nameAt : nameAt + nameLength - ownerLength;
  if (owner === QUESTION || ownerLength === WRITTEN_OUT) return end;
  for (let record = at; record < end; record += DATA + uint16At(out, record + DATA - 2)) {
    putUint16(out, record, 0xc000 | owner);
  }
  return end;
}
