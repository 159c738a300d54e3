import * as fc from "fast-check";
import { expect, test } from "vitest";
import { searchTree } from "../../src/geo/search-tree.ts";
import { mmdbOfTree, type RecordSize } from "../support/mmdb-writer.ts";

const SIZES: readonly RecordSize[] = [24, 28, 32];

test.for(SIZES)("searchTree reads both records of every node at %i bits", (recordSize) => {
  const value = fc.integer({ min: 0, max: 2 ** recordSize - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 }), (nodes) => {
      const file = mmdbOfTree(nodes, Buffer.alloc(0), { recordSize, ipVersion: 4 });
      const { child } = searchTree(file, { node_count: nodes.length, record_size: recordSize, ip_version: 4 });
      expect(nodes.map((_, node) => [child(node, 0), child(node, 1)])).toEqual(nodes);
    }),
  );
});

test.for<[string, 4 | 6, readonly (readonly [number, number])[], number, number | undefined]>([
  ["is the root of an IPv4 tree", 4, [[1, 1]], 0, undefined],
  ["lies 96 zeros down an IPv6 tree", 6, Array.from({ length: 97 }, (_, i) => [i + 1, 97] as const), 96, 0],
  ["is no data where the way to it ends in none", 6, [[1, 1]], 1, 0],
  [
    "is a record where the way to it ends in one",
    6,
    [
      [1, 2],
      [40, 2],
    ],
    40,
    0,
  ],
])("the root of IPv4 %s", ([, ipVersion, nodes, ipv4Root, ipv6Root]) => {
  const file = mmdbOfTree(nodes, Buffer.alloc(0), { ipVersion, recordSize: 24 });
  expect(searchTree(file, { node_count: nodes.length, record_size: 24, ip_version: ipVersion })).toMatchObject({
    ipv4Root,
    ipv6Root,
  });
});
