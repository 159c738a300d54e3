/**
 * Zones, static records and profile names → the nodes of a name table, their answers compiled to octets. Done once per
 * generation and worker. Follows RFC 1034 section 4.3.2 and RFC 4592 for what exists: names between a zone's apex and
 * a record are nodes too (empty non-terminals).
 */
import { parentName, type DomainName } from "../shared/domain-name.ts";
import type { RecordSet, Snapshot, Zone } from "../routing/snapshot.ts";
import { TYPE } from "../wire/constants.ts";
import { encodeName } from "../wire/encode-name.ts";
import { encodeData, encodeRecord, encodeSoa, pointerTo, typeNumber } from "../wire/encode-record.ts";
import type { CompiledRecords } from "../wire/encode-response.ts";
import { concat } from "../wire/octets.ts";
import { createNameTable, type NameTable } from "./name-table.ts";

export interface NameNode {
  readonly zone: CompiledZone;
  /** The id of the profile that answers A, AAAA and CNAME here; -1 = none. */
  profile: number;
  /** Static record sets by type number. */
  readonly sets: Map<number, CompiledRecords>;
  /** The delegation at or above this name, within the zone. */
  cut: Delegation | undefined;
  /** The child `*`, which answers for names that do not exist (RFC 4592). */
  wildcard: NameNode | undefined;
}

export interface CompiledZone {
  /** The SOA of a negative answer, its TTL no more than `seconds` (RFC 2308 section 5). */
  readonly negative: (seconds: number) => CompiledRecords;
}

export interface Delegation {
  readonly nameservers: CompiledRecords;
  readonly glue: CompiledRecords | undefined;
}

/** The owner of an answer is the question's name. */
const QUESTION = pointerTo(12);

export function compileZones({ zones, profiles }: Snapshot): NameTable<NameNode> {
  const nodes = new Map<DomainName, NameNode>();
  for (const zone of zones) compileApex(zone, nodes);
  /** The most specific zone that holds the name. */
  const zoneOf = (name: DomainName): CompiledZone | undefined => {
    for (let at: DomainName | undefined = name; at !== undefined; at = parentName(at)) {
      const node = nodes.get(at);
      if (node !== undefined) return node.zone;
    }
    return undefined;
  };
  /** The node of a name within a zone, and those between it and the apex. */
  const ensure = (name: DomainName): NameNode => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const zone = zoneOf(name);
    if (zone === undefined) throw new Error(`${name} is outside every zone`);
    const node: NameNode = { zone, profile: -1, sets: new Map(), cut: undefined, wildcard: undefined };
    nodes.set(name, node);
    const parent = parentName(name);
    if (parent !== undefined) {
      const above = ensure(parent);
      if (name.startsWith("*.")) above.wildcard = node;
    }
    return node;
  };
  for (const zone of zones) {
    // NXDOMAIN for a name between two zones would deny the lower one as well (RFC 8020 section 2).
    const parent = parentName(zone.name);
    if (parent !== undefined && zoneOf(parent) !== undefined) ensure(parent);
    for (const set of zone.records) {
      // Glue and the NS set of a zone of ours below: that zone knows better.
      if (zoneOf(set.owner) !== nodes.get(zone.name)!.zone) continue;
      ensure(set.owner).sets.set(typeNumber(set.type), compileSet(set));
    }
  }
  for (const profile of profiles) for (const name of profile.names) ensure(name).profile = profile.id;
  for (const zone of zones) compileDelegations(zone, nodes);
  return createNameTable([...nodes].map(([name, value]) => ({ wire: encodeName(name), value })));
}

function compileApex(zone: Zone, nodes: Map<DomainName, NameNode>): void {
  const soa = encodeSoa(zone.soa);
  const ownerLength = encodeName(zone.name).length;
  const negatives = new Map<number, CompiledRecords>();
  // RFC 2308 section 3: the TTL of a negative answer's SOA is the lesser of MINIMUM and the SOA's own.
  const longest = Math.min(zone.soa.minimum, zone.soa.ttl);
  const negative = (seconds: number): CompiledRecords => {
    const ttl = Math.min(seconds, longest);
    let records = negatives.get(ttl);
    if (records === undefined) {
      const octets = encodeRecord(QUESTION, TYPE.SOA, ttl, soa);
      records = { count: 1, octets, ownerPointers: [0], ownerLength };
      negatives.set(ttl, records);
    }
    return records;
  };
  const nameservers = zone.nameservers.map((target) =>
    encodeRecord(QUESTION, TYPE.NS, zone.soa.ttl, encodeData({ type: "NS", target })),
  );
  nodes.set(zone.name, {
    zone: { negative },
    profile: -1,
    sets: new Map([
      [TYPE.SOA, compiled([encodeRecord(QUESTION, TYPE.SOA, zone.soa.ttl, soa)])],
      [TYPE.NS, compiled(nameservers)],
    ]),
    cut: undefined,
    wildcard: undefined,
  });
}

/** Marks every node at or below a cut. A zone of ours below the cut answers for itself. */
function compileDelegations(zone: Zone, nodes: ReadonlyMap<DomainName, NameNode>): void {
  const sets = zone.records.filter(({ type }) => type === "NS");
  const cuts = new Map(sets.map((set) => [set.owner, compileReferral(set, zone)]));
  if (cuts.size === 0) return;
  const own = nodes.get(zone.name)!.zone;
  for (const [name, node] of nodes) {
    if (node.zone !== own) continue;
    // RFC 1034 section 4.3.2, step 3b: of several cuts, the way down ends at the highest.
    for (let at: DomainName | undefined = name; at !== undefined && at !== zone.name; at = parentName(at)) {
      node.cut = cuts.get(at) ?? node.cut;
    }
  }
}

function compileReferral({ owner, ttl, records }: RecordSet, zone: Zone): Delegation {
  const targets = new Set(records.map((record) => (record.type === "NS" ? record.target : undefined)));
  const octets = records.map((record) => encodeRecord(QUESTION, TYPE.NS, ttl, encodeData(record)));
  const nameservers: CompiledRecords = {
    ...compiled(octets),
    ownerPointers: octets.map((_, i) => octets.slice(0, i).reduce((sum, { length }) => sum + length, 0)),
    ownerLength: encodeName(owner).length,
  };
  const glue = zone.records
    .filter((set) => (set.type === "A" || set.type === "AAAA") && targets.has(set.owner))
    .flatMap((set) =>
      set.records.map((record) =>
        encodeRecord(encodeName(set.owner), typeNumber(set.type), set.ttl, encodeData(record)),
      ),
    );
  return { nameservers, glue: glue.length > 0 ? compiled(glue) : undefined };
}

function compileSet({ type, ttl, records }: RecordSet): CompiledRecords {
  return compiled(records.map((record) => encodeRecord(QUESTION, typeNumber(type), ttl, encodeData(record))));
}

export function compiled(records: readonly Uint8Array[]): CompiledRecords {
  return { count: records.length, octets: concat(...records), ownerPointers: [], ownerLength: 0 };
}
