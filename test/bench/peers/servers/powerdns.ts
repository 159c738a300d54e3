/** PowerDNS with the geoip backend, which knows no distances: a record for each country. https://doc.powerdns.com/authoritative/backends/geoip.html */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgram, outputOf, program } from "../programs.ts";
import { ENDPOINT_BY_COUNTRY, ENDPOINTS, NAME, NAMESERVER, SOA, TTL, ZONE } from "../steering.ts";
import type { ServerKind, Setup } from "./server.ts";

export const powerdns: ServerKind = {
  name: "PowerDNS geoip",
  missingPackages() {
    if (findProgram("pdns_server") === undefined) return ["pdns-server", "pdns-backend-geoip"];
    return /^geoip$/m.test(outputOf("pdns_server", ["--list-modules"])) ? [] : ["pdns-backend-geoip"];
  },
  version: () => /Server (\S+)/.exec(outputOf("pdns_server", ["--version"]))?.[1] ?? "unknown",
  steers: true,
  async configure(setup) {
    const { directory } = setup;
    await writeFile(path.join(directory, "pdns.conf"), config(setup));
    await writeFile(path.join(directory, "zones.yaml"), zones());
    return { file: program("pdns_server"), arguments: [`--config-dir=${directory}`] };
  },
};

/** Caches stay at their defaults. With one distributor thread the receiver answers itself, without a queue between them. */
function config({ directory, port, database }: Setup): string {
  return `
launch=geoip
geoip-database-files=mmdb:${database}
geoip-zones-file=${directory}/zones.yaml
edns-subnet-processing=yes
local-address=127.0.0.1
local-port=${port}
receiver-threads=1
distributor-threads=1
socket-dir=${directory}
daemon=no
guardian=no
disable-syslog=yes
loglevel=4
`;
}

/** `%cc` is the country in lower case, or "unknown". */
function zones(): string {
  const endpoints = new Map([...ENDPOINT_BY_COUNTRY, ["unknown", ENDPOINTS[0]]]);
  const records = [...endpoints].map(
    ([code, { address }]) => `      ${code.toLowerCase()}.country.${ZONE}: [ { a: ${address} } ]`,
  );
  const { serial, refresh, retry, expire, minimum } = SOA;
  return `
domains:
  - domain: ${ZONE}
    ttl: ${TTL}
    records:
      ${ZONE}:
        - soa: ${NAMESERVER.name} hostmaster.${ZONE} ${serial} ${refresh} ${retry} ${expire} ${minimum}
        - ns: ${NAMESERVER.name}
      ${NAMESERVER.name}: [ { a: ${NAMESERVER.address} } ]
${records.join("\n")}
    services:
      ${NAME}: "%cc.country.${ZONE}"
`;
}
