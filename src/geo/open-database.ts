/**
 * Opens what a GeoIP database file holds: `maxmind` reads metadata and records, our search tree its networks. Every way in which
 * a file can be unusable is a coded failure with the remedy; an unusable file never gets as far as the leaf table.
 */
import path from "node:path";
import { Reader, type Response } from "maxmind";
import type { Location } from "../routing/snapshot.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { DamagedDatabase } from "./damaged-database.ts";
import { isModest } from "./modest-record.ts";
import { recordLocation } from "./record-location.ts";
import { searchTree, type SearchTree } from "./search-tree.ts";

type Metadata = Reader<Response>["metadata"];

export interface Database {
  readonly file: string;
  /** Metadata `database_type`, such as `GeoLite2-City`. */
  readonly type: string;
  readonly built: Date;
  readonly tree: SearchTree;
  /** The distinct locations met so far. */
  readonly locations: readonly Location[];
  /**
   * The index in `locations` of what a data record of the tree says; -1 where it names no country. `address` gives any
   * address that leads to the record.
   */
  readonly locationAt: (record: number, address: () => string) => number;
}

export interface DatabaseFile {
  readonly file: string;
  readonly octets: Buffer;
}

export type DatabaseErrorCode = "geoip-damaged" | "geoip-foreign";

export interface DatabaseError {
  readonly code: DatabaseErrorCode;
  readonly message: string;
}

/** The marker before the metadata at the end of a file: https://maxmind.github.io/MaxMind-DB/ "Database Metadata". */
const METADATA_MARKER = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
/** Octets of zeros between tree and data. */
const SEPARATOR = 16;
const FORMAT = 2;
/** The first octets of a gzip file (RFC 1952 section 2.3.1): downloads come packed. */
const GZIP = [0x1f, 0x8b];

const IMMODEST = "damaged, or far larger than in any GeoIP database";

/** The metadata that the reader takes without checking, each with its check. */
const FIELDS: Readonly<Record<string, (metadata: Metadata) => boolean>> = {
  node_count: ({ nodeCount }) => Number.isInteger(nodeCount),
  ip_version: ({ ipVersion }) => ipVersion === 4 || ipVersion === 6,
  build_epoch: ({ buildEpoch }) => !Number.isNaN(buildEpoch.getTime()),
  database_type: ({ databaseType }) => typeof databaseType === "string",
};

export function openDatabase({ file, octets }: DatabaseFile): Result<Database, DatabaseError> {
  const place = path.resolve(file);
  const foreign = (found: string): Result<Database, DatabaseError> =>
    err({ code: "geoip-foreign", message: `${place}: ${found}; wanted a GeoIP database in MaxMind DB format (.mmdb)` });
  const damaged = (found: string): Result<Database, DatabaseError> => err(damagedError(file, found));

  if (octets[0] === GZIP[0] && octets[1] === GZIP[1]) return foreign("compressed with gzip: unpack it first");
  const marker = octets.lastIndexOf(METADATA_MARKER);
  if (marker < 0) return foreign("no MaxMind DB metadata: not such a file, or one cut short");
  const metadataStart = marker + METADATA_MARKER.length;
  if (!isModest(octets, metadataStart, metadataStart)) return damaged(`unreadable metadata (${IMMODEST})`);
  let reader: Reader<Response>;
  try {
    reader = new Reader<Response>(octets);
  } catch (cause) {
    return damaged(`unreadable metadata (${reasonOf(cause)})`);
  }
  const { metadata } = reader;
  const version = metadata.binaryFormatMajorVersion;
  if (version !== FORMAT) return foreign(`format version ${version}`);
  const broken = Object.keys(FIELDS).find((name) => !FIELDS[name]!(metadata));
  if (broken !== undefined) return damaged(`unreadable metadata (${broken})`);
  const { searchTreeSize } = metadata;
  if (searchTreeSize + SEPARATOR > octets.length) return damaged("shorter than its search tree");
  const separator = octets.subarray(searchTreeSize, searchTreeSize + SEPARATOR);
  if (separator.some((octet) => octet !== 0)) return damaged("no data section behind its search tree");
  const tree = searchTree(octets, metadata);

  const name = path.basename(file);
  const locations: Location[] = [];
  const byContent = new Map<string, number>();
  /**
   * By a quarter of the record's offset in the data section, as records hardly ever lie closer: the offset's last two
   * bits below, and above them 0 = not read yet, 1 = no country, else the index and 2.
   */
  const byRecord = new Int32Array(((octets.length - searchTreeSize) >>> 2) + 1);
  const read = (offset: number, address: string): number => {
    if (!isModest(octets, searchTreeSize + SEPARATOR, searchTreeSize + offset)) {
      throw new DamagedDatabase(file, `unreadable record (${IMMODEST})`);
    }
    const found = recordLocation(readRecord(file, reader, address), name);
    if (found === undefined) return -1;
    const content = `${found.grouping} ${found.country} ${found.subdivisions.join(" ")} ${found.point?.latitude} ${found.point?.longitude}`;
    let index = byContent.get(content);
    if (index === undefined) {
      index = locations.push(found) - 1;
      byContent.set(content, index);
    }
    return index;
  };
  const database: Database = {
    file,
    type: metadata.databaseType,
    built: metadata.buildEpoch,
    tree,
    locations,
    locationAt(record, address) {
      const offset = record - tree.nodeCount;
      const slot = offset >>> 2;
      const known = byRecord[slot] ?? 0;
      if (known !== 0 && (known & 3) === (offset & 3)) return (known >>> 2) - 2;
      const location = read(offset, address());
      // A pointer out of the file has no slot; reading it has said so.
      if (slot < byRecord.length) byRecord[slot] = ((location + 2) << 2) | (offset & 3);
      return location;
    },
  };
  return ok(database);
}

/** Reads one record. That a pointer leads out of the file shows only now. */
function readRecord(file: string, reader: Reader<Response>, address: string): unknown {
  try {
    return reader.get(address);
  } catch (cause) {
    throw new DamagedDatabase(file, `unreadable record (${reasonOf(cause)})`);
  }
}

export function damagedError(file: string, found: string): DatabaseError {
  const message = `${path.resolve(file)}: ${found}; the file is cut short or damaged, fetch it again`;
  return { code: "geoip-damaged", message };
}

function reasonOf(cause: unknown): string {
  return (cause as Error).message;
}
