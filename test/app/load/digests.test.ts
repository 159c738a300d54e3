/** What counts as a change of what, from one configuration to the next. */
import { expect, test } from "vitest";
import { digestsOf } from "../../../src/app/load/digests.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { changesBetween, type Described } from "../../../src/control/changes.ts";
import type { Changes } from "../../../src/control/control.ts";
import { filesOf } from "../../config/diagnose.ts";

const FILE_ZONE = "$TTL 60\n@ SOA a b 5 1 1 1 1\n@ NS ns.example.net.\n$INCLUDE more\n";

const BEFORE = `
geoip:
  groupings: { own: [DE, FR] }
zones:
  a.example: { nameservers: [ns.example.net] }
  b.example: { file: b.zone }
monitors:
  web: { protocol: http, path: /healthz }
  dns: { protocol: dns, query: www.a.example }
profiles:
  shop:
    names: [shop.a.example]
    method: weighted
    monitor: web
    endpoints:
      one: { address: 192.0.2.1 }
      two: { address: 192.0.2.2, weight: 3 }
  order:
    names: [order.a.example]
    method: priority
    monitor: dns
    endpoints:
      one: { address: 192.0.2.3 }
      two: { profile: shop }
  place:
    names: [place.a.example]
    method: geographic
    endpoints:
      own: { address: 192.0.2.4, regions: [own] }
      world: { address: 192.0.2.5, regions: [WORLD] }
`;

function described(text: string, more = "www A 192.0.2.9\n"): Described {
  const readFile = filesOf({ "b.zone": FILE_ZONE, more });
  const loaded = loadConfig({ file: "test.yaml", text, serial: 7, readFile });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const { snapshot, monitoring, contents } = loaded.value;
  return { profiles: snapshot.profiles, digests: digestsOf(snapshot, monitoring), zones: contents };
}

/** In the words of diff(1). */
function told({ profiles, endpoints, zones }: Changes): readonly string[] {
  return [profiles, endpoints, zones].flatMap(({ added, removed, changed }) => [
    ...added.map((name) => `+${name}`),
    ...removed.map((name) => `-${name}`),
    ...changed.map((name) => `~${name}`),
  ]);
}

function changed(after: Described, before = described(BEFORE)): readonly string[] {
  const work = changesBetween(before, after);
  for (;;) {
    const step = work.next();
    if (step.done === true) return told(step.value);
  }
}

test.for<[what: string, found: string, replaced: string, changes: readonly string[]]>([
  ["a comment", "geoip:", "# more\ngeoip:", []],
  ["a weight", "weight: 3", "weight: 4", ["~shop/two"]],
  ["an address", "192.0.2.1 }", "192.0.2.10 }", ["~shop/one"]],
  ["a name", "[shop.a.example]", "[shop.a.example, s.a.example]", ["~shop"]],
  ["a profile's switch", "method: weighted", "method: weighted\n    enabled: false", ["~shop"]],
  ["a TTL", "names: [place", "ttl: 7s\n    names: [place", ["~place"]],
  ["a monitor: all endpoints that it probes", "path: /healthz", "path: /livez", ["~shop/one", "~shop/two"]],
  ["the timing of one", "protocol: dns,", "protocol: dns, interval: 7s,", ["~order/one"]],
  ["a grouping: the profile that names it", "[DE, FR]", "[DE, PL]", ["~place"]],
  [
    "an endpoint more",
    "      two: { address",
    "      new: { address: 192.0.2.7 }\n      two: { address",
    ["+shop/new"],
  ],
  [
    "one more before others that have their priority by their place",
    "      one: { address: 192.0.2.3 }",
    "      new: { address: 192.0.2.7 }\n      one: { address: 192.0.2.3 }",
    ["+order/new", "~order/one", "~order/two"],
  ],
  [
    "a profile before all others, whatever their numbers become",
    "profiles:\n",
    "profiles:\n  first: { names: [first.a.example], method: priority, monitor: web, endpoints: { e: { address: 192.0.2.8 } } }\n",
    ["+first", "+first/e"],
  ],
  ["a monitor before all others", "monitors:\n", "monitors:\n  first: { protocol: tcp, port: 7 }\n", []],
  [
    "a zone's records: it, and no other",
    "nameservers: [ns.example.net]",
    "nameservers: [ns2.example.net]",
    ["~a.example"],
  ],
  ["one value as a list of it", "nameservers: [ns.example.net] }", "nameservers: ns.example.net }", []],
  ["a serial by hand", "nameservers: [", "soa: { serial: 7 }, nameservers: [", ["~a.example"]],
  ["a zone more", "zones:\n", "zones:\n  c.example: { nameservers: [ns.example.net] }\n", ["+c.example"]],
])("digestsOf: %s", ([, found, replaced, changes]) => {
  expect(BEFORE).toContain(found);
  expect(changed(described(BEFORE.replace(found, replaced)))).toEqual(changes);
});

test.for<[what: string, before: string, after: string, changes: readonly string[]]>([
  ["a rule that takes from a profile", "", "eu: { clients: EU, profiles: shop, require: { in: EU } }", ["~shop"]],
  ["a rule that takes nothing", "", "eu: { clients: EU, profiles: place, require: { in: EU } }", []],
  [
    "whom a rule is for",
    "eu: { clients: EU, profiles: order, require: { in: EU } }",
    "eu: { clients: EEA, profiles: order, require: { in: EU } }",
    ["~shop", "~order"],
  ],
  [
    "a rule of other profiles before it",
    "eu: { clients: EU, profiles: shop, require: { in: EU } }",
    "no: { clients: NO, profiles: place, forbid: { in: EU } }, eu: { clients: EU, profiles: shop, require: { in: EU } }",
    ["~place"],
  ],
])("digestsOf: %s", ([, before, after, changes]) => {
  const ruled = (rules: string): Described =>
    described(`${BEFORE.replace(/(192\.0\.2\.[45],)/g, "$1 labels: { in: EU },")}residency: { ${rules} }\n`);
  expect(changed(ruled(after), ruled(before))).toEqual(changes);
});

test("digestsOf: a file that a zone includes", () => {
  expect(changed(described(BEFORE, "www A 192.0.2.10\n"))).toEqual(["~b.example"]);
});
