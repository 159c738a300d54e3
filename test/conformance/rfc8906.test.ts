/** RFC 8906, "A Common Operational Problem in DNS Servers: Failure to Communicate": each of the tests of section 8. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  OPTION,
  RCODE,
  repliesTo,
  textFor,
  TYPE,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";
import { ednsOption, octets, optRecord, queryPacket, record } from "../support/query-packet.ts";

const { SOA, TXT } = TYPE;
const { BADVERS, NOTIMP, REFUSED } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records: { ns1: { A: 192.0.2.53 }, t: { TXT: ${textFor(600)} } }
`);

const soa = { name: "example.org", type: SOA };
const answers = [soaOf("example.org", 300)];
const counted = ["query - SOA NOERROR"];
const badVersion = { flags: "qr", rcode: BADVERS };
const badVersionCounted = ["query - SOA BADVERS"];
/** `dig +ednsflags=0x40` sets the bit beside DO, and the next. */
const opt = (version: number): Row[1] => ({
  ...soa,
  records: [record({ type: 41, class: 1232, ttl: [0, version, 0x00, 0x40] })],
});
const unknownOption = withOptions([100, ""]);

test.for<Row>([
  ["8.1.1: is the server configured for the zone?", soa, { answers }, counted],
  [
    "8.1.2: unknown types",
    { name: "example.org", type: 1000 },
    { authority: [soaOf("example.org")] },
    ["query - other NOERROR"],
  ],
  ["8.1.3.1: header bits: CD", { ...soa, flags: 0x0010 }, { flags: "qr aa cd", answers }, counted],
  ["8.1.3.2: header bits: AD", { ...soa, flags: 0x0020 }, { answers }, counted],
  ["8.1.3.3: header bits: the reserved one", { ...soa, flags: 0x0040 }, { answers }, counted],
  ["8.1.3.4: header bits: RD", { ...soa, flags: 0x0100 }, { flags: "qr aa rd", answers }, counted],
  ...[1, 2, 3, 4, 5, 6, 7, 15].map((opcode): Row => [
    `8.1.4: opcode ${opcode}: NOTIMP, and nothing but the header`,
    { ...soa, opcode },
    { flags: "qr", rcode: NOTIMP, question: undefined, size: 12 },
    ["query - other NOTIMP"],
  ]),
  [
    "8.1.4: not even OPT",
    { ...soa, opcode: 15, edns: {} },
    { flags: "qr", rcode: NOTIMP, question: undefined, size: 12, edns: undefined },
    ["query - other NOTIMP"],
  ],
  ["8.1.5: TCP", soa, { answers }, counted, { transport: "tcp" }],
  ["8.2.1: minimal EDNS", { ...soa, edns: {} }, { answers }, counted],
  ["8.2.2 (edns1): an unknown version", { ...soa, edns: { version: 1 } }, badVersion, badVersionCounted],
  ["8.2.3 (ednsopt): an unknown option", { ...soa, edns: unknownOption }, { answers }, counted],
  ["8.2.4 (ednsflags): unknown flags", opt(0), { answers, edns: {} }, counted],
  ["8.2.5: an unknown version with unknown flags", opt(1), { ...badVersion, edns: {} }, badVersionCounted],
  [
    "8.2.6 (edns1opt): an unknown version with an unknown option",
    { ...soa, edns: { version: 1, ...unknownOption } },
    badVersion,
    badVersionCounted,
  ],
  [
    "8.2.7 (edns@512): a truncated answer has OPT",
    { name: "t.example.org", type: TXT, edns: { size: 512 } },
    { flags: "qr aa tc" },
    ["event truncated", "query - TXT NOERROR"],
    { transport: "udp" },
  ],
  ["8.2.8 (do): DO", { ...soa, edns: { dnssecOk: true } }, { answers, edns: { dnssecOk: true } }, counted],
  [
    "8.2.9: an unknown version with DO",
    { ...soa, edns: { version: 1, dnssecOk: true } },
    { ...badVersion, edns: { dnssecOk: true } },
    badVersionCounted,
  ],
  [
    "8.2.10 (optlist): several known options: NSID, a client subnet of family 0, EXPIRE, a cookie",
    {
      ...soa,
      edns: withOptions(
        [OPTION.NSID, ""],
        [OPTION.ECS, "00000000"],
        [OPTION.EXPIRE, ""],
        [OPTION.COOKIE, "0102030405060708"],
      ),
    },
    { answers, edns: { ecs: "0 0 0", cookie: expect.stringMatching(/^0102030405060708[0-9a-f]{32}$/) as string } },
    counted,
  ],
  [
    "3.1.1: a name of no zone here is refused, not passed over in silence",
    { name: "example.net" },
    { flags: "qr", rcode: REFUSED },
    ["query - A REFUSED"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

const uint16 = fc.nat({ max: 0xffff });

test("3: silence is no answer: whatever opcode, flags, type, class, version and options a query has", () => {
  const options = fc.array(fc.record({ code: uint16, data: fc.uint8Array({ maxLength: 44 }) }), { maxLength: 3 });
  const query = fc.record({
    opcode: fc.oneof(fc.constant(0), fc.nat({ max: 15 })),
    flags: uint16.map((bits) => bits & 0x07ff),
    type: uint16,
    class: fc.oneof(fc.constant(1), uint16),
    name: fc.constantFrom("example.org", "t.example.org", "x.y.example.org", "example.net", ""),
    version: fc.oneof(fc.constant(0), fc.nat({ max: 255 })),
    size: uint16,
    options,
    hasOpt: fc.boolean(),
    transport: fc.constantFrom("udp" as const, "tcp" as const),
  });
  fc.assert(
    fc.property(query, ({ options: list, hasOpt, version, size, transport, ...spec }) => {
      const data = octets(...list.map(({ code, data: octetsOf }) => ednsOption(code, octetsOf)));
      const packet = queryPacket({ ...spec, records: hasOpt ? [optRecord({ version, size, data })] : [] });
      expect(server.ask(packet, { transport }).message).toMatchObject({ id: 0x1234, opcode: spec.opcode });
    }),
    { numRuns: 500 },
  );
});
