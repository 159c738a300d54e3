/**
 * Whether a message is the reply to a query, told by its first octets before anything else of it is read: a datagram may
 * come from anyone, and what it holds may be made to cost time. Pure.
 */

/**
 * Octets. Without EDNS a reply has 512 at most (RFC 1035 section 4.2.1); some servers send what any network carries. One
 * that is made to be slow to decode costs this thread a millisecond or two; of 60 KB, 70.
 */
export const MOST_OVER_UDP = 1232;

/** Octets: several hundred addresses. One that is made to be slow costs 6 ms. */
export const MOST_OVER_TCP = 8 * 1024;

const HEADER_OCTETS = 12;
const QR = 0x80;
const TC = 0x02;

/** RFC 5452 section 9.1: the reply has the ID and the question of the query; anything else is not for us. */
export function isReplyTo(query: Uint8Array, message: Uint8Array, most: number): boolean {
  if (message.length < query.length || message.length > most) return false;
  const hasIdOfQuery = message[0] === query[0] && message[1] === query[1];
  const hasOneQuestion = message[4] === 0 && message[5] === 1;
  if (!hasIdOfQuery || (message[2]! & QR) === 0 || !hasOneQuestion) return false;
  // The query ends with its question: a name in plain labels, whose letters are equal in both cases, type and class.
  const typeAt = query.length - 4;
  for (let i = HEADER_OCTETS; i < query.length; i++) {
    const isEqual = i < typeAt ? lowerCase(message[i]!) === lowerCase(query[i]!) : message[i] === query[i];
    if (!isEqual) return false;
  }
  return true;
}

/** RFC 2181 section 9: the TC bit says that the answer did not fit, and that it is to be asked for over TCP. */
export function isTruncated(reply: Uint8Array): boolean {
  return (reply[2]! & TC) !== 0;
}

/** RFC 4343 section 3. The length of a label, at most 63, is below every letter. */
function lowerCase(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}
