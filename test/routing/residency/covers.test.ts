import { expect, test } from "vitest";
import type { Client } from "../../../src/routing/order.ts";
import { covers } from "../../../src/routing/residency/covers.ts";
import type { Location } from "../../../src/routing/snapshot.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf, type RuleSpec } from "../../support/snapshot.ts";

const hq = { hq: { cidrs: ["10.20.0.0/16", "2001:db8:20::/48"], country: "CH" } };
const EUROPE: Location = { ...locationOf(""), grouping: "GEO-EU" };

function isCovered(rule: RuleSpec, client: Partial<Client>): boolean {
  const { residency } = snapshotOf({ residency: { rule }, networks: hq, groupings: { dach: "AT CH DE" } });
  const asker = { address: ip("192.0.2.1"), location: locationOf(""), placedBy: "client" as const, ...client };
  return covers(residency[0]!.clients, asker);
}

const free = { unknown: false };
test.for<[what: string, rule: RuleSpec, client: Partial<Client>, isCovered: boolean]>([
  ["all: everybody", { clients: ["all"], ...free }, { location: locationOf("US") }, true],
  ["a country: those who are there", { clients: ["DE"], ...free }, { location: locationOf("DE") }, true],
  ["a country: those in a subdivision", { clients: ["DE"], ...free }, { location: locationOf("DE-BY") }, true],
  ["a country: nobody else", { clients: ["DE"], ...free }, { location: locationOf("FR") }, false],
  ["a subdivision", { clients: ["DE-BY"], ...free }, { location: locationOf("DE-BY") }, true],
  ["a subdivision: not the whole country", { clients: ["DE-BY"], ...free }, { location: locationOf("DE") }, false],
  ["a grouping of law", { clients: ["EU"], ...free }, { location: locationOf("FR") }, true],
  ["a grouping of law: not its neighbours", { clients: ["EU"], ...free }, { location: locationOf("NO") }, false],
  ["an own grouping", { clients: ["dach"], ...free }, { location: locationOf("DE") }, true],
  ["Azure's grouping", { clients: ["GEO-EU"], ...free }, { location: locationOf("NO") }, true],
  ["Azure's grouping: of a client without a country", { clients: ["GEO-EU"], ...free }, { location: EUROPE }, true],
  ["WORLD: everybody", { clients: ["WORLD"], ...free }, {}, true],
  ["an own network: its addresses", { clients: ["hq"], ...free }, { address: ip("10.20.1.1") }, true],
  ["an own network: of IPv6", { clients: ["hq"], ...free }, { address: ip("2001:db8:20::1") }, true],
  ["an own network: no others", { clients: ["hq"], ...free }, { address: ip("10.21.1.1") }, false],
  ["an own network: nobody by its country", { clients: ["hq"], ...free }, { location: locationOf("CH") }, false],
  ["one of several", { clients: ["FR", "hq"], ...free }, { address: ip("10.20.1.1") }, true],
  ["unknown: a client without a country", { clients: ["DE"] }, {}, true],
  ["unknown: though its grouping is known", { clients: ["EU"] }, { location: EUROPE }, true],
  ["unknown: nobody whose country is known", { clients: ["DE"] }, { location: locationOf("US") }, false],
  ["free: nobody without a country", { clients: ["DE"], ...free }, {}, false],
  [
    "resolverOnly: by its resolver, wherever that is",
    { clients: ["DE"], resolverOnly: true },
    { location: locationOf("US"), placedBy: "resolver" },
    true,
  ],
  [
    "resolverOnly: not by its own subnet",
    { clients: ["DE"], resolverOnly: true },
    { location: locationOf("US") },
    false,
  ],
  ["… else as the resolver", { clients: ["DE"] }, { location: locationOf("DE"), placedBy: "resolver" }, true],
])("covers: %s", ([, rule, client, wanted]) => {
  expect(isCovered(rule, client)).toBe(wanted);
});
