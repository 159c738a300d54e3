import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSize, parseSize } from "../../../src/config/text/size.ts";

const LIMITS = { min: "64KiB", max: "2GiB" };

test.for([
  ["64KiB", 65_536],
  ["1MiB", 1_048_576],
  ["2048MiB", 2_147_483_648],
  ["2GiB", 2_147_483_648],
] as const)("parseSize: %s", ([text, octets]) => {
  expect(parseSize(text, LIMITS)).toEqual({ ok: true, value: octets });
});

test.for(["", "64", "64 MiB", "1.5GiB", "64MB", "64mib", "-1MiB", "1TiB", "1MiB "])(
  "parseSize: %j is no size",
  (text) => {
    expect(parseSize(text, LIMITS)).toMatchObject({ ok: false, error: { code: "bad-size" } });
  },
);

test.for(["63KiB", "0MiB", "3GiB", "2049MiB"])("parseSize: %s is out of range", (text) => {
  expect(parseSize(text, LIMITS)).toMatchObject({
    ok: false,
    error: { code: "out-of-range", wanted: "64KiB to 2GiB" },
  });
});

test.for([
  [0, "0KiB"],
  [1000, "1KiB"],
  [1023 * 1024, "1023KiB"],
  [1024 * 1024, "1MiB"],
  [100_000_000, "95.4MiB"],
  [5 * 2 ** 30, "5GiB"],
] as const)("formatSize: %d is %s", ([octets, text]) => {
  expect(formatSize(octets)).toBe(text);
});

test("formatSize of whole units is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1023 }), fc.constantFrom(2 ** 10, 2 ** 20, 2 ** 30), (count, unit) => {
      const read = parseSize(formatSize(count * unit), { min: "1KiB", max: "2048GiB" });
      expect(read).toEqual({ ok: true, value: count * unit });
    }),
  );
});
