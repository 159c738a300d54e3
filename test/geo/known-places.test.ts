import { expect, test } from "vitest";
import { knownPlaces } from "../../src/geo/known-places.ts";
import { leafTableOf } from "../support/leaf-tables.ts";

test("knownPlaces tells every region with clients, and the share of addresses with a place", () => {
  const table = leafTableOf([
    ["32.0.0.0/3", "DE-BY"],
    ["64.0.0.0/4", "BR"],
    ["2a00::/16", "FR"],
    ["2a01:1::/48", "FR"],
    ["2a01:2:0:8000::/49", "FR"],
  ]);
  const { regions, share } = knownPlaces(table);
  expect([...regions].toSorted()).toEqual(["BR", "DE", "DE-BY", "FR", "GEO-EU", "GEO-SA", "WORLD"]);
  expect(share.ipv4).toBeCloseTo(1 / 8 + 1 / 16, 12);
  expect(share.ipv6).toBeCloseTo((2 ** 32 + 1.5) / 2 ** 45, 15);
});

test("knownPlaces knows nothing of an empty table", () => {
  expect(knownPlaces(leafTableOf([]))).toEqual({ regions: ["WORLD"], asns: [], share: { ipv4: 0, ipv6: 0 } });
});
