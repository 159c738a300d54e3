import { expect, test } from "vitest";
import { formatPeer, isLoopback, peerNetwork } from "../../../src/admin/access/peer-network.ts";

test.for<[peer: string | undefined, isLocal: boolean, network: string, text: string]>([
  ["127.0.0.1", true, "127.0.0.1", "127.0.0.1"],
  ["127.255.0.3", true, "127.255.0.3", "127.255.0.3"],
  ["::1", true, "0000000000000000", "::1"],
  ["::ffff:127.0.0.1", true, "127.0.0.1", "127.0.0.1"],
  ["128.0.0.1", false, "128.0.0.1", "128.0.0.1"],
  ["0.0.0.0", false, "0.0.0.0", "0.0.0.0"],
  ["::", false, "0000000000000000", "::"],
  ["::ffff:192.0.2.1", false, "192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", false, "20010db800010002", "2001:db8:1:2:3:4:5:6"],
  ["localhost", false, "unknown", "unknown"],
  [undefined, false, "unknown", "unknown"],
])("%s: on this machine %s, of the network %s, shown as %s", ([peer, isLocal, network, text]) => {
  expect(isLoopback(peer)).toBe(isLocal);
  expect(peerNetwork(peer)).toBe(network);
  expect(formatPeer(peer)).toBe(text);
});

test("peerNetwork: the addresses of an IPv6 /64 are one client", () => {
  expect(peerNetwork("2001:db8::1")).toBe(peerNetwork("2001:db8::ffff:0:0:2"));
  expect(peerNetwork("2001:db8::1")).not.toBe(peerNetwork("2001:db8:0:1::1"));
});
