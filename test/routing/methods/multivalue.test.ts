import * as fc from "fast-check";
import { expect, test } from "vitest";
import { client, snapshot } from "../../support/arbitraries.ts";
import { methodOrder } from "../../support/tiers-text.ts";

test("puts all endpoints into one tier, in the file's order, all alike", () => {
  fc.assert(
    fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
      const tiers = methodOrder({ ...profile!, method: "multivalue" }, location);
      expect(tiers).toEqual([
        profile!.endpoints.map((endpoint) => ({ endpoint, weight: 1, basis: { kind: "together" } })),
      ]);
    }),
  );
});
