import { expect, test } from "vitest";
import {
  parseClientNetwork,
  parseEndpointAddress,
  parseNetwork,
  parseProbeAddress,
  parseListenAddress,
} from "../../../src/config/text/address.ts";
import { formatIpAddress, formatIpPrefix } from "../../../src/shared/ip-address.ts";

test.for([
  "192.0.2.1",
  "203.0.113.1",
  "2001:db8::1",
  // On premises, in a laboratory, and on the machine where something is tried.
  "10.0.0.1",
  "100.64.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "198.18.0.1",
  "fd00::1",
  "64:ff9b:1::1",
  "127.0.0.1",
  "::1",
  // Globally reachable in IANA's registries, or hosts' own.
  "192.31.196.1",
  "64:ff9b::c000:201",
  "2002:c000:201::1",
])("parseEndpointAddress takes %s", (text) => {
  const parsed = parseEndpointAddress(text);
  expect(parsed.ok && formatIpAddress(parsed.value)).toBe(text);
});

test.for([
  ["0.0.0.0", "the unspecified address"],
  ["0.1.2.3", "an address of this network (RFC 1122)"],
  ["169.254.169.254", "a link-local address"],
  ["192.0.0.8", "an address of protocols (RFC 6890)"],
  ["::", "the unspecified address"],
  ["224.0.0.1", "a multicast address"],
  ["239.255.255.255", "a multicast address"],
  ["240.0.0.1", "a reserved address (RFC 1112)"],
  ["ff02::1", "a multicast address"],
  ["fe80::1", "a link-local address"],
  ["febf:ffff::1", "a link-local address"],
  ["fec0::1", "a site-local address, which RFC 3879 withdraws"],
  ["100::1", "an address of the discard prefix"],
  ["100:0:0:1::1", "an address of the dummy prefix"],
  ["255.255.255.255", "the broadcast address"],
  ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a multicast address"],
  ["::ffff:192.0.2.1", "an IPv4-mapped address"],
  ["::ffff:c000:201", "an IPv4-mapped address"],
  ["::192.0.2.1", "an IPv4-compatible address"],
  ["::2", "an IPv4-compatible address"],
  ["::ffff:0:192.0.2.1", "an IPv4-translated address"],
  ["010.0.0.1", "not an IP address"],
  ["www.example.com", "not an IP address"],
  ["10.0.0.0/8", "not an IP address"],
] as const)("parseEndpointAddress refuses %s: %s", ([text, what]) => {
  expect(parseEndpointAddress(text)).toMatchObject({ ok: false, error: { code: "bad-address", what } });
});

test("parseEndpointAddress names the IPv4 address that is meant", () => {
  expect(parseEndpointAddress("::ffff:192.0.2.1")).toMatchObject({
    error: { wanted: "192.0.2.1, the IPv4 address inside" },
  });
});

