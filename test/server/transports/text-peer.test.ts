import { expect, test } from "vitest";
import { textPeer } from "../../../src/server/transports/text-peer.ts";

test.for<[text: string, family: 4 | 6, words: readonly number[]]>([
  ["192.0.2.1", 4, [0xc0000201, 0, 0, 0]],
  ["2001:db8::1:2", 6, [0x20010db8, 0, 0, 0x00010002]],
  ["fe80::1%eth0", 6, [0xfe800000, 0, 0, 1]],
  ["no address", 6, [0, 0, 0, 0]],
])("TextPeer reads %s", ([text, family, words]) => {
  const peer = textPeer();
  peer.address = text;
  const read = new Uint32Array(4).fill(7);
  expect(peer.readAddress(read)).toBe(family);
  expect([...read]).toEqual(words);
});
