/**
 * The ECS scope (RFC 7871): the widest network around a leaf in which every address has the same class, that is the
 * same ordered candidates. Scopes of one classification are disjoint, and never depend on health or on the winner.
 */
import type { Leaves } from "./leaf-table.ts";

export interface Block {
  /** The leaves of the block, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** The block's prefix length: the scope. */
  readonly length: number;
}

/** Grows the leaf's network bit by bit while the other half of its parent is all of the same class. */
export function widestBlock(leaves: Leaves, leaf: number, classOf: (leaf: number) => number): Block {
  const wanted = classOf(leaf);
  let first = leaf;
  let last = leaf;
  let length = leaves.lengths[leaf]!;
  while (length > 0) {
    const parent = length - 1;
    let low = first;
    while (low > 0 && sharesPrefix(leaves, low - 1, leaf, parent)) {
      if (classOf(low - 1) !== wanted) return { first, last, length };
      low--;
    }
    let high = last;
    while (high + 1 < leaves.count && sharesPrefix(leaves, high + 1, leaf, parent)) {
      if (classOf(high + 1) !== wanted) return { first, last, length };
      high++;
    }
    first = low;
    last = high;
    length = parent;
  }
  return { first, last, length };
}

/** Whether the first addresses of two leaves agree in their first `bits` bits. */
function sharesPrefix({ starts }: Leaves, a: number, b: number, bits: number): boolean {
  for (let word = 0, left = bits; left > 0; word++, left -= 32) {
    const difference = starts[word]![a]! ^ starts[word]![b]!;
    if (left >= 32 ? difference !== 0 : difference >>> (32 - left) !== 0) return false;
  }
  return true;
}
