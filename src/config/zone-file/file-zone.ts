/** A zone whose data is a master file: its SOA, the NS records of its apex, and sets of all else. */
import { type DomainName, nameFromWire } from "../../shared/domain-name.ts";
import { TYPE, typeName } from "../../shared/record-type.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import type { ReadFile } from "../source-file.ts";
import { octetsKey, refuseLargeSet, type StaticSet, type ZoneData } from "../static-zone.ts";
import { name as nameField } from "./field.ts";
import { readZoneFile, type ZoneFileRecord } from "./read-zone-file.ts";

/** `path` is that of the `file` key. */
export function readFileZone(path: Path, zone: DomainName, file: string, readFile: ReadFile, refuse: Report): ZoneData {
  const texts: string[] = [];
  const readKept: ReadFile = (name) => {
    const read = readFile(name);
    if (read.ok) texts.push(read.value);
    return read;
  };
  const source = readKept(file);
  let isSound = source.ok;
  const refuseFile: Report = (finding) => {
    isSound = false;
    refuse(finding);
  };
  if (!source.ok) {
    refuse({ code: "file-unreadable", path, what: "a zone file that cannot be read", wanted: source.error });
  }
  const records = source.ok
    ? // Problems of one file do not follow from each other: none hides another.
      readZoneFile({ file, text: source.value, zone, readFile: readKept }, (problem) =>
        refuseFile({ ...problem, path, because: [] }),
      )
    : [];

  const sets = setsOf(records, path);
  const [soa] = soaSets(sets, zone, refuseFile);
  const nameservers = sets.find(({ owner, type }) => owner === zone && type === TYPE.NS);
  if (isSound && (soa === undefined || nameservers === undefined)) {
    const missing = soa === undefined ? "an SOA record" : "NS records";
    const found = JSON.stringify(file);
    refuse({
      code: "zone-apex",
      path,
      what: `no ${typeName(soa === undefined ? TYPE.SOA : TYPE.NS)} records at the zone apex`,
      found,
      wanted: `${missing} of ${zone}.`,
    });
  }
  const others = sets.filter(({ owner, type }) => type !== TYPE.SOA && !(type === TYPE.NS && owner === zone));
  for (const set of others) refuseLargeSet(set, refuse);
  return {
    soa: soaOf(soa),
    nameservers: (nameservers?.records ?? []).map((record) => ({
      name: nameFromWire(record),
      place: nameservers!.place,
    })),
    nameserverTtl: nameservers?.ttl ?? 0,
    sets: others,
    recordsPath: path,
    texts,
  };
}

interface GrowingSet extends StaticSet {
  ttl: number;
  readonly records: Uint8Array[];
  /** Keys of the records, once there are two. */
  seen: Set<string> | undefined;
}

/** One set per owner and type, in the order of the file. A record that is there twice counts once. */
function setsOf(records: readonly ZoneFileRecord[], path: Path): readonly StaticSet[] {
  const sets: GrowingSet[] = [];
  const setsByOwner = new Map<DomainName, GrowingSet[]>();
  for (const { owner, type, ttl, data, file, position } of records) {
    const siblings = setsByOwner.get(owner) ?? [];
    if (siblings.length === 0) setsByOwner.set(owner, siblings);
    const set = siblings.find((sibling) => sibling.type === type);
    if (set === undefined) {
      const place = { path, file, position, found: `${owner}. ${typeName(type)}`, because: [] };
      const first: GrowingSet = { place, owner, type, ttl, records: [data], seen: undefined };
      siblings.push(first);
      sets.push(first);
      continue;
    }
    // RFC 2181 section 5.2: "the use of differing TTLs in an RRSet is hereby deprecated". The lowest holds for all.
    set.ttl = Math.min(set.ttl, ttl);
    set.seen ??= new Set(set.records.map(octetsKey));
    const key = octetsKey(data);
    if (!set.seen.has(key)) set.records.push(data);
    set.seen.add(key);
  }
  return sets;
}

/** The apex's. RFC 1035 section 5.2: "Exactly one SOA RR should be present at the top of the zone." */
function soaSets(sets: readonly StaticSet[], zone: DomainName, refuse: Report): readonly StaticSet[] {
  const all = sets.filter(({ type }) => type === TYPE.SOA);
  for (const { place, owner, records } of all) {
    if (owner !== zone) {
      refuse({
        ...place,
        code: "zone-apex",
        what: "an SOA record below the zone apex",
        wanted: `one of ${zone}. alone`,
      });
    } else if (records.length > 1) {
      const found = `${records.length} records`;
      refuse({ ...place, code: "zone-apex", what: "more than one SOA record", found, wanted: "one" });
    }
  }
  return all.filter(({ owner }) => owner === zone);
}

/** Of a zone without one, which is not served, something. */
function soaOf(set: StaticSet | undefined): ZoneData["soa"] {
  const data = set?.records[0] ?? new Uint8Array(22);
  const contactAt = nameField.end(data, 0);
  const view = new DataView(data.buffer, data.byteOffset + nameField.end(data, contactAt));
  return {
    primary: nameFromWire(data),
    contact: nameFromWire(data, contactAt),
    serial: view.getUint32(0),
    refresh: view.getUint32(4),
    retry: view.getUint32(8),
    expire: view.getUint32(12),
    minimum: view.getUint32(16),
    ttl: set?.ttl ?? 0,
  };
}
