/**
 * How the data of each type is written in master files. A type without a line here is written as RFC 3597 text.
 * Mnemonics in place of numbers are those of algorithms and certificate types.
 */
import { TYPE } from "../../shared/record-type.ts";
import { counted } from "../counted.ts";
import type { Refusal } from "../diagnostic.ts";
import { addressPrefixes } from "./address-prefixes.ts";
import { caaTag } from "./caa-tag.ts";
import {
  base64,
  type Field,
  hex,
  host,
  ipv4,
  ipv6,
  name,
  optionalBase64,
  quotedText,
  seconds,
  string,
  strings,
  text,
  u16,
  u32,
  u8,
} from "./field.ts";
import { gateway, relay } from "./gateway.ts";
import { hostIdentity } from "./host-identity.ts";
import { eui48, eui64, locator64, nsap } from "./identifiers.ts";
import { location } from "./loc.ts";
import { algorithm, certificateType, scheme } from "./mnemonics.ts";
import { svcParams } from "./svc-params.ts";
import { recordType, typeBitmap } from "./type-bitmap.ts";

export interface RecordFormat {
  /** The words behind "wanted" in a diagnostic. */
  readonly usage: string;
  readonly fields: readonly Field[];
  /** A rule across fields that are well-formed each for itself. */
  readonly refusal?: (data: Uint8Array) => Pick<Refusal, "what" | "wanted"> | undefined;
}

const TXT: RecordFormat = {
  usage: String.raw`plain text, or strings such as "a" "b" with \" for a quote inside`,
  fields: [strings],
};

const DS: RecordFormat = {
  usage: "KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…",
  fields: [u16, algorithm, u8, hex],
  // RFC 4034 section 5.1; the lengths are those of SHA-1, SHA-256 (RFC 4509) and SHA-384 (RFC 6605).
  refusal: (data) => digestRefusal(data[3]!, data.length - 4, { 1: 20, 2: 32, 4: 48 }),
};

const TLSA: RecordFormat = {
  usage: "USAGE SELECTOR MATCHING DATA, such as 3 1 1 0b9f…",
  fields: [u8, u8, u8, hex],
  // RFC 6698 section 2.1.3: 1 is SHA-256, 2 is SHA-512.
  refusal: (data) => digestRefusal(data[2]!, data.length - 3, { 1: 32, 2: 64 }),
};

const SVCB: RecordFormat = {
  usage: "PRIORITY TARGET KEY=VALUE…, such as 1 . alpn=h2,h3",
  fields: [u16, name, svcParams],
  refusal(data) {
    // RFC 9460 section 2.4.2: "In AliasMode, records SHOULD NOT include any SvcParams".
    const isAlias = data[0] === 0 && data[1] === 0;
    if (!isAlias || name.end(data, 2) === data.length) return undefined;
    return { what: "parameters of an alias", wanted: "priority 0 and the target alone, or a priority of 1 to 65535" };
  },
};

const KEY: RecordFormat = {
  usage: "FLAGS PROTOCOL ALGORITHM BASE64, such as 512 3 8 AwEA…",
  fields: [u16, u8, algorithm, optionalBase64],
  // RFC 2535 section 3.1.2: both high bits of the flags say that there is no key.
  refusal: (data) => (data[0]! >= 0xc0 || data.length > 4 ? undefined : { what: "no key", wanted: "one in base64" }),
};

const IPSECKEY: RecordFormat = {
  usage: "PRECEDENCE TYPE ALGORITHM GATEWAY BASE64, such as 10 1 2 192.0.2.38 AQNR…",
  fields: [u8, gateway, optionalBase64],
  // RFC 4025 section 2.4: "A value of 0 indicates that no key is present."
  refusal: (data) =>
    data[2] === 0 || data.length > gateway.end(data, 1) ? undefined : { what: "no key", wanted: "one in base64" },
};

const USAGE_NAME = "a name, such as www or www.example.net.";

