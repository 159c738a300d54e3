/**
 * Whether data of a MaxMind DB file is worth decoding: a few arrays of pointers to each other stand for more values than
 * any memory holds. https://maxmind.github.io/MaxMind-DB/ "Data Section". What the values are is read by `maxmind`.
 */

/** Values and octets of text that one record may stand for. A record of GeoIP2 Enterprise has about 5,000. */
const MOST = 100_000;
/** Containers within containers. GeoIP2 has four. */
const DEEPEST = 32;

const POINTER = 1;
const MAP = 7;
const ARRAY = 11;
const BOOLEAN = 14;

/** `start`: where pointers count from; `at`: where the record begins, both in octets of the file. */
export function isModest(file: Uint8Array, start: number, at: number): boolean {
  let left = MOST;

  /** Where the value ends; -1 = out of bounds. */
  const walk = (from: number, depth: number): number => {
    if (from < 0 || from >= file.length || depth > DEEPEST || --left < 0) return -1;
    const control = file[from]!;
    let next = from + 1;
    let type = control >> 5;
    if (type === POINTER) {
      const octets = ((control >> 3) & 3) + 1;
      let target = octets === 4 ? 0 : control & 7;
      for (let i = 0; i < octets; i++) target = target * 256 + file[next++]!;
      // "a pointer MUST NOT point to another pointer", so this is at most one step.
      const base = [0, 2048, 526_336, 0][octets - 1]!;
      return walk(start + target + base, depth + 1) < 0 ? -1 : next;
    }
    if (type === 0) type = 7 + file[next++]!;
    let size = control & 31;
    if (size >= 29) {
      const octets = size - 28;
      size = [29, 285, 65_821][octets - 1]!;
      let more = 0;
      for (let i = 0; i < octets; i++) more = more * 256 + file[next++]!;
      size += more;
    }
    if (type === MAP || type === ARRAY) {
      for (let i = type === MAP ? 2 * size : size; i > 0; i--) {
        next = walk(next, depth + 1);
        if (next < 0) return -1;
      }
      return next;
    }
    if (type === BOOLEAN) return next;
    left -= size;
    return left < 0 || next + size > file.length ? -1 : next + size;
  };

  return walk(at, 0) >= 0;
}
