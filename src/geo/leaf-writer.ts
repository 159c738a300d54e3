/** Writes the leaves of one family in address order into shared memory, and merges siblings at the same place. */
import type { Leaves } from "../routing/leaf-table.ts";

export interface LeafWriter {
  /** Adds a leaf; leaves come in address order. */
  readonly write: (start: Uint32Array, length: number, place: number) => void;
  readonly finish: () => Leaves;
}

/**
 * `capacity` is the most leaves that may be written. The memory for them is reserved at once, and the system hands it
 * out as far as it is written: nothing is copied and nothing left over.
 */
export function leafWriter(words: 1 | 4, capacity: number): LeafWriter {
  const starts = Array.from({ length: words }, () => sharedWords(capacity));
  const lengths = new Uint8Array(new SharedArrayBuffer(capacity));
  const places = sharedWords(capacity);
  let count = 0;

  /** Whether the last two leaves are the halves of one network at one place. */
  const canMerge = (): boolean => {
    const last = count - 1;
    if (last < 1) return false;
    const length = lengths[last]!;
    if (lengths[last - 1] !== length || places[last - 1] !== places[last]) return false;
    const word = (length - 1) >> 5;
    const bit = (0x80000000 >>> ((length - 1) & 31)) >>> 0;
    for (let i = 0; i < words; i++) {
      const difference = (starts[i]![last]! ^ starts[i]![last - 1]!) >>> 0;
      if (difference !== (i === word ? bit : 0)) return false;
    }
    return true;
  };

  return {
    write(start, length, place) {
      for (let i = 0; i < words; i++) starts[i]![count] = start[i]!;
      lengths[count] = length;
      places[count] = place;
      count++;
      while (canMerge()) {
        count--;
        lengths[count - 1]!--;
      }
    },
    finish() {
      const written = starts.map((column) => column.subarray(0, count));
      return {
        count,
        starts: written,
        lengths: lengths.subarray(0, count),
        places: places.subarray(0, count),
        index: indexOf(written),
      };
    },
  };
}

function sharedWords(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(count * Uint32Array.BYTES_PER_ELEMENT));
}

/** For each value of the high 16 bits, the leaf that holds its first address. */
function indexOf(starts: readonly Uint32Array[]): Uint32Array {
  const [high, ...low] = starts as readonly [Uint32Array, ...Uint32Array[]];
  const index = new Uint32Array(new SharedArrayBuffer(65537 * Uint32Array.BYTES_PER_ELEMENT));
  const startsAtOrBefore = (leaf: number, first: number): boolean =>
    high[leaf]! < first || (high[leaf] === first && low.every((column) => column[leaf] === 0));
  let leaf = 0;
  for (let value = 0; value < 65536; value++) {
    while (leaf + 1 < high.length && startsAtOrBefore(leaf + 1, value * 65536)) leaf++;
    index[value] = leaf;
  }
  index[65536] = high.length - 1;
  return index;
}
