import * as fc from "fast-check";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { jsonParts, jsonStream } from "../../../src/admin/api/json-pieces.ts";

test("jsonParts: together they are what JSON.stringify makes", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.array(tie("any")), fc.dictionary(fc.string(), tie("any"))),
  })).any;
  fc.assert(
    fc.property(value, (any) => {
      fc.pre(any !== undefined);
      expect([...jsonParts(any)].join("")).toBe(JSON.stringify(any));
    }),
  );
});

test("jsonParts: a text is cut between any two code units, and read as it was", () => {
  const long = `${"x".repeat(64 * 1024 - 1)}😀${'\ud800 \u2028"\\\n'.repeat(30_000)}`;
  const parts = [...jsonParts({ long })];
  expect(parts.length).toBeGreaterThan(4);
  expect(JSON.parse(parts.join(""))).toEqual({ long });
});

test("jsonStream: other work of the thread gets its turn", async () => {
  let turns = 0;
  const turn = setInterval(() => turns++, 0);
  const value = { texts: Array.from({ length: 100 }, () => "x".repeat(100_000)) };
  expect(JSON.parse(await text(jsonStream(value)))).toEqual(value);
  clearInterval(turn);
  expect(turns).toBeGreaterThan(5);
});
