/**
 * Values on their way from one process to another: a head, and behind it the octets of the tables that it holds, which
 * come to lie in shared memory. Taken in piece by piece, so that no table, however large, holds the receiver up.
 */
import { deserialize, serialize } from "node:v8";

type Table = Uint8Array | Int32Array | Uint32Array | Float64Array;

const constructors = { Uint8Array, Int32Array, Uint32Array, Float64Array };

interface TableShape {
  readonly kind: keyof typeof constructors;
  /** Octets. */
  readonly size: number;
}

interface Head {
  readonly value: unknown;
  readonly tables: readonly TableShape[];
  readonly together: boolean;
}

/** In the place of a table. */
interface Placeholder {
  readonly sharedTable: number;
}

/** Octets at whose multiples every table may start. */
const ALIGNMENT = 8;

/** Octets of the number that says how long the head is. */
const PREFIX = 4;

/**
 * The pieces of the message, in order. Typed arrays in shared memory are its tables; all else is cloned. `together`: they
 * come to lie in one memory, as tables do that are dropped together: large ones are given back to the system at once.
 */
export function pack(value: unknown, together = false): readonly Uint8Array[] {
  const tables: Table[] = [];
  const bare = mapped(value, (part) => (isTable(part) ? { sharedTable: tables.push(part) - 1 } : undefined));
  const shapes = tables.map((table): TableShape => {
    return { kind: table.constructor.name as TableShape["kind"], size: table.byteLength };
  });
  const head = serialize({ value: bare, tables: shapes, together } satisfies Head);
  const prefix = new Uint8Array(PREFIX);
  new DataView(prefix.buffer).setUint32(0, head.length);
  return [prefix, head, ...tables.map(octetsOf)];
}

function octetsOf({ buffer, byteOffset, byteLength }: Table): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export interface Unpacker {
  /** Takes the next octets, whatever pieces they come in. */
  take(octets: Uint8Array): void;
}

/** `onValue` is given each message once it is whole. */
export function createUnpacker(onValue: (value: unknown) => void): Unpacker {
  let room: Uint8Array = new Uint8Array(PREFIX);
  let filled = 0;
  let next: () => void = readPrefix;

  function expect(target: Uint8Array, then: () => void): void {
    room = target;
    filled = 0;
    next = then;
    if (room.length === 0) next();
  }

  function readPrefix(): void {
    expect(new Uint8Array(new DataView(room.buffer).getUint32(0)), readHead);
  }

  function readHead(): void {
    const { value, tables, together } = deserialize(room) as Head;
    const sizes = tables.map(({ size }) => Math.ceil(size / ALIGNMENT) * ALIGNMENT);
    const common = new SharedArrayBuffer(together ? sizes.reduce((sum, size) => sum + size, 0) : 0);
    let used = 0;
    const made = tables.map(({ kind, size }, i): Table => {
      const memory = together ? common : new SharedArrayBuffer(size);
      const start = together ? used : 0;
      used += sizes[i]!;
      const make = constructors[kind];
      return new make(memory as unknown as ArrayBuffer, start, size / make.BYTES_PER_ELEMENT);
    });
    const fill = (at: number): void => {
      const table = made[at];
      if (table !== undefined) return expect(octetsOf(table), () => fill(at + 1));
      expect(new Uint8Array(PREFIX), readPrefix);
      return onValue(mapped(value, (part) => (isPlaceholder(part) ? made[part.sharedTable] : undefined)));
    };
    fill(0);
  }

  return {
    take(octets) {
      for (let from = 0; from < octets.length;) {
        const count = Math.min(room.length - filled, octets.length - from);
        room.set(octets.subarray(from, from + count), filled);
        filled += count;
        from += count;
        if (filled === room.length) next();
      }
    },
  };
}

/** A copy of plain data in which parts are replaced where `replace` says by what. */
function mapped(value: unknown, replace: (part: unknown) => unknown): unknown {
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((item) => mapped(item, replace));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped(part, replace)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isTable(value: unknown): value is Table {
  return ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer;
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === "object" && value !== null && "sharedTable" in value;
}
