import { expect, test } from "vitest";
import { mentionsAsns, NO_ASN, recordAsn } from "../../src/geo/record-asn.ts";
import { mmdb } from "../support/mmdb-writer.ts";

test.for<[what: string, record: unknown, expected: number]>([
  [
    "GeoLite2-ASN, DB-IP ASN and ip-location-db",
    { autonomous_system_number: 13_335, autonomous_system_organization: "CLOUDFLARENET" },
    13_335,
  ],
  ["GeoIP2-ISP", { autonomous_system_number: 64_500, isp: "Example", organization: "Example" }, 64_500],
  ["GeoIP2-Enterprise", { country: { iso_code: "DE" }, traits: { autonomous_system_number: 64_500 } }, 64_500],
  ["IPinfo lite", { asn: "AS13335", as_name: "Cloudflare, Inc.", country_code: "US" }, 13_335],
  ["digits as text", { asn: "64500" }, 64_500],
  ["small letters", { asn: "as64500" }, 64_500],
  ["a number at the short key", { asn: 64_500 }, 64_500],
  ["the last number", { autonomous_system_number: 4_294_967_295 }, 4_294_967_295],
  ["the first of two that differ", { autonomous_system_number: 64_500, asn: "AS64501" }, 64_500],
  ["the second where the first is none", { autonomous_system_number: 0, asn: "AS64501" }, 64_501],
])("recordAsn reads %s", ([, record, expected]) => {
  expect(recordAsn(record)).toBe(expected);
});

test.for<[what: string, record: unknown]>([
  ["a place alone", { country_code: "DE" }],
  ["no map", "AS64500"],
  ["a list", [64_500]],
  ["nothing", undefined],
  ["0, which is nobody's", { autonomous_system_number: 0 }],
  ["a negative number", { autonomous_system_number: -64_500 }],
  ["a fraction", { autonomous_system_number: 64_500.5 }],
  ["one too large", { autonomous_system_number: 4_294_967_296 }],
  ["one far too large", { autonomous_system_number: 1e300 }],
  ["no number at all", { autonomous_system_number: Number.NaN }],
  ["text too large", { asn: "AS4294967296" }],
  ["a long text of digits", { asn: `AS${"9".repeat(250)}` }],
  ["a negative text", { asn: "AS-1" }],
  ["another notation (asdot, RFC 5396)", { asn: "AS1.10" }],
  ["empty text", { asn: "" }],
  ["the name alone", { as_name: "AS64500" }],
  ["a map at the short key", { asn: { asn: "AS64500" } }],
  ["no map of traits", { traits: "AS64500" }],
])("recordAsn knows none of %s", ([, record]) => {
  expect(recordAsn(record)).toBe(NO_ASN);
});

test.for<[record: object, pointers: boolean, expected: boolean]>([
  [{ autonomous_system_number: 64_500 }, false, true],
  [{ traits: { autonomous_system_number: 64_500 } }, true, true],
  [{ asn: "AS64500" }, false, true],
  [{ asn: "AS64500" }, true, true],
  [{ country_code: "DE", as_name: "asn" }, false, true],
  [{ country_code: "DE", city: "Casnate" }, false, true],
  [{ country_code: "DE", asname: "basn" }, false, false],
])("mentionsAsns of %j, with pointers: %s", ([record, pointers, expected]) => {
  expect(mentionsAsns(mmdb([["192.0.2.0/24", record]], { pointers }))).toBe(expected);
});
