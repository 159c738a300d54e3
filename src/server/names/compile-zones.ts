/**
 * Zones, static records and profile names → the table of names, all records compiled to octets. Done once for each
 * generation. Follows RFC 1034 section 4.3.2 and RFC 4592 for what exists: names between a zone's apex and a record are
 * nodes too (empty non-terminals).
 */
import type { Snapshot } from "../../routing/snapshot.ts";
import { targetsOf } from "../../routing/targets.ts";
import { nameFromWire, parentName, type DomainName } from "../../shared/domain-name.ts";
import type { RecordSet, Zone } from "../../shared/zone.ts";
import { compileGlue, compileRecords, type CompiledRecords } from "../../wire/compiled-records.ts";
import { TYPE } from "../../wire/constants.ts";
import { encodeName } from "../../wire/encode-name.ts";
import { encodeSoa } from "../../wire/encode-record.ts";
import { addOctet, CUT, HASH_SEED, labelOffsets, MARK, NODE, NONE, SET, ZONE, type NameTable } from "./name-table.ts";
import { octetWriter, rows, sharedWords } from "./shared-tables.ts";

export function compileZones(zones: readonly Zone[], snapshot: Snapshot): NameTable {
  const nodes = nodesOf(zones, snapshot);
  const delegations = zones.flatMap((zone, id) => delegationsOf(zone, id, nodes));
  const cuts = new Map(delegations.map(({ at }, cut) => [at, cut]));
  const setCount = [...nodes.values()].reduce((sum, { sets }) => sum + sets.size, 0);

  const octets = octetWriter();
  const placed = ({ octets: bytes, count }: CompiledRecords): { count: number; from: number; to: number } => {
    const from = octets.write(bytes);
    return { count, from, to: from + bytes.length };
  };
  const slots = sharedWords(2 ** Math.ceil(Math.log2(nodes.size * 2 + 2))).fill(NONE);
  const nodeRows = rows(NODE, nodes.size);
  const setRows = rows(SET, setCount);
  const zoneRows = rows(ZONE, zones.length);
  const cutRows = rows(CUT, delegations.length);

  for (const [name, node] of nodes) {
    const wire = encodeName(name);
    takeSlot(slots, wire, node.id);
    const cut = highestCut(node, cuts);
    nodeRows.add({
      name: octets.write(wire),
      zone: node.zone,
      profile: node.profile,
      marks: (node.mayBeAlias ? MARK.mayBeAlias : 0) + (node.hasBelow ? MARK.hasBelow : 0),
      cut: cut === undefined ? NONE : cuts.get(cut)!,
      above: node.above?.id ?? NONE,
      wildcard: node.wildcard?.id ?? NONE,
      alias: aliasOf(node, nodes),
      firstSet: setRows.count(),
      setCount: node.sets.size,
    });
    for (const [type, set] of node.sets) setRows.add({ type, ...placed(compileSet(set)) });
  }
  for (const { name, soa } of zones) {
    const apex = nodes.get(name)!;
    const data = apex.sets.get(TYPE.SOA)!.records[0]!;
    const soaFrom = octets.write(data);
    // RFC 2308 section 3: the TTL of a negative answer's SOA is the lesser of MINIMUM and the SOA's own.
    const longest = Math.min(soa.minimum, soa.ttl);
    zoneRows.add({ apex: apex.id, soaFrom, soaTo: soaFrom + data.length, longest });
  }
  for (const { at, nameservers, glue } of delegations) {
    const { count: glueCount, from: glueFrom, to: glueTo } = placed(glue);
    cutRows.add({ node: at.id, ...placed(nameservers), glueCount, glueFrom, glueTo });
  }
  return {
    octets: octets.finish(),
    slots,
    nodes: nodeRows.words,
    sets: setRows.words,
    zones: zoneRows.words,
    cuts: cutRows.words,
  };
}

interface Node {
  readonly id: number;
  readonly zone: number;
  /** The name above, within the zone. */
  readonly parent: Node | undefined;
  /** By type number. */
  readonly sets: Map<number, RecordSet>;
  profile: number;
  mayBeAlias: boolean;
  hasBelow: boolean;
  above: Node | undefined;
  wildcard: Node | undefined;
}

type Nodes = ReadonlyMap<DomainName, Node>;

