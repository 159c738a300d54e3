/** A cloud's region as a location: a point for endpoints, a country or state for own networks. */
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { filesOf } from "./diagnose.ts";

const text = `
geoip: { networks: { vpc: { cidrs: 10.0.0.0/16, location: "aws:eu-central-1" }, hub: { cidrs: 10.1.0.0/16, location: azure:westeurope } } }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: performance
    endpoints:
      belgium: { address: 192.0.2.1, location: gcp:europe-west1 }
      # A colon without a space behind it is no mapping.
      virginia:
        address: 192.0.2.2
        location: aws:us-east-1
`;

test("a cloud's region is a location", () => {
  const loaded = loadConfig({ file: "t.yaml", text, serial: 1, readFile: filesOf({}) });
  if (!loaded.ok) throw new Error(loaded.error.map(({ what }) => what).join("\n"));
  const { endpoints, networks } = loaded.value.snapshot;
  expect(endpoints.map(({ placement }) => placement.point)).toEqual([
    { latitude: 50.45, longitude: 3.82 },
    { latitude: 39.04, longitude: -77.49 },
  ]);
  expect(networks.map(({ location }) => location)).toMatchObject([
    { country: "DE", subdivisions: ["DE-HE"], grouping: "GEO-EU", point: { latitude: 50.12, longitude: 8.68 } },
    { country: "NL", subdivisions: [], grouping: "GEO-EU", point: { latitude: 52.37, longitude: 4.89 } },
  ]);
});
