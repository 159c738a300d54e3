import { isIP } from "node:net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatIpAddress,
  formatIpPrefix,
  networkOf,
  parseIpAddress,
  parseIpPrefix,
  prefixContains,
  type IpAddress,
} from "../../src/shared/ip-address.ts";
import { cidr, ip } from "../support/snapshot.ts";

const octets4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
/** Zeros as often as everything else, so that there are runs to shorten. */
const octets6 = fc
  .array(fc.oneof(fc.constant([0, 0]), fc.tuple(fc.nat(255), fc.nat(255))), { minLength: 8, maxLength: 8 })
  .map((groups) => Uint8Array.from(groups.flat()));
const addresses: fc.Arbitrary<IpAddress> = fc.oneof(
  octets4.map((octets) => ({ family: 4 as const, octets })),
  octets6.map((octets) => ({ family: 6 as const, octets })),
);
const prefixes = addresses.chain((address) =>
  fc.integer({ min: 0, max: address.octets.length * 8 }).map((length) => ({ address, length })),
);

/** `address` with one bit turned over. */
function flipped({ family, octets }: IpAddress, bit: number): IpAddress {
  return { family, octets: octets.map((octet, i) => (i === bit >> 3 ? octet ^ (0x80 >> (bit & 7)) : octet)) };
}

