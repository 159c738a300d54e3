/**
 * `npm run bench:names -- FILE.mmdb …`: of the networks and addresses for which a city database names a subdivision
 * without a code, how many we find the code of; and the most frequent names that we do not, for
 * `src/shared/regions/subdivision-aliases.ts`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Reader, type Response } from "maxmind";
import { recordLocation } from "../../src/geo/record-location.ts";
import { searchTree, type RecordSize } from "../../src/geo/search-tree.ts";
import { subdivisionsOf } from "../../src/shared/regions/subdivisions.ts";

const LISTED = 20;

interface Sum {
  networks: number;
  /** Of IPv6, in networks of 64 bits. */
  addresses: number;
}

interface CityRecord {
  readonly country_code?: string;
  readonly country?: { readonly iso_code?: string };
  readonly state1?: string;
  readonly subdivisions?: readonly { readonly names?: { readonly en?: string } }[];
}

for (const file of process.argv.slice(2)) print(file);

function print(file: string): void {
  const octets = readFileSync(file);
  const { metadata } = new Reader<Response>(octets);
  const reader = new Reader<Response & CityRecord>(octets);
  const tree = searchTree(octets, {
    node_count: metadata.nodeCount,
    record_size: metadata.recordSize as RecordSize,
    ip_version: metadata.ipVersion as 4 | 6,
  });
  const root = tree.ipv6Root ?? tree.ipv4Root;
  const bits = metadata.ipVersion === 4 ? 32 : 64;

  /** Data record → its networks, and an address in one of them. */
  const records = new Map<number, Sum & { readonly address: string }>();
  const walk = (node: number, depth: number, address: bigint): void => {
    for (const bit of [0, 1] as const) {
      const child = tree.child(node, bit);
      const below = address | (BigInt(bit) << BigInt((metadata.ipVersion === 4 ? 31 : 127) - depth));
      if (child < tree.nodeCount) walk(child, depth + 1, below);
      else if (child > tree.nodeCount) {
        const record = records.get(child) ?? { networks: 0, addresses: 0, address: written(below, metadata.ipVersion) };
        record.networks++;
        record.addresses += 2 ** (bits - depth - 1);
        records.set(child, record);
      }
    }
  };
  walk(root, 0, 0n);

  const named: Sum = { networks: 0, addresses: 0 };
  const found: Sum = { networks: 0, addresses: 0 };
  const unknown = new Map<string, Sum>();
  for (const { networks, addresses, address } of records.values()) {
    const record = reader.get(address);
    const name = record?.state1 ?? record?.subdivisions?.[0]?.names?.en ?? "";
    const country = record?.country_code ?? record?.country?.iso_code ?? "";
    if (name === "") continue;
    add(named, { networks, addresses });
    if ((recordLocation(record, file)?.subdivisions.length ?? 0) > 0) add(found, { networks, addresses });
    else {
      const key = `${country} ${name}${subdivisionsOf(country).length === 0 ? " (no codes there)" : ""}`;
      const sum = unknown.get(key) ?? { networks: 0, addresses: 0 };
      add(sum, { networks, addresses });
      unknown.set(key, sum);
    }
  }
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `| ${path.basename(file)} | ${share(found.networks, named.networks)} of ${named.networks} networks | ${share(found.addresses, named.addresses)} of addresses |`,
  );
  const most = [...unknown].toSorted(([, a], [, b]) => b.networks - a.networks).slice(0, LISTED);
  console.log(`not found: ${most.map(([name, { networks }]) => `${name} ${networks}`).join(", ")}`);
}

function add(sum: Sum, { networks, addresses }: Sum): void {
  sum.networks += networks;
  sum.addresses += addresses;
}

function written(address: bigint, version: number): string {
  const groups = version === 4 ? 4 : 8;
  const bits = version === 4 ? 8 : 16;
  const parts = Array.from({ length: groups }, (_, i) =>
    ((address >> BigInt((groups - 1 - i) * bits)) & ((1n << BigInt(bits)) - 1n)).toString(version === 4 ? 10 : 16),
  );
  return parts.join(version === 4 ? "." : ":");
}
