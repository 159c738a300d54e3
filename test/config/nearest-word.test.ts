import { expect, test } from "vitest";
import { nearestOf, nearestWord } from "../../src/config/nearest-word.ts";

const WORDS = ["address", "host", "profile", "weight", "ttl"];

test.for([
  ["adress", "address"],
  ["wieght", "weight"],
  ["Weight", "weight"],
  ["hots", "host"],
  ["tl", "ttl"],
  ["profiles", "profile"],
] as const)("nearestWord: %s is %s", ([text, word]) => {
  expect(nearestWord(text, WORDS)).toBe(word);
});

test.for(["", "x", "location", "x".repeat(1000)])("nearestWord: %j is none of them", (text) => {
  expect(nearestWord(text, WORDS)).toBeUndefined();
});

test("nearestWord does not search for a long text", () => {
  expect(nearestWord("x".repeat(64), ["x".repeat(63)])).toBe("x".repeat(63));
  expect(nearestWord("x".repeat(65), ["x".repeat(64)])).toBeUndefined();
});

test("nearestWord does not search a long list", () => {
  expect(
    nearestWord(
      "p1",
      Array.from({ length: 10_000 }, (_, i) => `p${i}`),
    ),
  ).toBeUndefined();
});

test("nearestOf: as nearestWord for the first 200 texts and whenever they come again, then none", () => {
  const nearest = nearestOf(["munich"]);
  expect(nearest("muncih")).toBe("munich");
  for (let i = 1; i < 200; i++) nearest(`other-${i}`);
  expect([nearest("muncih"), nearest("munihc")]).toEqual(["munich", undefined]);
});
