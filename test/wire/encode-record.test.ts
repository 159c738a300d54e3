import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import type { Soa } from "../../src/shared/zone.ts";
import { TYPE } from "../../src/wire/constants.ts";
import { encodeAnyHinfo, encodeRecord, encodeSoa, pointerTo } from "../../src/wire/encode-record.ts";
import { labelsName, octets, u16, wireName } from "../support/query-packet.ts";
import { readMessage } from "../support/read-message.ts";
import { rdata } from "../support/snapshot.ts";

const soa: Omit<Soa, "ttl"> = {
  primary: wireName("NS1.example.com"),
  contact: labelsName(Buffer.from("host.master"), Buffer.from("example"), Buffer.from("com")),
  serial: 0xfffffffe,
  refresh: 7200,
  retry: 900,
  expire: 1209600,
  minimum: 0x7fffffff,
};

/** A response that holds one record, its owner in full. */
function message(type: number, data: Uint8Array, ttl = 300): Buffer {
  const header = [1, 0x8400, 0, 1, 0, 0].map(u16);
  return Buffer.from(octets(...header, encodeRecord(wireName("www.example.com"), type, ttl, data)));
}

test("encodeSoa writes both names as they are and five 32-bit numbers", () => {
  expect(readMessage(message(6, encodeSoa(soa))).answers).toEqual([
    String.raw`www.example.com 300 SOA NS1.example.com host\.master.example.com 4294967294 7200 900 1209600 2147483647`,
  ]);
});

test("encodeAnyHinfo writes the HINFO of RFC 8482 section 4.2", () => {
  expect(readMessage(message(13, encodeAnyHinfo())).answers).toEqual(['www.example.com 300 HINFO "RFC8482" ""']);
});

test.for([
  [12, [0xc0, 12]],
  [266, [0xc1, 0x0a]],
  [16_383, [0xff, 0xff]],
] as const)("pointerTo %d", ([offset, expected]) => {
  expect([...pointerTo(offset)]).toEqual(expected);
});

test.for([0, 1, 300, 0x7fffffff])("encodeRecord writes a TTL of %d", (ttl) => {
  expect(readMessage(message(1, Uint8Array.of(192, 0, 2, 1), ttl)).answers).toEqual([
    `www.example.com ${ttl} A 192.0.2.1`,
  ]);
});

describe("dns2 reads", () => {
  const text = { name: "www.example.com", class: 1, ttl: 300 };

  test.for<[line: string, expected: object]>([
    ["A 192.0.2.1", { address: "192.0.2.1" }],
    ["AAAA 2001:db8::1", { address: "2001:db8::1" }],
    ["NS ns1.example.com", { ns: "ns1.example.com" }],
    ["CNAME a.example.net", { domain: "a.example.net" }],
    ["MX 10 mail.example.com", { priority: 10, exchange: "mail.example.com" }],
    ["SRV 1 2 3 sip.example.com", { priority: 1, weight: 2, port: 3, target: "sip.example.com" }],
    ['TXT "one" "two"', { data: ["one", "two"] }],
    ["CAA 0 issue ca.example.net", { flags: 0, tag: "issue", value: "ca.example.net" }],
  ])("%s", ([line, expected]) => {
    const type = TYPE[line.split(" ", 1)[0] as keyof typeof TYPE];
    const packet = Packet.parse(message(type, rdata(line)));
    expect(packet.errors).toEqual([]);
    expect(packet.answers).toMatchObject([{ ...text, type, ...expected }]);
  });

  test("SOA", () => {
    expect(
      Packet.parse(message(6, encodeSoa({ ...soa, contact: wireName("hostmaster.example.com") }))).answers,
    ).toMatchObject([
      {
        primary: "NS1.example.com",
        admin: "hostmaster.example.com",
        serial: 0xfffffffe,
        refresh: 7200,
        retry: 900,
        expiration: 1209600,
        minimum: 0x7fffffff,
      },
    ]);
  });
});
