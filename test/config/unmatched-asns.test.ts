import { expect, test } from "vitest";
import type { LocatedClients } from "../../src/config/database-source.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { noFiles } from "../support/no-files.ts";

function told(endpoints: string, located: Partial<LocatedClients>): readonly string[] {
  const nothing = { problems: [], regions: ["DE", "WORLD"], asns: [], tellsAsns: false, unused: [], clients: [] };
  const databases = { open: () => [], locate: () => ({ ...nothing, ...located }) };
  const text = `zones: { a.example: { nameservers: [ns.example.net] } }
geoip: { databases: [country.mmdb, asn.mmdb] }
profiles:
  p:
    method: geographic
    endpoints:
      all: { address: 192.0.2.9, regions: [WORLD] }
${endpoints}
`;
  const loaded = loadConfig({ file: "test.yaml", text, serial: 1, readFile: noFiles, databases, warns: true });
  return (loaded.ok ? loaded.value.warnings : loaded.error).map(
    ({ code, line, column, path, what, found, wanted }) =>
      `${code} ${line}:${column} ${path}: ${what}, found ${found}, wanted ${wanted}`,
  );
}

const ONE = "      a: { address: 192.0.2.1, asns: [64500, 64501] }";
const OFF = "      b: { address: 192.0.2.1, asns: 64502, enabled: false }";
const DATABASES = "one in geoip.databases: GeoLite2-ASN, DB-IP ASN, ip-location-db's asn-mmdb or IPinfo's";

test.for<[what: string, endpoints: string, located: Partial<LocatedClients>, lines: readonly string[]]>([
  ["nothing where all have clients", ONE, { tellsAsns: true, asns: [64_501, 64_500] }, []],
  [
    "one without clients",
    ONE,
    { tellsAsns: true, asns: [64_501] },
    [
      "unmatched-asn 8:39 profiles.p.endpoints.a.asns[0]: an autonomous system that no database knows a client of, found 64500, wanted the number of one with clients, as a database that is loaded tells it",
    ],
  ],
  ["nothing of what is disabled", `${ONE}\n${OFF}`, { tellsAsns: true, asns: [64_501, 64_500] }, []],
  [
    "that there is no database, once, at the first",
    `${ONE}\n${OFF}`,
    {},
    [
      `asns-without-database 8:38 profiles.p.endpoints.a.asns: asns, and no database that is loaded tells autonomous systems (1 more such), found a list, wanted ${DATABASES}`,
    ],
  ],
  [
    "that there is none, of one that is disabled too",
    OFF,
    {},
    [
      `asns-without-database 8:38 profiles.p.endpoints.b.asns: asns, and no database that is loaded tells autonomous systems, found 64502, wanted ${DATABASES}`,
    ],
  ],
  [
    "a database that nobody needs",
    "",
    { unused: [1] },
    [
      'unused-database 2:36 geoip.databases[1]: a database of autonomous systems, and no endpoint has asns: nothing of it is loaded, found "asn.mmdb", wanted asns on an endpoint, or a database of countries or cities',
    ],
  ],
])("reportUnmatchedAsns tells %s", ([, endpoints, located, lines]) => {
  expect(told(endpoints, located)).toEqual(lines);
});
