import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { widestBlock, type Block } from "../../src/routing/scope.ts";
import { addressSpace } from "../support/arbitraries.ts";
import { leafTableOf, numberedLeaves } from "../support/leaf-tables.ts";
import { cidr } from "../support/snapshot.ts";

describe("widestBlock", () => {
  const { ipv4 } = leafTableOf([
    ["10.0.0.0/8", "DE"],
    ["10.128.0.0/9", "FR"],
    ["10.192.0.0/10", "BR"],
    ["11.0.0.0/8", "US"],
  ]);
  const leafOf = (network: string): number => {
    const { address } = cidr(network);
    return numberedLeaves(ipv4).findIndex(
      ({ first }) => first === BigInt(new DataView(address.octets.buffer).getUint32(0)),
    );
  };
  const de = leafOf("10.0.0.0/9");
  const fr = leafOf("10.128.0.0/10");
  const br = leafOf("10.192.0.0/10");
  const us = leafOf("11.0.0.0/8");

  test.for<[string, readonly number[], number, Block]>([
    ["a leaf alone", [], de, { first: de, last: de, length: 9 }],
    ["two halves", [fr, br], br, { first: fr, last: br, length: 9 }],
    ["no neighbours that are not halves of one network", [de, fr], de, { first: de, last: de, length: 9 }],
    ["three leaves of two lengths", [de, fr, br], fr, { first: de, last: br, length: 8 }],
    ["four leaves, from the last", [de, fr, br, us], us, { first: de, last: us, length: 7 }],
    ["no further than a leaf of another class in the other half", [de, fr, us], us, { first: us, last: us, length: 8 }],
    [
      "everything",
      Array.from({ length: ipv4.count }, (_, leaf) => leaf),
      us,
      { first: 0, last: ipv4.count - 1, length: 0 },
    ],
  ])("spans %s", ([, alike, from, expected]) => {
    const classOf = (leaf: number): number => (alike.includes(leaf) ? -1 : leaf);
    expect(widestBlock(ipv4, from, classOf)).toEqual(expected);
  });

  test("holds leaves of one class alone, and its parent does not", () => {
    fc.assert(
      fc.property(addressSpace, fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 }), (space, classes) => {
        const table = leafTableOf(space);
        const classOf = (leaf: number): number => classes[leaf % classes.length]!;
        for (const leaves of [table.ipv4, table.ipv6]) {
          const bits = leaves.starts.length * 32;
          const numbered = numberedLeaves(leaves);
          for (const leaf of numbered.keys()) {
            const { first, last, length } = widestBlock(leaves, leaf, classOf);
            const within = (depth: number): readonly number[] => {
              const shift = BigInt(bits - depth);
              return [...numbered.keys()].filter((i) => numbered[i]!.first >> shift === numbered[leaf]!.first >> shift);
            };
            const block = within(length);
            expect({ first: block[0], last: block.at(-1) }).toEqual({ first, last });
            expect(new Set(block.map(classOf)).size).toBe(1);
            expect(length === 0 || new Set(within(length - 1).map(classOf)).size > 1).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