describe("parseIpAddress", () => {
  test.for<[text: string, octets: readonly number[]]>([
    ["0.0.0.0", [0, 0, 0, 0]],
    ["192.0.2.255", [192, 0, 2, 255]],
    ["::", Array<number>(16).fill(0)],
    ["::1", [...Array<number>(15).fill(0), 1]],
    ["2001:DB8::A", [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 0xa]],
    ["1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
    // RFC 5952 section 4.2.2 shortens one group in no output, but it is input (RFC 4291 section 2.2).
    ["1:2:3:4:5:6:7::", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
    ["::ffff:192.0.2.1", [...Array<number>(10).fill(0), 0xff, 0xff, 192, 0, 2, 1]],
    ["1:2:3:4:5:6:1.2.3.4", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4]],
  ])("reads %s", ([text, octets]) => {
    expect(parseIpAddress(text)).toEqual({ family: octets.length === 4 ? 4 : 6, octets: Uint8Array.from(octets) });
  });

  test.for([
    "",
    " ",
    "1.2.3",
    "1.2.3.4.",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "0x1.2.3.4",
    "1.2.3.4\n",
    " 1.2.3.4",
    "127.1",
    ":",
    ":::",
    "::1::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7:",
    ":1:2:3:4:5:6:7",
    "12345::",
    "g::",
    "1.2.3.4::",
    "::1.2.3.4:5",
    "::1.2.3",
    "::01.2.3.4",
    "fe80::1%eth0",
    "[::1]",
  ])("refuses %j", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  test("takes exactly what node:net takes, zone identifiers aside", () => {
    const alphabet = fc.constantFrom("0", "1", "9", "25", "255", "256", "a", "F", "ffff", ":", "::", ".", "/");
    const texts = fc.oneof(
      fc.array(alphabet, { maxLength: 18 }).map((parts) => parts.join("")),
      fc.array(fc.constantFrom("0", "1", "ff", "1.2.3.4", ""), { maxLength: 9 }).map((parts) => parts.join(":")),
      fc.array(fc.constantFrom("0", "1", "255", "256", "00", ""), { maxLength: 5 }).map((parts) => parts.join(".")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseIpAddress(text)?.family ?? 0).toBe(isIP(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("formatIpAddress", () => {
  // RFC 5952; the section that asks for each.
  test.for<[text: string, expected: string, section: string]>([
    ["2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1", "4.1 and 4.2.3"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1", "4.2.1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "4.2.2"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1", "4.2.3, the longest run"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "4.2.3, the first of equal runs"],
    ["2001:DB8::ABCD", "2001:db8::abcd", "4.3"],
    ["0:0:0:0:0:ffff:c000:221", "::ffff:192.0.2.33", "5"],
    ["0:0:0:0:0:0:0:0", "::", "4.2.1"],
    ["1:0:0:0:0:0:0:0", "1::", "4.2.1"],
    ["0:0:0:0:0:0:0:1", "::1", "4.2.1"],
    ["0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7", "4.2.2"],
  ])("writes %s as %s (section %s)", ([text, expected]) => {
    expect(formatIpAddress(ip(text))).toBe(expected);
  });

  test("is text of the same family for node:net, and parseIpAddress gives the octets back", () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const text = formatIpAddress(address);
        expect(isIP(text)).toBe(address.family);
        expect(parseIpAddress(text)).toEqual(address);
      }),
    );
  });
});

describe("parseIpPrefix", () => {
  test.for<[text: string, expected: string]>([
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["192.0.2.7", "192.0.2.7/32"],
    ["192.0.2.7/32", "192.0.2.7/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:db8::/33", "2001:db8::/33"],
    ["::1", "::1/128"],
    ["192.0.2.128/25", "192.0.2.128/25"],
  ])("reads %s as %s", ([text, expected]) => {
    expect(formatIpPrefix(cidr(text))).toBe(expected);
  });

  test.for<[text: string, reason: string]>([
    ["", "address"],
    ["/8", "address"],
    ["10/8", "address"],
    ["10.0.0.0/", "length"],
    ["10.0.0.0/33", "length"],
    ["::/129", "length"],
    ["10.0.0.0/08", "length"],
    ["10.0.0.0/-1", "length"],
    ["10.0.0.0/8/8", "length"],
    ["10.0.0.0/8 ", "length"],
    ["10.0.0.1/8", "host-bits"],
    ["192.0.2.128/24", "host-bits"],
    ["2001:db8::1/64", "host-bits"],
    ["128.0.0.0/0", "host-bits"],
  ])("refuses %j for its %s", ([text, reason]) => {
    expect(parseIpPrefix(text)).toBe(reason);
  });

  test("reads what formatIpPrefix writes of any network", () => {
    fc.assert(
      fc.property(prefixes, ({ address, length }) => {
        const network = networkOf(address, length);
        expect(parseIpPrefix(formatIpPrefix(network))).toEqual(network);
      }),
    );
  });
});

describe("networkOf", () => {
  test("keeps the bits of the prefix and clears all others", () => {
    fc.assert(
      fc.property(prefixes, ({ address, length }) => {
        const network = networkOf(address, length);
        for (let bit = 0; bit < address.octets.length * 8; bit++) {
          const bitOf = ({ octets }: IpAddress): number => (octets[bit >> 3]! >> (7 - (bit & 7))) & 1;
          expect(bitOf(network.address)).toBe(bit < length ? bitOf(address) : 0);
        }
        expect(networkOf(network.address, length)).toEqual(network);
      }),
    );
  });

  test("leaves its argument alone", () => {
    const address = ip("192.0.2.255");
    networkOf(address, 8);
    expect(address).toEqual(ip("192.0.2.255"));
  });
});

describe("prefixContains", () => {
  test("holds an address and all that differ from it behind the prefix, no others", () => {
    fc.assert(
      fc.property(prefixes, fc.nat(127), ({ address, length }, anyBit) => {
        const network = networkOf(address, length);
        const bit = anyBit % (address.octets.length * 8);
        expect(prefixContains(network, address)).toBe(true);
        expect(prefixContains(network, flipped(address, bit))).toBe(bit >= length);
      }),
    );
  });

  test.for<[network: string, address: string]>([
    ["0.0.0.0/0", "::1"],
    ["::/0", "192.0.2.1"],
    ["::ffff:192.0.2.0/120", "192.0.2.1"],
  ])("%s does not hold %s of the other family", ([network, address]) => {
    expect(prefixContains(cidr(network), ip(address))).toBe(false);
  });
});