const formats: readonly (readonly [type: number, format: RecordFormat])[] = [
  [TYPE.A, { usage: "an IPv4 address such as 192.0.2.1", fields: [ipv4] }],
  [TYPE.NS, { usage: USAGE_NAME, fields: [host] }],
  [TYPE.CNAME, { usage: USAGE_NAME, fields: [name] }],
  [
    TYPE.SOA,
    {
      usage: "PRIMARY CONTACT SERIAL REFRESH RETRY EXPIRE MINIMUM, such as ns1 hostmaster 2026010100 2h 15m 14d 60",
      fields: [name, name, u32, seconds, seconds, seconds, seconds],
    },
  ],
  // RFC 1035 section 3.3.12: "some location in the domain name space", of whatever spelling (RFC 6763 section 4.1).
  [TYPE.PTR, { usage: USAGE_NAME, fields: [name] }],
  [TYPE.HINFO, { usage: 'CPU OS, such as "x86-64" "Linux"', fields: [string, string] }],
  [TYPE.MX, { usage: "PREFERENCE EXCHANGE, such as 10 mail", fields: [u16, host] }],
  [TYPE.TXT, TXT],
  [TYPE.RP, { usage: "MAILBOX TEXT, such as admin.example.net. .", fields: [name, name] }],
  [TYPE.AFSDB, { usage: "SUBTYPE HOST, such as 1 afs", fields: [u16, name] }],
  [TYPE.AAAA, { usage: "an IPv6 address such as 2001:db8::1", fields: [ipv6] }],
  [
    TYPE.LOC,
    {
      usage: "LATITUDE LONGITUDE ALTITUDE [SIZE [PRECISIONS]], such as 52 31 12 N 13 24 18 E 34m",
      fields: [location],
    },
  ],
  // RFC 2782.
  [TYPE.SRV, { usage: "PRIORITY WEIGHT PORT TARGET, such as 0 5 5060 sip", fields: [u16, u16, u16, host] }],
  // RFC 3403 section 4.1.
  [
    TYPE.NAPTR,
    {
      usage: 'ORDER PREFERENCE "FLAGS" "SERVICES" "REGEXP" REPLACEMENT, such as 100 10 "s" "SIP+D2U" "" _sip._udp',
      fields: [u16, u16, string, string, string, name],
    },
  ],
  [TYPE.KX, { usage: "PREFERENCE EXCHANGER, such as 10 kx", fields: [u16, name] }],
  [
    TYPE.CERT,
    {
      usage: "TYPE KEYTAG ALGORITHM BASE64, such as PKIX 0 0 MIIB…",
      fields: [certificateType, u16, algorithm, base64],
    },
  ],
  [TYPE.DS, DS],
  // RFC 4255 section 3.1.2: 1 is SHA-1; RFC 6594 section 3.1: 2 is SHA-256.
  [
    TYPE.SSHFP,
    {
      usage: "ALGORITHM FINGERPRINTTYPE FINGERPRINT, such as 4 2 9f2b…",
      fields: [u8, u8, hex],
      refusal: (data) => digestRefusal(data[1]!, data.length - 2, { 1: 20, 2: 32 }),
    },
  ],
  [TYPE.DHCID, { usage: "BASE64", fields: [base64] }],
  [TYPE.TLSA, TLSA],
  [TYPE.SMIMEA, TLSA],
  // RFC 8078 section 4: `0 0 0 00` asks the parent to delete the DS.
  [TYPE.CDS, DS],
  [TYPE.CDNSKEY, { usage: "FLAGS PROTOCOL ALGORITHM BASE64", fields: [u16, u8, algorithm, base64] }],
  [TYPE.OPENPGPKEY, { usage: "BASE64", fields: [base64] }],
  [TYPE.SVCB, SVCB],
  [TYPE.HTTPS, SVCB],
  [TYPE.SPF, TXT],
  // RFC 7553 section 4.4: the target is one or more octets.
  [
    TYPE.URI,
    {
      usage: 'PRIORITY WEIGHT "TARGET", such as 10 1 "https://www.example.com/"',
      fields: [u16, u16, quotedText],
      refusal: (data) => (data.length > 4 ? undefined : { what: "an empty URI", wanted: "one such as https://…" }),
    },
  ],
  [
    TYPE.CAA,
    {
      usage: 'FLAGS TAG "VALUE", such as 0 issue "ca.example.net"',
      fields: [u8, caaTag, text],
    },
  ],
  [TYPE.MB, { usage: USAGE_NAME, fields: [name] }],
  [TYPE.MG, { usage: USAGE_NAME, fields: [name] }],
  [TYPE.MR, { usage: USAGE_NAME, fields: [name] }],
  [TYPE.MINFO, { usage: "MAILBOX ERRORS, such as admin.example.net. .", fields: [name, name] }],
  // RFC 1183 section 3.
  [TYPE.X25, { usage: "ADDRESS, such as 311061700956", fields: [string] }],
  [TYPE.ISDN, { usage: "ADDRESS [SUBADDRESS], such as 150862028003217 004", fields: [strings] }],
  [TYPE.RT, { usage: "PREFERENCE HOST, such as 10 relay", fields: [u16, name] }],
  [TYPE.NSAP, { usage: "HEX behind 0x, such as 0x47.0005.80005a00", fields: [nsap] }],
  [TYPE["NSAP-PTR"], { usage: USAGE_NAME, fields: [name] }],
  [TYPE.KEY, KEY],
  // RFC 2163 section 4.
  [TYPE.PX, { usage: "PREFERENCE NAME NAME, such as 10 a b", fields: [u16, name, name] }],
  // RFC 1712 section 3.
  [
    TYPE.GPOS,
    { usage: "LONGITUDE LATITUDE ALTITUDE, such as -32.6882 116.8652 10.0", fields: [string, string, string] },
  ],
  [TYPE.EID, { usage: "HEX", fields: [hex] }],
  [TYPE.NIMLOC, { usage: "HEX", fields: [hex] }],
  [
    TYPE.APL,
    { usage: "[!]FAMILY:ADDRESS/LENGTH…, such as 1:192.0.2.0/24 !2:2001:db8::/32", fields: [addressPrefixes] },
  ],
  [TYPE.IPSECKEY, IPSECKEY],
  [TYPE.HIP, { usage: "ALGORITHM TAG BASE64 [SERVER…], such as 2 20010010…7a AwEA… rvs", fields: [hostIdentity] }],
  [TYPE.NINFO, TXT],
  [TYPE.RKEY, KEY],
  [TYPE.TALINK, { usage: "PREVIOUS NEXT, such as a b", fields: [name, name] }],
  // RFC 7477 section 2.1.1.
  [TYPE.CSYNC, { usage: "SERIAL FLAGS TYPE…, such as 66 3 A NS AAAA", fields: [u32, u16, typeBitmap] }],
  [
    TYPE.DSYNC,
    {
      usage: "TYPE SCHEME PORT TARGET, such as CDS NOTIFY 5300 scanner",
      fields: [recordType, scheme, u16, host],
    },
  ],
  [TYPE.HHIT, { usage: "BASE64", fields: [base64] }],
  [TYPE.BRID, { usage: "BASE64", fields: [base64] }],
  // RFC 6742 section 2.
  [TYPE.NID, { usage: "PREFERENCE NODE, such as 10 14:4fff:ff20:ee64", fields: [u16, locator64] }],
  [TYPE.L32, { usage: "PREFERENCE LOCATOR, such as 10 192.0.2.0", fields: [u16, ipv4] }],
  [TYPE.L64, { usage: "PREFERENCE LOCATOR, such as 10 2001:db8:1140:1000", fields: [u16, locator64] }],
  [TYPE.LP, { usage: "PREFERENCE NAME, such as 10 l64-subnet1", fields: [u16, name] }],
  [TYPE.EUI48, { usage: "an address such as 00-00-5e-00-53-2a", fields: [eui48] }],
  [TYPE.EUI64, { usage: "an address such as 00-00-5e-ef-10-00-00-2a", fields: [eui64] }],
  [TYPE.AVC, TXT],
  // RFC 8777 section 4.3.
  [TYPE.AMTRELAY, { usage: "PRECEDENCE D TYPE RELAY, such as 10 0 1 192.0.2.15", fields: [u8, relay] }],
  [TYPE.RESINFO, TXT],
  [TYPE.WALLET, TXT],
  [TYPE.TA, DS],
  [TYPE.DLV, DS],
];

export const recordFormats: ReadonlyMap<number, RecordFormat> = new Map(formats);

function digestRefusal(
  kind: number,
  length: number,
  sizes: Readonly<Record<number, number>>,
): Pick<Refusal, "what" | "wanted"> | undefined {
  const size = sizes[kind];
  if (size === undefined || size === length) return undefined;
  return { what: `a digest of ${counted(length, "octet")}`, wanted: `${size} octets, as digests of type ${kind} have` };
}
