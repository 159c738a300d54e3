/** The octets of generations that were replaced: shared memory that V8 does not count, and so is in no hurry to give back. */
import type { LeafTable } from "../routing/leaf-table.ts";
import { collectGarbage } from "../server/threads/collect-garbage.ts";
import type { Generation } from "./generation.ts";

/**
 * Octets of earlier generations that may be left lying. V8 counts no shared memory, and leaves several of them before it
 * collects; to have it collect holds this thread up for 15 to 80 ms.
 */
const MOST_LEFT = 256 * 2 ** 20;

/** Leaves; about 15 octets each. */
const LARGE_TABLE = 2_000_000;

export interface LeftGarbage {
  /** Is told each generation that another has replaced; has V8 collect when it is time. */
  add(replaced: Generation, by: Generation): void;
}

export function createLeftGarbage(): LeftGarbage {
  /** Octets since garbage was last collected. */
  let left = 0;
  return {
    add(replaced, { geo }) {
      left += replaced.size;
      // With the table go its copies: there are never more than the one that is served and the one that comes.
      if (left >= MOST_LEFT || (geo.table !== replaced.geo.table && isLarge(replaced.geo.table))) {
        left = 0;
        setImmediate(collectGarbage);
      }
    },
  };
}

function isLarge({ ipv4, ipv6 }: LeafTable): boolean {
  return ipv4.count + ipv6.count >= LARGE_TABLE;
}
