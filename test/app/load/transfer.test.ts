import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createUnpacker, pack } from "../../../src/app/load/transfer.ts";

function shared<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(values: T): T {
  const made = new (values.constructor as new (memory: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(values.byteLength),
  );
  made.set(values);
  return made;
}

const table = fc.oneof(
  fc.uint8Array().map(shared),
  fc.uint32Array().map(shared),
  fc.int32Array().map(shared),
  fc.float64Array().map(shared),
  // A part of a larger one.
  fc.uint8Array({ minLength: 3 }).map((values) => shared(values).subarray(1, values.length - 1)),
);
const { tree: value } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined), fc.constant(null), fc.date(), table),
    fc.array(tie("tree"), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom("a", "b", "names", "geo"), tie("tree")),
  ),
}));

test("what pack makes, createUnpacker reads, in whatever pieces it comes; tables lie in shared memory", () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 3 }),
      fc.integer({ min: 1, max: 70 }),
      fc.boolean(),
      (values, piece, together) => {
        const octets = Buffer.concat(values.flatMap((one) => pack(one, together)));
        const received: unknown[] = [];
        const unpacker = createUnpacker((one) => received.push(one));
        for (let at = 0; at < octets.length; at += piece) unpacker.take(octets.subarray(at, at + piece));
        expect(plain(received)).toEqual(plain(values));
        expect(tablesOf(received).every(({ buffer }) => buffer instanceof SharedArrayBuffer)).toBe(true);
        expect(tablesOf(received)).toHaveLength(tablesOf(values).length);
        const memories = received.map((one) => new Set(tablesOf(one).map(({ buffer }) => buffer)).size);
        expect(memories).toEqual(
          values.map((one) => (together ? Math.min(1, tablesOf(one).length) : tablesOf(one).length)),
        );
      },
    ),
  );
});

test("a message is told as soon as its last octet is there, and not before", () => {
  const octets = Buffer.concat(pack({ words: shared(Uint32Array.of(1, 2, 3)) }));
  const received: unknown[] = [];
  const unpacker = createUnpacker((one) => received.push(one));
  unpacker.take(octets.subarray(0, -1));
  expect(received).toEqual([]);
  unpacker.take(octets.subarray(-1));
  expect(received).toHaveLength(1);
});

/** Tables by kind and values, wherever their memory is. */
function plain(one: unknown): unknown {
  if (ArrayBuffer.isView(one)) return [one.constructor.name, ...(one as unknown as Iterable<number>)];
  if (Array.isArray(one)) return one.map(plain);
  if (typeof one !== "object" || one === null || one instanceof Date) return one;
  return Object.fromEntries(Object.entries(one).map(([key, part]) => [key, plain(part)]));
}

function tablesOf(one: unknown): readonly ArrayBufferView[] {
  if (ArrayBuffer.isView(one)) return [one];
  return typeof one === "object" && one !== null ? Object.values(one).flatMap(tablesOf) : [];
}
