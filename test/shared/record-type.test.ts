import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isDataType, parseType, rareType, TYPE, typeName } from "../../src/shared/record-type.ts";

test.for<[text: string, type: number | undefined]>([
  ["A", 1],
  ["aaaa", 28],
  ["HTTPS", 65],
  ["CAA", 257],
  ["TYPE1", 1],
  ["type65280", 65_280],
  ["TYPE65535", 65_535],
  ["TYPE65536", undefined],
  ["TYPE", undefined],
  ["TYPE-1", undefined],
  ["MXX", undefined],
  ["", undefined],
  ["toString", undefined],
])("parseType: %j is %j", ([text, type]) => {
  expect(parseType(text)).toBe(type);
});

test("typeName: a mnemonic where there is one, and parseType reads it again", () => {
  expect([1, 64, 65_280].map(typeName)).toEqual(["A", "SVCB", "TYPE65280"]);
  fc.assert(fc.property(fc.nat({ max: 0xffff }), (type) => parseType(typeName(type)) === type));
});

test.for<[text: string, type: number | undefined]>([
  ["WKS", 11],
  ["null", 10],
  ["A", undefined],
  ["TYPE11", undefined],
  ["toString", undefined],
])("rareType: %j is %j", ([text, type]) => {
  expect(rareType(text)).toBe(type);
});

test("TYPE: each number once", () => {
  expect(new Set(Object.values(TYPE)).size).toBe(Object.keys(TYPE).length);
});

test("isDataType: RFC 6895 section 3.1", () => {
  const never = Array.from({ length: 0x1_0000 }, (_, type) => type).filter((type) => !isDataType(type));
  expect(never).toEqual([0, 41, ...Array.from({ length: 128 }, (_, i) => 128 + i), 65_535]);
});
