/** gdnsd with plugin geoip, which orders datacenters by distance itself (`auto_dc_coords`). gdnsd.config(5), gdnsd-plugin-geoip(8). */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { findProgram, outputOf, program } from "../programs.ts";
import { ENDPOINTS, NAMESERVER, SOA, TTL, ZONE } from "../steering.ts";
import type { ServerKind, Setup } from "./server.ts";

export const gdnsd: ServerKind = {
  name: "gdnsd",
  missingPackages: () => (findProgram("gdnsd") === undefined ? ["gdnsd"] : []),
  version: () => /version (\S+)/.exec(outputOf("gdnsd", ["checkversion"]))?.[1] ?? "unknown",
  steers: true,
  async configure(setup) {
    const { directory } = setup;
    for (const name of ["zones", "run", "state"]) await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, "config"), config(setup));
    await writeFile(path.join(directory, "zones", ZONE), zone());
    return { file: program("gdnsd"), arguments: ["-c", directory, "start"] };
  },
};

/** Octets; as much as geosteer asks for. The others have no such option. */
const RECEIVE_BUFFER = 1024 * 1024;

function config({ directory, port, database }: Setup): string {
  const each = (text: (endpoint: (typeof ENDPOINTS)[number]) => string): string => ENDPOINTS.map(text).join(", ");
  return `
options => {
  listen => [ 127.0.0.1:${port} ]
  udp_threads => 1, tcp_threads => 1, udp_rcvbuf => ${RECEIVE_BUFFER}
  run_dir => "${directory}/run", state_dir => "${directory}/state"
}
plugins => { geoip => {
  maps => { nearest => {
    geoip2_db => "${database}"
    datacenters => [ ${each(({ name }) => name)} ]
    auto_dc_coords => { ${each(({ name, point }) => `${name} => [ ${point.latitude}, ${point.longitude} ]`)} }
  } }
  resources => { www => {
    map => nearest
    service_types => up
    dcmap => { ${each(({ name, address }) => `${name} => ${address}`)} }
  } }
} }
`;
}

function zone(): string {
  return `
@ SOA ns1 hostmaster ${SOA.serial} ${SOA.refresh} ${SOA.retry} ${SOA.expire} ${SOA.minimum}
@ NS ns1
ns1 A ${NAMESERVER.address}
www ${TTL} DYNA geoip!www
`;
}
