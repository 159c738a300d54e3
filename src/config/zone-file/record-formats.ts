/**
 * How the data of each type is written in master files. A type without a line here is written as RFC 3597 text.
 * Mnemonics in place of numbers are those of algorithms and certificate types.
 */
import { TYPE } from "../../shared/record-type.ts";
import { counted } from "../counted.ts";
import type { Refusal } from "../diagnostic.ts";
import { caaTag } from "./caa-tag.ts";
import {
  base64,
  type Field,
  hex,
  host,
  ipv4,
  ipv6,
  name,
  quotedText,
  seconds,
  string,
  strings,
  text,
  u16,
  u32,
  u8,
} from "./field.ts";
import { location } from "./loc.ts";
import { algorithm, certificateType } from "./mnemonics.ts";
import { svcParams } from "./svc-params.ts";

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
