import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createArchiveWriter, readArchive, type ArchivedFile } from "../../../src/app/load/source-archive.ts";

const file = (name: string, text: string, changed = 7): ArchivedFile => {
  return { file: name, changed, octets: Buffer.from(text) };
};

function archived(files: readonly ArchivedFile[]) {
  const writer = createArchiveWriter();
  for (const one of files) writer.add(one);
  return writer.finish();
}

const plain = (files: readonly ArchivedFile[]) =>
  files.map((one) => ({ ...one, octets: Buffer.from(one.octets).toString("hex") }));

test("readArchive gives back what createArchiveWriter was given, whatever the names and octets", () => {
  const anyFile = fc.record({
    file: fc.string({ unit: "binary" }),
    changed: fc.nat(),
    octets: fc.uint8Array({ maxLength: 50 }),
  });
  fc.assert(
    fc.property(fc.array(anyFile, { minLength: 1 }), (files) => {
      const read = readArchive(archived(files).octets);
      expect(read.ok && plain(read.value)).toEqual(plain(files));
    }),
  );
});

test("createArchiveWriter: large and small files in turn, over many members", () => {
  const texts = Array.from({ length: 40 }, (_, i) => file(`f${i}`, `${i} `.repeat(i % 3 === 0 ? 200_000 : 10)));
  const { octets } = archived(texts);
  const read = readArchive(octets);
  expect(read.ok && plain(read.value)).toEqual(plain(texts));
  // Any gzip reads it.
  expect(gunzipSync(octets).toString("utf8", 0, 40)).toBe('{"file":"f0","changed":7,"octets":400000');
  expect(octets.buffer).toBeInstanceOf(SharedArrayBuffer);
});

describe("createArchiveWriter: the hash", () => {
  const first = [file("a", "x"), file("b", "y")];
  const hash = (files: readonly ArchivedFile[]) => archived(files).hash;

  test("is the same for the same files, whenever they were changed", () => {
    expect(hash(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash([file("a", "x", 8), file("b", "y", 9)])).toBe(hash(first));
  });

  test.for<[what: string, files: readonly ArchivedFile[]]>([
    ["another text", [file("a", "x"), file("b", "z")]],
    ["another name", [file("a", "x"), file("c", "y")]],
    ["text of one that is in the other", [file("a", "xy"), file("b", "")]],
    ["one less", [file("a", "x")]],
  ])("is another one for %s", ([, files]) => {
    expect(hash(files)).not.toBe(hash(first));
  });
});

test.for<[what: string, octets: Uint8Array]>([
  ["no gzip", Buffer.from("x")],
  ["half of one", archived([file("a", "x".repeat(999))]).octets.slice(0, 30)],
  ["text without a head", gzipSync("zones:\n")],
  ["a file that is cut short", gzipSync('{"file":"a","changed":1,"octets":9}\nx')],
  ["a file that ends before it begins", gzipSync('{"file":"a","changed":1,"octets":-36}\nx')],
])("readArchive refuses %s", ([, octets]) => {
  expect(readArchive(octets).ok).toBe(false);
});
