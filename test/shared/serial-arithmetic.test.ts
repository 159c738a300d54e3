import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLaterSerial } from "../../src/shared/serial-arithmetic.ts";

describe("isLaterSerial", () => {
  test.for<[serial: number, before: number, isLater: boolean]>([
    [1, 0, true],
    [0, 1, false],
    [7, 7, false],
    [0, 2 ** 32 - 1, true],
    [2 ** 32 - 1, 0, false],
    [2 ** 31 - 1, 0, true],
    // RFC 1982 section 3.2 leaves these open.
    [2 ** 31, 0, false],
    [0, 2 ** 31, false],
  ])("%i after %i: %s", ([serial, before, isLater]) => {
    expect(isLaterSerial(serial, before)).toBe(isLater);
  });

  test("what is added is later", () => {
    const serial = fc.nat({ max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(serial, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (before, more) => {
        const later = (before + more) % 2 ** 32;
        expect(isLaterSerial(later, before)).toBe(true);
        expect(isLaterSerial(before, later)).toBe(false);
      }),
    );
  });
});
