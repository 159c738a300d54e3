import { expect, test } from "vitest";
import { meantPoint, meantPointText } from "../../../src/config/text/point.ts";

test.for([
  ["-23.55, -46.63", "[-23.55, -46.63]"],
  ["-23.55 -46.63", "[-23.55, -46.63]"],
  ["[48.14, 11.58]", "[48.14, 11.58]"],
  ["(48.14;11.58)", "[48.14, 11.58]"],
  ["48.14° N, 11.58° E", "[48.14, 11.58]"],
  ["23.55 s 46.63 w", "[-23.55, -46.63]"],
  ["120.5, 48", "[48, 120.5]: latitude comes first"],
  ["100, 200", undefined],
  ["48", undefined],
  ["48,14", "[48, 14]"],
  ["1,2,3", undefined],
  ["DE", undefined],
  ["", undefined],
] as const)("meantPointText: %s would be %s", ([text, point]) => {
  expect(meantPointText(text)).toBe(point);
});

test("meantPointText reads long texts in no time", () => {
  const texts = [`1${" ".repeat(50_000)}x`, "1".repeat(50_000), `1,${" ".repeat(50_000)}`, "1 ".repeat(25_000)];
  expect(texts.map(meantPointText)).toEqual([undefined, undefined, undefined, undefined]);
});

test.for([
  [{ lat: 48.14, lon: 11.58 }, "[48.14, 11.58]"],
  [{ latitude: 48.14, longitude: 11.58 }, "[48.14, 11.58]"],
  [{ Lat: "48.14", Lng: "11.58" }, "[48.14, 11.58]"],
  [{ long: 11.58, lat: 0 }, "[0, 11.58]"],
  [{ lat: 120.5, lon: 48 }, "[48, 120.5]: latitude comes first"],
  [{ lat: 48.14 }, undefined],
  [{ lat: 48.14, lon: null }, undefined],
  [{ lat: "north", lon: 11.58 }, undefined],
  [{}, undefined],
  [[48.14, 11.58], undefined],
  [null, undefined],
  [7, undefined],
] as const)("meantPoint: %j would be %s", ([value, point]) => {
  expect(meantPoint(value)).toBe(point);
});
