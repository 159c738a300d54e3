/** geosteer from the sources, with the batched or the portable UDP transport. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import packageJson from "../../../../package.json" with { type: "json" };
import { ENDPOINTS, NAME, NAMESERVER, SOA, TTL, ZONE } from "../steering.ts";
import type { ServerKind, Setup } from "./server.ts";

export interface GeosteerOptions {
  readonly udp: "auto" | "portable";
  readonly workers: number;
}

export function geosteer(name: string, options: GeosteerOptions): ServerKind {
  return {
    name,
    missingPackages: () => [],
    version: () => `${packageJson.version} on Node ${process.versions.node}`,
    steers: true,
    async configure(setup) {
      const file = path.join(setup.directory, "geosteer.yaml");
      await writeFile(file, yaml(setup, options));
      return { file: process.execPath, arguments: ["--max-semi-space-size=4", "src/cli/main.ts", "serve", file] };
    },
  };
}

/** Tolerance 0: the others have no "as good as equally near". */
function yaml({ port, database }: Setup, { udp, workers }: GeosteerOptions): string {
  return `
listen: { dns: ["127.0.0.1:${port}"], http: off, udp: ${udp}, workers: ${workers} }
geoip: { databases: [${JSON.stringify(database)}] }
log: { level: warn }
zones:
  ${ZONE}:
    nameservers: [${NAMESERVER.name}]
    contact: hostmaster@${ZONE}
    soa: { refresh: ${SOA.refresh}s, retry: ${SOA.retry}s, expire: ${SOA.expire}s, minimum: ${SOA.minimum}s }
    records: { ns1: { A: ${NAMESERVER.address} } }
profiles:
  www:
    names: [${NAME}]
    method: performance
    tolerance: 0%
    ttl: ${TTL}s
    endpoints:
${ENDPOINTS.map(
  ({ name, address, point }) =>
    `      ${name}: { address: ${address}, location: [${point.latitude}, ${point.longitude}] }`,
).join("\n")}
`;
}
