import * as fc from "fast-check";
import { expect, test } from "vitest";
import { failuresIn, LONGEST_WINDOW, withResult } from "../../src/health/result-window.ts";

test("failuresIn: counts the failures among the latest results, for any results and any length", () => {
  const results = fc.array(fc.boolean(), { maxLength: 100, size: "max" });
  fc.assert(
    fc.property(results, fc.integer({ min: 1, max: LONGEST_WINDOW }), (failed, of) => {
      let window = 0;
      for (const one of failed) window = withResult(window, one);
      expect(failuresIn(window, of)).toBe(failed.slice(-of).filter(Boolean).length);
      expect(window).toBeLessThan(2 ** LONGEST_WINDOW);
    }),
  );
});
