import { describe, expect, test } from "vitest";
import type { Client } from "../../../src/routing/order.ts";
import { classesOf, distinctionsOf } from "../../../src/routing/residency/client-classes.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf, type ProfileSpec, type RuleSpec } from "../../support/snapshot.ts";

const CLIENTS = [
  ["192.0.2.1", "DE"],
  ["192.0.2.2", "FR"],
  ["192.0.2.3", "GF"],
  ["192.0.2.4", "US"],
  ["192.0.2.5", ""],
  ["10.20.0.1", "DE"],
  ["10.30.0.1", ""],
].map(([address, code]): Client => ({ address: ip(address!), location: locationOf(code!), placedBy: "client" }));
const IN_AS: Client = { ...CLIENTS[3]!, location: { ...CLIENTS[3]!.location, asn: 64500 } };

function classes(profile: Partial<ProfileSpec>, rule: RuleSpec, clients: readonly Client[] = CLIENTS) {
  const snapshot = snapshotOf({
    networks: { hq: { cidrs: ["10.20.0.0/16"], country: "DE" } },
    profiles: { p: { endpoints: { e: { address: ["192.0.2.9"] } }, ...profile } },
    residency: { r: rule },
  });
  const found = classesOf(clients, distinctionsOf(snapshot, snapshot.profiles[0]!));
  return found.map(({ named, client }) => (client.placedBy === "client" ? named : `${named}, by resolver`));
}

const geographic = (regions: readonly string[], networks: readonly string[] = []): Partial<ProfileSpec> => ({
  method: "geographic",
  endpoints: { e: { address: ["192.0.2.9"], regions, networks } },
});

describe("classesOf: clients by what the profile or a rule calls them", () => {
  test.for<[what: string, profile: Partial<ProfileSpec>, rule: RuleSpec, expected: readonly string[]]>([
    ["regions of rules", {}, { clients: ["EU"] }, ["EU (such as DE)", "WORLD (such as US)", "unknown"]],
    [
      "the most specific of both, with others around it",
      geographic(["DE", "GEO-EU", "WORLD"]),
      { clients: ["EU"] },
      ["DE", "EU (such as FR)", "EU (such as GF)", "WORLD (such as US)", "unknown"],
    ],
    ["own networks by their names", {}, { clients: ["hq"] }, ["WORLD (such as DE)", "unknown", "hq (such as DE)"]],
    [
      "networks of endpoints",
      geographic(["WORLD"], ["10.30.0.0/16"]),
      { clients: ["all"] },
      ["WORLD (such as DE)", "unknown", "10.30.0.0/16"],
    ],
    [
      "those of whom only the resolver is known, where a rule asks for it",
      {},
      { clients: ["DE"], resolverOnly: true },
      [
        "DE",
        "DE, by resolver",
        "WORLD (such as FR)",
        "WORLD (such as FR), by resolver",
        "unknown",
        "unknown, by resolver",
      ],
    ],
    [
      "resolvers alone, where client subnets are not used",
      { ecs: false },
      { clients: ["DE"] },
      ["DE, by resolver", "WORLD (such as FR), by resolver", "unknown, by resolver"],
    ],
  ])("%s", ([, profile, rule, expected]) => {
    expect(classes(profile, rule)).toEqual(expected);
  });

  test("an autonomous system that an endpoint has", () => {
    const endpoints = { e: { address: ["192.0.2.9"], asns: [64500] }, w: { address: ["192.0.2.8"] } };
    expect(classes({ method: "subnet", endpoints }, { clients: ["all"] }, [...CLIENTS, IN_AS])).toEqual([
      "WORLD (such as DE)",
      "unknown",
      "AS64500 (such as US)",
    ]);
    expect(classes({}, { clients: ["all"] }, [...CLIENTS, IN_AS])).not.toContain("AS64500 (such as US)");
  });
});
