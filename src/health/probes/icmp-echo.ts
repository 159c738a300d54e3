/**
 * Echo messages of ICMP (RFC 792) and ICMPv6 (RFC 4443 section 4). Identifier and checksum are the kernel's: a ping
 * socket sets both as it sends, and takes only replies to its own identifier. Pure.
 */

export type Family = 4 | 6;

const TYPES = { 4: { request: 8, reply: 0 }, 6: { request: 128, reply: 129 } } as const;

const HEADER_OCTETS = 8;

/** Octets that nobody can guess, so that no forged reply and none to an earlier probe is taken. */
export const NONCE_OCTETS = 16;

/** The first of a sequence of one: repeated, it is the same message. */
export function echoRequest(family: Family, nonce: Uint8Array): Buffer {
  const message = Buffer.alloc(HEADER_OCTETS + nonce.length);
  message[0] = TYPES[family].request;
  message.writeUInt16BE(1, 6);
  message.set(nonce, HEADER_OCTETS);
  return message;
}

/** "The data received in the echo message must be returned in the echo reply message", as must the sequence number. */
export function isEchoReply(request: Buffer, message: Buffer): boolean {
  const family = request[0] === TYPES[4].request ? 4 : 6;
  if (message.length !== request.length || message[0] !== TYPES[family].reply || message[1] !== 0) return false;
  return message.subarray(6).equals(request.subarray(6));
}
