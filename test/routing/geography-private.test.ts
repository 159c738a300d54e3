/** Private client subnets, and scopes of whole families: what depends on more than the place of one leaf. */
import { describe, expect, test } from "vitest";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { allNetworks } from "../../src/geo/load-geo.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { CLASS, createGeography, RESOLVERS } from "../../src/routing/geography.ts";
import { leafTableOf, locationOf, spotOf } from "../support/leaf-tables.ts";
import { cidr, ip, snapshotOf, type ProfileSpec, type RuleSpec, type SnapshotSpec } from "../support/snapshot.ts";
import { candidatesText } from "../support/tiers-text.ts";

const european: ProfileSpec = {
  method: "geographic",
  endpoints: { eu: { regions: ["GEO-EU"], labels: { tier: "2" } }, world: { regions: ["WORLD"] } },
};

test("RESOLVERS is the class of no place", () => {
  expect(RESOLVERS).toBeLessThan(0);
});

describe("a private client subnet", () => {
  const own = { office: { cidrs: ["10.20.0.0/16"], country: "DE" } };
  const office = { networks: ["10.20.0.0/16"] };
  const officeOnly: RuleSpec = { clients: ["office"], unknown: false, forbid: { tier: ["2"] } };
  const { endpoints } = european;
  const over = (child: ProfileSpec): Readonly<Record<string, ProfileSpec>> => ({
    shop: { ...european, endpoints: { ...endpoints, nested: { nested: "child", regions: ["FR"] } } },
    child,
  });
  test.for<[string, SnapshotSpec, string, string | undefined, number]>([
    ["has its resolver's place: 10.0.0.0/8", {}, "10.1.2.3", undefined, 8],
    ["has its resolver's place: 172.16.0.0/12", {}, "172.31.0.1", undefined, 12],
    ["has its resolver's place: 192.168.0.0/16", {}, "192.168.7.1", undefined, 16],
    ["has its resolver's place: 100.64.0.0/10", {}, "100.127.0.1", undefined, 10],
    ["has its resolver's place: fc00::/7", {}, "fd12:3456::1", undefined, 7],
    ["is where an own network is", { networks: own }, "10.20.1.1", "eu > world", 16],
    ["has its resolver's place beside an own network", { networks: own }, "10.21.1.1", undefined, 16],
    [
      "is inside the fence of a rule that names its own network, and so is one inside that",
      { networks: { ...own, floor: { cidrs: ["10.20.128.0/17"], country: "FR" } }, residency: { rule: officeOnly } },
      "10.20.129.1",
      "world",
      16,
    ],
    [
      "… and no wider than that network",
      { networks: { wide: { cidrs: ["10.0.0.0/8"], country: "DE" }, ...own }, residency: { rule: officeOnly } },
      "10.21.1.1",
      "eu > world",
      16,
    ],
    [
      "is where an endpoint's network is",
      { profiles: { shop: { ...european, endpoints: { ...endpoints, office } } } },
      "10.20.1.1",
      "office > world",
      16,
    ],
    [
      "has its resolver's place beside an endpoint's network",
      { profiles: { shop: { ...european, endpoints: { ...endpoints, office } } } },
      "10.128.1.1",
      undefined,
      9,
    ],
    [
      "has its resolver's place where that endpoint is disabled",
      { profiles: { shop: { ...european, endpoints: { ...endpoints, office: { ...office, enabled: false } } } } },
      "10.20.1.1",
      undefined,
      8,
    ],
    [
      "is where the network of a nested profile's endpoint is",
      { profiles: over({ endpoints: { office } }) },
      "10.20.1.1",
      "world",
      16,
    ],
    [
      "has no place of its own where all clients are served alike",
      { profiles: { shop: { method: "geographic", endpoints: { world: { regions: ["WORLD"] } } } } },
      "10.1.2.3",
      "world",
      0,
    ],
  ])("%s", ([, spec, address, candidates, scope]) => {
    const built = snapshotOf({ profiles: { shop: european }, ...spec });
    const [profile] = built.profiles;
    const german = { prefix: cidr("192.0.2.0/24"), location: locationOf("DE") };
    const table = buildLeafTable([], networkTree([german, ...allNetworks(built)]));
    const { family, leaf } = spotOf(table, ip(address));
    const geography = createGeography(built, profile!, table);
    const both = geography.classAndScopeOf(family, leaf);
    const clientClass = Math.floor(both / CLASS);
    expect({
      scope: both - clientClass * CLASS,
      candidates:
        clientClass === RESOLVERS
          ? undefined
          : candidatesText(candidatesFor(built, profile!, geography.clientOf(clientClass))),
    }).toEqual({ scope, candidates });
    expect(geography.scopeOf(family, leaf)).toBe(scope);
  });
});

