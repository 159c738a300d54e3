/** The counterexamples of the proof, as an operator reads them: from the rule to the endpoint. */
import { expect, test } from "vitest";
import type { DatabaseSource } from "../../src/config/database-source.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Client } from "../../src/routing/order.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { noFiles } from "../support/no-files.ts";
import { ip } from "../support/snapshot.ts";

const clients = [
  ["192.0.2.1", "DE"],
  ["192.0.2.2", "FR"],
  ["192.0.2.3", "US"],
  ["192.0.2.4", ""],
  ["10.20.0.1", "US"],
].map(([address, code]): Client => ({ address: ip(address!), location: locationOf(code!), placedBy: "client" }));

const databases: DatabaseSource = {
  open: () => [],
  locate: () => ({
    problems: [],
    regions: ["DE", "FR", "US", "GEO-EU", "GEO-NA", "WORLD"],
    asns: [],
    tellsAsns: false,
    unused: [],
    clients,
  }),
};

/** One line each of what is said of residency. */
function told(residency: string, profiles: string, reports = false) {
  const text = `zones: { t.example: { nameservers: [ns.example.net], records: { alias: { CNAME: other } } } }
monitors: { m: { protocol: tcp, port: 80 } }
geoip: { networks: { hq: { cidrs: 10.20.0.0/16, location: US } } }
residency:
${residency}
profiles:
${profiles}
`;
  const loaded = loadConfig({ file: "c.yaml", text, serial: 1, readFile: noFiles, databases, warns: true, reports });
  const all = loaded.ok ? loaded.value.warnings : loaded.error;
  return {
    lines: all.filter(({ code }) => code.startsWith("residency")).map((one) => `${one.code} ${formatDiagnostic(one)}`),
    residency: loaded.ok ? loaded.value.residency.map(({ code }) => code) : undefined,
  };
}

const EU = "  eu: { clients: [EU], profiles: [p], require: { j: EU }, unknownClients: free }";
/** Each endpoint in its own words, of which `eu` complies. */
const profile = (endpoints: string, more = ""): string =>
  `  p: { names: p.t.example, method: priority, monitor: m, whenAllDown: nodata, ${more} endpoints: { ${endpoints} } }`;
const OTHER = `
  q: { names: other.t.example, method: priority, monitor: m, endpoints: { us: { address: 192.0.2.9, labels: { j: US } }, eu: { address: 192.0.2.8, labels: { j: EU } } } }`;
const GOOD = "eu: { address: 192.0.2.1, labels: { j: EU } }";
const BAD = "us: { address: 192.0.2.2, labels: { j: US } }";

