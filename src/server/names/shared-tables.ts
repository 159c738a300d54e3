/** Writes tables of numbers and runs of octets into memory that all threads read. */

export interface Rows<Row> {
  readonly words: Int32Array;
  add(values: Readonly<Record<Exclude<keyof Row, "size">, number>>): void;
  /** How many rows have been added. */
  count(): number;
}

/** Room for `count` rows of a table, whose `layout` tells the offset of each of a row's words. */
export function rows<Row extends { readonly size: number }>(layout: Row, count: number): Rows<Row> {
  const words = sharedWords(count * layout.size);
  const columns = Object.entries(layout).filter(([column]) => column !== "size");
  let next = 0;
  return {
    words,
    add(values) {
      for (const [column, offset] of columns) {
        words[next * layout.size + offset] = values[column as Exclude<keyof Row, "size">];
      }
      next++;
    },
    count: () => next,
  };
}

export function sharedWords(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

export interface OctetWriter {
  /** The offset of what is written. */
  write(octets: Uint8Array): number;
  finish(): Uint8Array;
}

/** Octets. */
const FIRST_ROOM = 4096;

export function octetWriter(): OctetWriter {
  let room = new Uint8Array(FIRST_ROOM);
  let length = 0;
  return {
    write(octets) {
      const at = length;
      length += octets.length;
      if (length > room.length) {
        const before = room;
        room = new Uint8Array(Math.max(length, 2 * before.length));
        room.set(before);
      }
      room.set(octets, at);
      return at;
    },
    finish() {
      const shared = new Uint8Array(new SharedArrayBuffer(length));
      shared.set(room.subarray(0, length));
      return shared;
    },
  };
}
