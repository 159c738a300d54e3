/** docs/steering.md section 1 by hand, so that the reference model can be believed. */
import { describe, expect, test } from "vitest";
import { answered, BAVARIA, candidates, configured, DE, FR, NOWHERE, type Row } from "./asked.ts";

describe("section 1: where the client is", () => {
  const geographic = `
  p: { method: geographic, endpoints: { fr: { address: 192.0.2.1, regions: [FR] }, w: { address: 192.0.2.9, regions: [WORLD] } } }`;
  const hq = `
  p: { method: geographic, endpoints: { hq: { address: 192.0.2.7, networks: [10.20.0.0/16] }, n: { profile: q, regions: [FR] }, w: { address: 192.0.2.9, regions: [WORLD] } } }
  q: { method: geographic, endpoints: { lab: { address: 192.0.2.6, networks: [10.30.0.0/16] }, off: { address: 192.0.2.5, networks: [10.40.0.0/16], enabled: false }, w: { address: 192.0.2.8, regions: [WORLD] } } }`;
  test.for<Row>([
    ["the subnet wins over the resolver", geographic, { client: FR, resolver: NOWHERE }, "192.0.2.1"],
    ["no subnet: the resolver", geographic, { resolver: FR }, "192.0.2.1"],
    ["a subnet of length 0: the resolver", geographic, { client: "8.0.0.0/0", resolver: FR }, "192.0.2.1"],
    [
      "ecs: false: the resolver",
      geographic.replace("p: {", "p: { ecs: false,"),
      { client: NOWHERE, resolver: FR },
      "192.0.2.1",
    ],
    ["a private subnet: the resolver", geographic, { client: "10.1.1.0/24", resolver: FR }, "192.0.2.1"],
    ["100.64.0.0/10 is private", geographic, { client: "100.127.0.0/24", resolver: FR }, "192.0.2.1"],
    ["fc00::/7 is private", geographic, { client: "fd00:1::/48", resolver: FR }, "192.0.2.1"],
    ["a private subnet in geoip.networks", geographic, { client: "10.50.1.0/24", resolver: FR }, "192.0.2.9"],
    ["a private subnet in the networks of an endpoint", hq, { client: "10.20.1.0/24", resolver: FR }, "192.0.2.7"],
    ["a private subnet in those of a nested profile", hq, { client: "10.30.1.0/24", resolver: FR }, "192.0.2.9"],
    ["… which the nested one alone answers", hq, { client: "10.30.1.0/24", profile: "q" }, "192.0.2.6"],
    ["a private subnet in those of a disabled endpoint", hq, { client: "10.40.1.0/24", resolver: FR }, "192.0.2.8"],
    ["a private resolver is where it is", geographic, { resolver: "10.50.0.1" }, "192.0.2.9"],
    ["IPv4 in IPv6 counts as IPv4", geographic, { client: "2002:c633:6401::/48" }, "192.0.2.1"],
  ])("%s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });

  const systems = `
  p: { method: subnet, endpoints: { a: { address: 192.0.2.1, asns: [64500] }, b: { address: 192.0.2.2, asns: [64501] }, w: { address: 192.0.2.9 } } }`;
  test.for<Row>([
    ["a database tells it", systems, { client: "11.1.1.0/24" }, "192.0.2.1"],
    ["an own network that has the place changes nothing", systems, { client: "203.0.113.0/24" }, "192.0.2.1"],
    ["… in a private network too", systems, { client: "10.50.1.0/24" }, "192.0.2.2"],
    ["a private network that no own one holds has none", systems, { resolver: "10.1.1.1" }, "192.0.2.9"],
    ["IPv4 in IPv6 counts as IPv4", systems, { client: "2002:b01:101::/48" }, "192.0.2.1"],
    ["the longest network of the database counts", systems, { client: "192.0.2.192/32" }, "192.0.2.9"],
    ["no database tells one", systems, { client: FR }, "192.0.2.9"],
  ])("autonomous systems: %s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });

  test.for<Row>([
    ["EU holds a member state", "EU: 1", { client: FR }, "192.0.2.1"],
    ["an own grouping with fewer countries comes first", "EU: 1, dach: 2", { client: DE }, "192.0.2.2"],
    ["a country comes before any grouping", "dach: 2, DE: 3", { client: DE }, "192.0.2.3"],
    ["a grouping of countries before Azure's", "GEO-EU: 4, EU: 1", { client: DE }, "192.0.2.1"],
    ["EU before EEA", "EEA: 5, EU: 1", { client: FR }, "192.0.2.1"],
    ["when the first is down, the next", "EU: 1, dach: 2, EEA: 5", { client: DE, down: ["p/e1"] }, "192.0.2.1"],
    ["one of other countries is passed over", "dach: 2, EU: 1", { client: FR }, "192.0.2.1"],
    ["a point is in no grouping", "EU: 1, dach: 2, WORLD: 9", { client: "203.0.113.1" }, "192.0.2.9"],
  ])("groupings: %s", ([, regions, asked, answer]) => {
    const endpoints = regions
      .split(", ")
      .map((text) => text.split(": "))
      .map(([region, last], i) => `e${i}: { address: 192.0.2.${last!}, regions: [${region!}] }`);
    const profiles = `  p: { method: geographic, monitor: m, endpoints: { ${endpoints.join(", ")} } }`;
    const { geoip, ...rest } = configured(profiles);
    expect(answered({ ...rest, geoip: { ...geoip, groupings: { dach: ["DE", "AT", "CH"] } } }, asked)).toBe(answer);
  });

  test("the longest own network wins", () => {
    const profiles = `
  p: { method: geographic, endpoints: { de: { address: 192.0.2.1, regions: [DE] }, by: { address: 192.0.2.2, regions: [DE-BY] } } }`;
    expect([DE, BAVARIA, FR].map((client) => candidates(profiles, client))).toEqual(["de", "by > de", ""]);
  });
});
