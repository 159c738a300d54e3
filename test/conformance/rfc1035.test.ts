/** RFC 1035, "Domain names - implementation and specification": limits, messages, transport sizes, classes. */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  RCODE,
  repliesTo,
  textFor,
  textLine,
  TYPE,
  wantedBy,
  type Row,
} from "../support/conformance-server.ts";
import { octets, queryPacket, record, ROOT, u16, wireName } from "../support/query-packet.ts";

const { A, AXFR, IXFR, MX, PTR, TXT } = TYPE;
const { FORMERR, NXDOMAIN, REFUSED } = RCODE;

const LABEL_63 = "a".repeat(63);
/** 255 octets in wire form, of which example.org and the root have 13. */
const NAME_255 = `${LABEL_63}.${LABEL_63}.${LABEL_63}.${"b".repeat(49)}.example.org`;
const TEXT_512 = textFor(512);
const TEXT_513 = textFor(513);
/** 60,000 octets. */
const LARGE = Array.from({ length: 230 }, (_, i) => String(i).padStart(250, "x"));

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      ${LABEL_63}: { A: 192.0.2.63 }
      ${NAME_255}.: { A: 192.0.2.255 }
      mail: { MX: [20 www, 10 www] }
      _ipp._tcp: { PTR: 'Printer:\\032ready.10.' }
      t: { TXT: ${TEXT_512} }
      u: { TXT: ${TEXT_513} }
      l: { TXT: ${JSON.stringify(LARGE)} }
