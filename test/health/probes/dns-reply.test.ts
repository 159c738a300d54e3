import { Packet } from "dns2";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isReplyTo, isTruncated, MOST_OVER_TCP, MOST_OVER_UDP } from "../../../src/health/probes/dns-reply.ts";

function message(edit: (packet: Packet) => void = () => {}): Buffer {
  const packet = new Packet();
  packet.header.id = 0x1234;
  packet.questions.push(new Packet.Question("www.Example-1.com", Packet.TYPE.AAAA, Packet.CLASS.IN));
  edit(packet);
  return packet.toBuffer();
}

const query = message();
const reply = (edit: (packet: Packet) => void = () => {}): Buffer =>
  message((packet) => {
    packet.header.qr = 1;
    edit(packet);
  });

describe("isReplyTo", () => {
  test.for<[what: string, datagram: Buffer]>([
    ["without records", reply()],
    ["with more behind the question", Buffer.concat([reply(), Buffer.alloc(500)])],
    ["in other letters", reply((packet) => void (packet.questions[0]!.name = "WWW.example-1.COM"))],
    ["of 1,232 octets", Buffer.concat([reply(), Buffer.alloc(1232 - query.length)])],
  ])("takes a reply %s", ([, datagram]) => {
    expect(isReplyTo(query, datagram, MOST_OVER_UDP)).toBe(true);
  });

  test.for<[what: string, datagram: Buffer]>([
    ["that is a query", query],
    ["with another ID", reply((packet) => void (packet.header.id = 0x1235))],
    ["with another name", reply((packet) => void (packet.questions[0]!.name = "www.example-2.com"))],
    // 0x2d and 0x0d differ by the bit that tells small letters from capitals.
    ["with another character", reply((packet) => void (packet.questions[0]!.name = "www.example\r1.com"))],
    ["with another type", reply((packet) => void (packet.questions[0]!.type = Packet.TYPE.A))],
    ["with another class", reply((packet) => void (packet.questions[0]!.class = Packet.CLASS.CH))],
    ["without a question", reply((packet) => void (packet.questions = []))],
    ["with two questions", reply((packet) => void packet.questions.push(packet.questions[0]!))],
    ["that is cut short", reply().subarray(0, -1)],
    ["that is empty", Buffer.alloc(0)],
    ["that is longer than 1,232 octets", Buffer.concat([reply(), Buffer.alloc(1233 - query.length)])],
  ])("does not take one %s", ([, datagram]) => {
    expect(isReplyTo(query, datagram, MOST_OVER_UDP)).toBe(false);
  });

  test("takes no datagram whose first octets differ, letters aside", () => {
    const place = fc.nat({ max: query.length - 1 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const datagram = reply();
        datagram[at]! ^= difference;
        const isFlag = at === 3 || (at >= 6 && at < 12) || (at === 2 && (difference & 0x80) === 0);
        const letter = String.fromCharCode(datagram[at]! ^ difference);
        const isOtherCase = difference === 0x20 && at >= 12 && at < query.length - 4 && /[A-Za-z]/.test(letter);
        expect(isReplyTo(query, datagram, MOST_OVER_UDP)).toBe(isFlag || isOtherCase);
      }),
    );
  });

  test("takes 8 KiB over TCP and no more", () => {
    const octets = (most: number): Buffer => Buffer.concat([reply(), Buffer.alloc(most - query.length)]);
    expect(isReplyTo(query, octets(8192), MOST_OVER_TCP)).toBe(true);
    expect(isReplyTo(query, octets(8193), MOST_OVER_TCP)).toBe(false);
  });
});

test.for([0, 1] as const)("isTruncated: TC is %i", (tc) => {
  expect(isTruncated(reply((packet) => void (packet.header.tc = tc)))).toBe(tc === 1);
});
