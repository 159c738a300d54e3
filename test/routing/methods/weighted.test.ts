import * as fc from "fast-check";
import { expect, test } from "vitest";
import { weighted } from "../../../src/routing/methods/weighted.ts";
import { client, snapshot } from "../../support/arbitraries.ts";

test("puts all endpoints into one tier, in the file's order, with the weights that they have", () => {
  fc.assert(
    fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
      const tiers = weighted.order(profile!, location);
      expect(tiers).toHaveLength(1);
      expect(tiers[0]!.map(({ endpoint }) => endpoint)).toEqual(profile!.endpoints);
      for (const { endpoint, weight, basis } of tiers[0]!) {
        expect(weight).toBe(endpoint.weight);
        expect(basis).toEqual({ kind: "weight", weight });
      }
    }),
  );
});