`);

const www = { answers: ["www.example.org 300 A 192.0.2.1"] };
const formErr = { flags: "qr", rcode: FORMERR };
const badQuestion = { ...formErr, question: undefined };
const name = "www.example.org";
const aRecord = record({ owner: wireName("x.example"), type: A, data: Uint8Array.of(192, 0, 2, 9) });

test.for<Row>([
  [
    "2.3.4: a label of 63 octets",
    { name: `${LABEL_63}.example.org` },
    { answers: [`${LABEL_63}.example.org 300 A 192.0.2.63`] },
    ["query - A NOERROR"],
  ],
  [
    "2.3.4: a label of 64 octets",
    { name: octets(Uint8Array.of(64), wireName("a".repeat(63)), ROOT) },
    badQuestion,
    ["query - other FORMERR"],
  ],
  [
    "2.3.4: a name of 255 octets",
    { name: NAME_255 },
    { answers: [`${NAME_255} 300 A 192.0.2.255`] },
    ["query - A NOERROR"],
  ],
  ["2.3.4: a name of 256 octets", { name: NAME_255.replace("bb", "bbb") }, badQuestion, ["query - other FORMERR"]],
  ["2.3.4: 127 labels", { name: "a.".repeat(126) + "a" }, { flags: "qr", rcode: REFUSED }, ["query - A REFUSED"]],
  ["2.3.4: 128 labels", { name: "a.".repeat(127) + "a" }, badQuestion, ["query - other FORMERR"]],

  [
    "3.3.12: the target of a PTR is any name",
    { name: "_ipp._tcp.example.org", type: PTR },
    { answers: [String.raw`_ipp._tcp.example.org 300 PTR Printer:\032ready.10`] },
    ["query - other NOERROR"],
  ],

  ["4.1.1: ID is copied", { name, id: 0xffff }, { ...www, id: 0xffff }, ["query - A NOERROR"]],
  ["4.1.1: ID 0 is copied", { name, id: 0 }, { ...www, id: 0 }, ["query - A NOERROR"]],
  ["4.1.1: RD is copied", { name, flags: 0x0100 }, { ...www, flags: "qr aa rd" }, ["query - A NOERROR"]],
  ...[
    ["AA", 0x0400],
    ["TC", 0x0200],
    ["RA", 0x0080],
    ["Z", 0x0040],
    ["an RCODE", 0x000f],
  ].map(([flag, flags]): Row => [
    `4.1.1: ${flag} of a query means nothing`,
    { name, flags: Number(flags) },
    www,
    ["query - A NOERROR"],
  ]),
  [
    "4.1.1: a record in the answer section of a query means nothing",
    { name, counts: [1, 1, 0, 0], records: [aRecord] },
    www,
    ["query - A NOERROR"],
  ],
  [
    "4.1.1: nor one in the authority section",
    { name, counts: [1, 0, 1, 0], records: [aRecord] },
    www,
    ["query - A NOERROR"],
  ],
  ["4.1.1: a record that is counted and not there", { name, counts: [1, 0, 0, 1] }, formErr, ["query - A FORMERR"]],
  ["4.1.1: 65535 of each", { name, counts: [1, 65535, 65535, 65535] }, formErr, ["query - A FORMERR"]],
  [
    "4.1.2: a question without type and class",
    { counts: [1, 0, 0, 0], name: wireName(`${LABEL_63}.${LABEL_63}`).slice(0, 65) },
    badQuestion,
    ["query - other FORMERR"],
  ],
  [
    "4.1.3: record data that leaves the message",
    { name, records: [octets(ROOT, u16(A), u16(1), u16(0), u16(0), u16(5), u16(0))] },
    formErr,
    ["query - A FORMERR"],
  ],
  [
    "4.1.3: records of a type come in the order of the configuration",
    { name: "mail.example.org", type: MX },
    { answers: ["mail.example.org 300 MX 20 www.example.org", "mail.example.org 300 MX 10 www.example.org"] },
    ["query - MX NOERROR"],
  ],
  ...[
    ["a pointer to itself", Uint8Array.of(0xc0, 12)],
    ["a pointer into the header", Uint8Array.of(0xc0, 0)],
    ["a pointer behind a label", Uint8Array.of(1, 0x61, 0xc0, 12)],
    ["a label of the reserved type 10", Uint8Array.of(0x80, 0)],
    ["a label of the reserved type 01", Uint8Array.of(0x41, 1, 0)],
  ].map(([what, wire]): Row => [
    `4.1.4: a question with ${what as string}`,
    { name: wire as Uint8Array },
    badQuestion,
    ["query - other FORMERR"],
  ]),
  [
    "4.1.4: a record of the query whose owner is a pointer to the question",
    { name, records: [record({ owner: Uint8Array.of(0xc0, 12), type: A, data: Uint8Array.of(1, 2, 3, 4) })] },
    www,
    ["query - A NOERROR"],
  ],

  [
    "4.2.1: 512 octets go over UDP",
    { name: "t.example.org", type: TXT },
    { size: 512, answers: [textLine("t.example.org", TEXT_512)] },
    ["query - TXT NOERROR"],
  ],
  [
    "4.2.1: longer messages are truncated and TC is set",
    { name: "u.example.org", type: TXT },
    { flags: "qr aa tc", size: 31 },
    ["event truncated", "query - TXT NOERROR"],
    { transport: "udp" },
  ],
  [
    "4.2.2: TCP carries them whole",
    { name: "u.example.org", type: TXT },
    { size: 513, answers: [textLine("u.example.org", TEXT_513)] },
    ["query - TXT NOERROR"],
    { transport: "tcp" },
  ],
  [
    "4.2.2: TCP carries what its two octets of length can tell",
    { name: "l.example.org", type: TXT },
    { size: 31 + 230 * 263, answers: LARGE.map((text) => textLine("l.example.org", text)) },
    ["query - TXT NOERROR"],
    { transport: "tcp" },
  ],

  ...[AXFR, IXFR].map((type): Row => [
    `5 and 6.2: a transfer (type ${type}) is refused`,
    { name: "example.org", type },
    { flags: "qr", rcode: REFUSED },
    ["query - other REFUSED"],
  ]),
  [
    "6.2: class ANY gets an answer that is not authoritative",
    { name, class: 255 },
    { ...www, flags: "qr" },
    ["query - A NOERROR"],
  ],
  [
    "6.2: so does a name that is not there",
    { name: "x.example.org", class: 255 },
    { flags: "qr", rcode: NXDOMAIN, authority: [soaOf("example.org")] },
    ["query - A NXDOMAIN"],
  ],
  ...[2, 3, 4, 254, 256].map((questionClass): Row => [
    `6.2: class ${questionClass}, of which nothing is known`,
    { name, class: questionClass },
    { flags: "qr", rcode: REFUSED },
    ["query - A REFUSED"],
  ]),
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for<[what: string, packet: Uint8Array]>([
  ["a message with QR set", queryPacket({ name, flags: 0x8000 })],
  ["11 octets", queryPacket({ name }).slice(0, 11)],
  ["nothing", new Uint8Array()],
])("7.3: %s is no query and gets no answer", ([, packet]) => {
  for (const transport of ["udp", "tcp"] as const) {
    expect(server.ask(packet, { transport })).toEqual({ message: undefined, counted: ["event dropped"] });
  }
});
