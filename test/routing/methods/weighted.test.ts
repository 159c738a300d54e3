import * as fc from "fast-check";
import { expect, test } from "vitest";
import { client, snapshot } from "../../support/arbitraries.ts";
import { methodOrder } from "../../support/tiers-text.ts";

test("puts all endpoints into one tier, in the file's order, with the weights that they have", () => {
  fc.assert(
    fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
      const tiers = methodOrder({ ...profile!, method: "weighted" }, location);
      expect(tiers).toHaveLength(1);
      expect(tiers[0]!.map(({ endpoint }) => endpoint)).toEqual(profile!.endpoints);
      for (const { endpoint, weight, basis } of tiers[0]!) {
        expect(weight).toBe(endpoint.placement.weight);
        expect(basis).toEqual({ kind: "weight", weight });
      }
    }),
  );
});
