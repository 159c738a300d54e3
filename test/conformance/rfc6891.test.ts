/** RFC 6891, "Extension Mechanisms for DNS (EDNS(0))". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  fromHex,
  RCODE,
  repliesTo,
  textFor,
  textLine,
  TYPE,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";
import { octets, optRecord, record, wireName } from "../support/query-packet.ts";

const { A, TXT } = TYPE;
const { BADVERS, FORMERR, NXDOMAIN } = RCODE;

const OPT = 11;
const [T512, T513, T700, T1232, T1233] = [512, 513, 700, 1232, 1233].map((size) => textFor(size - OPT));

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      a: { TXT: ${T512} }
      b: { TXT: ${T513} }
      c: { TXT: ${T700} }
      d: { TXT: ${T1232} }
      e: { TXT: ${T1233} }
`);

const name = "www.example.org";
const answers = ["www.example.org 300 A 192.0.2.1"];
const aRecord = record({ owner: wireName("x.example"), type: A, data: Uint8Array.of(192, 0, 2, 9) });
const opt = optRecord();
const edns = {};
const formErr = { flags: "qr", rcode: FORMERR, edns };
const counted = ["query - A NOERROR"];

type Rest = readonly [Row[1], Row[2], Row[3], NonNullable<Row[4]>];

const whole = (letter: string, text: string | undefined, size: number): Rest => [
  { name: `${letter}.example.org`, type: TXT, edns: { size } },
  { answers: [textLine(`${letter}.example.org`, text!)] },
  ["query - TXT NOERROR"],
  { transport: "udp" },
];
const truncated = (letter: string, size: number): Rest => [
  { name: `${letter}.example.org`, type: TXT, edns: { size } },
  { flags: "qr aa tc", size: 31 + OPT },
  ["event truncated", "query - TXT NOERROR"],
  { transport: "udp" },
];

test.for<Row>([
  ["6.1.1: OPT where the query has one", { name, edns }, { answers, edns }, counted],
  ["6.1.1: none where it has none", { name }, { answers, edns: undefined }, counted],
  ["6.1.1: OPT before other additional records", { name, records: [opt, aRecord] }, { answers, edns }, counted],
  [
    "6.1.1: OPT behind other additional records",
    { name, records: [aRecord, aRecord, opt] },
    { answers, edns },
    counted,
  ],
  ["6.1.1: two OPT records", { name, records: [opt, opt] }, formErr, ["query - A FORMERR"]],
  [
    "6.1.1: two OPT records with others between",
    { name, records: [opt, aRecord, opt] },
    formErr,
    ["query - A FORMERR"],
  ],
  [
    "6.1.2: OPT of another owner than the root",
    { name, edns: { owner: wireName("example") } },
    { flags: "qr", rcode: FORMERR, edns: undefined },
    ["query - A FORMERR"],
  ],
  [
    "6.1.2: options that nobody knows are ignored",
    { name, edns: withOptions([100, ""], [65_001, "c0ffee"], [65_001, ""], [0, "00"], [65_535, "ff"]) },
    { answers },
    counted,
  ],
  [
    "6.1.2: so are those that this server has no use for: LLQ, DAU, EXPIRE, PADDING, CHAIN",
    { name, edns: withOptions([1, ""], [5, "08"], [9, ""], [12, "0000"], [13, "00"]) },
    { answers },
    counted,
  ],
  [
    "6.1.2: an option that leaves its record",
    { name, edns: { data: fromHex("006400050102") } },
    formErr,
    ["query - A FORMERR"],
  ],
  ["6.1.2: half an option", { name, edns: { data: fromHex("006400") } }, formErr, ["query - A FORMERR"]],
  ...[1, 2, 100, 255].map((version): Row => [
    `6.1.3: version ${version}: BADVERS, the version that is spoken, and no answer`,
    { name, edns: { version } },
    { flags: "qr", rcode: BADVERS },
    ["query - A BADVERS"],
  ]),
  [
    "6.1.3: what an unknown version means by its options is not known",
    { name, edns: { version: 1, data: fromHex("00080001") } },
    { flags: "qr", rcode: BADVERS },
    ["query - A BADVERS"],
  ],
  [
    "6.1.3: an extended RCODE in a query means nothing",
    { name, records: [record({ type: 41, class: 1232, ttl: [255, 0, 0, 0] })] },
    { answers, edns },
    counted,
  ],
  [
    "6.1.4: flags that nobody knows are ignored and clear in the answer",
    { name, records: [record({ type: 41, class: 1232, ttl: [0, 0, 0x7f, 0xff] })] },
    { answers, edns },
    counted,
  ],
  [
    "6.1.4: DO with them",
    { name, records: [record({ type: 41, class: 1232, ttl: [0, 0, 0xff, 0xff] })] },
    { answers, edns: { dnssecOk: true } },
    counted,
  ],
  ["6.2.3: sizes below 512 mean 512", ...whole("a", T512, 0)],
  ["6.2.3: 511 too", ...whole("a", T512, 511)],
  ["6.2.3: 512", ...whole("a", T512, 512)],
  ["6.2.3: more than 512 for 512", ...truncated("b", 512)],
  ["6.2.3: 700", ...whole("c", T700, 700)],
  ["6.2.3: more than 699 for 699", ...truncated("c", 699)],
  ["6.2.5: the server's own limit", ...whole("d", T1232, 65_535)],
  ["6.2.5: beyond it", ...truncated("e", 65_535)],
  [
    "6.2.5: no limit but its own over TCP",
    { name: "e.example.org", type: TXT, edns: { size: 512 } },
    { answers: [textLine("e.example.org", T1233!)] },
    ["query - TXT NOERROR"],
    { transport: "tcp" },
  ],
  [
    "7: OPT in a negative answer",
    { name: "x.example.org", edns },
    { rcode: NXDOMAIN, authority: [soaOf("example.org")] },
    ["query - A NXDOMAIN"],
  ],
  [
    "7: OPT outside the additional section",
    { name, counts: [1, 1, 0, 0], records: [opt] },
    { flags: "qr", rcode: FORMERR, edns: undefined },
    ["query - A FORMERR"],
  ],
  [
    "6.1.1: a record behind OPT that is counted and not there",
    { name, counts: [1, 0, 0, 2], records: [octets(opt)] },
    formErr,
    ["query - A FORMERR"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
