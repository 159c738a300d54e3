/**
 * Opens what a GeoIP database file holds: metadata, search tree, and records where they are asked for. Every way in which
 * a file can be unusable is a coded failure with the remedy; an unusable file never gets as far as the leaf table.
 */
import path from "node:path";
import type { Location } from "../routing/snapshot.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import { narrowestRegion } from "../shared/regions/region-chain.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { DamagedDatabase } from "./damaged-database.ts";
import { mentionsAsns, NO_ASN, READ_ASN_FIELDS, recordAsn } from "./record-asn.ts";
import { READ_FIELDS, recordLocation } from "./record-location.ts";
import { recordReader, type DataSection } from "./record-reader.ts";
import { isRecordSize, searchTree, type RecordSize, type SearchTree } from "./search-tree.ts";

export interface Database {
  readonly file: string;
  /** Metadata `database_type`, such as `GeoLite2-City`. */
  readonly type: string;
  readonly built: Date;
  readonly tree: SearchTree;
  /** What it tells of clients: `asns` = the numbers of their autonomous systems and, as far as it was looked at, no place. */
  readonly tells: "places" | "asns";
  /** The distinct locations met so far. */
  readonly locations: readonly Location[];
  /**
   * The index in `locations` of what a data record of the tree says; -1 where it gives no place. Throws
   * `DamagedDatabase`.
   */
  readonly locationAt: (record: number) => number;
  /** Whether it may tell numbers of autonomous systems; where not, it does not. */
  readonly mentionsAsns: boolean;
  /** The number that a data record of the tree tells; `NO_ASN` = none. Throws `DamagedDatabase`. */
  readonly asnAt: (record: number) => number;
}

export interface DatabaseFile {
  readonly file: string;
  readonly octets: Buffer;
}

export type DatabaseErrorCode = "geoip-damaged" | "geoip-foreign" | "geoip-no-place";

export interface DatabaseError {
  readonly file: string;
  readonly code: DatabaseErrorCode;
  /** What is wrong: "its search tree has a loop". */
  readonly what: string;
  /** Completes "wanted …". */
  readonly wanted: string;
}

/** The marker before the metadata at the end of a file: https://maxmind.github.io/MaxMind-DB/ "Database Metadata". */
const METADATA_MARKER = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
/** Octets of zeros between tree and data. */
const SEPARATOR = 16;
const FORMAT = 2;
/** The first octets of a gzip file (RFC 1952 section 2.3.1): downloads come packed. */
const GZIP = [0x1f, 0x8b];

/** The metadata that is needed, each with its check. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  node_count: isWholeNumber,
  record_size: isRecordSize,
  ip_version: (value) => value === 4 || value === 6,
  build_epoch: (value) => isWholeNumber(value) && !Number.isNaN(dateOf(value).getTime()),
  database_type: (value) => typeof value === "string",
};
const READ_METADATA = Object.fromEntries(
  ["binary_format_major_version", ...Object.keys(FIELDS)].map((key) => [key, {}]),
);

interface Metadata {
  readonly node_count: number;
  readonly record_size: RecordSize;
  readonly ip_version: 4 | 6;
  readonly build_epoch: number;
  readonly database_type: string;
}

export function openDatabase({ file, octets }: DatabaseFile): Result<Database, DatabaseError> {
  try {
    return open({ file, octets });
  } catch (cause) {
    if (cause instanceof DamagedDatabase) return err(damagedError(cause));
    throw cause;
  }
}

/** Throws `DamagedDatabase`. */
function open({ file, octets }: DatabaseFile): Result<Database, DatabaseError> {
  if (octets[0] === GZIP[0] && octets[1] === GZIP[1]) return foreign(file, "compressed with gzip: unpack it first");
  const marker = octets.lastIndexOf(METADATA_MARKER);
  if (marker < 0) return foreign(file, "no MaxMind DB metadata: not such a file, or one cut short");
  const metadataStart = marker + METADATA_MARKER.length;
  const section = { file, octets, holds: "metadata", start: metadataStart, end: octets.length };
  const read = recordReader(section, READ_METADATA)(metadataStart);
  const fields = typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  const version = fields["binary_format_major_version"];
  if (isWholeNumber(version) && version !== FORMAT) return foreign(file, `format version ${version}`);
  const broken = Object.keys(FIELDS).find((name) => !FIELDS[name]!(fields[name]));
  if (broken !== undefined) throw new DamagedDatabase(file, `unreadable metadata (${broken})`);
  const metadata = fields as unknown as Metadata;

  const treeEnd = metadata.node_count * ((metadata.record_size * 2) / 8);
  const dataStart = treeEnd + SEPARATOR;
  if (dataStart > marker) throw new DamagedDatabase(file, "shorter than its search tree");
  if (octets.subarray(treeEnd, dataStart).some((octet) => octet !== 0)) {
    throw new DamagedDatabase(file, "no data section behind its search tree");
  }
  const tree = searchTree(octets, metadata);
  const data = { file, octets, holds: "record", start: dataStart, end: marker };
  const { database_type: type } = metadata;
  const readers = {
    ...locationReader(data, tree.nodeCount),
    mentionsAsns: mentionsAsns(octets.subarray(dataStart, marker)),
    asnAt: asnReader(data, tree.nodeCount),
  };
  const tells = whatIsTold(tree, readers);
  if (tells === undefined) {
    const what = `no record of it gives a place or an autonomous system (its type is ${type})`;
    return err({ file, code: "geoip-no-place", what, wanted: "a database of countries, cities or autonomous systems" });
  }
  return ok({ file, type, built: dateOf(metadata.build_epoch), tree, tells, ...readers });
}

