import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatIpPrefix, type IpAddress } from "../../src/shared/ip-address.ts";
import { byWidth, prefixesOf, rangeBetween, rangeContains, rangeOfPrefix } from "../../src/shared/ip-range.ts";
import { addressOfNumber, numberOf } from "../support/leaf-tables.ts";
import { cidr, clientNetwork, ip } from "../support/snapshot.ts";

/** Two addresses of a family, in order, often near each other. */
const ends = fc
  .tuple(fc.constantFrom<(4 | 6)[]>(4, 6), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.nat({ max: 127 }))
  .chain(([family, value, shift]) => {
    const most = 2n ** (family === 4 ? 32n : 128n) - 1n;
    const first = value & most;
    const last = fc.bigInt({ min: 0n, max: most >> BigInt(shift % (family === 4 ? 32 : 128)) });
    return last.map((more) => [family, first, first + more > most ? most : first + more] as const);
  });

const rangeOf = ([family, first, last]: readonly [4 | 6, bigint, bigint]) =>
  rangeBetween(addressOfNumber(family, first), addressOfNumber(family, last));

describe("rangeContains", () => {
  test.for([
    ["10.0.0.0-10.0.3.255", "10.0.0.0", true],
    ["10.0.0.0-10.0.3.255", "10.0.3.255", true],
    ["10.0.0.0-10.0.3.255", "10.0.4.0", false],
    ["10.0.0.0-10.0.3.255", "9.255.255.255", false],
    ["10.0.0.9-10.0.1.2", "10.0.1.1", true],
    ["10.0.0.9-10.0.1.2", "10.0.1.3", false],
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["::-ffff::", "10.0.0.1", false],
    ["2001:db8::1-2001:db8::ff", "2001:db8::a0", true],
  ] as const)("%s, %s: %s", ([range, address, isIn]) => {
    expect(rangeContains(clientNetwork(range), ip(address))).toBe(isIn);
  });
});

test("prefixesOf: the networks hold the addresses of the range and no other, the fewest that do", () => {
  fc.assert(
    fc.property(ends, ([family, first, last]) => {
      const networks = prefixesOf(rangeOf([family, first, last]));
      const bits = family === 4 ? 32 : 128;
      let next = first;
      for (const [i, { address, length }] of networks.entries()) {
        expect(numberOf(address)).toBe(next);
        next += 1n << BigInt(bits - length);
        // Two halves of one network would be that network.
        const before = networks[i - 1];
        const areHalves =
          before?.length === length && ((numberOf(before.address) >> BigInt(bits - length)) & 1n) === 0n;
        expect(areHalves).toBe(false);
      }
      expect(next).toBe(last + 1n);
    }),
  );
});

test.for([
  ["10.0.0.0/22", "10.0.0.0/22"],
  ["10.0.0.0-10.0.3.255", "10.0.0.0/22"],
  ["10.0.0.1-10.0.0.4", "10.0.0.1/32 10.0.0.2/31 10.0.0.4/32"],
  ["0.0.0.0-255.255.255.255", "0.0.0.0/0"],
  ["2001:db8::-2001:db8:2:ffff:ffff:ffff:ffff:ffff", "2001:db8::/47 2001:db8:2::/48"],
] as const)("prefixesOf: %s is %s", ([range, networks]) => {
  expect(prefixesOf(clientNetwork(range)).map(formatIpPrefix).join(" ")).toBe(networks);
});

test("prefixesOf: of the worst range no more than 254 networks", () => {
  expect(prefixesOf(clientNetwork("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"))).toHaveLength(254);
});

test("byWidth: fewest addresses first, whatever the family", () => {
  fc.assert(
    fc.property(ends, ends, (one, other) => {
      const width = ([, first, last]: readonly [4 | 6, bigint, bigint]): bigint => last - first;
      const wanted = width(one) < width(other) ? -1 : width(one) > width(other) ? 1 : 0;
      expect(Math.sign(byWidth(rangeOf(one), rangeOf(other)))).toBe(wanted);
    }),
  );
});

test("rangeOfPrefix: from the network's first to its last address, shown in CIDR form", () => {
  const last: IpAddress = ip("10.31.255.255");
  expect(rangeOfPrefix(cidr("10.16.0.0/12"))).toEqual({ first: ip("10.16.0.0"), last, text: "10.16.0.0/12" });
});
