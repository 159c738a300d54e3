import { describe, expect, test } from "vitest";
import { loadFromText, loadFromValue } from "../../../src/health/probes/load-reading.ts";

describe("loadFromText", () => {
  test.for<[text: string | undefined, load: number | undefined]>([
    ["42", 42],
    [" 42.5 ", 42.5],
    ["42%", 42],
    ["42 % ", 42],
    ["0", 0],
    ["150", 150],
    ["+1e1", 10],
    [".5", 0.5],
    ["-1", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["1e9", undefined],
    ["0x10", undefined],
    ["42, 43", undefined],
    ["1 2", undefined],
    ["%", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %s", ([text, load]) => {
    expect(loadFromText(text)).toBe(load);
  });
});

describe("loadFromValue", () => {
  test.for<[value: unknown, load: number | undefined]>([
    [42, 42],
    ["42%", 42],
    [-1, undefined],
    [1e9, undefined],
    [true, undefined],
    [null, undefined],
    [[42], undefined],
    [undefined, undefined],
  ])("%j is %s", ([value, load]) => {
    expect(loadFromValue(value)).toBe(load);
  });
});
