import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Leaves } from "../../src/routing/leaf-table.ts";
import { createPlaceRuns } from "../../src/routing/place-runs.ts";
import { widestBlock, type Block } from "../../src/routing/scope.ts";
import { addressSpace } from "../support/arbitraries.ts";
import { leafTableOf, numberedLeaves } from "../support/leaf-tables.ts";
import { cidr } from "../support/snapshot.ts";

/** Each leaf at a place of its own, which has the leaf's number. */
function runsOfLeaves(leaves: Leaves) {
  return createPlaceRuns({ ...leaves, places: Uint32Array.from({ length: leaves.count }, (_, i) => i) }, leaves.count);
}

/** 65,536 networks of 16 bits. */
function flatLeaves(placeOf: (leaf: number) => number): Leaves {
  const numbers = Uint32Array.from({ length: 65_536 }, (_, leaf) => leaf);
  return {
    count: numbers.length,
    starts: [numbers.map((leaf) => leaf << 16)],
    lengths: new Uint8Array(numbers.length).fill(16),
    places: numbers.map(placeOf),
    index: numbers,
  };
}

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
    expect(widestBlock(runsOfLeaves(ipv4), from, classOf)).toEqual(expected);
  });

  test("holds leaves of one class alone, and its parent does not", () => {
    const classesOfLeaves = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 });
    const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(addressSpace, classesOfLeaves, picks, (space, classes, picked) => {
        const table = leafTableOf(space);
        const classOf = (leaf: number): number => classes[leaf % classes.length]!;
        for (const leaves of [table.ipv4, table.ipv6]) {
          const runs = runsOfLeaves(leaves);
          const bits = leaves.starts.length * 32;
          const numbered = numberedLeaves(leaves);
          for (const leaf of picked.map((pick) => pick % leaves.count)) {
            const { first, last, length } = widestBlock(runs, leaf, classOf);
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
      { numRuns: 200 },
    );
  });

  /** What a block is by definition, on leaves of one length. */
  const naiveBlock = (leaves: Leaves, leaf: number, classOf: (place: number) => number): Block => {
    const isAlike = (place: number): boolean => classOf(place) === classOf(leaves.places[leaf]!);
    let length = 16;
    const firstOf = (bits: number): number => leaf - (leaf % 2 ** (16 - bits));
    const lastOf = (bits: number): number => firstOf(bits) + 2 ** (16 - bits) - 1;
    while (length > 0 && leaves.places.subarray(firstOf(length - 1), lastOf(length - 1) + 1).every(isAlike)) length--;
    return { first: firstOf(length), last: lastOf(length), length };
  };

  test("is the same where runs of leaves are taken at once, up to a leaf of another class", () => {
    const others = fc.array(fc.nat({ max: 65_535 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(3, 300), others, fc.nat({ max: 65_535 }), (places, different, leaf) => {
        const leaves = flatLeaves((i) => (different.includes(i) ? places : i % places));
        const classOf = (place: number): number => (place === places ? 1 : 0);
        const found = widestBlock(createPlaceRuns(leaves, places + 1), leaf, classOf);
        expect(found).toEqual(naiveBlock(leaves, leaf, classOf));
      }),
      { numRuns: 60 },
    );
  });

  test.for([
    ["all alike", -1],
    ["all but the last alike", 65_535],
  ])("asks for few classes however many leaves are around: %s", ([, other]) => {
    const leaves = flatLeaves((leaf) => (leaf === other ? 7 : leaf % 7));
    const runs = createPlaceRuns(leaves, 8);
    let asked = 0;
    widestBlock(runs, 20_001, (place) => {
      asked++;
      return place === 7 ? 1 : 0;
    });
    expect(asked).toBeLessThan(1000);
  });
});
