/**
 * Known numbers by index, for any number of owners in memory of a fixed size. Each owner's indices lie side by side;
 * where all of them together are more than there is room for, they share rooms, and the last number set stays.
 */

export interface FixedCache {
  /** Room for indices from 0 to `count` - 1. */
  ownerOf(count: number): Owner;
}

export interface Owner {
  /** Undefined = not known. */
  get(index: number): number | undefined;
  /** `value` of 32 bits, with sign. */
  set(index: number, value: number): void;
  /** Forgets all of this owner's numbers. */
  clear(): void;
}

/** For `wanted` numbers, but of at most `limit` rooms, a power of two; 8 octets each, resident where they are used. */
export function createFixedCache(wanted: number, limit: number): FixedCache {
  const bits = Math.min(Math.ceil(Math.log2(Math.max(wanted, 1))), Math.log2(limit));
  const rooms = 2 ** bits;
  const mask = rooms - 1;
  const values = new Int32Array(rooms);
  /** The owner of the value in a room: how often the rooms had been given away before, + 1; 0 = nobody. */
  const turns = new Uint32Array(rooms);
  let next = 0;

  return {
    ownerOf(count) {
      const first = next % rooms;
      const turn = Math.floor(next / rooms) + 1;
      next += count;
      return {
        get(index) {
          const at = first + index;
          return turns[at & mask] === turn + (at >>> bits) ? values[at & mask] : undefined;
        },
        set(index, value) {
          const at = first + index;
          turns[at & mask] = turn + (at >>> bits);
          values[at & mask] = value;
        },
        clear() {
          for (let at = first; at < first + count; at++) {
            if (turns[at & mask] === turn + (at >>> bits)) turns[at & mask] = 0;
          }
        },
      };
    },
  };
}
