import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { newSpot, scopeAt, type Spot } from "../../src/geo/find-leaf.ts";
import { IPV4_INSIDE } from "../../src/shared/ipv4-forms.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import type { LeafTable } from "../../src/routing/leaf-table.ts";
import { formatIpPrefix, type IpAddress } from "../../src/shared/ip-address.ts";
import { addressIn, addressSpace } from "../support/arbitraries.ts";
import { IPV4_FORMS, ipv4FormOf, ipv6Form } from "../support/ipv4-inside.ts";
import { addressOfNumber, leafTableOf, numberedLeaves, numberOf, spotOf } from "../support/leaf-tables.ts";
import { ip } from "../support/snapshot.ts";

/** The leaf that holds the address, found by looking at all of them. */
function leafByScan(table: LeafTable, address: IpAddress): number {
  const leaves = numberedLeaves(address.family === 4 ? table.ipv4 : table.ipv6);
  const number = numberOf(address);
  return leaves.findIndex(({ first, last }) => first <= number && number <= last);
}

const ipv4 = fc.nat({ max: 2 ** 32 - 1 }).map((value) => addressOfNumber(4, BigInt(value)));

describe("findSpot", () => {
  test("finds the leaf that a linear scan finds", () => {
    const worlds = addressSpace.chain((space) =>
      fc.tuple(
        fc.constant(space),
        fc.array(addressIn(space.map(([network]) => network)), { minLength: 1, maxLength: 10 }),
      ),
    );
    fc.assert(
      fc.property(worlds, ([space, addresses]) => {
        const table = leafTableOf(space);
        for (const address of addresses.filter((candidate) => ipv4FormOf(candidate) === undefined)) {
          const { family, leaf, offset } = spotOf(table, address);
          expect({ family, leaf, offset }).toEqual({
            family: address.family,
            leaf: leafByScan(table, address),
            offset: 0,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  test("finds the first and the last address of every leaf", () => {
    fc.assert(
      fc.property(addressSpace, (space) => {
        const table = leafTableOf(space);
        for (const family of [4, 6] as const) {
          const leaves = numberedLeaves(family === 4 ? table.ipv4 : table.ipv6);
          for (const [leaf, { first, last }] of leaves.entries()) {
            const ends = [first, last].map((value) => addressOfNumber(family, value));
            const found = ends.filter((end) => ipv4FormOf(end) === undefined).map((end) => spotOf(table, end).leaf);
            expect(found.every((index) => index === leaf)).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("has one leaf for everyone in an empty table, apart from IPv4 inside IPv6", () => {
    const table = buildLeafTable([], networkTree([]));
    expect(spotOf(table, ip("203.0.113.7"))).toMatchObject({ family: 4, leaf: 0, offset: 0 });
    expect(table.ipv4.count).toBe(1);
  });

  describe("IPv4 inside IPv6", () => {
    test.for(IPV4_FORMS)("$name is looked up as the address inside", (form) => {
      fc.assert(
        fc.property(addressSpace, ipv4, (space, address) => {
          const table = leafTableOf(space);
          const inside = spotOf(table, ipv6Form(form, address));
          const { family, leaf } = spotOf(table, address);
          expect(inside).toMatchObject({ family, leaf, offset: form.offset });
        }),
        { numRuns: 50 },
      );
    });

    test.for([
      ["::ffff:192.0.2.7", 96],
      ["::ffff:c000:207", 96],
      ["2002:c000:207::1", 16],
      ["2002:c000:207:ffff:ffff:ffff:ffff:ffff", 16],
      ["2001:0:4136:e378:8000:63bf:3fff:fdf8", 96],
      ["64:ff9b::192.0.2.7", 96],
    ] as const)("%s is 192.0.2.7", ([text, offset]) => {
      const table = leafTableOf([["192.0.2.7/32", "DE"]]);
      const { family, leaf } = spotOf(table, ip("192.0.2.7"));
      expect(spotOf(table, ip(text))).toMatchObject({ family, leaf, offset });
    });

    test.for([
      "::192.0.2.7",
      "::fffe:192.0.2.7",
      "::1:ffff:192.0.2.7",
      "2001:1::1",
      "2001:db8::1",
      "2003::1",
      "64:ff9b:1::192.0.2.7",
      "64:ff9b::1:192.0.2.7",
      "::",
      "::1",
    ])("%s is an IPv6 address like any other", (text) => {
      expect(spotOf(leafTableOf([]), ip(text))).toMatchObject({ family: 6, offset: 0 });
    });

    // As every prefix, by its first address. In Teredo's form that has the bits behind the prefix as ones.
    test.for([
      ["2002:c000:200::", "192.0.2.0"],
      ["2002:c000::", "192.0.0.0"],
      ["2002::", "0.0.0.0"],
      ["::ffff:192.0.2.0", "192.0.2.0"],
      ["::ffff:0:0", "0.0.0.0"],
      ["64:ff9b::", "0.0.0.0"],
      ["2001:0:4136:e378::", "255.255.255.255"],
      ["2001:0:4136:e378:8000:63bf:3f00:0", "192.255.255.255"],
      ["2001:0:4136:e378:8000:63bf:3fff:fd00", "192.0.2.255"],
      ["2001:0:4136:e378:8000:63bf:3fff:fdf8", "192.0.2.7"],
    ] as const)("%s is looked up as %s", ([text, inside]) => {
      const table = leafTableOf([
        ["192.0.0.0/16", "DE"],
        ["192.0.2.0/24", "FR"],
        ["192.0.2.7/32", "BR"],
      ]);
      const { leaf, family } = spotOf(table, ip(inside));
      expect(spotOf(table, ip(text))).toMatchObject({ leaf, family });
    });
  });

  test("the forms cut in the tables are those that are looked up", () => {
    expect(IPV4_INSIDE.map(formatIpPrefix).toSorted()).toEqual(
      IPV4_FORMS.map(({ network }) => network.replace("::ffff:0:0", "::ffff:0.0.0.0")).toSorted(),
    );
  });
});

describe("scopeAt", () => {
  /** Of leaf 1 of the IPv4 table, and of leaf 2 of the IPv6 table. */
  const scopes = (ipv4: number, ipv6: number) => ({
    scopeOf: (family: 4 | 6, leaf: number) =>
      family === 4 && leaf === 1 ? ipv4 : family === 6 && leaf === 2 ? ipv6 : Number.NaN,
    leastScope: () => (ipv4 === 0 && ipv6 === 0 ? 0 : 1),
  });

  test.for<[what: string, spot: Partial<Spot>, ipv4: number, ipv6: number, scope: number]>([
    ["an IPv4 address", {}, 24, 7, 24],
    ["an IPv4 address where all of IPv4 are of one class", {}, 0, 7, 1],
    ["an IPv4 address where everybody is of one class", {}, 0, 0, 0],
    ["an IPv6 address", { family: 6, leaf: 2 }, 24, 48, 48],
    ["an IPv4 address behind 16 bits", { offset: 16 }, 24, 7, 40],
    ["an IPv4 address behind 96 bits", { offset: 96 }, 8, 7, 104],
    ["an IPv4 address inside where all are of one class, by the IPv6 table", { offset: 96 }, 0, 7, 7],
    ["an IPv4 address inside where everybody is of one class", { offset: 96 }, 0, 0, 0],
  ])("tells that of %s", ([, spot, ipv4, ipv6, scope]) => {
    expect(scopeAt(scopes(ipv4, ipv6), { ...newSpot(), leaf: 1, around: 2, ...spot })).toBe(scope);
  });
});
