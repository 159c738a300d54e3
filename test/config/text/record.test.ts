import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecord } from "../../../src/config/text/record.ts";
import { parseType, TYPE } from "../../../src/shared/record-type.ts";

/** Octets as characters, or what is wrong. */
function parse(type: string, text: string): string {
  const parsed = parseRecord(parseType(type)!, text, "example.com");
  return parsed.ok ? String.fromCharCode(...parsed.value) : `${parsed.error.what}, wanted ${parsed.error.wanted}`;
}

test.for<[type: string, text: string, data: string]>([
  ["CNAME", "www", "\u0003www\u0007example\u0003com\0"],
  ["MX", "  10\tmail.example.net.\n", "\0\n\u0004mail\u0007example\u0003net\0"],
  ["MX", "( 10\n . )", "\0\n\0"],
  ["CAA", '0 issue "a;b"', "\0\u0005issuea;b"],
  ["TXT", "v=spf1 -all", "\u000bv=spf1 -all"],
  ["TXT", "", "\0"],
  ["TXT", "a ; b", "\u0005a ; b"],
  ["TXT", String.raw`C:\dir`, `\u0006${String.raw`C:\dir`}`],
  ["TXT", String.raw`\# 1 00`, `\u0007${String.raw`\# 1 00`}`],
  ["TXT", "grün", "\u0005gr\u00c3\u00bcn"],
  ["TXT", '"a b" "c"', "\u0003a b\u0001c"],
  ["TXT", String.raw`"say \"hi\" \065\\" bare`, `\u000b${String.raw`say "hi" A\ `}`.slice(0, -1) + "\u0004bare"],
  ["TYPE65280", String.raw`\# 2 4142`, "AB"],
  ["A", String.raw`\# 4 41424344`, "ABCD"],
])("parseRecord: %s %j", ([type, text, data]) => {
  expect(parse(type, text)).toBe(data);
});

test("parseRecord: a TXT text without quotes is split into strings of 255 octets", () => {
  const data = parse("TXT", "a".repeat(600));
  expect([data.length, data.charCodeAt(0), data.charCodeAt(256), data.charCodeAt(512)]).toEqual([603, 255, 255, 90]);
  expect(parse("TXT", "a".repeat(255))).toBe(`\u00ff${"a".repeat(255)}`);
});

test.for<[type: string, text: string, refusal: string]>([
  ["A", "", "not an A record, wanted an IPv4 address such as 192.0.2.1"],
  ["A", "2001:db8::1", "not an A record, wanted an IPv4 address such as 192.0.2.1"],
  ["MX", "10 mail extra", "not an MX record, wanted PREFERENCE EXCHANGE, such as 10 mail"],
  ["MX", "10 mail\n20 mail2", "more than one line, wanted one record; a list has an item for each"],
  ["CAA", "0 issue ca.example;x", 'a comment in a record, wanted text with a semicolon in quotes: "a;b"'],
  ["TXT", '"not closed', 'a quote that is not closed, wanted a " at the end, on the same line'],
  ["TXT", '"a"b', String.raw`a quote inside a word, wanted blanks between quoted and other text, or \" for a quote`],
  [
    "TYPE65280",
    "10 mail",
    String.raw`TYPE65280 data is read as RFC 3597 text only, wanted \# LENGTH HEX, such as \# 4 0a000001`,
  ],
])("parseRecord refuses %s %j", ([type, text, refusal]) => {
  expect(parse(type, text)).toBe(refusal);
});

test("parseRecord: any text is a record or a refusal", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', "\\", "0", " ", ".", "a", "(", ")", ";", "\n") }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(TYPE)), texts, (type, text) => {
      expect(typeof parseRecord(type, text, "example.com").ok).toBe("boolean");
    }),
    { numRuns: 2000 },
  );
});
