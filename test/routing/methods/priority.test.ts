import * as fc from "fast-check";
import { expect, test } from "vitest";
import { client, snapshot } from "../../support/arbitraries.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { snapshotOf } from "../../support/snapshot.ts";
import { methodOrder, tiersText } from "../../support/tiers-text.ts";

function ordered(priorities: Readonly<Record<string, number | undefined>>): string {
  const endpoints = Object.fromEntries(
    Object.entries(priorities).map(([name, priority]) => [name, priority === undefined ? {} : { priority }]),
  );
  const { profiles } = snapshotOf({ profiles: { shop: { method: "priority", endpoints } } });
  return tiersText(methodOrder(profiles[0]!, locationOf("DE")));
}

test.for<[string, Readonly<Record<string, number | undefined>>, string]>([
  ["the lowest number first", { a: 20, b: 1, c: 1000 }, "b > a > c"],
  ["the order of the file where no numbers are given", { a: undefined, b: undefined, c: undefined }, "a > b > c"],
  ["one endpoint", { a: 7 }, "a"],
])("orders %s", ([, priorities, expected]) => {
  expect(ordered(priorities)).toBe(expected);
});

test("ranks all endpoints, one a tier, with priorities that never fall", () => {
  fc.assert(
    fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
      const tiers = methodOrder({ ...profile!, method: "priority" }, location);
      expect(tiers.map((tier) => tier.length)).toEqual(profile!.endpoints.map(() => 1));
      const numbers = tiers.flat().map(({ endpoint }) => endpoint.placement.priority);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }),
  );
});

test("says of each endpoint its priority", () => {
  fc.assert(
    fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
      for (const { endpoint, basis, weight } of methodOrder({ ...profile!, method: "priority" }, location).flat()) {
        expect({ basis, weight }).toEqual({
          basis: { kind: "priority", priority: endpoint.placement.priority },
          weight: 1,
        });
      }
    }),
  );
});