test.for([
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["192.0.2.1", "192.0.2.1/32"],
  ["2001:DB8::/32", "2001:db8::/32"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  // Wider than the forms of IPv4 addresses that begin like it, 2001::/32 and 2002::/16.
  ["2001::/16", "2001::/16"],
  ["2002::/15", "2002::/15"],
] as const)("parseNetwork: %s is %s", ([text, network]) => {
  const parsed = parseNetwork(text);
  expect(parsed.ok && formatIpPrefix(parsed.value)).toBe(network);
});

test.for([
  ["10.1.2.3/8", "10.0.0.0/8, or 10.1.2.3 for the one address"],
  ["2001:db8::1/32", "2001:db8::/32, or 2001:db8::1 for the one address"],
  ["10.0.0.0/33", "a number from 0 to 32 after the slash"],
  ["2001:db8::/129", "a number from 0 to 128 after the slash"],
  ["10.0.0.0/", "a number from 0 to 32 after the slash"],
  ["10.0.0.0/08", "a number from 0 to 32 after the slash"],
  ["10.0/16", "one such as 10.20.0.0/16 or 2001:db8::/32"],
  ["::ffff:192.0.2.0/120", "the IPv4 network: clients count as IPv4"],
  ["2002:c000:200::/40", "the IPv4 network: clients count as IPv4"],
  ["64:ff9b::/96", "the IPv4 network: clients count as IPv4"],
] as const)("parseNetwork: in place of %s %s is wanted", ([text, wanted]) => {
  expect(parseNetwork(text)).toMatchObject({ ok: false, error: { code: "bad-network", wanted } });
});

test.for([
  ["127.0.0.1:53", { host: "127.0.0.1", port: 53 }],
  ["[::1]:0", { host: "::1", port: 0 }],
  ["[2001:DB8:0::1]:65535", { host: "2001:db8::1", port: 65_535 }],
] as const)("parseListenAddress: %s", ([text, value]) => {
  expect(parseListenAddress(text)).toEqual({ ok: true, value });
});

test.for(["127.0.0.1", "::1:53", "[::1]", ":53", "localhost:53", "127.0.0.1:65536", "127.0.0.1:053", "127.0.0.1:53:"])(
  "parseListenAddress refuses %s",
  (text) => {
    expect(parseListenAddress(text)).toMatchObject({ ok: false, error: { code: "bad-address" } });
  },
);

test.for([
  ["192.0.2.1", { host: "192.0.2.1", port: undefined }],
  ["192.0.2.1:80", { host: "192.0.2.1", port: 80 }],
  ["2001:db8::1", { host: "2001:db8::1", port: undefined }],
  ["[2001:db8::1]:80", { host: "2001:db8::1", port: 80 }],
  ["Health.Example.net.", { host: "health.example.net", port: undefined }],
  ["health.example.net:8080", { host: "health.example.net", port: 8080 }],
] as const)("parseProbeAddress: %s", ([text, value]) => {
  expect(parseProbeAddress(text)).toEqual({ ok: true, value });
});

test.for(["", "http://a/", "a:", "a:0", "a:65536", "1.2.3:80", "[a]:80", "[::1", "a b"])(
  "parseProbeAddress refuses %j",
  (text) => {
    expect(parseProbeAddress(text)).toMatchObject({ ok: false, error: { what: "not a probe target" } });
  },
);

test.for([
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["192.0.2.1", "192.0.2.1/32"],
  ["10.0.0.0-10.0.3.255", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0 - 10.0.3.255", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0\u201310.0.3.255", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0 \u2014 10.0.3.255", "10.0.0.0-10.0.3.255"],
  ["10.0.0.7-10.0.0.7", "10.0.0.7-10.0.0.7"],
  ["2001:DB8::1-2001:DB8::FF", "2001:db8::1-2001:db8::ff"],
  // Around the form, not in it.
  ["2001::-2001:1::", "2001::-2001:1::"],
] as const)("parseClientNetwork: %s is %s", ([text, shown]) => {
  const parsed = parseClientNetwork(text);
  expect(parsed.ok && parsed.value.text).toBe(shown);
});

test.for([
  ["10.0.3.255-10.0.0.0", "a range written backwards", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0-2001:db8::1", "a range from one family to the other", "two IPv4 or two IPv6 addresses"],
  ["10.0.0.0-255", "not a range", "10.0.0.0-10.0.0.255"],
  ["10.0.0.0-3.255", "not a range", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0/24-10.0.3.0/24", "not a range", "10.0.0.0-10.0.3.255"],
  ["10.0.0.0-", "not a range", "the first and the last address: 10.20.0.0-10.20.3.255"],
  ["10.0.0.0-10.0.0.256", "not a range", "the first and the last address: 10.20.0.0-10.20.3.255"],
  ["10.0.0.0-10.0.0.1-10.0.0.2", "not a range", "the first and the last address: 10.20.0.0-10.20.3.255"],
  ["office-net", "not a network", "one such as 10.20.0.0/16, or a range: 10.20.0.0-10.20.3.255"],
  ["10.0.0.200-100", "not a range", "the first and the last address: 10.20.0.0-10.20.3.255"],
  ["10.0.0.0..10.0.0.9", "not a network", "one such as 10.20.0.0/16, or a range: 10.20.0.0-10.20.3.255"],
  ["10.1.1.1/8", "host bits set in a network", "10.0.0.0/8, or 10.1.1.1 for the one address"],
  ["::ffff:10.0.0.0-::ffff:10.0.0.9", "IPv6 addresses of IPv4 clients", "the IPv4 range: clients count as IPv4"],
] as const)("parseClientNetwork refuses %s: %s", ([text, what, wanted]) => {
  expect(parseClientNetwork(text)).toEqual({ ok: false, error: { code: "bad-network", what, wanted } });
});

test.for([
  ["10.0.0.0-10.0.3.255", "networks in CIDR form: [10.0.0.0/22]"],
  ["10.0.0.1-10.0.0.9", "networks in CIDR form: [10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 10.0.0.8/31]"],
  ["10.0.0.1-10.0.0.14", "networks in CIDR form: [10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/30, 10.0.0.8/30, ...]"],
] as const)("parseNetwork, which takes no range, names the networks of %s", ([text, wanted]) => {
  expect(parseNetwork(text)).toEqual({ ok: false, error: { code: "bad-network", what: "a range", wanted } });
});
