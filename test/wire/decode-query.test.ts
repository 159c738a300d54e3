import { Packet } from "dns2";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeQuery } from "../../src/wire/decode-query.ts";
import { wireActions, type WireError } from "../../src/wire/wire-error.ts";
import { newQuery, type Query } from "../../src/wire/query.ts";
import {
  clientSubnet,
  ednsOption,
  labelsName,
  octets,
  optRecord,
  queryPacket,
  record,
  ROOT,
  u16,
  wireName,
  type QuerySpec,
} from "../support/query-packet.ts";

/** What a decoder that was used before makes of the packet: nothing of an earlier message may be left. */
function decode(packet: Uint8Array, stream = true): { readonly error: WireError; readonly query: Query } {
  const query = newQuery();
  decodeQuery(EARLIER, EARLIER.length, true, query);
  return { error: decodeQuery(packet, packet.length, stream, query), query };
}

const EARLIER = queryPacket({
  name: "an.earlier.and.much.longer.name.example",
  type: 28,
  flags: 0x0110,
  edns: {
    dnssecOk: true,
    size: 4096,
    data: octets(
      ednsOption(3, new Uint8Array()),
      ednsOption(8, clientSubnet("2001:db8:ffff:ffff::/64")),
      ednsOption(10, new Uint8Array(40).fill(0xff)),
      ednsOption(11, new Uint8Array()),
    ),
  },
});

function nameOf(query: Query): Uint8Array {
  return query.name.slice(0, query.nameLength);
}

