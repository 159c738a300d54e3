/**
 * Zones, static records and profile names → the nodes of a name table, their answers compiled to octets. Done once per
 * generation and worker. Follows RFC 1034 section 4.3.2 and RFC 4592 for what exists: names between a zone's apex and
 * a record are nodes too (empty non-terminals).
 */
import { nameFromWire, parentName, type DomainName } from "../shared/domain-name.ts";
import type { RecordSet, Snapshot, Zone } from "../routing/snapshot.ts";
import { targetsOf } from "../routing/targets.ts";
import { TYPE } from "../wire/constants.ts";
import { encodeName } from "../wire/encode-name.ts";
import { compileGlue, compileRecords, type CompiledRecords } from "../wire/compiled-records.ts";
import { encodeSoa } from "../wire/encode-record.ts";
import { createNameTable, wireName, type NameTable } from "./name-table.ts";

export interface NameNode {
  readonly zone: CompiledZone;
  /** The id of the profile that answers here; -1 = none. */
  profile: number;
  /** Whether the profile may answer with a CNAME record, which is the answer for every type (RFC 1034 section 3.6.2). */
  mayBeAlias: boolean;
  /** Static record sets by type number. */
  readonly sets: Map<number, CompiledRecords>;
  /** The delegation at or above this name, within the zone. */
  cut: Delegation | undefined;
  /** Whether names exist below. */
  hasBelow: boolean;
  /** Of an apex below another zone of ours: the name above it, whose zone answers for its DS records. */
  above: NameNode | undefined;
  /** The child `*`, which answers for names that do not exist (RFC 4592). */
  wildcard: NameNode | undefined;
  /** Where the CNAME record among `sets` leads; undefined = there is none, or it leads out of our zones. */
  alias: NamePlace | undefined;
}

/** Where a name lies among the nodes. */
export interface NamePlace {
  /** The name's own node, or that of its closest ancestor. */
  readonly closest: NameNode;
  readonly exact: boolean;
}

export interface CompiledZone {
  /** The SOA of a negative answer, its TTL no more than `seconds` (RFC 2308 section 5). */
  readonly negative: (seconds: number) => CompiledRecords;
}

export interface Delegation {
  /** The node of the cut itself. */
  readonly at: NameNode;
  readonly nameservers: CompiledRecords;
  readonly glue: CompiledRecords | undefined;
}

export function compileZones(snapshot: Snapshot): NameTable<NameNode> {
  const { zones, profiles } = snapshot;
  const nodes = new Map<DomainName, NameNode>();
  const apexes = new Set(zones.map(({ name }) => name));
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
    const node: NameNode = newNode(zone);
    nodes.set(name, node);
    const parent = parentName(name);
    if (parent !== undefined) {
      const above = ensure(parent);
      above.hasBelow = true;
      if (name.startsWith("*.")) above.wildcard = node;
    }
    return node;
  };
  for (const zone of zones) {
    // NXDOMAIN for a name between two zones would deny the lower one as well (RFC 8020 section 2).
    const parent = parentName(zone.name);
    if (parent !== undefined && zoneOf(parent) !== undefined) {
      const above = ensure(parent);
      above.hasBelow = true;
      nodes.get(zone.name)!.above = above;
    }
    for (const set of zone.records) {
      // Glue and the NS set of a zone of ours below: that zone knows better. Its DS records are ours to tell (RFC 4035
      // section 3.1.4.1).
      const isDsOfApex = set.type === TYPE.DS && apexes.has(set.owner);
      if (zoneOf(set.owner) !== nodes.get(zone.name)!.zone && !isDsOfApex) continue;
      ensure(set.owner).sets.set(set.type, compileSet(set));
    }
  }
  for (const profile of profiles) {
    const mayBeAlias = profile.names.length > 0 && targetsOf(snapshot, profile).some(({ kind }) => kind === "host");
    for (const name of profile.names) Object.assign(ensure(name), { profile: profile.id, mayBeAlias });
  }
  for (const zone of zones) compileDelegations(zone, nodes);
  const table = createNameTable([...nodes].map(([name, value]) => ({ wire: encodeName(name), value })));
  for (const { owner, type, records } of zones.flatMap((zone) => zone.records)) {
    const node = type === TYPE.CNAME ? nodes.get(owner) : undefined;
    if (node?.sets.has(TYPE.CNAME)) node.alias = placeOf(table, nameFromWire(records[0]!));
  }
  return table;
}

/** Undefined where the name lies in none of our zones. */
export function placeOf(names: NameTable<NameNode>, name: DomainName): NamePlace | undefined {
  const found = names.find(wireName(encodeName(name)));
  return found && { closest: found.value, exact: found.labels === 0 };
}

/** Whether a name exists where its profile says that it does not: with data of its own, or names below (RFC 8020). */
export function existsAnyway({ sets, hasBelow }: NameNode): boolean {
  return sets.size > 0 || hasBelow;
}

function newNode(zone: CompiledZone): NameNode {
  return {
    zone,
    profile: -1,
    mayBeAlias: false,
    sets: new Map(),
    cut: undefined,
    hasBelow: false,
    above: undefined,
    wildcard: undefined,
    alias: undefined,
  };
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
      records = compileRecords([{ type: TYPE.SOA, ttl, data: soa }], { ownerLength });
      negatives.set(ttl, records);
    }
    return records;
  };
  const { ttl } = zone.soa;
  const nameservers = zone.nameservers.map((target) => ({
    type: TYPE.NS,
    ttl: zone.nameserverTtl,
    data: encodeName(target),
  }));
  const node = newNode({ negative });
  node.sets.set(TYPE.SOA, compileRecords([{ type: TYPE.SOA, ttl, data: soa }]));
  node.sets.set(TYPE.NS, compileRecords(nameservers));
  nodes.set(zone.name, node);
}

/** Marks every node at or below a cut. A zone of ours below the cut answers for itself. */
function compileDelegations(zone: Zone, nodes: ReadonlyMap<DomainName, NameNode>): void {
  const sets = zone.records.filter(({ type }) => type === TYPE.NS);
  const cuts = new Map(sets.map((set) => [set.owner, compileReferral(set, zone, nodes.get(set.owner)!)]));
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

function compileReferral({ owner, ttl, records }: RecordSet, zone: Zone, at: NameNode): Delegation {
  const targets = new Set(records.map((record) => nameFromWire(record)));
  const nameservers = compileRecords(
    records.map((data) => ({ type: TYPE.NS, ttl, data })),
    { ownerLength: encodeName(owner).length },
  );
  const glue = zone.records
    .filter((set) => (set.type === TYPE.A || set.type === TYPE.AAAA) && targets.has(set.owner))
    .flatMap((set) =>
      set.records.map((data) => ({ owner: encodeName(set.owner), type: set.type, ttl: set.ttl, data })),
    );
  return { at, nameservers, glue: glue.length > 0 ? compileGlue(glue) : undefined };
}

function compileSet({ type, ttl, records }: RecordSet): CompiledRecords {
  return compileRecords(records.map((data) => ({ type, ttl, data })));
}
