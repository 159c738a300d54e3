import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import { compileRecords, type CompiledRecords } from "../../src/wire/compiled-records.ts";
import { RCODE } from "../../src/wire/constants.ts";
import { decodeQuery } from "../../src/wire/decode-query.ts";
import {
  encodeResponse,
  newResponse,
  TCP_SIZE,
  TRUNCATED,
  udpLimit,
  type Response,
} from "../../src/wire/encode-response.ts";
import { newQuery, type Query } from "../../src/wire/query.ts";
import {
  clientSubnet,
  ednsOption,
  labelsName,
  octets,
  queryPacket,
  wireName,
  type QuerySpec,
} from "../support/query-packet.ts";
import { readMessage, type Message } from "../support/read-message.ts";

/** `count` A records of the question's name: 16 octets each. */
function addresses(count: number): CompiledRecords {
  return owned(count, 0);
}

/** Those of an ancestor whose name has `ownerLength` octets. */
function owned(count: number, ownerLength: number): CompiledRecords {
  const records = Array.from({ length: count }, (_, i) => ({ type: 1, ttl: 60, data: Uint8Array.of(192, 0, 2, i) }));
  return compileRecords(records, { ownerLength });
}

function cname(target: string): CompiledRecords {
  return compileRecords([{ type: 5, ttl: 60, data: wireName(target) }]);
}

function decoded(packet: Uint8Array): Query {
  const query = newQuery();
  decodeQuery(packet, packet.length, false, query);
  return query;
}

function encode(packet: Uint8Array, response: Partial<Response>, limit?: number): Uint8Array {
  const query = decoded(packet);
  const out = new Uint8Array(TCP_SIZE).fill(0xee);
  return out.slice(
    0,
    encodeResponse(
      packet,
      query,
      { ...newResponse(1232), withSubnet: query.ecs, ...response },
      out,
      limit ?? udpLimit(query, newResponse(1232)),
    ),
  );
}

function respond(spec: QuerySpec, response: Partial<Response>, limit?: number): Message {
  return readMessage(encode(queryPacket(spec), response, limit));
}

describe("encodeResponse header", () => {
  test.for<[what: string, query: QuerySpec, response: Partial<Response>, expected: Partial<Message>]>([
    ["id and QR", { id: 0xfedc }, {}, { id: 0xfedc, flags: "qr", rcode: 0 }],
    ["AA", {}, { authoritative: true }, { flags: "qr aa" }],
    ["RD and CD as asked", { flags: 0x0110 }, {}, { flags: "qr rd cd" }],
    ["no other flag of the query", { flags: 0x06e0 }, {}, { flags: "qr" }],
    ["the opcode as asked", { opcode: 4 }, { rcode: RCODE.NOTIMP }, { opcode: 4, rcode: 4 }],
    ["REFUSED", {}, { rcode: RCODE.REFUSED }, { rcode: 5, edns: undefined }],
  ])("has %s", ([, query, response, expected]) => {
    expect(respond(query, response)).toMatchObject(expected);
  });

  test("counts the records of each section", () => {
    const packet = encode(queryPacket({ edns: {} }), {
      answers: addresses(3),
      authority: addresses(2),
      additional: addresses(1),
    });
    expect([...packet.subarray(4, 12)]).toEqual([0, 1, 0, 3, 0, 2, 0, 2]);
    expect(readMessage(packet)).toMatchObject({
      answers: ["0", "1", "2"].map((last) => `shop.gtm.example.com 60 A 192.0.2.${last}`),
      authority: ["0", "1"].map((last) => `shop.gtm.example.com 60 A 192.0.2.${last}`),
      additional: ["shop.gtm.example.com 60 A 192.0.2.0"],
    });
  });
});

describe("encodeResponse question", () => {
  test("is that of the query, bit for bit", () => {
    const name = labelsName([0x53, 0x68, 0x4f, 0x70], [0, 0x2e, 0xff], [0x45]);
    const packet = queryPacket({ name, type: 0xfffe, class: 0xfffd, edns: {} });
    expect(encode(packet, {}).subarray(12, 12 + name.length + 4)).toEqual(packet.subarray(12, 12 + name.length + 4));
  });

  test("is left out where the query's could not be read", () => {
    expect(respond({ counts: [2, 0, 0, 0] }, { rcode: RCODE.FORMERR })).toEqual({
      id: 0x1234,
      opcode: 0,
      flags: "qr",
      rcode: RCODE.FORMERR,
      question: undefined,
      answers: [],
      authority: [],
      additional: [],
      edns: undefined,
      size: 12,
    });
  });
});

