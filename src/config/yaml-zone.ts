/** A zone that is written in YAML: its nameservers, timers and records. */
import { type DomainName, isAtOrBelow, nameFromWire } from "../shared/domain-name.ts";
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import { parseRecordKey } from "./record-types.ts";
import type { ZoneConfig } from "./schema/config.ts";
import { MAX_SET, refuseLargeSet, type StaticSet, type ZoneData } from "./static-zone.ts";
import { parseNameOctets, parseRelativeName } from "./text/name.ts";
import { parseRecord } from "./text/record.ts";
import { dataKey } from "./zone-file/read-record-data.ts";

export function readYamlZone(path: Path, name: DomainName, config: ZoneConfig, refuse: Report): ZoneData {
  const { contact, ttl, soa } = config;
  const nameservers = (config.nameservers ?? []).map((data, index) => ({
    name: nameFromWire(data),
    data,
    writtenAt: { path: [...path, "nameservers", index] },
  }));
  const sets: StaticSet[] = [];
  for (const [ownerText, types] of Object.entries(config.records)) {
    const ownerPath = [...path, "records", ownerText];
    const owner = readOwner(ownerPath, ownerText, name, refuse);
    if (owner === undefined) continue;
    for (const [key, value] of Object.entries(types)) {
      const typePath = [...ownerPath, key];
      const type = parseRecordKey(key);
      if (!type.ok) refuse({ ...type.error, path: typePath, atKey: true, found: JSON.stringify(key) });
      else sets.push(readSet(typePath, { owner, type: type.value, zone: name, zoneTtl: ttl }, value, refuse));
    }
  }
  return {
    soa: {
      ...soa,
      // None of a zone that is not well-formed, which is not served.
      primary: nameservers[0]?.data ?? ROOT,
      contact: contact ?? defaultContact(path, name, refuse),
      serial: soa.serial,
      ttl: soa.ttl ?? ttl,
    },
    nameservers,
    nameserverTtl: soa.ttl ?? ttl,
    sets: withoutRepeated(sets, refuse),
    recordsPath: [...path, "records"],
    texts: [],
  };
}

const ROOT = Uint8Array.of(0);

function withoutRepeated(sets: readonly StaticSet[], refuse: Report): readonly StaticSet[] {
  const seen = new Set<string>();
  return sets.filter(({ owner, type, writtenAt }) => {
    const isFirst = !seen.has(`${type} ${owner}`);
    seen.add(`${type} ${owner}`);
    if (!isFirst) {
      const what = `${writtenAt.path.at(-1)} records of one name in two places`;
      refuse({ ...writtenAt, code: "duplicate-record", what, wanted: "one list of them" });
    }
    return isFirst;
  });
}

function readOwner(path: Path, text: string, zone: DomainName, refuse: Report): DomainName | undefined {
  const writtenAt = { path, atKey: true, found: JSON.stringify(text) };
  const owner = parseRelativeName(text, zone);
  if (!owner.ok) refuse({ ...writtenAt, ...owner.error });
  else if (!isAtOrBelow(owner.value, zone)) {
    const wanted = `a name relative to the zone, or one that ends in ${zone}.`;
    refuse({ ...writtenAt, code: "name-outside-zones", what: "name outside its zone", wanted });
  } else if (owner.value.slice(1).includes("*") || /^\*[^.]/.test(owner.value)) {
    // RFC 4592 section 2.1.1: a wildcard is a name whose first label is an asterisk; others mean nothing.
    const wanted = "* as the whole first label, such as *.shop";
    refuse({ ...writtenAt, code: "misplaced-wildcard", what: "an asterisk that is no wildcard", wanted });
  } else return owner.value;
  return undefined;
}

type SetConfig = ZoneConfig["records"][string][string];

interface SetKind {
  readonly owner: DomainName;
  readonly type: number;
  readonly zone: DomainName;
  readonly zoneTtl: number;
}

function readSet(path: Path, kind: SetKind, value: SetConfig, refuse: Report): StaticSet {
  const { owner, type, zone, zoneTtl } = kind;
  const isSection = typeof value === "object" && !Array.isArray(value);
  const texts = isSection ? value.values : [value].flat();
  const listPath = isSection ? [...path, "values"] : path;

  const itemPath = (index: number): Path => [...listPath, index];
  const records: Uint8Array[] = [];
  const indexes: number[] = [];
  const seen = new Set<string>();
  for (const [index, text] of texts.entries()) {
    const data = parseRecord(type, text, zone);
    if (!data.ok) {
      refuse({ ...data.error, path: itemPath(index) });
      continue;
    }
    const key = data.value.length > MAX_SET ? "" : dataKey(type, data.value);
    // RFC 2181 section 5: no two records of a set are the same.
    if (seen.has(key)) {
      refuse({
        code: "duplicate-record",
        path: itemPath(index),
        what: "the same record twice",
        wanted: "each record once",
      });
    }
    seen.add(key);
    records.push(data.value);
    indexes.push(index);
  }
  const set = {
    writtenAt: { path, atKey: true },
    recordWrittenAt: (record: number) => ({ path: itemPath(indexes[record]!) }),
    owner,
    type,
    ttl: (isSection ? value.ttl : undefined) ?? zoneTtl,
    records,
  };
  refuseLargeSet(set, refuse);
  return set;
}

/** RFC 2142 section 7: HOSTMASTER is the mailbox for the DNS. */
function defaultContact(path: Path, zone: DomainName, refuse: Report): Uint8Array {
  const contact = parseNameOctets(`hostmaster.${zone}`, "");
  if (contact.ok) return contact.value;
  const writtenAt = { path: [...path, "contact"], what: "zone name too long for the default contact" };
  refuse({ ...writtenAt, code: "missing-key", wanted: "a mailbox such as hostmaster@example.com" });
  return ROOT;
}
