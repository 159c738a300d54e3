/**
 * Values of a MaxMind DB file, as far as they are wanted: https://maxmind.github.io/MaxMind-DB/ "Output Data Section". What nobody
 * asks for, such as names in eight languages, is stepped over, and pointers in it are not followed. A file is bounded in
 * what it may cost: a few arrays of pointers to each other could stand for more values than any memory holds.
 */
import { DamagedDatabase } from "./damaged-database.ts";

/** The keys to read of a map, and of the maps beneath; none = a text or number. In an array: of each of its items. */
export interface Wanted {
  readonly [key: string]: Wanted;
}

export interface DataSection {
  /** The file's name, for errors. */
  readonly file: string;
  readonly octets: Buffer;
  /** What it holds, for errors: `record`. */
  readonly holds: string;
  /** Where it begins, and pointers count from, and where it ends: octets of the file. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the value at an octet of the file: text, number, list, or an object of the wanted keys; undefined where it is of
 * another type. Throws `DamagedDatabase`.
 */
export type ReadValue = (at: number) => unknown;

/** Values that one record may have. A record of GeoIP2 Enterprise has about 200. */
const MOST_VALUES = 100_000;
/** Containers within containers. GeoIP2 has four. */
const DEEPEST = 32;
/** Items of an array that are read: levels of subdivisions. GeoIP2 has two. */
const MOST_ITEMS = 8;
/** Octets of a text. The longest name of a subdivision has about 60. */
const LONGEST_TEXT = 255;

const POINTER = 1;
const TEXT = 2;
const DOUBLE = 3;
const OCTETS = 4;
const UINT16 = 5;
const UINT32 = 6;
const MAP = 7;
const INT32 = 8;
const UINT64 = 9;
const UINT128 = 10;
const ARRAY = 11;
const BOOLEAN = 14;
const FLOAT = 15;

/** Wanted keys as octets, and what has been found behind pointers, which most maps of a file share. */
interface Reading {
  readonly keys: readonly { readonly name: string; readonly octets: Buffer; readonly reading: Reading }[];
  /** Indices of `keys` by the place of a key; -1 = not wanted. */
  readonly keyAt: Map<number, number>;
  readonly valueAt: Map<number, unknown>;
}

function readingOf(wanted: Wanted): Reading {
  const keys = Object.entries(wanted).map(([name, beneath]) => {
    return { name, octets: Buffer.from(name), reading: readingOf(beneath) };
  });
  return { keys, keyAt: new Map(), valueAt: new Map() };
}

export function recordReader({ file, octets, holds, start, end }: DataSection, wanted: Wanted): ReadValue {
  const whole = readingOf(wanted);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  /** Values that the record may still have. */
  let left = 0;
  /** The octet that comes next; behind a head: the first of its value. */
  let next = 0;
  /** Of the last head: its type, and its size in octets, entries or items; a pointer's is where it leads. */
  let type = 0;
  let size = 0;

  const fail = (): never => {
    throw new DamagedDatabase(file, `unreadable ${holds}`);
  };

  const readUnsigned = (count: number): number => {
    if (next + count > end) fail();
    let value = 0;
    for (const last = next + count; next < last; next++) value = value * 256 + octets[next]!;
    return value;
  };

  const readHead = (at: number): void => {
    if (at < start || at >= end || --left < 0) fail();
    const control = octets[at]!;
    next = at + 1;
    type = control >> 5;
    if (type === POINTER) {
      const count = ((control >> 3) & 3) + 1;
      const high = count === 4 ? 0 : (control & 7) << (8 * count);
      size = start + high + readUnsigned(count) + POINTER_BASES[count]!;
      return;
    }
    if (type === 0) type = 7 + readUnsigned(1);
    size = control & 31;
    if (size >= 29) {
      const count = size - 28;
      size = SIZE_BASES[count]! + readUnsigned(count);
    }
    if (type !== MAP && type !== ARRAY && type !== BOOLEAN && next + size > end) fail();
  };

  /** Steps over a value and gives the octet behind it. Most of a record is stepped over: nothing is kept of it. */
  const skip = (at: number, depth: number): number => {
    if (at < start || at >= end || --left < 0) fail();
    const control = octets[at]!;
    if (control >> 5 === POINTER) return at + 2 + ((control >> 3) & 3);
    if (control >> 5 === TEXT && (control & 31) < 29) return at + 1 + (control & 31);
    readHead(at);
    if (type !== MAP && type !== ARRAY) return SCALARS.has(type) ? next + (type === BOOLEAN ? 0 : size) : fail();
    if (depth > DEEPEST) fail();
    let behind = next;
    for (let count = type === MAP ? 2 * size : size; count > 0; count--) behind = skip(behind, depth + 1);
    return behind;
  };

  /** Reads a key. Afterwards `next` is behind it. */
  const readKey = ({ keys, keyAt }: Reading, at: number): number => {
    readHead(at);
    if (type === POINTER) {
      const behind = next;
      const target = size;
      let found = keyAt.get(target);
      if (found === undefined) {
        readHead(target);
        found = matchKey(keys);
        keyAt.set(target, found);
      }
      next = behind;
      return found;
    }
    const found = matchKey(keys);
    next += size;
    return found;
  };

  const matchKey = (keys: Reading["keys"]): number => {
    if (type !== TEXT) fail();
    search: for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!.octets;
      if (key.length !== size) continue;
      for (let octet = 0; octet < size; octet++) if (octets[next + octet] !== key[octet]) continue search;
      return i;
    }
    return -1;
  };

