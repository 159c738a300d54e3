import { expect, test } from "vitest";
import { orderingOf } from "../../../src/routing/order.ts";
import { fencedOrder } from "../../../src/routing/residency/fenced-order.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf, type ProfileSpec, type RuleSpec } from "../../support/snapshot.ts";

const eu = { labels: { jurisdiction: "EU" } };
const rule: RuleSpec = { clients: ["EU"], require: { jurisdiction: ["EU"] } };
const noTier2: RuleSpec = { clients: ["FR"], forbid: { tier: ["2"] } };

/** The tiers of a client in DE, then what rules removed, then the rule of the fallback. */
function fenced(
  profile: ProfileSpec,
  residency: Readonly<Record<string, RuleSpec>>,
  from = "DE",
  address = "192.0.2.1",
) {
  const built = snapshotOf({ profiles: { p: profile }, residency });
  const [p] = built.profiles;
  const nameOf = (position: number): string => p!.endpoints[position]!.name;
  const client = { address: ip(address), location: locationOf(from), placedBy: "client" } as const;
  const { tiers, removed, fallbackRule } = fencedOrder(orderingOf(built, p!), client);
  const order = tiers.map((tier) => tier.map(({ position }) => nameOf(position)).join(" ")).join(" > ");
  const lost = removed.map(({ rule: index, position }) => `${built.residency[index]!.name}: ${nameOf(position)}`);
  return [order, ...lost, ...(fallbackRule === undefined ? [] : [`fallback: ${built.residency[fallbackRule]!.name}`])];
}

const regions = { de: { regions: ["DE"] }, eu: { regions: ["EU"], ...eu }, w: { regions: ["WORLD"], ...eu } };
const networks = { hq: { networks: ["192.0.2.0/24"] }, out: { networks: ["192.0.0.0/16"], ...eu } };

test.for<[what: string, profile: ProfileSpec, found: readonly string[], from?: string]>([
  ["others move up", { endpoints: { a: {}, b: eu, c: {} } }, ["b", "rule: a", "rule: c"]],
  ["whom no rule covers gets all", { endpoints: { a: {}, b: eu } }, ["a > b"], "US"],
  ["nobody is left", { endpoints: { a: {} } }, ["", "rule: a"]],
  ["climb: the wider region", { method: "geographic", endpoints: regions }, ["eu > w", "rule: de"]],
  [
    "serve: the region is as if it were not written",
    { method: "geographic", whenRegionDown: "serve", endpoints: regions },
    ["eu", "rule: de"],
  ],
  [
    "nearest: no endpoint without the labels, however near",
    {
      method: "geographic",
      whenRegionDown: "nearest",
      endpoints: {
        eu: { regions: ["EU"], at: "FR", ...eu },
        near: { regions: ["US"], at: "DE" },
        far: { regions: ["BR"], at: "BR", ...eu },
      },
    },
    ["eu > far", "rule: near"],
  ],
  [
    "networks",
    { method: "performance", endpoints: { ...networks, de: { at: "DE", ...eu } } },
    ["out > de", "rule: hq"],
  ],
  [
    "performance: the nearest of those that are left sets the tolerance",
    {
      method: "performance",
      tolerance: 1,
      endpoints: { de: { at: "DE" }, fr: { at: "FR", ...eu }, us: { at: "US", ...eu } },
    },
    ["fr > us", "rule: de"],
  ],
  [
    "what is no candidate anyway is not removed",
    { method: "geographic", endpoints: { us: { regions: ["US"] }, w: { regions: ["WORLD"], ...eu } } },
    ["w"],
  ],
  ["what is disabled is not removed", { endpoints: { a: { enabled: false }, b: eu } }, ["b"]],
  [
    "by several rules",
    { endpoints: { a: { labels: { tier: "2" } }, b: { labels: { tier: "2", ...eu.labels } }, c: eu } },
    ["c", "rule: a", "noTier2: a", "noTier2: b"],
    "FR",
  ],
  [
    "a fallback",
    { endpoints: { a: eu }, whenAllDown: { action: "fallback", target: { kind: "host", host: "sorry.example.net" } } },
    ["a", "fallback: rule"],
  ],
])("fencedOrder: %s", ([, profile, found, from]) => {
  expect(fenced(profile, { rule, noTier2 }, from)).toEqual(found);
});
