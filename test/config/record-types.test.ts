import { expect, test } from "vitest";
import { parseRecordKey, recordKeys } from "../../src/config/record-types.ts";

const SIGNED = "the zone as it was before it was signed: signatures are not served";

test.for<[key: string, type: number]>([
  ["A", 1],
  ["HTTPS", 65],
  ["DS", 43],
  ["TYPE65280", 65_280],
  ["TYPE15", 15],
])("parseRecordKey: %s is %d", ([key, type]) => {
  expect(parseRecordKey(key)).toEqual({ ok: true, value: type });
});

test.for<[key: string, code: string, what: string, wanted: string]>([
  ["SVBC", "unknown-key", "unknown record type", "a known type: did you mean SVCB?"],
  ["mx", "unknown-key", "unknown record type", "a known type: did you mean MX?"],
  ["WKSWKS", "unknown-key", "unknown record type", "a type such as A, CNAME or TXT, or TYPEnnn"],
  ["WKS", "unknown-key", "WKS records have no name here", "TYPE11, and RFC 3597 text behind it"],
  ["a6", "unknown-key", "A6 records have no name here", "TYPE38, and RFC 3597 text behind it"],
  ["SOA", "unserved-type", "SOA records", "the zone's soa, contact and nameservers keys"],
  ["TYPE6", "unserved-type", "SOA records", "the zone's soa, contact and nameservers keys"],
  ["OPT", "unserved-type", "OPT records", "a type of data (RFC 6895 section 3.1)"],
  ["ANY", "unserved-type", "ANY records", "a type of data (RFC 6895 section 3.1)"],
  ["TYPE0", "unserved-type", "TYPE0 records", "a type of data (RFC 6895 section 3.1)"],
  ["DNAME", "unserved-type", "DNAME records", "a CNAME for each name: the CNAMEs of a DNAME are not made here"],
  ["RRSIG", "unserved-type", "RRSIG records", SIGNED],
  ["NSEC", "unserved-type", "NSEC records", SIGNED],
  ["NSEC3", "unserved-type", "NSEC3 records", SIGNED],
  ["NSEC3PARAM", "unserved-type", "NSEC3PARAM records", SIGNED],
  ["DNSKEY", "unserved-type", "DNSKEY records", SIGNED],
])("parseRecordKey refuses %s: %s", ([key, code, what, wanted]) => {
  expect(parseRecordKey(key)).toEqual({ ok: false, error: { code, what, wanted } });
});

test("recordKeys: each can be a key", () => {
  expect(recordKeys.filter((key) => !parseRecordKey(key).ok)).toEqual([]);
  expect(recordKeys).toContain("NAPTR");
});