describe("decodeQuery reads", () => {
  test("id, flags and question", () => {
    const packet = queryPacket({ id: 0xfedc, flags: 0x0110, name: "ShOp.GTM.example.com", type: 28, class: 255 });
    const { error, query } = decode(packet);
    expect(error).toBe("");
    expect(query).toMatchObject({
      id: 0xfedc,
      opcode: 0,
      recursionDesired: true,
      checkingDisabled: true,
      hasQuestion: true,
      questionEnd: packet.length,
      type: 28,
      class: 255,
      edns: false,
      dnssecOk: false,
      ecsFamily: 0,
    });
    expect(nameOf(query)).toEqual(wireName("shop.gtm.example.com"));
    expect(Array.from(query.labels.subarray(0, query.labelCount))).toEqual([0, 5, 9, 17]);
  });

  test("no flag where none is set, and none of those that a query has no use for", () => {
    expect(decode(queryPacket()).query).toMatchObject({ recursionDesired: false, checkingDisabled: false });
    expect(decode(queryPacket({ flags: 0x06e0 }))).toMatchObject({
      error: "",
      query: { recursionDesired: false, checkingDisabled: false },
    });
  });

  const longest = labelsName(...[63, 63, 63, 61].map((size) => Array<number>(size).fill(0x61)));
  const shortLabels = labelsName(...Array.from({ length: 127 }, () => [0x61]));

  test.for<[what: string, name: Uint8Array, labels: readonly number[]]>([
    ["the root", ROOT, []],
    ["any octets, a dot among them", labelsName([0, 0x2e, 0xff], [0x2e]), [0, 4]],
    ["a label of 63 octets", labelsName(Array<number>(63).fill(0x2d)), [0]],
    ["a name of 255 octets", longest, [0, 64, 128, 192]],
    ["127 labels", shortLabels, Array.from({ length: 127 }, (_, i) => 2 * i)],
  ])("%s as a name", ([, name, labels]) => {
    const { error, query } = decode(queryPacket({ name }));
    expect(error).toBe("");
    expect(nameOf(query)).toEqual(name);
    expect(Array.from(query.labels.subarray(0, query.labelCount))).toEqual(labels);
  });

  test("letters in lower case and no other octet changed", () => {
    const all = Array.from({ length: 256 }, (_, octet) => octet);
    for (const octet of all) {
      const { query } = decode(queryPacket({ name: labelsName([octet]) }));
      expect(query.name[1]).toBe(octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);
    }
  });

  test.for<[what: string, spec: QuerySpec, expected: Partial<Query>]>([
    ["size, version and DO", { edns: { size: 4096, dnssecOk: true } }, { udpSize: 4096, dnssecOk: true, ecsFamily: 0 }],
    ["a size of 0", { edns: { size: 0 } }, { udpSize: 0, dnssecOk: false }],
    ["an option that nobody knows", { edns: { data: ednsOption(65001, Uint8Array.of(1, 2)) } }, { ecsFamily: 0 }],
    ["none of the options", { edns: {} }, { ecs: false, nsid: false, keepalive: false, cookieLength: 0 }],
    ["a wish for the server's name", { edns: { data: ednsOption(3, new Uint8Array()) } }, { nsid: true }],
    ["a wish to keep the connection", { edns: { data: ednsOption(11, new Uint8Array()) } }, { keepalive: true }],
    ["a client's cookie", { edns: { data: ednsOption(10, new Uint8Array(8)) } }, { cookieLength: 8 }],
    ["the longest cookie", { edns: { data: ednsOption(10, new Uint8Array(40)) } }, { cookieLength: 40 }],
    [
      "the first of two cookies",
      { edns: { data: octets(ednsOption(10, new Uint8Array(24)), ednsOption(10, new Uint8Array(8))) } },
      { cookieLength: 24 },
    ],
    ["a client subnet without a family", { ecs: Uint8Array.of(0, 0, 0, 0) }, { ecs: true, ecsFamily: 0, ecsSource: 0 }],
    [
      "a client subnet behind another option",
      { edns: { data: octets(ednsOption(10, new Uint8Array(8)), ednsOption(8, clientSubnet("192.0.2.0/24"))) } },
      { ecs: true, ecsFamily: 4, ecsSource: 24, cookieLength: 8 },
    ],
    ["a client subnet with source 0", { ecs: clientSubnet("0.0.0.0/0") }, { ecsFamily: 4, ecsSource: 0 }],
    ["an IPv6 client subnet with source 0", { ecs: clientSubnet("::/0") }, { ecsFamily: 6, ecsSource: 0 }],
  ])("OPT with %s", ([, spec, expected]) => {
    expect(decode(queryPacket(spec))).toMatchObject({ error: "", query: { edns: true, ...expected } });
  });

  test.for<[prefix: string, family: 4 | 6, source: number, words: readonly number[]]>([
    ["192.0.2.0/24", 4, 24, [0xc0000200, 0, 0, 0]],
    ["255.255.255.255/32", 4, 32, [0xffffffff, 0, 0, 0]],
    ["128.0.0.0/1", 4, 1, [0x80000000, 0, 0, 0]],
    ["10.128.0.0/9", 4, 9, [0x0a800000, 0, 0, 0]],
    ["2001:db8:1:200::/56", 6, 56, [0x20010db8, 0x00010200, 0, 0]],
    ["2001:db8::8000:0:0:1/128", 6, 128, [0x20010db8, 0, 0x80000000, 1]],
    ["8000::/1", 6, 1, [0x80000000, 0, 0, 0]],
  ])("the client subnet %s", ([prefix, ecsFamily, ecsSource, words]) => {
    const { error, query } = decode(queryPacket({ ecs: clientSubnet(prefix) }));
    expect(error).toBe("");
    expect(query).toMatchObject({ ecsFamily, ecsSource });
    expect([...query.ecsAddress]).toEqual(words);
  });

  test("the octets of a cookie", () => {
    const cookie = Uint8Array.from({ length: 24 }, (_, i) => i);
    const { query } = decode(queryPacket({ edns: { data: ednsOption(10, cookie) } }));
    expect(query.cookie.slice(0, query.cookieLength)).toEqual(cookie);
  });

  // RFC 7828 section 3.2.1.
  test("no wish to keep the connection over UDP, malformed or not", () => {
    for (const data of [new Uint8Array(), new Uint8Array(2)]) {
      const packet = queryPacket({ edns: { data: ednsOption(11, data) } });
      expect(decode(packet, false)).toMatchObject({ error: "", query: { keepalive: false } });
    }
  });

  // RFC 7873 section 5.4.
  test("a message without a question where there is a cookie", () => {
    const packet = queryPacket({ name: new Uint8Array(), edns: { data: ednsOption(10, new Uint8Array(8)) } });
    const cookieAlone = octets(packet.slice(0, 12), packet.slice(16));
    cookieAlone[5] = 0;
    expect(decode(cookieAlone)).toMatchObject({ error: "", query: { hasQuestion: false, cookieLength: 8 } });
  });

  test.for<[what: string, spec: QuerySpec]>([
    [
      "records before OPT",
      { counts: [1, 1, 1, 2], records: [record({ type: 1 }), record({ type: 6 }), record({ type: 250 })], edns: {} },
    ],
    ["an owner that is a pointer", { records: [record({ owner: Uint8Array.of(0xc0, 12), type: 1 })], edns: {} }],
    [
      "an owner that ends in a pointer",
      { records: [record({ owner: Uint8Array.of(1, 0x61, 0xc0, 12), type: 1 })], edns: {} },
    ],
    // Nobody follows the pointer.
    ["an owner that points to itself", { records: [record({ owner: Uint8Array.of(0xc0, 38), type: 1 })], edns: {} }],
  ])("OPT, skipping %s", ([, spec]) => {
    expect(decode(queryPacket(spec))).toMatchObject({ error: "", query: { edns: true } });
  });

  test("nothing behind `length`", () => {
    const packet = queryPacket({ edns: {} });
    for (let length = 0; length < packet.length; length++) {
      const short = decodeQuery(packet, length, false, newQuery());
      expect(short).toBe(length < 12 ? "not-a-query" : short);
      expect(short).not.toBe("");
      expect(short).toBe(decodeQuery(packet.slice(0, length), length, false, newQuery()));
    }
  });

  test("past octets behind the last record", () => {
    expect(decode(octets(queryPacket(), Uint8Array.of(1, 2, 3))).error).toBe("");
  });
});

