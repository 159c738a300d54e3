import { expect, test } from "vitest";
import { locationOf } from "../../support/leaf-tables.ts";
import { snapshotOf, type EndpointSpec } from "../../support/snapshot.ts";
import { methodOrder, tiersText } from "../../support/tiers-text.ts";

test.for<[string, Readonly<Record<string, EndpointSpec>>, string]>([
  ["one for each endpoint without networks, in the file's order", { b: {}, a: {} }, "b > a"],
  ["none for those with networks: order.ts has placed them", { a: { networks: ["10.0.0.0/8"] }, b: {} }, "b"],
  ["nor for those with autonomous systems", { a: { asns: [64500] }, b: {} }, "b"],
  ["none where all have some", { a: { networks: ["10.0.0.0/8"] } }, ""],
])("orders %s", ([, endpoints, expected]) => {
  const { profiles } = snapshotOf({ profiles: { shop: { method: "subnet", endpoints } } });
  const tiers = methodOrder(profiles[0]!, locationOf("DE"));
  expect(tiersText(tiers)).toBe(expected);
  for (const { basis, weight } of tiers.flat())
    expect({ basis, weight }).toEqual({ basis: { kind: "other-networks" }, weight: 1 });
});
