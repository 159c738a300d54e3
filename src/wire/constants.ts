/** Numbers of the DNS protocol that more than one file needs (IANA, "Domain Name System (DNS) Parameters"). */

export { TYPE } from "../shared/record-type.ts";

export const CLASS_IN = 1;
export const CLASS_CH = 3;
export const CLASS_ANY = 255;

/** Codes of EDNS options (IANA, "DNS EDNS0 Option Codes (OPT)"). */
export const OPTION = {
  NSID: 3,
  ECS: 8,
  COOKIE: 10,
  KEEPALIVE: 11,
  EDE: 15,
} as const;

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  /** Extended: the high bits travel in OPT (RFC 6891 section 6.1.3). */
  BADVERS: 16,
  /** RFC 7873 section 8. */
  BADCOOKIE: 23,
} as const;

/** Octets of the header (RFC 1035 section 4.1.1). */
export const HEADER_SIZE = 12;

/** Extended DNS errors (RFC 8914 section 4). */
export const EDE = {
  STALE_ANSWER: 3,
  BLOCKED: 15,
  FILTERED: 17,
  PROHIBITED: 18,
  NOT_AUTHORITATIVE: 20,
  NOT_SUPPORTED: 21,
  NO_REACHABLE_AUTHORITY: 22,
} as const;