test.for<[what: string, residency: string, profiles: string, expected: readonly string[]]>([
  ["an endpoint that complies", EU, profile(`${BAD}, ${GOOD}`), []],
  [
    "none that complies",
    EU,
    profile(BAD) + OTHER,
    [
      "residency-none-left c.yaml:5:3 residency.eu: a rule that leaves clients no endpoint, who had one, found eu → EU (such as DE) → p → p/us (j US), wanted an endpoint for them with j EU, or other clients of the rule",
    ],
  ],
  [
    "own networks, and clients that nobody knows",
    "  eu: { clients: [hq], profiles: [p], require: { j: EU } }",
    profile(BAD) + OTHER,
    [
      "residency-none-left c.yaml:5:3 residency.eu: a rule that leaves clients no endpoint, who had one, found eu → unknown, hq (such as US) → p → p/us (j US), wanted an endpoint for them with j EU, or other clients of the rule",
    ],
  ],
  [
    "all of it in a nested profile, whoever asks",
    EU.replace("[p]", "[n]"),
    `${profile("n: { profile: n }")}
  n: { method: priority, monitor: m, endpoints: { ${BAD} } }${OTHER}`,
    [
      "residency-none-left c.yaml:5:3 residency.eu: a rule that leaves clients no endpoint, who had one, found eu → EU (such as DE) → p → n/us (j US), wanted an endpoint for them with j EU, or other clients of the rule",
    ],
  ],
  [
    "nothing there was to lose",
    EU,
    profile(BAD.replace("us: {", "us: { regions: [US],")).replace("priority", "geographic") + OTHER,
    [],
  ],
  [
    "labels that are missing",
    EU,
    profile(`${GOOD}, none: { address: 192.0.2.3 }`, "").replace("nodata", "{ fallback: 192.0.2.7 }"),
    [
      "residency-unlabelled c.yaml:7:73 profiles.p.whenAllDown.fallback: an endpoint that a residency rule covers, without the label that it requires, found eu → the fallback of p (no j), wanted j: EU, or what it is",
      "residency-unlabelled c.yaml:7:157 profiles.p.endpoints.none: an endpoint that a residency rule covers, without the label that it requires, found eu → p/none (no j), wanted j: EU, or what it is",
    ],
  ],
  [
    "rules that leave each other nothing",
    `${EU}\n  own: { clients: [DE], profiles: [p], forbid: { c: [aws, gcp] }, unknownClients: free }`,
    profile(
      "a: { address: 192.0.2.1, labels: { j: EU, c: aws } }, b: { address: 192.0.2.2, labels: { j: US, c: own } }",
    ),
    [
      "residency-contradiction c.yaml:6:3 residency.own: rules that together leave clients no endpoint, while each alone leaves one, found eu + own → DE → p, wanted an endpoint for them with j EU and not c aws or gcp",
    ],
  ],
  [
    "a host that is another profile's, by an alias, behind one that is first",
    EU,
    profile(`${GOOD}, h: { host: alias.t.example, labels: { j: EU } }`) + OTHER,
    [
      "residency-leads-out c.yaml:7:151 profiles.p.endpoints.h.host: a host that leads clients of a residency rule to a profile that the rule does not cover, found eu → EU (such as DE) → p/h (while eu is down) → alias.t.example → q/us (j US), wanted q among the profiles of eu",
    ],
  ],
  [
    "a host that only an operator can have answered: who is before it is not probed",
    EU,
    profile(`${GOOD.replace("{", "{ alwaysServe: true,")}, h: { host: alias.t.example, labels: { j: EU } }`) + OTHER,
    [
      "residency-leads-out c.yaml:7:170 profiles.p.endpoints.h.host: a host that leads clients of a residency rule to a profile that the rule does not cover, found eu → EU (such as DE) → p/h (by an override alone) → alias.t.example → q/us (j US), wanted q among the profiles of eu",
    ],
  ],
  ["a host of the others alone", EU, profile(`${GOOD}, h: { host: alias.t.example, labels: { j: US } }`) + OTHER, []],
  [
    "a host to a profile that is covered",
    EU.replace("[p]", "[p, q]"),
    profile(`${GOOD}, h: { host: other.t.example, labels: { j: EU } }`) + OTHER,
    [],
  ],
  [
    "a chain: the profile behind the host leads out",
    EU.replace("[p]", "[p, r]"),
    `${profile(`${GOOD}, h: { host: r.t.example, labels: { j: EU } }`)}
  r: { names: r.t.example, method: priority, monitor: m, whenAllDown: { fallback: other.t.example, labels: { j: EU } }, endpoints: { ${GOOD} } }${OTHER}`,
    [
      "residency-leads-out c.yaml:8:83 profiles.r.whenAllDown.fallback: a host that leads clients of a residency rule to a profile that the rule does not cover, found eu → EU (such as DE) → the fallback of r (while eu is down) → other.t.example → q/us (j US), wanted q among the profiles of eu",
    ],
  ],
])("residencyFindings: %s", ([, residency, profiles, expected]) => {
  expect(told(residency, profiles).lines).toEqual(expected);
});

test("residencyFindings: a report has what is refused as data", () => {
  const leading = profile(`${GOOD}, h: { host: alias.t.example, labels: { j: EU } }`) + OTHER;
  expect(told(EU, leading).residency).toBeUndefined();
  expect(told(EU, leading, true)).toEqual({ lines: [], residency: ["residency-leads-out"] });
});
