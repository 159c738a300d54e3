import { expect, test } from "vitest";
import { ageText, instantText, spanText } from "../../../src/cli/text/time-text.ts";

test.for([
  [0, "0s"],
  [400, "0s"],
  [999, "1s"],
  [59_000, "59s"],
  [60_000, "1m"],
  [119_000, "1m"],
  [3_600_000, "1h"],
  [3_660_000, "1h 1m"],
  [86_399_000, "23h 59m"],
  [86_400_000, "1d"],
  [90_000_000, "1d 1h"],
  [40 * 86_400_000, "40d"],
  [-5000, "0s"],
] as const)("spanText: %i ms is %s", ([milliseconds, text]) => {
  expect(spanText(milliseconds)).toBe(text);
});

test("ageText: counts from an instant, never below nothing", () => {
  const now = Date.parse("2026-11-27T20:04:43.000Z");
  expect(ageText("2026-11-27T20:04:01.000Z", now)).toBe("42s");
  expect(ageText("2026-11-27T20:05:01.000Z", now)).toBe("0s");
});

test("instantText: in UTC, in whole seconds", () => {
  expect(instantText("2026-11-27T20:04:43.123Z")).toBe("2026-11-27 20:04:43Z");
});
