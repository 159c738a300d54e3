/**
 * Types of resource records: numbers and mnemonics (IANA, "Domain Name System (DNS) Parameters", Resource Record (RR)
 * TYPEs), the text of a type without a mnemonic (RFC 3597 section 5), and which numbers are never data (RFC 6895).
 */

export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MB: 7,
  MG: 8,
  MR: 9,
  PTR: 12,
  HINFO: 13,
  MINFO: 14,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  X25: 19,
  ISDN: 20,
  RT: 21,
  NSAP: 22,
  "NSAP-PTR": 23,
  SIG: 24,
  KEY: 25,
  PX: 26,
  GPOS: 27,
  AAAA: 28,
  LOC: 29,
  NXT: 30,
  EID: 31,
  NIMLOC: 32,
  SRV: 33,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  DNAME: 39,
  OPT: 41,
  APL: 42,
  DS: 43,
  SSHFP: 44,
  IPSECKEY: 45,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  DHCID: 49,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  HIP: 55,
  NINFO: 56,
  RKEY: 57,
  TALINK: 58,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  DSYNC: 66,
  HHIT: 67,
  BRID: 68,
  SPF: 99,
  NID: 104,
  L32: 105,
  L64: 106,
  LP: 107,
  EUI48: 108,
  EUI64: 109,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  URI: 256,
  CAA: 257,
  AVC: 258,
  AMTRELAY: 260,
  RESINFO: 261,
  WALLET: 262,
  TA: 32_768,
  DLV: 32_769,
} as const;

/** Types of IANA's registry that nobody here needs to name: experiments, what is obsolete, and what few use. */
const RARE_TYPES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    MD: 3,
    MF: 4,
    NULL: 10,
    WKS: 11,
    ATMA: 34,
    A6: 38,
    SINK: 40,
    UINFO: 100,
    UID: 101,
    GID: 102,
    UNSPEC: 103,
    DOA: 259,
    CLA: 263,
    IPN: 264,
  }),
);

const names: ReadonlyMap<number, string> = new Map(Object.entries(TYPE).map(([name, type]) => [type, name]));
const numbers: ReadonlyMap<string, number> = new Map(Object.entries(TYPE));

/** The number of `MX`, `mx` or `TYPE15`; undefined = no type. */
export function parseType(text: string): number | undefined {
  const upper = text.toUpperCase();
  const known = numbers.get(upper);
  if (known !== undefined) return known;
  // RFC 3597 section 5: "the word "TYPE" immediately followed by the decimal RR type number, with no intervening
  // whitespace".
  const digits = /^TYPE(\d{1,5})$/.exec(upper)?.[1];
  return digits !== undefined && Number(digits) <= 0xffff ? Number(digits) : undefined;
}

/** The number of a mnemonic that `parseType` does not know; undefined = IANA has no such mnemonic. */
export function rareType(text: string): number | undefined {
  return RARE_TYPES.get(text.toUpperCase());
}

/** The mnemonic, or `TYPEnnn` where there is none. */
export function typeName(type: number): string {
  return names.get(type) ?? `TYPE${type}`;
}

/**
 * Whether records of the type can be in a zone. RFC 6895 section 3.1: OPT and "128 - 255" are "Q and Meta-TYPEs";
 * 0 and 65535 are reserved.
 */
export function isDataType(type: number): boolean {
  return type !== 0 && type !== TYPE.OPT && !(type >= 128 && type <= 255) && type !== 0xffff;
}
