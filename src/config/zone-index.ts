/** The zones with their static records read from text, and which zone a name belongs to. */
import { type DomainName, isAtOrBelow, parentName } from "../shared/domain-name.ts";
import type { RecordData, RecordType } from "../shared/record-data.ts";
import type { RecordSet } from "../routing/snapshot.ts";
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import type { Config, ZoneConfig } from "./schema/config.ts";
import { parseAbsoluteName, parseRelativeName } from "./text/name.ts";
import { recordParsers } from "./text/record.ts";
import type { Places } from "./yaml/places.ts";

export interface ZoneIndex {
  readonly zones: readonly StaticZone[];
  /** The zone that answers for the name: the most specific one that it lies in. */
  readonly zoneOf: (name: DomainName) => StaticZone | undefined;
  /** Whether a zone that the file declares, well-formed or not, could hold the name. */
  readonly mayHold: (name: DomainName) => boolean;
}

export interface StaticZone {
  readonly path: Path;
  readonly name: DomainName;
  readonly config: ZoneConfig;
  readonly sets: readonly StaticSet[];
  readonly setsOf: (owner: DomainName) => readonly StaticSet[];
  /** The delegation that the name lies in: the highest one at or above it, below the apex. */
  readonly cutAbove: (name: DomainName) => DomainName | undefined;
}

export interface StaticSet extends RecordSet {
  /** Of the record type's key. */
  readonly path: Path;
}

export function readZones(config: Config, places: Places, refuse: Report): ZoneIndex {
  const byName = new Map<DomainName, StaticZone>();
  for (const [key, zone] of Object.entries(config.zones)) {
    const path = ["zones", key];
    const name = parseAbsoluteName(key);
    if (!name.ok) refuse({ ...name.error, path, atKey: true, found: JSON.stringify(key) });
    else if (byName.has(name.value)) {
      const what = "two zones of one name";
      refuse({ code: "duplicate-zone", path, atKey: true, what, found: JSON.stringify(key), wanted: "each zone once" });
    } else byName.set(name.value, readZone(path, name.value, zone, places, refuse));
  }

  const declared = places.keys(["zones"]).map((key) => parseAbsoluteName(key));
  const declaredNames = new Set(declared.flatMap((name) => (name.ok ? [name.value] : [])));
  const someUnknown = declared.some(({ ok }) => !ok);
  return {
    zones: [...byName.values()],
    zoneOf: (name) => firstAtOrAbove(name, (ancestor) => byName.get(ancestor)),
    mayHold: (name) =>
      someUnknown || firstAtOrAbove(name, (ancestor) => declaredNames.has(ancestor) || undefined) === true,
  };
}

