/** RFC 3597, "Handling of Unknown DNS Resource Record (RR) Types". */
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

const { A, NAPTR, SRV } = TYPE;
const { REFUSED } = RCODE;

const zone = (records: string): string => `
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
${records}`;

const server = conformanceServer(
  zone(String.raw`
      a: { TYPE731: '\# 6 abcdef 01 23 45' }
      b: { TYPE62347: '\# 0' }
      c: { TYPE65280: ['\# 3 414243', '\# 3 616263'] }
      d: { TYPE65281: '\# 17 03777777076578616d706c65036f726700' }
      e: { TYPE65282: '\# 2 c00c' }
      f: { TYPE1: '\# 4 c0000202' }
      g: { SRV: 0 0 80 www }
      h: { NAPTR: '10 20 "u" "sip" "" www' }
      i: { CNAME: a }
`),
);

const org = soaOf("example.org");
const www = "03777777076578616d706c65036f726700";

test.for<Row>([
  ...[0, 3, 4, 10, 11, 99, 731, 62_347, 65_280, 65_535].map((type): Row => [
    `3: type ${type} of a name without it is NODATA`,
    { name: "www.example.org", type },
    { authority: [org] },
    ["query - other NOERROR"],
  ]),
  [
    "3: data of an unknown type is sent as it is",
    { name: "a.example.org", type: 731 },
    { answers: ["a.example.org 300 TYPE731 abcdef012345"] },
    ["query - other NOERROR"],
  ],
  [
    "3: data of no octets",
    { name: "b.example.org", type: 62_347 },
    { answers: ["b.example.org 300 TYPE62347 "] },
    ["query - other NOERROR"],
  ],
  [
    "3: a CNAME leads to it",
    { name: "i.example.org", type: 731 },
    { answers: ["i.example.org 300 CNAME a.example.org", "a.example.org 300 TYPE731 abcdef012345"] },
    ["query - other NOERROR"],
  ],
  [
    "4: what looks like a name is not compressed",
    { name: "d.example.org", type: 65_281 },
    { answers: [`d.example.org 300 TYPE65281 ${www}`] },
    ["query - other NOERROR"],
  ],
  [
    "4: what looks like a pointer is not followed",
    { name: "e.example.org", type: 65_282 },
    { answers: ["e.example.org 300 TYPE65282 c00c"] },
    ["query - other NOERROR"],
  ],
  [
    "4: a name in SRV is not compressed",
    { name: "g.example.org", type: SRV },
    // Header, question, the record's head, three numbers, and 17 octets of name.
    { answers: ["g.example.org 300 SRV 0 0 80 www.example.org"], size: 12 + 19 + 12 + 6 + 17 },
    ["query - SRV NOERROR"],
  ],
  [
    "4: a name in NAPTR is not compressed",
    { name: "h.example.org", type: NAPTR },
    { answers: [`h.example.org 300 TYPE35 000a001401750373697000${www}`] },
    ["query - other NOERROR"],
  ],
  [
    "5: a known type in generic form is of that type",
    { name: "f.example.org", type: A },
    { answers: ["f.example.org 300 A 192.0.2.2"] },
    ["query - A NOERROR"],
  ],
  [
    "6: data of unknown types is compared octet by octet",
    { name: "c.example.org", type: 65_280 },
    { answers: ["c.example.org 300 TYPE65280 414243", "c.example.org 300 TYPE65280 616263"] },
    ["query - other NOERROR"],
  ],
  [
    "7: a class that nobody knows",
    { name: "www.example.org", class: 65_280 },
    { flags: "qr", rcode: REFUSED },
    ["query - A REFUSED"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for([
  [String.raw`TYPE731: '\# 7 abcdef012345'`, "a length that is not that of the data"],
  [String.raw`TYPE731: '\# 6 abcdef01234'`, "half an octet"],
  [String.raw`TYPE731: '\# 6 abcdef01234x'`, "no hexadecimal digits"],
  [String.raw`TYPE731: abcdef012345`, String.raw`no \#`],
  [String.raw`TYPE1: '\# 3 c00002'`, "a known type's data of another form"],
])("5: %s is refused: %s", ([record]) => {
  expect(refusalOf(zone(`      x: { ${record} }`))).toEqual(["bad-record"]);
});

test.for(["TYPE65536", "TYPE", "TYPE01x", "NOTYPE"])("5: no type %s", (type) => {
  expect(refusalOf(zone(String.raw`      x: { ${type}: '\# 0' }`))).not.toEqual([]);
});
