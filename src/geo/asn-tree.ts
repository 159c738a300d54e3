/**
 * The networks of the autonomous systems that a configuration names, as one binary tree: what databases tell of all others
 * costs neither memory nor leaves. The first database that tells a number for an address has it, named or not.
 */
import type { NetworkTree } from "./network-tree.ts";
import type { Database } from "./open-database.ts";
import { NO_ASN } from "./record-asn.ts";
import { treesInStep } from "./trees-in-step.ts";

/** Numbers from 0 on are nodes that branch; the others are leaves (`asnOf`). */
export interface AsnTree {
  readonly root: (family: 4 | 6) => number;
  readonly child: (node: number, bit: 0 | 1) => number;
  /** The number of nodes that branch. */
  readonly size: number;
  /** Whether a database tells any number at all. */
  readonly isTold: boolean;
}

const NONE_NAMED = -1;

/** The number at a leaf; `NO_ASN` = none that is named. */
export function asnOf(leaf: number): number {
  return -1 - leaf;
}

/** Of a configuration that names none. */
export const NO_ASNS: AsnTree = { root: () => NONE_NAMED, child: () => NONE_NAMED, size: 0, isTold: false };

/** `networks` says where IPv6 is looked up as the IPv4 address inside. Throws `DamagedDatabase`. */
export function asnTree(all: readonly Database[], named: ReadonlySet<number>, networks: NetworkTree): AsnTree {
  const children: number[] = [];
  let isTold = false;
  const leafOf = (asn: number): number => {
    isTold = true;
    return named.has(asn) ? -1 - asn : NONE_NAMED;
  };

  const walk = (family: 4 | 6): number => {
    const { databases, bits, way, nodeCounts, step, branching, countBranch } = treesInStep(all, family);
    const count = databases.length;
    /** What the trees up to one tell; undefined = nothing. */
    const toldBefore = (at: number, end: number): number | undefined => {
      for (let i = 0; i < end; i++) {
        const record = way[at + i]!;
        const asn = record > nodeCounts[i]! ? databases[i]!.asnAt(record) : NO_ASN;
        if (asn !== NO_ASN) return leafOf(asn);
      }
      return undefined;
    };
    const visit = (network: number | undefined, depth: number): number => {
      if (network !== undefined && networks.isIpv4Inside(network)) return NONE_NAMED;
      const at = depth * count;
      const first = depth === bits ? count : branching(at, 0);
      const told = toldBefore(at, first);
      if (told !== undefined || first === count) return told ?? NONE_NAMED;
      for (let i = first; i < count; i = branching(at, i + 1)) countBranch(i);
      step(at, 0);
      const left = visit(network === undefined ? undefined : networks.child(network, 0), depth + 1);
      step(at, 1);
      const right = visit(network === undefined ? undefined : networks.child(network, 1), depth + 1);
      if (left === right && left < 0) return left;
      return children.push(left, right) / 2 - 1;
    };
    return visit(networks.root(family), 0);
  };
  const roots = { 4: walk(4), 6: walk(6) };
  return {
    root: (family) => roots[family],
    child: (node, bit) => children[2 * node + bit]!,
    size: children.length / 2,
    isTold,
  };
}