describe("encodeResponse owners", () => {
  test.for<[zone: string, length: number]>([
    ["sHop.GTM.example.com", 22],
    ["GTM.example.com", 17],
    ["com", 5],
    [".", 1],
  ])("point to %s within the question", ([zone, length]) => {
    const { authority } = respond({ name: "sHop.GTM.example.com" }, { authority: owned(2, length) });
    expect(authority).toEqual(["0", "1"].map((last) => `${zone} 60 A 192.0.2.${last}`));
  });

  test("point to the end of the longest question", () => {
    const name = labelsName(...Array.from({ length: 127 }, () => [0x61]));
    expect(respond({ name }, { authority: owned(1, 3) }).authority).toEqual(["a 60 A 192.0.2.0"]);
  });

  test("do not change the compiled records", () => {
    const authority = owned(1, 5);
    const before = authority.octets.slice();
    respond({}, { authority });
    expect(authority.octets).toEqual(before);
  });
});

describe("encodeResponse aliases", () => {
  const chain = (...targets: readonly string[]): Partial<Response> => ({
    aliases: targets.map(cname),
    aliasCount: targets.length,
  });

  test("come before the answer, which belongs to the last one's target", () => {
    const { answers } = respond({ name: "Www.example.com" }, { ...chain("a.example.net", "b"), answers: addresses(2) });
    expect(answers).toEqual([
      "Www.example.com 60 CNAME a.example.net",
      "a.example.net 60 CNAME b",
      "b 60 A 192.0.2.0",
      "b 60 A 192.0.2.1",
    ]);
  });

  test("have authority records of an ancestor of the last one's target", () => {
    const { answers, authority } = respond({}, { ...chain("a.b.example.net"), authority: owned(1, 13) });
    expect(answers).toEqual(["shop.gtm.example.com 60 CNAME a.b.example.net"]);
    expect(authority).toEqual(["example.net 60 A 192.0.2.0"]);
  });

  test("are the first of those that the response has room for", () => {
    expect(respond({}, { ...chain("a", "b"), aliasCount: 1 }).answers).toEqual(["shop.gtm.example.com 60 CNAME a"]);
  });

  test("to the root", () => {
    const { answers, authority } = respond({}, { ...chain(""), answers: addresses(1), authority: owned(1, 1) });
    expect(answers).toEqual(["shop.gtm.example.com 60 CNAME .", ". 60 A 192.0.2.0"]);
    expect(authority).toEqual([". 60 A 192.0.2.0"]);
  });

  test("are left out where the answer does not fit", () => {
    expect(respond({}, { ...chain("a"), answers: addresses(40) })).toMatchObject({ flags: "qr tc", answers: [] });
  });

  test("do not change the compiled records", () => {
    const answers = addresses(2);
    const before = answers.octets.slice();
    respond({}, { ...chain("a.example.net"), answers });
    expect(answers.octets).toEqual(before);
  });
});

