/** geosteer from the sources, with the batched or the portable UDP transport. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import packageJson from "../../../../package.json" with { type: "json" };
import { ENDPOINTS, NAME, NAMESERVER, SOA, TTL, ZONE } from "../steering.ts";
import type { ServerKind, Setup } from "./server.ts";

export interface GeosteerOptions {
  readonly udp: "auto" | "portable";
  readonly workers: number;
  /** How the profile chooses; another way than the other servers' is measured, and not compared with theirs. */
  readonly chooses?: Chooses;
}

export interface Chooses {
  /** Keys of the profile, as YAML in one line. */
  readonly profile: string;
  /** Those of each endpoint beside its address, in their order. */
  readonly endpoints: readonly string[];
  /** Sections of the file. */
  readonly rest?: string;
}

/** Tolerance 0: the others have no "as good as equally near". */
const NEAREST: Chooses = {
  profile: "method: performance, tolerance: 0%",
  endpoints: ENDPOINTS.map(({ point: { latitude, longitude } }) => `location: [${latitude}, ${longitude}]`),
};

export function geosteer(name: string, options: GeosteerOptions): ServerKind {
  return {
    name,
    missingPackages: () => [],
    version: () => `${packageJson.version} on Node ${process.versions.node}`,
    steers: options.chooses === undefined,
    async configure(setup) {
      const file = path.join(setup.directory, "geosteer.yaml");
      await writeFile(file, yaml(setup, options));
      return { file: process.execPath, arguments: ["--max-semi-space-size=4", "src/cli/main.ts", "serve", file] };
    },
  };
}

function yaml({ port, database }: Setup, { udp, workers, chooses = NEAREST }: GeosteerOptions): string {
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
  www: { names: [${NAME}], ttl: ${TTL}s, ${chooses.profile}, endpoints: {
${ENDPOINTS.map(({ name, address }, i) => `    ${name}: { address: ${address}, ${chooses.endpoints[i] ?? ""} }`).join(",\n")} } }
${chooses.rest ?? ""}
`;
}