  const readMap = (reading: Reading, depth: number): unknown => {
    const found: Record<string, unknown> = {};
    for (let count = size; count > 0; count--) {
      const key = reading.keys[readKey(reading, next)];
      if (key === undefined) next = skip(next, depth + 1);
      else found[key.name] = read(key.reading, next, depth + 1);
    }
    return found;
  };

  const readArray = (reading: Reading, depth: number): unknown => {
    const items: unknown[] = [];
    for (let count = size; count > 0; count--) {
      if (items.length < MOST_ITEMS) items.push(read(reading, next, depth + 1));
      else next = skip(next, depth + 1);
    }
    return items;
  };

  /** Afterwards `next` is behind the value. */
  const read = (reading: Reading, at: number, depth: number): unknown => {
    readHead(at);
    if (type === MAP || type === ARRAY) {
      if (depth > DEEPEST) fail();
      return type === MAP ? readMap(reading, depth) : readArray(reading, depth);
    }
    if (type === POINTER) {
      const behind = next;
      const target = size;
      let value = reading.valueAt.get(target);
      if (value === undefined) {
        // "A pointer MUST NOT point to another pointer."
        if (octets[target]! >> 5 === POINTER) fail();
        value = read(reading, target, depth + 1);
        reading.valueAt.set(target, value);
      }
      next = behind;
      return value;
    }
    if (!SCALARS.has(type)) fail();
    return readScalar();
  };

  const readScalar = (): string | number | undefined => {
    const at = next;
    if (type === BOOLEAN) return undefined;
    next += size;
    if (type === TEXT) return size > LONGEST_TEXT ? undefined : octets.toString("utf8", at, next);
    if (type === OCTETS) return undefined;
    if (size > MOST_OCTETS[type]! || ((type === DOUBLE || type === FLOAT) && size !== MOST_OCTETS[type])) fail();
    if (type === DOUBLE) return view.getFloat64(at);
    if (type === FLOAT) return view.getFloat32(at);
    if (type === UINT128) return undefined;
    next = at;
    const value = readUnsigned(size);
    // Only a number of all four octets has a sign.
    return type === INT32 && size === 4 ? value | 0 : value;
  };

  return (at) => {
    left = MOST_VALUES;
    return read(whole, at, 0);
  };
}

const SCALARS = new Set([TEXT, DOUBLE, OCTETS, UINT16, UINT32, INT32, UINT64, UINT128, BOOLEAN, FLOAT]);

/** By the type of a number. */
const MOST_OCTETS: Readonly<Record<number, number>> = {
  [DOUBLE]: 8,
  [UINT16]: 2,
  [UINT32]: 4,
  [INT32]: 4,
  [UINT64]: 8,
  [UINT128]: 16,
  [FLOAT]: 4,
};

/** By the octets of a pointer: what its number counts from. */
const POINTER_BASES = [0, 0, 2048, 526_336, 0];
/** By the octets that tell a size behind the head. */
const SIZE_BASES = [0, 29, 285, 65_821];
