import * as fc from "fast-check";
import { expect, test } from "vitest";
import { recordParsers } from "../../../src/config/text/record.ts";
import type { RecordData, RecordType } from "../../../src/shared/record-data.ts";

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(type: RecordType, text: string): RecordData | undefined {
  const parsed = recordParsers[type](text, "example.com");
  return parsed.ok ? parsed.value : undefined;
}

test.for<[RecordType, string, RecordData]>([
  ["A", "192.0.2.1", { type: "A", address: { family: 4, octets: Uint8Array.of(192, 0, 2, 1) } }],
  ["CNAME", "www", { type: "CNAME", target: "www.example.com" }],
  ["NS", "ns.example.net.", { type: "NS", target: "ns.example.net" }],
  ["MX", "10 mail", { type: "MX", preference: 10, exchange: "mail.example.com" }],
  // RFC 7505: no mail.
  ["MX", "0 .", { type: "MX", preference: 0, exchange: "" }],
  ["SRV", "0  5 5060 sip", { type: "SRV", priority: 0, weight: 5, port: 5060, target: "sip.example.com" }],
  [
    "CAA",
    '0 issue "ca.example.net; a=b"',
    { type: "CAA", flags: 0, tag: "issue", value: octets("ca.example.net; a=b") },
  ],
  ["CAA", "128 iodef mailto:a@b", { type: "CAA", flags: 128, tag: "iodef", value: octets("mailto:a@b") }],
  ["TXT", "v=spf1 -all", { type: "TXT", strings: [octets("v=spf1 -all")] }],
  ["TXT", "", { type: "TXT", strings: [octets("")] }],
  ["TXT", String.raw`C:\dir`, { type: "TXT", strings: [octets(String.raw`C:\dir`)] }],
  ["TXT", "grün", { type: "TXT", strings: [octets("grün")] }],
  ["TXT", '"a b" "c"', { type: "TXT", strings: [octets("a b"), octets("c")] }],
  ["TXT", String.raw`"say \"hi\" \065\\" bare`, { type: "TXT", strings: [octets('say "hi" A\\'), octets("bare")] }],
  ["TXT", '""', { type: "TXT", strings: [octets("")] }],
])("recordParsers: %s %j", ([type, text, data]) => {
  expect(parse(type, text)).toEqual(data);
});

test("recordParsers: a TXT text without quotes is split into strings of 255 octets", () => {
  const data = parse("TXT", "a".repeat(600));
  expect(data?.type === "TXT" && data.strings.map(({ length }) => length)).toEqual([255, 255, 90]);
});

test.for<[RecordType, string]>([
  ["A", "2001:db8::1"],
  ["A", "192.0.2"],
  ["AAAA", "192.0.2.1"],
  ["CNAME", "two names"],
  ["MX", "mail"],
  ["MX", "65536 mail"],
  ["MX", "10 mail extra"],
  ["SRV", "0 5 sip"],
  ["SRV", "0 5 70000 sip"],
  ["CAA", "256 issue x"],
  ["CAA", "0 is-sue x"],
  ["CAA", '0 issue "a" "b"'],
  ["CAA", "0 issue"],
  ["TXT", '"not closed'],
  ["TXT", '"a"b'],
  ["TXT", String.raw`"\256"`],
  ["TXT", `"${"a".repeat(256)}"`],
])("recordParsers refuses %s %j", ([type, text]) => {
  expect(parse(type, text)).toBeUndefined();
});

test("recordParsers: any text is a record or a refusal", () => {
  const types = Object.keys(recordParsers) as RecordType[];
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', "\\", "0", " ", ".", "a") }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...types), texts, (type, text) => {
      expect(typeof recordParsers[type](text, "example.com").ok).toBe("boolean");
    }),
    { numRuns: 2000 },
  );
});
