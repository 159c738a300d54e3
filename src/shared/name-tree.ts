/**
 * Every name that exists: what zones and profiles name, and the names between them and the apex of their zone (empty
 * non-terminals, RFC 4592 section 2.2.2). The server compiles it, configuration follows aliases in it, so both see the
 * same names.
 */
import { isWildcard, nameFromWire, parentName, selfAndAncestors, type DomainName } from "./domain-name.ts";
import { TYPE } from "./record-type.ts";
import type { RecordSet, Zone } from "./zone.ts";

export interface NameNode {
  /** The node's position in the tree's order. */
  readonly id: number;
  readonly name: DomainName;
  /** The position of the node's zone. */
  readonly zone: number;
  /** The name above, within the zone. */
  readonly parent: NameNode | undefined;
  /** The records by type number, without the SOA and NS records of an apex. */
  readonly sets: Map<number, RecordSet>;
  /** The id of the profile that answers here. */
  profile: number | undefined;
  hasBelow: boolean;
  /** The node above an apex that lies below another zone, which answers for its DS records; else undefined. */
  above: NameNode | undefined;
  /** The child `*`, which answers for names that do not exist (RFC 4592). */
  wildcard: NameNode | undefined;
}

/** All nodes by name, in the order of their ids. */
export type NameTree = ReadonlyMap<DomainName, NameNode>;

/** `steered`: the names of profiles with their ids; each lies in one of the zones. */
export function nameTree(
  zones: readonly Pick<Zone, "name" | "records">[],
  steered: Iterable<readonly [DomainName, number]>,
): NameTree {
  const nodes = new Map<DomainName, NameNode>();
  const apexes = new Set(zones.map(({ name }) => name));
  const add = (name: DomainName, zone: number, parent: NameNode | undefined): NameNode => {
    const node: NameNode = {
      id: nodes.size,
      name,
      zone,
      parent,
      sets: new Map(),
      profile: undefined,
      hasBelow: false,
      above: undefined,
      wildcard: undefined,
    };
    nodes.set(name, node);
    return node;
  };
  for (const [id, zone] of zones.entries()) add(zone.name, id, undefined);
  /** The node of a name within a zone, and those between it and the apex of the most specific zone that holds it. */
  const ensure = (name: DomainName): NameNode => {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const above = parentName(name);
    if (above === undefined) throw new Error("a name is outside every zone");
    const parent = ensure(above);
    const node = add(name, parent.zone, parent);
    parent.hasBelow = true;
    if (isWildcard(name)) parent.wildcard = node;
    return node;
  };
  for (const [id, zone] of zones.entries()) {
    const apex = nodes.get(zone.name)!;
    // NXDOMAIN for a name between two zones would deny the lower one as well (RFC 8020 section 2).
    const parent = parentName(zone.name);
    if (parent !== undefined && closestName(parent, nodes) !== undefined) {
      apex.above = ensure(parent);
      apex.above.hasBelow = true;
    }
    for (const set of zone.records) {
      // Glue and the NS set of a zone of ours below: that zone knows better. Its DS records are ours to tell (RFC 4035
      // section 3.1.4.1), where no other zone lies between.
      const isDsOfApex = set.type === TYPE.DS && apexes.has(set.owner) && set.owner !== zone.name;
      const teller = isDsOfApex ? parentName(set.owner)! : set.owner;
      if (closestName(teller, nodes)!.node.zone !== id) continue;
      ensure(set.owner).sets.set(set.type, set);
    }
  }
  for (const [name, profile] of steered) ensure(name).profile = profile;
  return nodes;
}

/** The node of a name, or that of its closest ancestor. */
export interface ClosestName {
  readonly node: NameNode;
  /** Whether it is the name's own. */
  readonly exact: boolean;
}

/** Undefined outside all zones. */
export function closestName(name: DomainName, tree: NameTree): ClosestName | undefined {
  for (const at of selfAndAncestors(name)) {
    const node = tree.get(at);
    if (node !== undefined) return { node, exact: at === name };
  }
  return undefined;
}

/** The node that answers for the name: its own, or the wildcard that covers it (RFC 4592). */
export function nodeAt(name: DomainName, tree: NameTree): NameNode | undefined {
  const closest = closestName(name, tree);
  return closest?.exact === true ? closest.node : closest?.node.wildcard;
}

/**
 * The id of the profile that answers for a name, where CNAME records of the zones lead to one; undefined = none. No
 * delegation is on the way: below one there are neither profiles nor CNAME records (`config/checks/`).
 */
export function profileAt(name: DomainName, tree: NameTree): number | undefined {
  const passed = new Set<NameNode>();
  for (let node = nodeAt(name, tree); node !== undefined && !passed.has(node);) {
    if (node.profile !== undefined) return node.profile;
    passed.add(node);
    const target = node.sets.get(TYPE.CNAME)?.records[0];
    node = target && nodeAt(nameFromWire(target), tree);
  }
  return undefined;
}
