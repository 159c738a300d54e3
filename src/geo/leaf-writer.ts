/** Writes the leaves of one family in address order into shared memory, and merges siblings at the same place. */
import type { Leaves } from "../routing/leaf-table.ts";

export interface LeafWriter {
  /** In address order. */
  readonly write: (start: Uint32Array, length: number, place: number) => void;
  readonly finish: () => Leaves;
}

export function leafWriter(words: 1 | 4): LeafWriter {
  const starts = Array.from({ length: words }, () => growing());
  const lengths = growing();
  const places = growing();
  /** Whether the last two leaves are the halves of one network at one place. */
  const canMerge = (): boolean => {
    const last = lengths.size() - 1;
    if (last < 1) return false;
    const length = lengths.at(last);
    if (lengths.at(last - 1) !== length || places.at(last - 1) !== places.at(last)) return false;
    const word = (length - 1) >> 5;
    const bit = (0x80000000 >>> ((length - 1) & 31)) >>> 0;
    return starts.every((column, i) => {
      const difference = (column.at(last) ^ column.at(last - 1)) >>> 0;
      return difference === (i === word ? bit : 0);
    });
  };
  return {
    write(start, length, place) {
      for (const [i, column] of starts.entries()) column.push(start[i]!);
      lengths.push(length);
      places.push(place);
      while (canMerge()) {
        for (const column of [...starts, lengths, places]) column.pop();
        lengths.set(lengths.size() - 1, lengths.at(lengths.size() - 1) - 1);
      }
    },
    finish() {
      const columns = starts.map((column) => column.shared());
      return {
        count: lengths.size(),
        starts: columns,
        lengths: sharedOctets(lengths.shared()),
        places: places.shared(),
        index: indexOf(columns),
      };
    },
  };
}

interface GrowingColumn {
  readonly size: () => number;
  readonly at: (index: number) => number;
  readonly set: (index: number, value: number) => void;
  readonly push: (value: number) => void;
  readonly pop: () => void;
  /** A copy of exact size in shared memory. */
  readonly shared: () => Uint32Array;
}

function growing(): GrowingColumn {
  let values = new Uint32Array(1024);
  let size = 0;
  return {
    size: () => size,
    at: (index) => values[index]!,
    set(index, value) {
      values[index] = value;
    },
    push(value) {
      if (size === values.length) {
        const wider = new Uint32Array(size * 2);
        wider.set(values);
        values = wider;
      }
      values[size++] = value;
    },
    pop() {
      size--;
    },
    shared() {
      const copy = new Uint32Array(new SharedArrayBuffer(size * Uint32Array.BYTES_PER_ELEMENT));
      copy.set(values.subarray(0, size));
      return copy;
    },
  };
}

function sharedOctets(values: Uint32Array): Uint8Array {
  const octets = new Uint8Array(new SharedArrayBuffer(values.length));
  octets.set(values);
  return octets;
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
