import { expect, test } from "vitest";
import { formatIpPrefix } from "../../src/shared/ip-address.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { filesOf } from "./diagnose.ts";

function loaded(rule: string): Snapshot {
  const text = `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
geoip:
  networks: { hq: { cidrs: [10.20.0.0/16, "2001:db8:20::/48"], location: DE } }
  groupings: { dach: [DE, AT, CH] }
sites: { munich: { labels: { jurisdiction: EU, provider: own } } }
endpoints: { shared: { address: 192.0.2.9, site: munich } }
profiles:
  payroll: { method: weighted, endpoints: { a: { use: shared }, n: { profile: deep }, c: { address: 192.0.2.3, site: munich, labels: { provider: azure } } } }
  payroll-x: { method: weighted, endpoints: { b: { address: 192.0.2.1 } }, whenAllDown: { fallback: 192.0.2.99, labels: { jurisdiction: EU } } }
  other: { method: weighted, endpoints: { b: { address: 192.0.2.1 } } }
  deep: { method: weighted, endpoints: { d: { address: 192.0.2.4 } }, whenAllDown: { fallback: 192.0.2.99 } }
residency: { rule: ${rule} }
`;
  const config = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf({}) });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value.snapshot;
}

test("buildResidency resolves regions, groupings and own networks", () => {
  const [rule] = loaded(
    "{ clients: [EU, dach, FR-75, hq], profiles: payroll, require: { jurisdiction: EU } }",
  ).residency;
  const { regions, groupings, networks, ...rest } = rule!.clients;
  expect({
    ...rest,
    regions,
    groupings: groupings.map(({ code }) => code),
    networks: networks.map(formatIpPrefix),
  }).toEqual({
    all: false,
    // By any of its codes.
    regions: ["EU", "dach", "FR-75C", "FR-75"],
    groupings: ["dach", "EU"],
    networks: ["10.20.0.0/16", "2001:db8:20::/48"],
    unknown: true,
    resolverOnly: false,
  });
});

test.for<[rule: string, what: object]>([
  ["clients: all", { clients: { all: true, regions: [] } }],
  ["clients: EU, unknownClients: free, resolverOnly: fence", { clients: { unknown: false, resolverOnly: true } }],
  ["clients: EU, whenNoneCompliant: servfail", { whenNoneCompliant: "servfail" }],
  ["clients: EU", { whenNoneCompliant: "nodata", require: { jurisdiction: ["EU"] }, forbid: {} }],
])("buildResidency reads %s", ([keys, what]) => {
  const [rule] = loaded(
    `{ ${keys.replace("clients: all", "clients: [all]")}, profiles: payroll, require: { jurisdiction: EU } }`,
  ).residency;
  expect(rule).toMatchObject(what);
});

test.for<[globs: string, fences: readonly string[]]>([
  ["payroll", ["deep: d !"]],
  ["payroll*", ["payroll-x: b", "deep: d !"]],
  ["[other, deep]", ["other: b", "deep: d !"]],
  ['"*"', ["payroll-x: b", "other: b", "deep: d !"]],
])("buildResidency fences the profiles of %s, with the labels of sites", ([globs, fences]) => {
  const { profiles } = loaded(`{ clients: EU, profiles: ${globs}, require: { jurisdiction: EU } }`);
  const found = profiles.flatMap(({ name, endpoints, fences: own }) =>
    own.map(({ positions, fallback }) =>
      [`${name}:`, ...positions.map((position) => endpoints[position]!.name), ...(fallback ? ["!"] : [])].join(" "),
    ),
  );
  expect(found).toEqual(fences);
});

test("buildResidency: an endpoint's own label wins over its site's", () => {
  const { profiles } = loaded("{ clients: EU, profiles: payroll, forbid: { provider: azure } }");
  expect(profiles[0]!.fences).toEqual([{ rule: 0, name: "rule", positions: [2], fallback: false }]);
});
