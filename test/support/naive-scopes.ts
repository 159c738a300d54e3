/** ECS scopes by their definition, for all leaves of a family at once: what the engine finds leaf by leaf, and keeps. */
import type { Leaves } from "../../src/routing/leaf-table.ts";

/** The prefix length of the widest network around each leaf in which all leaves are alike, as `kinds` says by leaf. */
export function naiveScopes({ count, starts }: Leaves, kinds: readonly unknown[]): Uint8Array {
  const scopes = new Uint8Array(count);
  const bitOf = (leaf: number, depth: number): number => (starts[depth >> 5]![leaf]! >>> (31 - (depth & 31))) & 1;
  /** The leaves from `first` to before `end` are those of one network of `depth` bits. */
  const visit = (first: number, end: number, depth: number): void => {
    let alike = first + 1;
    while (alike < end && kinds[alike] === kinds[first]) alike++;
    if (alike === end) {
      scopes.fill(depth, first, end);
      return;
    }
    let half = first;
    while (half < end && bitOf(half, depth) === 0) half++;
    visit(first, half, depth + 1);
    visit(half, end, depth + 1);
  };
  visit(0, count, 0);
  return scopes;
}