function firstAtOrAbove<T>(name: DomainName, find: (ancestor: DomainName) => T | undefined): T | undefined {
  for (let at: DomainName | undefined = name; at !== undefined; at = parentName(at)) {
    const found = find(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readZone(path: Path, name: DomainName, config: ZoneConfig, places: Places, refuse: Report): StaticZone {
  const byOwner = new Map<DomainName, StaticSet[]>();
  for (const [ownerText, types] of Object.entries(config.records)) {
    const ownerPath = [...path, "records", ownerText];
    const owner = readOwner(ownerPath, ownerText, name, refuse);
    if (owner === undefined) continue;
    const sets = byOwner.get(owner) ?? [];
    byOwner.set(owner, sets);
    for (const [type, value] of Object.entries(types) as [RecordType, SetConfig][]) {
      const set = readSet(
        [...ownerPath, type],
        { owner, type, zone: name, zoneTtl: config.ttl },
        value,
        places,
        refuse,
      );
      if (sets.some((other) => other.type === type)) {
        const what = `${type} records of one name in two places`;
        refuse({ code: "duplicate-record", path: set.path, atKey: true, what, wanted: "one list of them" });
      } else sets.push(set);
    }
  }
  const sets = [...byOwner.values()].flat();
  const cuts = new Set(sets.flatMap(({ owner, type }) => (type === "NS" && owner !== name ? [owner] : [])));
  return {
    path,
    name,
    config,
    sets,
    setsOf: (owner) => byOwner.get(owner) ?? [],
    cutAbove: (owner) => highestCut(owner, name, cuts),
  };
}

function highestCut(owner: DomainName, apex: DomainName, cuts: ReadonlySet<DomainName>): DomainName | undefined {
  let highest: DomainName | undefined;
  if (cuts.size === 0) return highest;
  for (let at: DomainName | undefined = owner; at !== undefined && at !== apex; at = parentName(at)) {
    if (cuts.has(at)) highest = at;
  }
  return highest;
}

function readOwner(path: Path, text: string, zone: DomainName, refuse: Report): DomainName | undefined {
  const place = { path, atKey: true, found: JSON.stringify(text) };
  const owner = parseRelativeName(text, zone);
  if (!owner.ok) refuse({ ...place, ...owner.error });
  else if (!isAtOrBelow(owner.value, zone)) {
    const wanted = `a name relative to the zone, or one that ends in ${zone}.`;
    refuse({ ...place, code: "name-outside-zones", what: "name outside its zone", wanted });
  } else if (owner.value.slice(1).includes("*") || /^\*[^.]/.test(owner.value)) {
    // RFC 4592 section 2.1.1: a wildcard is a name whose first label is an asterisk; others mean nothing.
    const wanted = "* as the whole first label, such as *.shop";
    refuse({ ...place, code: "misplaced-wildcard", what: "an asterisk that is no wildcard", wanted });
  } else return owner.value;
  return undefined;
}

type SetConfig = NonNullable<ZoneConfig["records"][string][RecordType]>;

interface SetKind {
  readonly owner: DomainName;
  readonly type: RecordType;
  readonly zone: DomainName;
  readonly zoneTtl: number;
}

/** Octets of data; a record takes 12 more. A message has 65,535 octets, and its header and question need up to 300. */
const MAX_SET = 65_000;
const RECORD_OVERHEAD = 12;

function readSet(path: Path, kind: SetKind, value: SetConfig, places: Places, refuse: Report): StaticSet {
  const { owner, type, zone, zoneTtl } = kind;
  const isSection = typeof value === "object" && !Array.isArray(value);
  const texts = isSection ? value.values : [value].flat();
  const listPath = isSection ? [...path, "values"] : path;

  const records: RecordData[] = [];
  const seen = new Set<string>();
  let octets = 0;
  for (const [index, text] of texts.entries()) {
    const itemPath = (): Path => (places.has([...listPath, index]) ? [...listPath, index] : listPath);
    const parsed = text.length > MAX_SET ? undefined : recordParsers[type](text, zone);
    if (parsed?.ok === false) refuse({ ...parsed.error, path: itemPath() });
    if (parsed?.ok !== true) {
      octets += text.length;
      continue;
    }
    const { value: data } = parsed;
    const identity = JSON.stringify(data);
    // RFC 2181 section 5: no two records of a set are the same.
    if (seen.has(identity)) {
      refuse({ code: "duplicate-record", path: itemPath(), what: "the same record twice", wanted: "each record once" });
    }
    seen.add(identity);
    octets += RECORD_OVERHEAD + dataSize(data);
    records.push(data);
  }
  if (octets > MAX_SET) {
    const place = { path, atKey: true, found: `${octets} octets` };
    refuse({
      ...place,
      code: "out-of-range",
      what: "more records than fit in a message",
      wanted: `at most ${MAX_SET}`,
    });
  }
  const ttl = (isSection ? value.ttl : undefined) ?? zoneTtl;
  return { path, owner, type, ttl, records };
}

/** Octets at most, names uncompressed. */
function dataSize(data: RecordData): number {
  let size = 6;
  for (const field of Object.values(data)) {
    if (typeof field === "string") size += field.length + 2;
    else if (field instanceof Uint8Array) size += field.length + 1;
    else if (Array.isArray(field)) for (const string of field as Uint8Array[]) size += string.length + 1;
    else if (typeof field === "object") size += 16;
  }
  return size;
}

/** RFC 2142 section 7: HOSTMASTER is the mailbox for the DNS. */
export function defaultContact(zone: DomainName): DomainName {
  return `hostmaster.${zone}`;
}
