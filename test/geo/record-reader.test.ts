import * as fc from "fast-check";
import { Reader, type Response } from "maxmind";
import { describe, expect, test } from "vitest";
import { DamagedDatabase } from "../../src/geo/damaged-database.ts";
import { recordReader, type Wanted } from "../../src/geo/record-reader.ts";
import { encodeValue, mmdb, mmdbOfTree } from "../support/mmdb-writer.ts";

const WANTED: Wanted = { a: {}, b: { a: {}, c: { a: {} } }, long: {} };

function read(data: Buffer, at = 0, wanted = WANTED): unknown {
  const section = { file: "test.mmdb", octets: data, holds: "record", start: 0, end: data.length };
  return recordReader(section, wanted)(at);
}

/** What is wanted of a value that has been read whole. */
function wantedOf(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.slice(0, 8).map((item) => wantedOf(item, wanted));
  if (typeof value !== "object" || value === null) return typeof value === "boolean" ? undefined : value;
  const entries = Object.entries(value).filter(([key]) => Object.hasOwn(wanted, key));
  return Object.fromEntries(entries.map(([key, part]) => [key, wantedOf(part, wanted[key]!)]));
}

const text = (value: string): Buffer => encodeValue(value);
const map = (...parts: Buffer[]): Buffer => Buffer.concat([Buffer.of(0xe0 | (parts.length / 2)), ...parts]);
const array = (...parts: Buffer[]): Buffer => Buffer.concat([Buffer.of(parts.length, 4), ...parts]);
const pointer = (target: number): Buffer => Buffer.of(0x20 | (target >> 8), target & 255);

describe("recordReader", () => {
  const { values } = fc.letrec((tie) => ({
    values: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.nat(), fc.boolean(), fc.constant("x".repeat(100))),
      fc.array(tie("values"), { maxLength: 12 }),
      fc.dictionary(fc.constantFrom("a", "b", "c", "d", "long"), tie("values"), { maxKeys: 5 }),
    ),
  }));

  test("reads what a reader that is not ours reads, as far as it is wanted", () => {
    fc.assert(
      fc.property(values, (record) => {
        const octets = mmdb([["192.0.2.0/24", record]], { ipVersion: 4, recordSize: 24 });
        const start = 24 * 6 + 16;
        const section = { file: "test.mmdb", octets, holds: "record", start, end: octets.length };
        const theirs = new Reader<Response>(octets).get("192.0.2.1");
        expect(recordReader(section, WANTED)(start)).toEqual(wantedOf(theirs, WANTED));
      }),
      { numRuns: 1000 },
    );
  });

  test.for<[string, Buffer, unknown]>([
    ["a text of 29 octets", text("x".repeat(29)), "x".repeat(29)],
    ["a text of 255 octets", text("x".repeat(255)), "x".repeat(255)],
    ["no longer text, which is nobody's name", text("x".repeat(256)), undefined],
    ["a float", Buffer.of(0x04, 8, 0x42, 0x48, 0, 0), 50],
    ["a double", Buffer.of(0x68, 0x40, 0x49, 0, 0, 0, 0, 0, 0), 50],
    ["an int32 below zero", Buffer.of(0x04, 1, 0xff, 0xff, 0xff, 0xce), -50],
    ["a uint16", Buffer.of(0xa2, 1, 0), 256],
    ["a uint32 of no octets", Buffer.of(0xc0), 0],
    ["a uint64", Buffer.of(0x05, 2, 1, 0, 0, 0, 0), 2 ** 32],
    ["no uint128", Buffer.concat([Buffer.of(0x10, 3), Buffer.alloc(16, 1)]), undefined],
    ["no octets", Buffer.of(0x82, 1, 2), undefined],
    ["no truth", Buffer.of(0x01, 7), undefined],
    ["a list of nothing", array(), []],
    ["a map of nothing", map(), {}],
    ["what is not UTF-8, with a mark in its place", Buffer.of(0x41, 0xff), "\ufffd"],
  ])("reads %s", ([, data, expected]) => {
    expect(read(data)).toEqual(expected);
  });

  test("follows pointers for keys and values", () => {
    const shared = Buffer.concat([text("a"), text("b"), map(pointer(0), text("x"))]);
    const record = map(pointer(2), pointer(4), pointer(0), text("y"));
    const data = Buffer.concat([shared, record]);
    for (let time = 0; time < 2; time++) expect(read(data, shared.length)).toEqual({ a: "y", b: { a: "x" } });
  });

  test.for<[string, Buffer]>([
    ["behind its end", Buffer.alloc(0)],
    ["a text cut short", Buffer.of(0x45, 0x61)],
    ["a size cut short", Buffer.of(0x5e, 0)],
    ["a map cut short", Buffer.of(0xe2)],
    ["a pointer cut short", Buffer.of(0x38, 0)],
    ["a pointer out of the data", map(text("a"), pointer(500))],
    ["a pointer at itself", Buffer.of(0x20, 0)],
    ["a list in itself", array(pointer(0))],
    ["a key that is a number", map(Buffer.of(0xa1, 1), text("x"))],
    ["a key that points at a pointer", Buffer.concat([map(pointer(4), text("x")), pointer(0)])],
    ["a type that is none", Buffer.of(0x00, 0x30)],
    ["the type of a cache", Buffer.of(0x00, 5)],
    ["a double of four octets", Buffer.of(0x64, 0x40, 0x49, 0, 0)],
    ["a float of eight octets", Buffer.of(0x08, 8, 0, 0, 0, 0, 0, 0, 0, 0)],
    ["a uint16 of three octets", Buffer.of(0xa3, 0, 0, 1)],
    ["a type that is none where nobody asks", map(text("z"), Buffer.of(0x00, 0x30))],
    ["a map of millions", Buffer.concat([Buffer.of(0xff, 255, 255, 255), Buffer.alloc(200_001, 0xa0)])],
    ["nesting where nobody asks", Buffer.alloc(3000, Buffer.of(0xe1, 0x41, 0x7a))],
  ])("refuses %s", ([, data]) => {
    expect(() => read(data)).toThrow(DamagedDatabase);
  });

  test("is done at once with a bomb: lists of pointers to lists, twelve times each", () => {
    const layers: Buffer[] = [text("x")];
    let start = 0;
    for (let depth = 0; depth < 12; depth++) {
      const end = layers.reduce((sum, { length }) => sum + length, 0);
      layers.push(array(...Array.from({ length: 12 }, () => pointer(start))));
      start = end;
    }
    const data = Buffer.concat(layers);
    expect(read(Buffer.concat([data, map(text("a"), pointer(start))]), data.length)).toHaveProperty("a");
  });

  test("reads a key of the prototype as any other", () => {
    expect(read(map(text("__proto__"), text("x")))).toEqual({});
  });
});

test("mmdbOfTree and recordReader agree where the data section begins", () => {
  const octets = mmdbOfTree([[17, 17]], text("x"), { recordSize: 24 });
  const section = { file: "test.mmdb", octets, holds: "record", start: 22, end: octets.length };
  expect(recordReader(section, {})(22)).toBe("x");
});