describe("encodeResponse EDNS", () => {
  /** What an OPT record says where nothing else was asked for. */
  const plain = {
    udpSize: 1232,
    version: 0,
    dnssecOk: false,
    ecs: undefined,
    nsid: undefined,
    cookie: undefined,
    keepalive: undefined,
    ede: undefined,
  };

  test.for<[what: string, query: QuerySpec, response: Partial<Response>, edns: Message["edns"]]>([
    ["no OPT where the query has none", {}, { extendedError: 20, keepalive: 5 }, undefined],
    ["OPT with the own size", { edns: { size: 4096 } }, {}, plain],
    ["DO as asked", { edns: { dnssecOk: true } }, {}, { ...plain, dnssecOk: true }],
    ["version 0 whatever was asked", { edns: { version: 9 } }, { rcode: RCODE.BADVERS }, plain],
    ["the server's name", { edns: {} }, { nsid: Uint8Array.of(0x6e, 0x73, 0x31) }, { ...plain, nsid: "ns1" }],
    ["how long a connection may idle", { edns: {} }, { keepalive: 100 }, { ...plain, keepalive: 100 }],
    ["that it had better be closed", { edns: {} }, { keepalive: 0 }, { ...plain, keepalive: 0 }],
    ["an extended error", { edns: {} }, { extendedError: 22 }, { ...plain, ede: 22 }],
    [
      "the client's cookie and the server's",
      { edns: { data: ednsOption(10, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)) } },
      { serverCookie: new Uint8Array(16).fill(0xab) },
      { ...plain, cookie: `0102030405060708${"ab".repeat(16)}` },
    ],
    [
      "all of them together",
      {
        edns: {
          data: octets(ednsOption(8, clientSubnet("192.0.2.0/24")), ednsOption(10, new Uint8Array(8))),
        },
      },
      { scope: 20, nsid: Uint8Array.of(0x61), serverCookie: new Uint8Array(16), keepalive: 1, extendedError: 3 },
      { ...plain, ecs: "1 24 20 c00002", nsid: "a", cookie: "00".repeat(24), keepalive: 1, ede: 3 },
    ],
  ])("is %s", ([, query, response, edns]) => {
    expect(respond(query, response).edns).toEqual(edns);
  });

  test("carries the high bits of BADVERS", () => {
    const packet = encode(queryPacket({ edns: { version: 1 } }), { rcode: RCODE.BADVERS });
    expect(packet[3]! & 0xf).toBe(0);
    expect(readMessage(packet).rcode).toBe(16);
  });

  test.for([
    ["192.0.2.0/24", 16, "1 24 16 c00002"],
    ["192.0.2.0/24", 32, "1 24 32 c00002"],
    ["192.0.2.1/32", 0, "1 32 0 c0000201"],
    ["192.0.2.128/25", 25, "1 25 25 c0000280"],
    ["0.0.0.0/0", 0, "1 0 0"],
    ["::/0", 0, "2 0 0"],
    ["2001:db8:1:200::/56", 48, "2 56 48 20010db8000102"],
    ["2001:db8::ff:1/128", 128, "2 128 128 20010db8000000000000000000ff0001"],
    ["8000::/1", 1, "2 1 1 80"],
  ] as const)("echoes the client subnet %s with scope %d", ([prefix, scope, expected]) => {
    expect(respond({ ecs: clientSubnet(prefix) }, { scope }).edns?.ecs).toBe(expected);
  });

  test("echoes a client subnet without a family", () => {
    expect(respond({ ecs: Uint8Array.of(0, 0, 0, 0) }, {}).edns?.ecs).toBe("0 0 0");
  });

  test("leaves the client subnet out where it is told to", () => {
    expect(respond({ ecs: clientSubnet("192.0.2.0/24") }, { withSubnet: false }).edns).toEqual(plain);
  });
});

describe("udpLimit", () => {
  test.for<[what: string, spec: QuerySpec, limit: number]>([
    ["512 without EDNS", {}, 512],
    ["512 for a size of 0", { edns: { size: 0 } }, 512],
    ["512 for a size of 511", { edns: { size: 511 } }, 512],
    ["the size asked for", { edns: { size: 700 } }, 700],
    ["1232 at most", { edns: { size: 65_535 } }, 1232],
  ])("is %s", ([, spec, limit]) => {
    expect(udpLimit(decoded(queryPacket(spec)), newResponse(1232))).toBe(limit);
  });

  test("is what the server sends at most", () => {
    expect(udpLimit(decoded(queryPacket({ edns: { size: 4096 } })), newResponse(900))).toBe(900);
  });
});