function locationReader(data: DataSection, nodeCount: number): Pick<Database, "locations" | "locationAt"> {
  const name = path.basename(data.file);
  const readRecord = recordReader(data, READ_FIELDS);
  const locations: Location[] = [];
  const byRegion = new Map<string | undefined, Map<number, number>>();
  /**
   * By a quarter of the record's offset in the data section, as records hardly ever lie closer: the offset's last two
   * bits below, and above them 0 = not read yet, 1 = no place, else the index and 2.
   */
  const byRecord = new Int32Array(((data.end - data.start) >>> 2) + 1);
  const read = (offset: number): number => {
    const found = recordLocation(readRecord(data.start + offset), name);
    if (found === undefined) return -1;
    const region = found.subdivisions.length > 1 ? found.subdivisions.join(" ") : narrowestRegion(found);
    let byPoint = byRegion.get(region);
    if (byPoint === undefined) byRegion.set(region, (byPoint = new Map()));
    const point = pointKey(found.point);
    let index = byPoint.get(point);
    if (index === undefined) {
      index = locations.push(found) - 1;
      byPoint.set(point, index);
    }
    return index;
  };
  return {
    locations,
    locationAt(record) {
      const offset = record - nodeCount - SEPARATOR;
      const slot = offset >>> 2;
      const known = byRecord[slot] ?? 0;
      if (known !== 0 && (known & 3) === (offset & 3)) return (known >>> 2) - 2;
      // Reading throws where the offset is out of the data section, and so has no slot.
      const location = read(offset);
      byRecord[slot] = ((location + 2) << 2) | (offset & 3);
      return location;
    },
  };
}

/** A number of 30 bits for each point of `recordLocation`, which has them in hundredths of a degree. */
function pointKey(point: GeoPoint | undefined): number {
  if (point === undefined) return -1;
  return Math.round((point.latitude + 90) * 100) * 36_001 + Math.round((point.longitude + 180) * 100);
}

function asnReader(data: DataSection, nodeCount: number): Database["asnAt"] {
  const readRecord = recordReader(data, READ_ASN_FIELDS);
  /** As `byRecord` above: 0 = not read yet, else the number and 1 above the offset's last two bits. */
  let known: Float64Array | undefined;
  return (record) => {
    known ??= new Float64Array(((data.end - data.start) >>> 2) + 1);
    const offset = record - nodeCount - SEPARATOR;
    const slot = offset >>> 2;
    const found = known[slot] ?? 0;
    if (found !== 0 && found % 4 === (offset & 3)) return Math.floor(found / 4) - 1;
    const asn = recordAsn(readRecord(data.start + offset));
    known[slot] = (asn + 1) * 4 + (offset & 3);
    return asn;
  };
}

/** Networks after which a file that has told numbers of autonomous systems, and no place, is taken to tell no places. */
const FIRST_NETWORKS = 10_000;

/** Undefined = neither. One of the first records gives a place, but in files of another kind. */
function whatIsTold(
  { nodeCount, child }: SearchTree,
  { locationAt, asnAt, mentionsAsns: mayTell }: Pick<Database, "locationAt" | "asnAt" | "mentionsAsns">,
): Database["tells"] | undefined {
  let networks = 0;
  let tellsAsns = false;
  for (let record = 0; record < 2 * nodeCount; record++) {
    const found = child(record >> 1, (record & 1) as 0 | 1);
    if (found <= nodeCount) continue;
    if (locationAt(found) >= 0) return "places";
    if (mayTell) tellsAsns ||= asnAt(found) !== NO_ASN;
    if (++networks >= FIRST_NETWORKS && tellsAsns) return "asns";
  }
  return tellsAsns ? "asns" : undefined;
}

function isWholeNumber(value: unknown): value is number {
  return Number.isInteger(value);
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}

function foreign(file: string, what: string): Result<Database, DatabaseError> {
  return err({ file, code: "geoip-foreign", what, wanted: "a GeoIP database in MaxMind DB format (.mmdb)" });
}

export function damagedError({ file, found }: DamagedDatabase): DatabaseError {
  const wanted = "a whole file: this one is cut short or damaged, fetch it again";
  return { file, code: "geoip-damaged", what: found, wanted };
}
