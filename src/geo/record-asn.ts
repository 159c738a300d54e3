/**
 * The number of the autonomous system that a database record tells. Layouts: GeoLite2-ASN, GeoIP2-ISP, DB-IP and
 * ip-location-db (`autonomous_system_number`), GeoIP2-Enterprise and DB-IP's with places (the same beneath `traits`), and
 * IPinfo (`asn: "AS64500"`). Records come from a file, so nothing about them is certain.
 */
import type { Wanted } from "./record-reader.ts";

/** The fields of a record that are looked at. */
export const READ_ASN_FIELDS: Wanted = {
  autonomous_system_number: {},
  traits: { autonomous_system_number: {} },
  asn: {},
};

/** Whether one of the fields may be in a file: keys of MaxMind DB stand in it as they are, behind their length. */
export function mentionsAsns(octets: Buffer): boolean {
  return octets.includes("autonomous_system_number") || octets.includes(SHORT_KEY);
}

/** "asn" as a text of three octets. */
const SHORT_KEY = Buffer.from("\x43asn", "latin1");

/** What a record tells of none. RFC 7607: nobody has the number 0. */
export const NO_ASN = 0;
/** RFC 6793. */
const LAST_ASN = 4_294_967_295;

/** `NO_ASN` too where what stands there is no such number. */
export function recordAsn(record: unknown): number {
  const { autonomous_system_number: number, traits, asn } = fieldsOf(record);
  return numberOf(number) ?? numberOf(fieldsOf(traits).autonomous_system_number) ?? numberOf(asn) ?? NO_ASN;
}

interface Fields {
  readonly autonomous_system_number?: unknown;
  readonly traits?: unknown;
  readonly asn?: unknown;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? value : {};
}

function numberOf(value: unknown): number | undefined {
  const digits = typeof value === "string" ? TEXT.exec(value)?.[1] : undefined;
  const number = digits === undefined ? value : Number(digits);
  return isAsn(number) ? number : undefined;
}

/** RFC 5396: digits alone (asplain), which many write behind AS. */
const TEXT = /^(?:AS)?(\d{1,10})$/i;

function isAsn(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > NO_ASN && value <= LAST_ASN;
}
