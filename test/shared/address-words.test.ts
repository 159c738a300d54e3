import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addressOfWords, readWords, wordAt, wordsOf, writeWords } from "../../src/shared/address-words.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { addressIn } from "../support/arbitraries.ts";
import { ip } from "../support/snapshot.ts";

test.for<[string, number[], number[]]>([
  ["four octets", [192, 0, 2, 1], [0xc0000201, 0, 0, 0]],
  ["high bits", [255, 255, 255, 255, 128], [0xffffffff, 0x80000000, 0, 0]],
  ["no octets", [], [0, 0, 0, 0]],
  ["sixteen octets", [...Array(15).fill(0), 1], [0, 0, 0, 1]],
])("readWords takes %s and clears the rest", ([, octets, expected]) => {
  const words = Uint32Array.of(1, 2, 3, 4);
  readWords(Uint8Array.of(99, ...octets, 99), 1, octets.length, words);
  expect([...words]).toEqual(expected);
});

test("addressOfWords is the way back from wordsOf", () => {
  fc.assert(
    fc.property(addressIn(["0.0.0.0/0", "::/0"]), (address) => {
      expect(addressOfWords(address.family, wordsOf(address))).toEqual(address);
    }),
  );
});

test("addressOfWords takes IPv4 from the first word, whatever is behind it", () => {
  expect(formatIpAddress(addressOfWords(4, Uint32Array.of(0xc0000201, 7)))).toBe("192.0.2.1");
});

test("writeWords writes no more octets than it is asked for", () => {
  const out = new Uint8Array(6).fill(9);
  writeWords(wordsOf(ip("2001:db8:ffff::")), out, 1, 3);
  expect([...out]).toEqual([9, 0x20, 0x01, 0x0d, 9, 9]);
});

test("wordAt reads in network order and without a sign", () => {
  expect(wordAt(Uint8Array.of(1, 0xff, 0, 0, 2, 3), 1)).toBe(0xff000002);
});