test("decodeQuery knows nothing of the EDNS version of the message before", () => {
  const query = newQuery();
  const packets = [queryPacket({ edns: { version: 1 } }), queryPacket()];
  const errors = packets.map((packet) => decodeQuery(packet, packet.length, false, query));
  expect(errors).toEqual(["edns-version", ""]);
});

describe("decodeQuery refuses", () => {
  const tooLong = labelsName(...[63, 63, 63, 62].map((size) => Array<number>(size).fill(0x61)));

  const cases: readonly [error: WireError, what: string, packet: Uint8Array][] = [
    ["not-a-query", "nothing at all", new Uint8Array()],
    ["not-a-query", "eleven octets", queryPacket().slice(0, 11)],
    ["not-a-query", "an answer", queryPacket({ flags: 0x8000 })],
    ["opcode", "IQUERY", queryPacket({ opcode: 1 })],
    ["opcode", "STATUS, a header alone", queryPacket({ opcode: 2 }).slice(0, 12)],
    ["opcode", "NOTIFY", queryPacket({ opcode: 4, type: 6 })],
    ["opcode", "UPDATE", queryPacket({ opcode: 5 })],
    ["opcode", "the last opcode", queryPacket({ opcode: 15 })],
    ["question-count", "no question", queryPacket({ counts: [0, 0, 0, 0] }).slice(0, 12)],
    ["question-count", "two questions", queryPacket({ counts: [2, 0, 0, 0], records: [ROOT, u16(1), u16(1)] })],
    ["question-count", "65,535 questions", queryPacket({ counts: [65_535, 0, 0, 0] })],
    ["question-malformed", "a header that promises a question", queryPacket().slice(0, 12)],
    ["question-malformed", "a name without an end", queryPacket({ name: Uint8Array.of(1, 0x61) }).slice(0, 14)],
    ["question-malformed", "a label that leaves the message", queryPacket().slice(0, 15)],
    ["question-malformed", "a name without type", queryPacket().slice(0, -4)],
    ["question-malformed", "a name without class", queryPacket().slice(0, -2)],
    ["question-malformed", "half a class", queryPacket().slice(0, -1)],
    ["question-malformed", "a pointer to itself", queryPacket({ name: Uint8Array.of(0xc0, 12) })],
    ["question-malformed", "a pointer into the header", queryPacket({ name: Uint8Array.of(1, 0x61, 0xc0, 0) })],
    ["question-malformed", "a pointer forward", queryPacket({ name: Uint8Array.of(0xc0, 18, 0, 1, 0, 1, 1, 0x61, 0) })],
    ["question-malformed", "a label of 64 octets", queryPacket({ name: labelsName(Array<number>(64).fill(0x61)) })],
    ["question-malformed", "label type 01", queryPacket({ name: Uint8Array.of(0x41, 0x61, 0) })],
    ["question-malformed", "label type 10", queryPacket({ name: Uint8Array.of(0x81, 0x61, 0) })],
    ["question-malformed", "a name of 256 octets", queryPacket({ name: tooLong })],
    [
      "question-malformed",
      "128 labels",
      queryPacket({ name: labelsName(...Array.from({ length: 128 }, () => [0x61])) }),
    ],
    ["record-malformed", "a record that is not there", queryPacket({ counts: [1, 0, 0, 1] })],
    ["record-malformed", "65,535 records in each section", queryPacket({ counts: [1, 65_535, 65_535, 65_535] })],
    [
      "record-malformed",
      "data that leaves the message",
      queryPacket({ edns: { data: new Uint8Array(4) } }).slice(0, -1),
    ],
    ["record-malformed", "a record without a length", queryPacket({ edns: {} }).slice(0, -1)],
    [
      "record-malformed",
      "half a pointer as an owner",
      queryPacket({ counts: [1, 1, 0, 0], records: [Uint8Array.of(0xc0)] }),
    ],
    [
      "record-malformed",
      "an owner of label type 01",
      queryPacket({ records: [record({ owner: labelsName(Array<number>(0x40).fill(0x61)), type: 1 })] }),
    ],
    [
      "record-malformed",
      "an owner of label type 10",
      queryPacket({ records: [record({ owner: labelsName(Array<number>(0x80).fill(0x61)), type: 1 })] }),
    ],
    [
      "record-malformed",
      "an owner that leaves the message",
      queryPacket({ counts: [1, 0, 0, 1], records: [Uint8Array.of(63, 0x61)] }),
    ],
    ["opt-misplaced", "two OPT records", queryPacket({ records: [optRecord()], edns: {} })],
    ["opt-misplaced", "OPT in the answer section", queryPacket({ counts: [1, 1, 0, 0], records: [optRecord()] })],
    ["opt-misplaced", "OPT in the authority section", queryPacket({ counts: [1, 0, 1, 0], records: [optRecord()] })],
    ["opt-misplaced", "OPT of another owner", queryPacket({ edns: { owner: wireName("a") } })],
    [
      "opt-misplaced",
      "OPT owned by a pointer to the root",
      queryPacket({ name: ROOT, edns: { owner: Uint8Array.of(0xc0, 12) } }),
    ],
    ["opt-malformed", "half an option header", queryPacket({ edns: { data: Uint8Array.of(0, 8, 0) } })],
    [
      "opt-malformed",
      "an option longer than its record",
      queryPacket({ edns: { data: Uint8Array.of(0, 10, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8) } }),
    ],
    [
      "opt-malformed",
      "octets behind the last option",
      queryPacket({ edns: { data: octets(ednsOption(3, new Uint8Array()), ROOT) } }),
    ],
    ["ecs-malformed", "no octets", queryPacket({ ecs: new Uint8Array() })],
    ["ecs-malformed", "three octets", queryPacket({ ecs: Uint8Array.of(0, 1, 0) })],
    ["ecs-malformed", "family 0 with a source", queryPacket({ ecs: Uint8Array.of(0, 0, 8, 0, 192) })],
    ["ecs-malformed", "family 0 with an address", queryPacket({ ecs: Uint8Array.of(0, 0, 0, 0, 192) })],
    ["ecs-malformed", "family 0 with a scope", queryPacket({ ecs: Uint8Array.of(0, 0, 0, 8) })],
    ["keepalive-malformed", "a time-out", queryPacket({ edns: { data: ednsOption(11, Uint8Array.of(0, 100)) } })],
    ...[0, 1, 7, 9, 15, 41].map((length): [WireError, string, Uint8Array] => [
      "cookie-malformed",
      `${length} octets`,
      queryPacket({ edns: { data: ednsOption(10, new Uint8Array(length)) } }),
    ]),
    ["ecs-malformed", "family 3", queryPacket({ ecs: Uint8Array.of(0, 3, 24, 0, 192, 0, 2) })],
    [
      "ecs-malformed",
      "family 257, whose low octet is that of IPv4",
      queryPacket({ ecs: Uint8Array.of(1, 1, 24, 0, 192, 0, 2) }),
    ],
    ["ecs-malformed", "33 bits of IPv4", queryPacket({ ecs: Uint8Array.of(0, 1, 33, 0, 192, 0, 2, 0, 0) })],
    [
      "ecs-malformed",
      "129 bits of IPv6",
      queryPacket({ ecs: Uint8Array.of(0, 2, 129, 0, ...Array<number>(17).fill(0)) }),
    ],
    ["ecs-malformed", "a scope", queryPacket({ ecs: clientSubnet("192.0.2.0/24", { scope: 24 }) })],
    ["ecs-malformed", "more address than the prefix", queryPacket({ ecs: Uint8Array.of(0, 1, 24, 0, 192, 0, 2, 0) })],
    ["ecs-malformed", "less address than the prefix", queryPacket({ ecs: Uint8Array.of(0, 1, 24, 0, 192, 0) })],
    ["ecs-malformed", "an address behind source 0", queryPacket({ ecs: Uint8Array.of(0, 1, 0, 0, 0) })],
    ["ecs-malformed", "a bit behind the prefix", queryPacket({ ecs: Uint8Array.of(0, 1, 25, 0, 192, 0, 2, 0x40) })],
    [
      "ecs-malformed",
      "a bit behind an IPv6 prefix",
      queryPacket({ ecs: Uint8Array.of(0, 2, 33, 0, 0x20, 1, 0xd, 0xb8, 1) }),
    ],
    [
      "ecs-malformed",
      "the option twice",
      queryPacket({ edns: { data: octets(...[1, 2].map(() => ednsOption(8, clientSubnet("192.0.2.0/24")))) } }),
    ],
    [
      "ecs-malformed",
      "the option twice, the first with source 0",
      queryPacket({
        edns: { data: octets(...["0.0.0.0/0", "192.0.2.0/24"].map((prefix) => ednsOption(8, clientSubnet(prefix)))) },
      }),
    ],
    ["edns-version", "version 1", queryPacket({ edns: { version: 1 } })],
    ["edns-version", "version 255", queryPacket({ edns: { version: 255 } })],
    // What a later version means by an option nobody knows yet (RFC 6891 section 6.1.3).
    [
      "edns-version",
      "version 1 with a client subnet of another form",
      queryPacket({ edns: { version: 1 }, ecs: Uint8Array.of(9) }),
    ],
    [
      "edns-version",
      "version 1 with data that is no option",
      queryPacket({ edns: { version: 1, data: Uint8Array.of(9) } }),
    ],
  ];

  test.for(cases)("with %s: %s", ([error, , packet]) => {
    expect(decode(packet).error).toBe(error);
  });

  test("with every code that has an action, and with no other", () => {
    expect(new Set(cases.map(([error]) => error))).toEqual(new Set(Object.keys(wireActions)));
  });

  test.for(["record-malformed", "opt-misplaced", "ecs-malformed", "edns-version"] as const)(
    "with %s a message whose question can be repeated",
    (error) => {
      for (const [, , packet] of cases.filter(([code]) => code === error)) {
        expect(decode(packet).query).toMatchObject({ id: 0x1234, hasQuestion: true });
      }
    },
  );

  test.for(["opcode", "question-count", "question-malformed"] as const)(
    "with %s a message whose question cannot be repeated",
    (error) => {
      for (const [, , packet] of cases.filter(([code]) => code === error)) {
        expect(decode(packet).query).toMatchObject({ id: 0x1234, hasQuestion: false, edns: false });
      }
    },
  );
});