/** What exists, in the order of the ids. */
function nodesOf(zones: readonly Zone[], snapshot: Snapshot): Nodes {
  const nodes = new Map<DomainName, Node>();
  const apexes = new Set(zones.map(({ name }) => name));
  const add = (name: DomainName, zone: number, parent: Node | undefined): Node => {
    const node: Node = {
      id: nodes.size,
      zone,
      parent,
      sets: new Map(),
      profile: NONE,
      mayBeAlias: false,
      hasBelow: false,
      above: undefined,
      wildcard: undefined,
    };
    nodes.set(name, node);
    return node;
  };
  for (const [id, zone] of zones.entries()) {
    const { sets } = add(zone.name, id, undefined);
    for (const set of apexSets(zone)) sets.set(set.type, set);
  }
  /** The node of a name within a zone, and those between it and the apex of the most specific zone that holds it. */
  const ensure = (name: DomainName): Node => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const above = parentName(name);
    if (above === undefined) throw new Error("a name is outside every zone");
    const parent = ensure(above);
    const node = add(name, parent.zone, parent);
    parent.hasBelow = true;
    if (name.startsWith("*.")) parent.wildcard = node;
    return node;
  };
  for (const [id, zone] of zones.entries()) {
    const apex = nodes.get(zone.name)!;
    // NXDOMAIN for a name between two zones would deny the lower one as well (RFC 8020 section 2).
    const parent = parentName(zone.name);
    if (parent !== undefined && closest(parent, nodes) !== undefined) {
      apex.above = ensure(parent);
      apex.above.hasBelow = true;
    }
    for (const set of zone.records) {
      // Glue and the NS set of a zone of ours below: that zone knows better. Its DS records are ours to tell (RFC 4035
      // section 3.1.4.1), where no other zone lies between.
      const isDsOfApex = set.type === TYPE.DS && apexes.has(set.owner) && set.owner !== zone.name;
      const teller = isDsOfApex ? parentName(set.owner)! : set.owner;
      if (closest(teller, nodes)!.node.zone !== id) continue;
      ensure(set.owner).sets.set(set.type, set);
    }
  }
  for (const profile of snapshot.profiles) {
    const mayBeAlias = profile.names.length > 0 && targetsOf(snapshot, profile).some(({ kind }) => kind === "host");
    for (const name of profile.names) Object.assign(ensure(name), { profile: profile.id, mayBeAlias });
  }
  return nodes;
}

function apexSets({ name: owner, nameservers, nameserverTtl, soa }: Zone): readonly RecordSet[] {
  return [
    { owner, type: TYPE.SOA, ttl: soa.ttl, records: [encodeSoa(soa)] },
    { owner, type: TYPE.NS, ttl: nameserverTtl, records: nameservers },
  ];
}

interface Place {
  readonly node: Node;
  /** Whether it is the name's own. */
  readonly exact: boolean;
}

/** The node of the longest known ancestor, the name itself included; undefined outside our zones. */
function closest(name: DomainName, nodes: Nodes): Place | undefined {
  for (let at: DomainName | undefined = name; at !== undefined; at = parentName(at)) {
    const node = nodes.get(at);
    if (node !== undefined) return { node, exact: at === name };
  }
  return undefined;
}

/** Where the CNAME record of the node leads, as the table has it. */
function aliasOf({ sets }: Node, nodes: Nodes): number {
  const target = sets.get(TYPE.CNAME)?.records[0];
  const place = target && closest(nameFromWire(target), nodes);
  return place === undefined ? NONE : place.node.id * 2 + Number(place.exact);
}

interface ZoneDelegation {
  readonly at: Node;
  readonly nameservers: CompiledRecords;
  readonly glue: CompiledRecords;
}

function delegationsOf({ records }: Zone, zone: number, nodes: Nodes): readonly ZoneDelegation[] {
  const cuts = records.flatMap((set) => {
    const at = set.type === TYPE.NS ? nodes.get(set.owner) : undefined;
    return at?.zone === zone ? [{ at, set }] : [];
  });
  if (cuts.length === 0) return [];
  const addresses = Map.groupBy(
    records.filter(({ type }) => type === TYPE.A || type === TYPE.AAAA),
    ({ owner }) => owner,
  );
  return cuts.map(({ at, set }) => {
    const targets = new Set(set.records.map((record) => nameFromWire(record)));
    const glue = [...targets].flatMap((target) => addresses.get(target) ?? []);
    return { at, nameservers: compileSet(set), glue: compileGlue(glue.flatMap(recordsOf)) };
  });
}

/** RFC 1034 section 4.3.2, step 3b: of several cuts, the way down ends at the highest. */
function highestCut(node: Node, cuts: ReadonlyMap<Node, number>): Node | undefined {
  let highest: Node | undefined;
  if (cuts.size === 0) return highest;
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (cuts.has(at)) highest = at;
  return highest;
}

function compileSet({ type, ttl, records }: RecordSet): CompiledRecords {
  return compileRecords(records.map((data) => ({ type, ttl, data })));
}

function recordsOf({ owner, type, ttl, records }: RecordSet): Parameters<typeof compileGlue>[0] {
  const wire = encodeName(owner);
  return records.map((data) => ({ owner: wire, type, ttl, data }));
}

function takeSlot(slots: Int32Array, wire: Uint8Array, node: number): void {
  const last = slots.length - 1;
  let slot = hashOf(wire) & last;
  while (slots[slot] !== NONE) slot = (slot + 1) & last;
  slots[slot] = node;
}

function hashOf(wire: Uint8Array): number {
  let hash = HASH_SEED;
  for (const start of labelOffsets(wire).toReversed()) {
    for (let at = start, end = start + 1 + wire[start]!; at < end; at++) hash = addOctet(hash, wire[at]!);
  }
  return hash;
}
