import { expect, test } from "vitest";
import { explainName } from "../../src/app/explain-name.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { probedState, probedView, TTL_STEPS } from "../../src/routing/health-view.ts";
import { publicationOf } from "../support/answerer.ts";
import { noFiles } from "../support/no-files.ts";
import { ip } from "../support/snapshot.ts";

const text = `
zones:
  t.example:
    nameservers: [ns.example.net]
    records: { www.apps: { A: 192.0.2.1 }, cut.apps: { NS: ns.example.net. }, "*.text.apps": { TXT: x } }
profiles:
  apps: { names: ["*.apps.t.example", shop.t.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  nearer: { names: ["*.b.apps.t.example"], method: weighted, endpoints: { a: { address: 192.0.2.2 } } }
`;

function explained(name: string) {
  const config = loadConfig({ file: "t.yaml", text, serial: 1, readFile: noFiles });
  if (!config.ok) throw new Error(config.error.map(formatDiagnostic).join("\n"));
  const { names, table } = publicationOf(config.value).publication;
  return explainName(
    { config: config.value, names, table, health: probedView(() => "online") },
    { name, type: "A", client: ip("192.0.2.7"), resolver: undefined, down: [] },
  );
}

test.for<[name: string, profile: string, matched: string]>([
  ["shop.t.example", "apps", "shop.t.example"],
  ["x.apps.t.example", "apps", "*.apps.t.example"],
  ["x.y.z.apps.t.example", "apps", "*.apps.t.example"],
  ["*.apps.t.example", "apps", "*.apps.t.example"],
  ["x.y.b.apps.t.example", "nearer", "*.b.apps.t.example"],
])("explainName: %s is answered by %s, for its name %s", ([name, profile, matched]) => {
  expect(explained(name)).toMatchObject({ ok: true, value: { profile, matched } });
});

test.for([
  ["www.apps.t.example", "*.apps.t.example answers for names that do not exist, and www.apps.t.example does"],
  ["x.www.apps.t.example", "*.apps.t.example answers for names that do not exist, and www.apps.t.example does"],
  ["x.cut.apps.t.example", "*.apps.t.example answers for names that do not exist, and cut.apps.t.example does"],
  ["x.text.apps.t.example", "*.apps.t.example answers for names that do not exist, and text.apps.t.example does"],
] as const)("explainName: %s is no name of a profile: %s", ([name, why]) => {
  expect(explained(name)).toMatchObject({
    ok: false,
    error: [{ code: "unknown-name", message: `${name} is no name of a profile: ${why}` }],
  });
});

test.for(["apps.t.example", "other.t.example", "t.example", "www.example.net"])(
  "explainName: %s is no name of a profile, which are these",
  (name) => {
    const message = `${name} is no name of a profile; the configuration has *.apps.t.example, shop.t.example, *.b.apps.t.example`;
    expect(explained(name)).toMatchObject({ ok: false, error: [{ code: "unknown-name", message }] });
  },
);

test.for([
  ["A", 300, 24],
  ["AAAA", 300, 0],
] as const)(
  "explainName: what is told with a negative answer of type %s: TTL %i, scope %i",
  ([type, negativeTtl, scope]) => {
    const regional = `
zones: { t.example: { nameservers: [ns.example.net] } }
geoip: { networks: { office: { cidrs: 192.0.2.0/24, location: DE } } }
monitors: { web: { protocol: http } }
profiles:
  shop:
    names: shop.t.example
    method: geographic
    ttl: { max: 300s, min: 20s }
    negativeTtl: 300s
    monitor: web
    endpoints: { de: { address: 192.0.2.1, regions: DE }, world: { address: 192.0.2.2, regions: WORLD } }
`;
    const config = loadConfig({ file: "t.yaml", text: regional, serial: 1, readFile: noFiles });
    if (!config.ok) throw new Error(config.error.map(formatDiagnostic).join("\n"));
    const { names, table } = publicationOf(config.value).publication;
    const told = explainName(
      {
        config: config.value,
        names,
        table,
        // A change is near: what nobody ever gets is kept as long as ever.
        health: { stateOf: () => ({ ...probedState("online"), ttlStep: type === "A" ? 0 : TTL_STEPS }) },
      },
      { name: "shop.t.example", type, client: ip("192.0.2.7"), resolver: undefined, down: [] },
    );
    expect(told).toMatchObject({
      ok: true,
      value: { negativeTtl, scope: `${scope === 0 ? "0.0.0.0" : "192.0.2.0"}/${scope}` },
    });
  },
);