describe("decodeQuery reads what dns2 writes", () => {
  // dns2 joins labels by dots, so a label has none here.
  const label = fc.stringMatching(/^[!-\-/-~]{1,20}$/);

  test("of header and question", () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.nat(0xffff),
          rd: fc.constantFrom(0, 1),
          cd: fc.constantFrom(0, 1),
          labels: fc.array(label, { minLength: 1, maxLength: 8 }),
          type: fc.integer({ min: 1, max: 0xffff }),
          class: fc.integer({ min: 1, max: 0xffff }),
        }),
        ({ id, rd, cd, labels, type, class: questionClass }) => {
          const packet = new Packet();
          Object.assign(packet.header, { id, rd, cd });
          packet.questions.push(new Packet.Question(labels.join("."), type, questionClass));
          const { error, query } = decode(packet.toBuffer());
          expect(error).toBe("");
          expect(query).toMatchObject({
            id,
            recursionDesired: rd === 1,
            checkingDisabled: cd === 1,
            type,
            class: questionClass,
            labelCount: labels.length,
          });
          expect(nameOf(query)).toEqual(
            wireName(labels.join(".").replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())),
          );
        },
      ),
    );
  });

  test("of OPT and IPv4 client subnets", () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 512, max: 4096 }),
        (address, source, udpPayloadSize) => {
          const packet = new Packet();
          packet.questions.push(new Packet.Question("a.example", 1, 1));
          const bits = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
          const network = Number(BigInt.asUintN(32, (BigInt(bits) >> BigInt(32 - source)) << BigInt(32 - source)));
          const text = [24, 16, 8, 0].map((shift) => (network >>> shift) & 0xff).join(".");
          const ecs = Packet.Resource.EDNS.ECS(`${text}/${source}`);
          packet.additionals.push(Packet.Resource.EDNS([ecs], { udpPayloadSize, doFlag: true }));
          const { error, query } = decode(packet.toBuffer());
          expect(error).toBe("");
          expect(query).toMatchObject({
            edns: true,
            udpSize: udpPayloadSize,
            dnssecOk: true,
            ecsFamily: 4,
            ecsSource: source,
          });
          expect(query.ecsAddress[0]).toBe(network);
        },
      ),
    );
  });
});
