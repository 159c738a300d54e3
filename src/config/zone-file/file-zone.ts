/** A zone whose data is a master file: its SOA, the NS records of its apex, and sets of all else. */
import { type DomainName, nameFromWire } from "../../shared/domain-name.ts";
import { TYPE, typeName } from "../../shared/record-type.ts";
import { isWarning } from "../diagnostic-codes.ts";
import type { Findings } from "../findings.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { PATH_WANTED, type ReadFile } from "../source-file.ts";
import { type WrittenAt, refuseLargeSet, type StaticSet, type ZoneData } from "../static-zone.ts";
import { name as nameField } from "./field.ts";
import { dataKey } from "./read-record-data.ts";
import { readZoneFile, type ZoneFileRecord } from "./read-zone-file.ts";

interface FileZone {
  readonly name: DomainName;
  readonly file: string;
  /** The folder that included files lie in or below; undefined = that of `file`. */
  readonly includes: string | undefined;
}

/** Reads the zone from its file and the files that it includes. `path` leads to the `file` key. */
export function readFileZone(
  path: Path,
  { name: zone, file, includes = folderOf(file) }: FileZone,
  readFile: ReadFile,
  { refuse, report }: Pick<Findings, "refuse" | "report">,
): ZoneData {
  const texts: string[] = [];
  const readKept: ReadFile = (name, below) => {
    const read = readFile(name, below);
    if (read.ok) texts.push(read.value);
    return read;
  };
  const source = readKept(file);
  let isSound = source.ok;
  /** The names that the file has outside the zone. */
  let outside = "";
  const refuseFile: Report = (finding) => {
    isSound = false;
    refuse(finding);
  };
  if (!source.ok) {
    const { reason, wanted = PATH_WANTED } = source.error;
    refuse({ code: "file-unreadable", path, what: `a zone file that cannot be read: ${reason}`, wanted });
  }
  const records = source.ok
    ? // Problems of one file do not follow from each other: none hides another.
      readZoneFile({ file, text: source.value, zone, includes, readFile: readKept }, (finding) => {
        if (finding.code === "outside-zone") outside ||= ` with records of ${finding.found}`;
        const tell = isWarning(finding.code) ? report : refuseFile;
        tell({ ...finding, path, because: [] });
      })
    : [];

  const sets = setsOf(records, path);
  const [soa] = soaSets(sets, zone, refuseFile);
  const nameservers = sets.find(({ owner, type }) => owner === zone && type === TYPE.NS);
  const missing = [soa === undefined ? ["an SOA record"] : [], nameservers === undefined ? ["NS records"] : []].flat();
  if (isSound && missing.length > 0) {
    const what = `a zone without ${missing.join(" and ")}`;
    const wanted = `${missing.join(" and ")} of ${zone}.`;
    refuse({ code: "zone-apex", path, what, found: `${JSON.stringify(file)}${outside}`, wanted });
  }
  const others = sets.filter(({ owner, type }) => type !== TYPE.SOA && !(type === TYPE.NS && owner === zone));
  for (const set of others) refuseLargeSet(set, refuse);
  return {
    soa: soaOf(soa),
    nameservers: (nameservers?.records ?? []).map((data, index) => ({
      name: nameFromWire(data),
      data,
      writtenAt: nameservers!.recordWrittenAt(index),
    })),
    nameserverTtl: nameservers?.ttl ?? 0,
    sets: others,
    recordsPath: path,
    texts,
  };
}

function folderOf(file: string): string {
  const end = file.lastIndexOf("/");
  return end < 0 ? "." : file.slice(0, end + 1);
}

interface GrowingSet extends StaticSet {
  ttl: number;
  readonly records: Uint8Array[];
  /** The record of the file that each of `records` is from. */
  readonly sources: ZoneFileRecord[];
  /** The keys by which equal records are found, once there are two records. */
  seen: Set<string> | undefined;
}

/** One set per owner and type, in the order of the file. A record that is there twice counts once. */
function setsOf(records: readonly ZoneFileRecord[], path: Path): readonly StaticSet[] {
  const sets: GrowingSet[] = [];
  const setsByOwner = new Map<DomainName, GrowingSet[]>();
  for (const record of records) {
    const { owner, type, ttl, data } = record;
    const siblings = setsByOwner.get(owner) ?? [];
    if (siblings.length === 0) setsByOwner.set(owner, siblings);
    const set = siblings.find((sibling) => sibling.type === type);
    if (set === undefined) {
      const sources = [record];
      const recordWrittenAt = (index: number): WrittenAt => writtenAtOf(sources[index]!, path);
      const writtenAt = recordWrittenAt(0);
      const first: GrowingSet = {
        writtenAt,
        recordWrittenAt,
        owner,
        type,
        ttl,
        records: [data],
        sources,
        seen: undefined,
      };
      siblings.push(first);
      sets.push(first);
      continue;
    }
    // RFC 2181 section 5.2: "the use of differing TTLs in an RRSet is hereby deprecated". The lowest holds for all.
    set.ttl = Math.min(set.ttl, ttl);
    set.seen ??= new Set(set.records.map((known) => dataKey(type, known)));
    const key = dataKey(type, data);
    if (set.seen.has(key)) continue;
    set.records.push(data);
    set.sources.push(record);
    set.seen.add(key);
  }
  return sets;
}

function writtenAtOf({ owner, type, file, position }: ZoneFileRecord, path: Path): WrittenAt {
  return { path, file, position, found: `${owner}. ${typeName(type)}`, because: [] };
}

/** The SOA sets of the apex. RFC 1035 section 5.2: "Exactly one SOA RR should be present at the top of the zone." */
function soaSets(sets: readonly StaticSet[], zone: DomainName, refuse: Report): readonly StaticSet[] {
  const all = sets.filter(({ type }) => type === TYPE.SOA);
  for (const { recordWrittenAt, owner, records } of all) {
    for (const index of records.keys()) {
      const writtenAt = recordWrittenAt(index);
      if (owner !== zone) {
        const wanted = `one of ${zone}. alone`;
        refuse({ ...writtenAt, code: "zone-apex", what: "an SOA record below the zone apex", wanted });
      } else if (index > 0) {
        const wanted = "one: RFC 1035 section 5.2";
        refuse({ ...writtenAt, code: "zone-apex", what: "another SOA record", wanted });
      }
    }
  }
  return all.filter(({ owner }) => owner === zone);
}

/** The fields of the SOA record; zeros for a zone without one, which is not served. */
function soaOf(set: StaticSet | undefined): ZoneData["soa"] {
  const data = set?.records[0] ?? new Uint8Array(22);
  const contactAt = nameField.end(data, 0);
  const serialAt = nameField.end(data, contactAt);
  const view = new DataView(data.buffer, data.byteOffset + serialAt);
  return {
    primary: data.subarray(0, contactAt),
    contact: data.subarray(contactAt, serialAt),
    serial: view.getUint32(0),
    refresh: view.getUint32(4),
    retry: view.getUint32(8),
    expire: view.getUint32(12),
    minimum: view.getUint32(16),
    ttl: set?.ttl ?? 0,
  };
}
