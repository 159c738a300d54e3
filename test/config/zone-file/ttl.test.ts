import { expect, test } from "vitest";
import { parseTtl } from "../../../src/config/zone-file/ttl.ts";

test.for<[text: string, seconds: number | undefined]>([
  ["0", 0],
  ["300", 300],
  ["1h30m", 5400],
  ["2W", 1_209_600],
  ["1d12h", 129_600],
  ["90s", 90],
  ["99999999999", 99_999_999_999],
  ["99999999999w", 99_999_999_999 * 604_800],
  ["1h30", undefined],
  ["h", undefined],
  ["-1", undefined],
  ["1.5h", undefined],
  ["", undefined],
])("parseTtl: %j is %j seconds", ([text, seconds]) => {
  expect(parseTtl(text)).toBe(seconds);
});
