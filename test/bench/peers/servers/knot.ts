/** Knot DNS with mod-geoip, which knows no distances: each country's endpoint is written out. knot.conf(5), mod-geoip's documentation. */
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgram, outputOf, program } from "../programs.ts";
import { ENDPOINT_BY_COUNTRY, ENDPOINTS, NAME, NAMESERVER, SOA, TTL, ZONE } from "../steering.ts";
import type { ServerKind, Setup } from "./server.ts";

export const knot: ServerKind = {
  name: "Knot mod-geoip",
  missingPackages: () => [
    ...(findProgram("knotd") === undefined ? ["knot"] : []),
    ...(hasGeoipModule() ? [] : ["knot-module-geoip"]),
  ],
  version: () => /version (\S+)/.exec(outputOf("knotd", ["--version"]))?.[1] ?? "unknown",
  steers: true,
  async configure(setup) {
    const { directory } = setup;
    await writeFile(path.join(directory, "knot.conf"), config(setup));
    await writeFile(path.join(directory, "geo.conf"), geo());
    await writeFile(path.join(directory, "zone"), zone());
    return { file: program("knotd"), arguments: ["-c", path.join(directory, "knot.conf")] };
  },
};

/** Debian's place: /usr/lib/x86_64-linux-gnu/knot/modules-3.2/geoip.so. */
function hasGeoipModule(): boolean {
  const entries = (directory: string): readonly string[] => {
    try {
      return readdirSync(directory).map((name) => path.join(directory, name));
    } catch {
      return [];
    }
  };
  const directories = entries("/usr/lib").flatMap((directory) => entries(path.join(directory, "knot")));
  return directories.some((directory) => entries(directory).includes(path.join(directory, "geoip.so")));
}

function config({ directory, port, database }: Setup): string {
  return `
server:
    rundir: "${directory}"
    listen: 127.0.0.1@${port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
    edns-client-subnet: on
log:
  - target: stderr
    any: warning
database:
    storage: "${directory}"
control:
    listen: "${directory}/knot.sock"
mod-geoip:
  - id: nearest
    config-file: "${directory}/geo.conf"
    ttl: ${TTL}
    mode: geodb
    geodb-file: "${database}"
    geodb-key: country/iso_code
zone:
  - domain: ${ZONE}
    file: "${directory}/zone"
    zonefile-sync: -1
    journal-content: none
    module: mod-geoip/nearest
`;
}

function geo(): string {
  const views = [...ENDPOINT_BY_COUNTRY].map(([code, { address }]) => `  - geo: "${code}"\n    A: ${address}`);
  return `${NAME}:\n${views.join("\n")}\n`;
}

/** The name's own record is for clients that the database does not know. */
function zone(): string {
  return `
$ORIGIN ${ZONE}.
$TTL ${TTL}
@ SOA ns1 hostmaster ${SOA.serial} ${SOA.refresh} ${SOA.retry} ${SOA.expire} ${SOA.minimum}
@ NS ns1
ns1 A ${NAMESERVER.address}
www A ${ENDPOINTS[0].address}
`;
}