describe("encodeResponse truncates", () => {
  /** Header, name, type and class of the default question. */
  const QUESTION = 12 + 22 + 4;
  const OPT = 11;

  test.for<[what: string, spec: QuerySpec, room: number]>([
    ["512 octets without EDNS", {}, 512 - QUESTION],
    ["the size asked for, OPT taken off", { edns: { size: 600 } }, 600 - QUESTION - OPT],
    [
      "the size asked for, OPT and client subnet taken off",
      { edns: { size: 600 }, ecs: clientSubnet("192.0.2.0/24") },
      600 - QUESTION - OPT - 11,
    ],
    ["1232 octets", { edns: { size: 4096 } }, 1232 - QUESTION - OPT],
  ])("what exceeds %s", ([, spec, room]) => {
    const most = Math.floor(room / 16);
    const whole = respond(spec, { answers: addresses(most), authoritative: true });
    expect(whole).toMatchObject({ flags: "qr aa" });
    expect(whole.answers).toHaveLength(most);
    const cut = respond(spec, { answers: addresses(most + 1), authoritative: true });
    expect(cut).toMatchObject({ flags: "qr aa tc", answers: [], authority: [], additional: [] });
    expect(cut.edns).toEqual(whole.edns);
    expect(cut.question).toEqual(whole.question);
  });

  test("to the octet", () => {
    const answers = addresses(20);
    const size = QUESTION + 20 * 16;
    expect(respond({}, { answers }, size)).toMatchObject({ flags: "qr", size });
    expect(respond({}, { answers }, size - 1)).toMatchObject({ flags: "qr tc", answers: [] });
  });

  test("an answer without records where that is all it may be", () => {
    expect(respond({}, {}, TRUNCATED)).toMatchObject({ flags: "qr tc", size: QUESTION });
    expect(respond({ edns: {} }, { answers: addresses(1) }, TRUNCATED)).toMatchObject({ flags: "qr tc", answers: [] });
  });

  test("answers and authority together", () => {
    expect(respond({}, { answers: addresses(20), authority: owned(10, 1) })).toMatchObject({
      flags: "qr tc",
      answers: [],
      authority: [],
    });
  });

  test("a referral whose glue does not fit (RFC 9471 section 3.1)", () => {
    expect(respond({}, { authority: owned(10, 1), additional: addresses(20) })).toMatchObject({
      flags: "qr tc",
      authority: [],
      additional: [],
    });
  });

  test("nothing over TCP that fits its length", () => {
    const message = respond({}, { answers: addresses(255), authority: addresses(255) }, TCP_SIZE);
    expect(message).toMatchObject({ flags: "qr", size: QUESTION + 510 * 16 });
  });

  test("so that the longest question and the longest options still fit 512 octets", () => {
    const name = labelsName(...Array.from({ length: 127 }, () => [0x61]));
    const options = octets(ednsOption(8, clientSubnet("2001:db8::1/128")), ednsOption(10, new Uint8Array(8)));
    const packet = queryPacket({ name, edns: { size: 512, dnssecOk: true, data: options } });
    const message = readMessage(
      encode(packet, {
        answers: addresses(40),
        scope: 128,
        nsid: new Uint8Array(128).fill(0x61),
        serverCookie: new Uint8Array(16),
        extendedError: 22,
      }),
    );
    expect(message).toMatchObject({ flags: "qr tc", edns: { ecs: "2 128 128 20010db8000000000000000000000001" } });
    expect(message.size).toBeLessThanOrEqual(512);
  });
});

describe("dns2 reads", () => {
  test("a response with every section and an IPv4 client subnet", () => {
    const packet = encode(
      queryPacket({
        id: 7,
        flags: 0x0100,
        name: "Shop.gtm.example.com",
        edns: { dnssecOk: true },
        ecs: clientSubnet("192.0.2.0/24"),
      }),
      { authoritative: true, answers: addresses(2), authority: owned(1, 17), additional: addresses(1), scope: 20 },
    );
    const message = Packet.parse(Buffer.from(packet));
    expect(message.errors).toEqual([]);
    expect(message.header).toMatchObject({
      id: 7,
      qr: 1,
      opcode: 0,
      aa: 1,
      tc: 0,
      rd: 1,
      ra: 0,
      z: 0,
      ad: 0,
      cd: 0,
      rcode: 0,
    });
    expect(message.questions).toMatchObject([{ name: "Shop.gtm.example.com", type: 1, class: 1 }]);
    expect(message.answers).toMatchObject(
      ["192.0.2.0", "192.0.2.1"].map((address) => ({
        name: "Shop.gtm.example.com",
        type: 1,
        class: 1,
        ttl: 60,
        address,
      })),
    );
    expect(message.authorities).toMatchObject([{ name: "gtm.example.com" }]);
    expect(message.additionals).toMatchObject([
      { name: "Shop.gtm.example.com", address: "192.0.2.0" },
      {
        type: 41,
        class: 1232,
        version: 0,
        doFlag: true,
        rdata: [{ family: 1, sourcePrefixLength: 24, scopePrefixLength: 20, ip: "192.0.2.0" }],
      },
    ]);
  });

  test("an extended response code", () => {
    const packet = encode(queryPacket({ edns: { version: 1 } }), { rcode: RCODE.BADVERS });
    expect(Packet.parse(Buffer.from(packet)).header.rcode).toBe(Packet.RCODE.BADVERS);
  });
});
