/**
 * Octets → Query (RFC 1035 section 4.1). Reads one question and the OPT record; skips every other record. Anything
 * else is one of the codes of `wire-error.ts`.
 */
import { HEADER_SIZE, TYPE } from "./constants.ts";
import { decodeOpt } from "./decode-opt.ts";
import { uint16At } from "./octets.ts";
import type { Query } from "./query.ts";
import type { WireError } from "./wire-error.ts";

const QR = 0x80;
const RD = 0x01;
const CD = 0x10;
/** RFC 1035 section 4.1.4: the two high bits of a length octet; 11 is a compression pointer. */
const LABEL_TYPE = 0xc0;
/** Octets of a name, the root's included (RFC 1035 section 2.3.4). */
const MAX_NAME = 255;
/** Each octet with ASCII letters in lower case (RFC 4343). Lengths of labels stay as they are: they are 63 at most. */
const LOWER_CASE = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet,
);

// Constants of this file are compiled in; imported ones would be looked up for each query.
/** Offset of the question, and of its name. */
const QUESTION = HEADER_SIZE;
const { OPT } = TYPE;

/**
 * Fills `query` from the first `length` octets; `stream` tells whether they came over TCP. After an error only `id` … `questionEnd` and `edns` are to be used.
 */
export function decodeQuery(packet: Uint8Array, length: number, stream: boolean, query: Query): WireError {
  if (length < HEADER_SIZE || (packet[2]! & QR) !== 0) return "not-a-query";
  query.id = uint16At(packet, 0);
  query.opcode = (packet[2]! >> 3) & 0xf;
  query.recursionDesired = (packet[2]! & RD) !== 0;
  query.checkingDisabled = (packet[3]! & CD) !== 0;
  query.hasQuestion = false;
  query.edns = false;
  query.dnssecOk = false;
  query.ecs = false;
  query.ecsFamily = 0;
  query.ecsSource = 0;
  query.nsid = false;
  query.keepalive = false;
  query.cookieLength = 0;
  if (query.opcode !== 0) return "opcode";
  const questions = uint16At(packet, 4);
  if (questions > 1) return "question-count";
  query.questionEnd = QUESTION;
  if (questions === 1 && !decodeQuestion(packet, length, query)) return "question-malformed";

  let at = query.questionEnd;
  const answers = uint16At(packet, 6) + uint16At(packet, 8);
  const records = answers + uint16At(packet, 10);
  for (let record = 0; record < records; record++) {
    const owner = at;
    at = skipName(packet, length, at);
    if (at < 0 || at + 10 > length) return "record-malformed";
    const dataEnd = at + 10 + uint16At(packet, at + 8);
    if (dataEnd > length) return "record-malformed";
    if (uint16At(packet, at) === OPT) {
      // RFC 6891 section 6.1.1: at most one OPT, in the additional section, its owner the root.
      if (query.edns || record < answers || packet[owner] !== 0) return "opt-misplaced";
      const error = decodeOpt(packet, at, dataEnd, stream, query);
      if (error !== "") return error;
    }
    at = dataEnd;
  }
  // RFC 6891 section 6.1.3: a version that we do not know is BADVERS, whatever else the message holds.
  if (query.edns && query.ednsVersion !== 0) return "edns-version";
  // RFC 9619: QDCOUNT of a query is 1. RFC 7873 section 5.4: or 0, where the client is after a cookie alone.
  return query.hasQuestion || query.cookieLength > 0 ? "" : "question-count";
}

/** Reads name, type and class; false where they are no question. The name is kept in lower case. */
function decodeQuestion(packet: Uint8Array, length: number, query: Query): boolean {
  const { name, labels } = query;
  let at = QUESTION;
  let count = 0;
  for (;;) {
    if (at >= length) return false;
    const size = packet[at]!;
    if (size === 0) break;
    // A pointer has nothing before it to point to, and no other label type is in use (RFC 6891 section 5).
    if ((size & LABEL_TYPE) !== 0) return false;
    labels[count++] = at - QUESTION;
    at += 1 + size;
    if (at - QUESTION >= MAX_NAME) return false;
  }
  at += 1;
  if (at + 4 > length) return false;
  const nameLength = at - QUESTION;
  for (let i = 0; i < nameLength; i++) name[i] = LOWER_CASE[packet[QUESTION + i]!]!;
  query.nameLength = nameLength;
  query.labelCount = count;
  query.type = uint16At(packet, at);
  query.class = uint16At(packet, at + 2);
  query.questionEnd = at + 4;
  query.hasQuestion = true;
  return true;
}

/** The offset behind a name that may end in a pointer; -1 where it leaves the message. */
function skipName(packet: Uint8Array, length: number, from: number): number {
  let at = from;
  while (at < length) {
    const size = packet[at]!;
    if (size === 0) return at + 1;
    if ((size & LABEL_TYPE) === LABEL_TYPE) return at + 2;
    if ((size & LABEL_TYPE) !== 0) return -1;
    at += 1 + size;
  }
  return -1;
}
