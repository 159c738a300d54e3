import { expect, test } from "vitest";
import { configuredNetworks } from "../../src/geo/load-geo.ts";
import { knownClients } from "../../src/geo/known-clients.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { narrowestRegion } from "../../src/shared/regions/region-chain.ts";
import { leafTableOf } from "../support/leaf-tables.ts";
import { snapshotOf } from "../support/snapshot.ts";

function kinds(places: readonly (readonly [string, string])[], endpointNetworks: readonly string[] = []) {
  const snapshot = snapshotOf({
    profiles: { p: { endpoints: { e: { address: ["192.0.2.1"], networks: endpointNetworks } } } },
  });
  const networks = configuredNetworks(snapshot).map(({ prefix }) => prefix);
  return knownClients(leafTableOf(places, snapshot), networks)
    .map(({ address, location }) => `${narrowestRegion(location) ?? "unknown"} ${formatIpAddress(address)}`)
    .filter((text) => /\./.test(text))
    .toSorted();
}

test("knownClients: one for each region, however many networks it has", () => {
  expect(
    kinds([
      ["10.1.0.0/16", "DE"],
      ["10.3.0.0/16", "DE"],
      ["10.5.0.0/16", "DE-BY"],
      ["10.7.0.0/16", "FR"],
    ]),
  ).toEqual(["DE 10.1.0.0", "DE-BY 10.5.0.0", "FR 10.7.0.0", "unknown 0.0.0.0"]);
});

test("knownClients: a configured network tells clients of one region apart, and those of none", () => {
  expect(kinds([["10.1.0.0/16", "DE"]], ["10.1.2.0/24", "10.9.0.0/16"])).toEqual([
    "DE 10.1.0.0",
    "DE 10.1.2.0",
    "unknown 0.0.0.0",
    "unknown 10.9.0.0",
  ]);
});
