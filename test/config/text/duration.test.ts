import { expect, test } from "vitest";
import { parseDuration, parseSeconds } from "../../../src/config/text/duration.ts";

const LIMITS = { min: "100ms", max: "1d" };

test.for([
  ["100ms", 100],
  ["30s", 30_000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["1d", 86_400_000],
  ["0086400s", 86_400_000],
] as const)("parseDuration: %s is %d ms", ([text, milliseconds]) => {
  expect(parseDuration(text, LIMITS)).toEqual({ ok: true, value: milliseconds });
});

test.for(["", "30", "30 s", "1.5s", "-1s", "1h30m", "s", "30S", "30sec", "٣s"])(
  "parseDuration: %j is not a duration",
  (text) => {
    expect(parseDuration(text, LIMITS)).toMatchObject({ ok: false, error: { code: "bad-duration" } });
  },
);

test.for(["99ms", "0s", "86401s", "2d", "99999999999999999999999h"])("parseDuration: %s is out of range", (text) => {
  expect(parseDuration(text, LIMITS)).toEqual({
    ok: false,
    error: { code: "out-of-range", what: "duration out of range", wanted: "100ms to 1d" },
  });
});

test("parseSeconds counts in whole seconds", () => {
  expect(parseSeconds("2000ms", LIMITS)).toEqual({ ok: true, value: 2 });
  expect(parseSeconds("1500ms", LIMITS)).toMatchObject({ ok: false, error: { what: "not in whole seconds" } });
});
