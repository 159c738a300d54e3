/** A zone with its static data read, whether from `records` or from a master file, and where each part is written. */
import { type DomainName, selfAndAncestors } from "../shared/domain-name.ts";
import { TYPE } from "../shared/record-type.ts";
import type { RecordSet, Soa, Zone } from "../shared/zone.ts";
import type { Finding, Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";

export interface ZoneData {
  /** The SOA record. Its serial is undefined where YAML leaves it out. */
  readonly soa: Omit<Soa, "serial"> & { readonly serial: number | undefined };
  /** The NS records of the apex. */
  readonly nameservers: readonly Nameserver[];
  /** The TTL of the NS records of the apex, in seconds. */
  readonly nameserverTtl: number;
  /** All other records, one set per owner and type. */
  readonly sets: readonly StaticSet[];
  /** The key that the records stand under. */
  readonly recordsPath: Path;
  /** The texts of the zone's file and of the files that it includes; none for a zone in YAML. */
  readonly texts: readonly string[];
}

export interface StaticZone extends ZoneData {
  readonly path: Path;
  readonly name: DomainName;
  readonly setsOf: (owner: DomainName) => readonly StaticSet[];
  /** The delegation that the name lies in: the highest one at or above it, below the apex. */
  readonly cutAbove: (name: DomainName) => DomainName | undefined;
}

export interface Nameserver {
  readonly name: DomainName;
  /** The name as the data of its NS record. */
  readonly data: Uint8Array;
  readonly writtenAt: WrittenAt;
}

export interface StaticSet extends RecordSet {
  readonly writtenAt: WrittenAt;
  /** Where one of the records is written. */
  readonly recordWrittenAt: (index: number) => WrittenAt;
}

/** What a finding says of where it is. */
export type WrittenAt = Pick<Finding, "path" | "atKey" | "file" | "position" | "found" | "because">;

export function createStaticZone(path: Path, name: DomainName, data: ZoneData): StaticZone {
  const byOwner = new Map<DomainName, StaticSet[]>();
  for (const set of data.sets) {
    const sets = byOwner.get(set.owner);
    if (sets === undefined) byOwner.set(set.owner, [set]);
    else sets.push(set);
  }
  const cuts = new Set(data.sets.flatMap(({ owner, type }) => (type === TYPE.NS && owner !== name ? [owner] : [])));
  return {
    ...data,
    path,
    name,
    setsOf: (owner) => byOwner.get(owner) ?? [],
    cutAbove: (owner) => highestCut(owner, name, cuts),
  };
}

function highestCut(owner: DomainName, apex: DomainName, cuts: ReadonlySet<DomainName>): DomainName | undefined {
  let highest: DomainName | undefined;
  if (cuts.size === 0) return highest;
  for (const at of selfAndAncestors(owner)) {
    if (at === apex) break;
    if (cuts.has(at)) highest = at;
  }
  return highest;
}

/** Octets of a set; a record takes 12 beside its data. A message has 65,535, and header and question need up to 300. */
export const MAX_SET = 65_000;
const RECORD_OVERHEAD = 12;

export function refuseLargeSet({ records, writtenAt }: StaticSet, refuse: Report): void {
  const octets = records.reduce((sum, { length }) => sum + RECORD_OVERHEAD + length, 0);
  if (octets <= MAX_SET) return;
  refuse({
    ...writtenAt,
    code: "out-of-range",
    what: "more records than fit in a message",
    found: `${octets} octets`,
    wanted: `at most ${MAX_SET}`,
  });
}

/** The part of a zone that is served, with the serial that it is served with. */
export function servedZone({ name, nameservers, nameserverTtl, soa, sets }: StaticZone, serial: number): Zone {
  return {
    name,
    nameservers: nameservers.map(({ data }) => data),
    nameserverTtl,
    soa: { ...soa, serial },
    records: sets,
  };
}
