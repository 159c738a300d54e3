/**
 * The ECS scope (RFC 7871): the widest network around a leaf in which every address has the same class, that is the
 * same ordered candidates. Scopes of one classification are disjoint, and never depend on health or on the winner.
 */
import type { Leaves } from "./leaf-table.ts";
import { RUN_SIZES, SHORTEST_RUN, type PlaceRuns } from "./place-runs.ts";

export interface Block {
  /** The leaves of the block, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** The block's prefix length: the scope. */
  readonly length: number;
}

/**
 * Grows the leaf's network bit by bit while the other half of its parent is all of the same class. `classOf` is that of
 * a place. What is not longer than `shortest` bits is not grown.
 */
export function widestBlock(
  runs: PlaceRuns,
  leaf: number,
  classOf: (place: number) => number,
  shortest: number = 0,
): Block {
  const { leaves } = runs;
  const wanted = classOf(leaves.places[leaf]!);
  let first = leaf;
  let last = leaf;
  let length = leaves.lengths[leaf]!;

  const isInParent = (other: number): boolean =>
    other >= 0 && other < leaves.count && sharesPrefix(leaves, other, leaf, length - 1);
  const isAlike = (place: number): boolean => classOf(place) === wanted;
  /** How many leaves of the parent, from `next` on in a direction, are alike at once; 0 = not even that one. */
  const alikeFrom = (next: number, direction: 1 | -1): number => {
    if (!isAlike(leaves.places[next]!)) return 0;
    const edge = direction === 1 ? next : next + 1;
    if (edge % SHORTEST_RUN !== 0) return 1;
    for (const size of RUN_SIZES) {
      const far = next + direction * (size - 1);
      if (edge % size !== 0 || !isInParent(far)) continue;
      const places = runs.placesOf(size, Math.min(next, far) / size);
      if (places !== undefined) return places.every(isAlike) ? size : 0;
    }
    return 1;
  };

  while (length > shortest) {
    let low = first;
    while (isInParent(low - 1)) {
      const alike = alikeFrom(low - 1, -1);
      if (alike === 0) return { first, last, length };
      low -= alike;
    }
    let high = last;
    while (isInParent(high + 1)) {
      const alike = alikeFrom(high + 1, 1);
      if (alike === 0) return { first, last, length };
      high += alike;
    }
    first = low;
    last = high;
    length--;
  }
  return { first, last, length };
}

/** Whether the first addresses of two leaves agree in their first `bits` bits. */
function sharesPrefix({ starts }: Leaves, a: number, b: number, bits: number): boolean {
  for (let word = 0, left = bits; left > 0; word++, left -= 32) {
    const difference = starts[word]![a]! ^ starts[word]![b]!;
    if (difference >>> Math.max(32 - left, 0) !== 0) return false;
  }
  return true;
}
