/** Fields that are numbers, or words for them: DNSSEC algorithms, types of certificates, schemes of DSYNC. */
import { type Field, number } from "./field.ts";

/** DNSSEC algorithms: RFC 4034 appendix A.1 with IANA's "DNS Security Algorithm Numbers" (RFC 8624 section 3.1). */
export const algorithm = mnemonicOf(1, {
  RSAMD5: 1,
  DH: 2,
  DSA: 3,
  ECC: 4,
  RSASHA1: 5,
  "DSA-NSEC3-SHA1": 6,
  "RSASHA1-NSEC3-SHA1": 7,
  RSASHA256: 8,
  RSASHA512: 10,
  "ECC-GOST": 12,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
  INDIRECT: 252,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
});

/** Certificate types of CERT records (RFC 4398 section 2.1). */
export const certificateType = mnemonicOf(2, {
  PKIX: 1,
  SPKI: 2,
  PGP: 3,
  IPKIX: 4,
  ISPKI: 5,
  IPGP: 6,
  ACPKIX: 7,
  IACPKIX: 8,
  URI: 253,
  OID: 254,
});

/** Schemes of DSYNC records (RFC 9859 section 6.2). */
export const scheme = mnemonicOf(1, { NOTIFY: 1 });

function mnemonicOf(size: number, words: Readonly<Record<string, number>>): Field {
  const numbers = new Map(Object.entries(words));
  return number(size, (text) => (/^\d{1,10}$/.test(text) ? Number(text) : numbers.get(text.toUpperCase())));
}
