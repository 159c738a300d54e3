/** RFC 2181, "Clarifications to the DNS Specification": record sets, zone cuts, TTLs, TC, any octets in names. */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  RCODE,
  refusalOf,
  repliesTo,
  TYPE,
  wantedBy,
  type Row,
} from "../support/conformance-server.ts";
import { labelsName } from "../support/query-packet.ts";

const { NS, PTR, SOA } = TYPE;
const { NXDOMAIN } = RCODE;

const MANY = Array.from({ length: 40 }, (_, i) => `192.0.2.${i + 1}`);

const server = conformanceServer(String.raw`
zones:
  example.org:
    nameservers: [ns1.example.org, ns.example.net]
    records:
      ns1: { A: 192.0.2.53 }
      set: { A: { ttl: 77s, values: [192.0.2.1, 192.0.2.2, 192.0.2.3] } }
      many: { A: ${JSON.stringify(MANY)} }
      zero: { A: { ttl: 0s, values: 192.0.2.4 } }
      longest: { A: { ttl: 2147483647s, values: 192.0.2.5 } }
      pointer: { PTR: [one, two] }
      child: { NS: ns1.child }
      ns1.child: { A: 192.0.2.99 }
      other: { NS: ns1.other }
      ns1.other: { A: 192.0.2.61 }
      'a\.b': { A: 192.0.2.6 }
      'nul\000': { A: 192.0.2.7 }
      'high\255': { A: 192.0.2.8 }
      'sp\032ace': { A: 192.0.2.9 }
      'back\\slash': { A: 192.0.2.10 }
      '-_-': { A: 192.0.2.11 }
  child.example.org:
    nameservers: [ns1.child.example.org]
    records:
      ns1: { A: 192.0.2.54 }
profiles:
  brief: { names: [brief.example.org], method: priority, ttl: 0s, endpoints: { a: { address: 192.0.2.12 } } }
`);

const org = soaOf("example.org");

test.for<Row>([
  [
    "5: all records of a set, and 5.2: all with the same TTL",
    { name: "set.example.org" },
    { answers: [1, 2, 3].map((i) => `set.example.org 77 A 192.0.2.${i}`) },
    ["query - A NOERROR"],
  ],
  [
    "5: never part of a set: whole, or TC",
    { name: "many.example.org" },
    { flags: "qr aa tc" },
    ["event truncated", "query - A NOERROR"],
    { transport: "udp" },
  ],
  [
    "5: whole over TCP",
    { name: "many.example.org" },
    { answers: MANY.map((address) => `many.example.org 300 A ${address}`) },
    ["query - A NOERROR"],
    { transport: "tcp" },
  ],
  [
    "6: the child's own data is authoritative where both zones are ours",
    { name: "ns1.child.example.org" },
    { answers: ["ns1.child.example.org 300 A 192.0.2.54"] },
    ["query - A NOERROR"],
  ],
  [
    "6: the NS records of the child are the child's",
    { name: "child.example.org", type: NS },
    { answers: ["child.example.org 300 NS ns1.child.example.org"] },
    ["query - NS NOERROR"],
  ],
  [
    "6.1: the data of a zone below a cut is not authoritative",
    { name: "ns1.other.example.org" },
    {
      flags: "qr",
      authority: ["other.example.org 300 NS ns1.other.example.org"],
      additional: ["ns1.other.example.org 300 A 192.0.2.61"],
    },
    ["query - A NOERROR"],
  ],
  [
    "7.1: the SOA of a negative answer is in the authority section",
    { name: "set.example.org", type: SOA },
    { authority: [org] },
    ["query - SOA NOERROR"],
  ],
  [
    "7.3: the primary is not taken out of the NS records",
    { name: "example.org", type: NS },
    { answers: ["example.org 300 NS ns1.example.org", "example.org 300 NS ns.example.net"] },
    ["query - NS NOERROR"],
  ],
  ["8: TTL 0", { name: "zero.example.org" }, { answers: ["zero.example.org 0 A 192.0.2.4"] }, ["query - A NOERROR"]],
  [
    "8: TTL 0 of a profile",
    { name: "brief.example.org" },
    { answers: ["brief.example.org 0 A 192.0.2.12"] },
    ["query brief A NOERROR", "decision brief/a preferred"],
  ],
  [
    "8: TTL 2^31 - 1",
    { name: "longest.example.org" },
    { answers: ["longest.example.org 2147483647 A 192.0.2.5"] },
    ["query - A NOERROR"],
  ],
  [
    "10.2: a name may have several PTR records",
    { name: "pointer.example.org", type: PTR },
    { answers: ["pointer.example.org 300 PTR one.example.org", "pointer.example.org 300 PTR two.example.org"] },
    ["query - other NOERROR"],
  ],
  ...[
    [String.raw`a\.b`, 6],
    [String.raw`nul\000`, 7],
    [String.raw`high\255`, 8],
    [String.raw`sp\032ace`, 9],
    [String.raw`back\\slash`, 10],
    ["-_-", 11],
  ].map(([label, last]): Row => [
    `11: any octets make a label: ${label}`,
    { name: labelsName(octetsOf(String(label)), octetsOf("example"), octetsOf("org")) },
    { answers: [`${label}.example.org 300 A 192.0.2.${last}`] },
    ["query - A NOERROR"],
  ]),
  [
    "11: a dot in a label is not the end of one",
    { name: "a.b.example.org" },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - A NXDOMAIN"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

function octetsOf(text: string): number[] {
  return [...text.matchAll(/\\(\d{3})|\\?(.)/g)].map(([, octet, character]) =>
    Number(octet ?? character!.charCodeAt(0)),
  );
}

test.for([
  ["5: the same record twice", "www: { A: [192.0.2.1, 192.0.2.1] }", "duplicate-record"],
  ["8: a TTL of 2^31", "www: { A: { ttl: 2147483648s, values: 192.0.2.1 } }", "out-of-range"],
  ["10.3: a nameserver that is an alias", "sub: { NS: ns }, ns: { CNAME: a }", "alias-target"],
])("%s is refused in a configuration", ([, records, code]) => {
  const zone = "nameservers: [ns.example.net]";
  expect(refusalOf(`zones: { example.org: { ${zone}, records: { ${records} } } }`)).toEqual([code]);
});
