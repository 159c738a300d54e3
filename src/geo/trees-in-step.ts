/**
 * The search trees of several databases, walked down in step: at each bit of an address the node of every tree. IPv4 in an
 * IPv6 tree is left out where IPv6 is walked.
 */
import { DamagedDatabase } from "./damaged-database.ts";
import type { Database } from "./open-database.ts";

export interface TreesInStep {
  /** Those of the databases that have the family. */
  readonly databases: readonly Database[];
  readonly bits: 32 | 128;
  /** At `depth * databases.length + i` the node of tree i. */
  readonly way: Uint32Array;
  readonly nodeCounts: Uint32Array;
  /** Takes all trees one bit deeper, from where `at` is their place in `way`; those that do not branch stay. */
  readonly step: (at: number, side: 0 | 1) => void;
  /** The first tree from `from` on that branches; their number where none does. */
  readonly branching: (at: number, from: number) => number;
  /** Counts a branch that is walked. Throws `DamagedDatabase`: a tree whose nodes point backwards would be walked for ever. */
  readonly countBranch: (i: number) => void;
}

export function treesInStep(all: readonly Database[], family: 4 | 6): TreesInStep {
  const databases = all.filter(({ tree }) => family === 4 || tree.ipv6Root !== undefined);
  const trees = databases.map(({ tree }) => tree);
  const count = trees.length;
  const nodeCounts = Uint32Array.from(trees, ({ nodeCount }) => nodeCount);
  const bits = family === 4 ? 32 : 128;
  const way = new Uint32Array((bits + 1) * count);
  for (const [i, { ipv4Root, ipv6Root }] of trees.entries()) way[i] = family === 4 ? ipv4Root : ipv6Root!;
  /** Branches of each tree that have been walked. */
  const walked = new Uint32Array(count);

  /** In an IPv6 tree IPv4 lies in ::/96, which is no form of IPv4 addresses in IPv6 any more (RFC 4291 section 2.5.5.1). */
  const childOf = (i: number, node: number, side: 0 | 1): number => {
    const { ipv4Root, nodeCount, child } = trees[i]!;
    const next = child(node, side);
    return next === ipv4Root && next < nodeCount && family === 6 ? nodeCount : next;
  };
  return {
    databases,
    bits,
    way,
    nodeCounts,
    step(at, side) {
      for (let i = 0; i < count; i++) {
        const node = way[at + i]!;
        way[at + count + i] = node < nodeCounts[i]! ? childOf(i, node, side) : node;
      }
    },
    branching(at, from) {
      let i = from;
      while (i < count && way[at + i]! >= nodeCounts[i]!) i++;
      return i;
    },
    countBranch(i) {
      if (++walked[i]! > nodeCounts[i]!) throw new DamagedDatabase(databases[i]!.file, "its search tree has a loop");
    },
  };
}