test.for<[string, readonly (readonly [string, string])[], ProfileSpec, number]>([
  ["the place cannot matter", [["0.0.0.0/0", "DE"]], { endpoints: { a: {} } }, 0],
  [
    "all clients of both families have the same",
    [
      ["0.0.0.0/0", "DE"],
      ["::/0", "FR"],
    ],
    european,
    0,
  ],
  ["IPv6 has others", [["0.0.0.0/0", "DE"]], european, 1],
  ["IPv4 has others", [["::/0", "DE"]], european, 1],
  [
    "a part of IPv4 has others",
    [
      ["0.0.0.0/1", "DE"],
      ["::/0", "DE"],
    ],
    european,
    1,
  ],
  [
    "a part of IPv6 has others",
    [
      ["0.0.0.0/0", "DE"],
      ["::/1", "DE"],
    ],
    european,
    1,
  ],
])("leastScope and placeMatters where %s", ([, places, spec, expected]) => {
  const built = snapshotOf({ profiles: { shop: spec } });
  const geography = createGeography(built, built.profiles[0]!, leafTableOf(places, built));
  expect(geography.leastScope()).toBe(expected);
  expect(geography.placeMatters).toBe(spec.method !== undefined);
});

describe("a rule for all of whom only the resolver is known", () => {
  const rule: RuleSpec = { clients: ["FR"], unknown: false, resolverOnly: true, require: { tier: ["1"] } };
  const built = snapshotOf({ profiles: { shop: european }, residency: { rule } });
  const [profile] = built.profiles;
  const table = leafTableOf(
    [
      ["192.0.2.0/24", "DE"],
      ["198.51.100.0/24", "FR"],
    ],
    built,
  );
  const geography = createGeography(built, profile!, table);
  const candidatesOf = (clientClass: number): string =>
    candidatesText(candidatesFor(built, profile!, geography.clientOf(clientClass)));

  test.for<[what: string, address: string, bySubnet: string, byResolver: string]>([
    ["who is not in its regions", "192.0.2.1", "eu > world", ""],
    ["who is", "198.51.100.1", "", ""],
    ["who is nowhere", "8.8.8.8", "world", ""],
  ])("covers %s by its resolver alone", ([, address, bySubnet, byResolver]) => {
    const { family, leaf } = spotOf(table, ip(address));
    const ofSubnet = Math.floor(geography.classAndScopeOf(family, leaf) / CLASS);
    expect([candidatesOf(ofSubnet), candidatesOf(geography.classOf(family, leaf))]).toEqual([bySubnet, byResolver]);
  });

  test("leastScope is 1 though all subnets are of one class", () => {
    const flat = snapshotOf({
      profiles: { shop: { endpoints: { a: {} } } },
      residency: { rule: { ...rule, clients: [] } },
    });
    const same = createGeography(flat, flat.profiles[0]!, leafTableOf([], flat));
    expect([same.placeMatters, same.scopeOf(4, 0), same.leastScope()]).toEqual([true, 0, 1]);
  });
});
