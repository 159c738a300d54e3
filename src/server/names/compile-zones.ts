/**
 * Zones, static records and profile names → the table of names, all records compiled to octets. Done once for each
 * generation. What exists is the tree of `shared/name-tree.ts`; here it becomes numbers.
 */
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { mayFail, targetsOf } from "../../routing/targets.ts";
import { nameFromWire } from "../../shared/domain-name.ts";
import { closestName, nameTree, type NameNode, type NameTree } from "../../shared/name-tree.ts";
import type { RecordSet, Zone } from "../../shared/zone.ts";
import { compileGlue, compileRecords, type CompiledRecords } from "../../wire/compiled-records.ts";
import { TYPE } from "../../wire/constants.ts";
import { encodeName } from "../../wire/encode-name.ts";
import { encodeSoa } from "../../wire/encode-record.ts";
import { addOctet, CUT, HASH_SEED, labelOffsets, MARK, NODE, NONE, SET, ZONE, type NameTable } from "./name-table.ts";
import { octetWriter, rows, sharedWords } from "./shared-tables.ts";

export function compileZones(zones: readonly Zone[], snapshot: Snapshot): NameTable {
  const nodes = nameTree(
    zones,
    snapshot.profiles.flatMap(({ id, names }) => names.map((name) => [name, id] as const)),
  );
  for (const zone of zones) {
    const { sets } = nodes.get(zone.name)!;
    for (const set of apexSets(zone)) sets.set(set.type, set);
  }
  const decidesAll = snapshot.profiles.map((profile) => profile.names.length > 0 && decidesAllTypes(snapshot, profile));
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
      profile: node.profile ?? NONE,
      marks:
        (node.profile !== undefined && decidesAll[node.profile]! ? MARK.decidesAllTypes : 0) +
        (node.hasBelow ? MARK.hasBelow : 0),
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

/**
 * Whether the profile's answer may be one for every type: a CNAME record (RFC 1034 section 3.6.2), or SERVFAIL where no
 * endpoint is up.
 */
function decidesAllTypes(snapshot: Snapshot, profile: Profile): boolean {
  return targetsOf(snapshot, profile).some(({ kind }) => kind === "host") || mayFail(snapshot, profile);
}

function apexSets({ name: owner, nameservers, nameserverTtl, soa }: Zone): readonly RecordSet[] {
  return [
    { owner, type: TYPE.SOA, ttl: soa.ttl, records: [encodeSoa(soa)] },
    { owner, type: TYPE.NS, ttl: nameserverTtl, records: nameservers },
  ];
}

/** Where the CNAME record of the node leads, as the table has it. */
function aliasOf({ sets }: NameNode, nodes: NameTree): number {
  const target = sets.get(TYPE.CNAME)?.records[0];
  const place = target && closestName(nameFromWire(target), nodes);
  return place === undefined ? NONE : place.node.id * 2 + Number(place.exact);
}

interface ZoneDelegation {
  readonly at: NameNode;
  readonly nameservers: CompiledRecords;
  readonly glue: CompiledRecords;
}

function delegationsOf({ records }: Zone, zone: number, nodes: NameTree): readonly ZoneDelegation[] {
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
function highestCut(node: NameNode, cuts: ReadonlyMap<NameNode, number>): NameNode | undefined {
  let highest: NameNode | undefined;
  if (cuts.size === 0) return highest;
  for (let at: NameNode | undefined = node; at !== undefined; at = at.parent) if (cuts.has(at)) highest = at;
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
