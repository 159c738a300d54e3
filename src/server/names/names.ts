/**
 * What a worker reads in the table of names. A name is found by the octets of a query without making a string: the hash
 * is built from the root towards the host, so that one pass gives that of the name and of each of its ancestors.
 * Records become objects when they are first asked for: most of many thousands may never be.
 */
import { nameFromWire, type DomainName } from "../../shared/domain-name.ts";
import { compileRecords, OWN_NAMES, type CompiledRecords } from "../../wire/compiled-records.ts";
import { TYPE } from "../../wire/constants.ts";
import { encodeName } from "../../wire/encode-name.ts";
import { addOctet, CUT, HASH_SEED, labelOffsets, MARK, NODE, NONE, SET, ZONE, type NameTable } from "./name-table.ts";

/** Nodes are numbers; `NONE` = no node. */
export interface Names {
  /** The node of the longest known ancestor of the name, itself included; undefined = not even the root. Kept until the next call. */
  find(name: WireName): Found | undefined;
  /** Undefined where the name lies in none of our zones. */
  closestTo(name: DomainName): ClosestNode | undefined;
  nameOf(node: number): DomainName;
  /** The id of the profile that answers there; `NONE` = none does. */
  profile(node: number): number;
  /** Whether that profile's answer may be one for every type: a CNAME record (RFC 1034 section 3.6.2), or SERVFAIL. */
  decidesAllTypes(node: number): boolean;
  /** The static records of a type. */
  records(node: number, type: number): CompiledRecords | undefined;
  hasRecords(node: number): boolean;
  /** Whether the name exists where its profile says that it does not: with data of its own, or names below (RFC 8020). */
  existsAnyway(node: number): boolean;
  /** Where its CNAME record leads; undefined = there is none, or it leads out of our zones. */
  alias(node: number): ClosestNode | undefined;
  /** The child `*`, which answers for names that do not exist (RFC 4592). */
  wildcard(node: number): number;
  /** The node above an apex that lies below another zone of ours: that zone answers for its DS records. */
  above(node: number): number;
  /** The delegation at or above the name, within the zone. */
  delegation(node: number): Delegation | undefined;
  /** The SOA of the zone's negative answers, its TTL no more than `seconds` (RFC 2308 section 5). */
  negative(node: number, seconds: number): CompiledRecords;
}

/** A name in wire form, lower case: what a query has of its own. */
export interface WireName {
  /** `nameLength` octets with the root's zero. */
  readonly name: Uint8Array;
  readonly nameLength: number;
  /** Offsets of the labels, the root's not counted. */
  readonly labels: Uint8Array;
  readonly labelCount: number;
}

export interface Found {
  readonly node: number;
  /** How many labels of the name lie below the node. */
  readonly labels: number;
}

/** Where a name lies among the nodes. */
export interface ClosestNode {
  /** The name's own node, or that of its closest ancestor. */
  readonly node: number;
  readonly exact: boolean;
}

export interface Delegation {
  /** The node of the cut itself. */
  readonly at: number;
  readonly nameservers: CompiledRecords;
  readonly glue: CompiledRecords | undefined;
}

// Constants of this file are compiled in; imported ones would be looked up for each query.
const NO = NONE;
const { size: ROW, name: NAME, zone: NODE_ZONE, profile: PROFILE, marks: MARKS, cut: NODE_CUT } = NODE;
const { above: ABOVE, wildcard: WILDCARD, alias: ALIAS, firstSet: FIRST_SET, setCount: SET_COUNT } = NODE;
const { decidesAllTypes: DECIDES_ALL_TYPES, hasBelow: HAS_BELOW } = MARK;
const { size: SET_ROW, type: SET_TYPE } = SET;

export function createNames({ octets, slots, nodes, sets, zones, cuts }: NameTable): Names {
  const lastSlot = slots.length - 1;
  const hashes = new Int32Array(128);
  const found = { node: 0, labels: 0 };
  const madeSets: (CompiledRecords | undefined)[] = [];
  const madeCuts: (Delegation | undefined)[] = [];
  const madeClosest = new Map<number, ClosestNode>();
  /** By zone and TTL. */
  const madeNegatives: Map<number, CompiledRecords>[] = [];

  /** Whether the octets from `start` on are the node's name; its last is the root's zero, so their number is the same. */
  const isNameOf = (node: number, name: Uint8Array, start: number, end: number): boolean => {
    const shift = nodes[node * ROW + NAME]! - start;
    for (let at = start; at < end; at++) if (octets[at + shift] !== name[at]) return false;
    return true;
  };

  const lookUp = ({ name, nameLength }: WireName, start: number, hash: number): number => {
    for (let slot = hash & lastSlot; ; slot = (slot + 1) & lastSlot) {
      const node = slots[slot]!;
      if (node === NO || isNameOf(node, name, start, nameLength)) return node;
    }
  };

  const find = (wanted: WireName): Found | undefined => {
    const { name, nameLength, labels, labelCount } = wanted;
    let hash = HASH_SEED;
    for (let label = labelCount - 1; label >= 0; label--) {
      const start = labels[label]!;
      for (let at = start, end = start + 1 + name[start]!; at < end; at++) hash = addOctet(hash, name[at]!);
      hashes[label] = hash;
    }
    hashes[labelCount] = HASH_SEED;
    for (let label = 0; label <= labelCount; label++) {
      const node = lookUp(wanted, label === labelCount ? nameLength - 1 : labels[label]!, hashes[label]!);
      if (node === NO) continue;
      found.node = node;
      found.labels = label;
      return found;
    }
    return undefined;
  };

  const makeDelegation = (cut: number): Delegation => {
    const word = (offset: number): number => cuts[cut * CUT.size + offset]!;
    const at = word(CUT.node);
    const glueCount = word(CUT.glueCount);
    return {
      at,
      nameservers: {
        count: word(CUT.count),
        octets: octets.subarray(word(CUT.from), word(CUT.to)),
        ownerLength: nameLength(at),
      },
      glue:
        glueCount === 0
          ? undefined
          : {
              count: glueCount,
              octets: octets.subarray(word(CUT.glueFrom), word(CUT.glueTo)),
              ownerLength: OWN_NAMES,
            },
    };
  };

  const nameLength = (node: number): number => {
    let end = nodes[node * ROW + NAME]!;
    while (octets[end]! > 0) end += 1 + octets[end]!;
    return end + 1 - nodes[node * ROW + NAME]!;
  };

  const makeSet = (set: number): CompiledRecords => ({
    count: sets[set * SET.size + SET.count]!,
    octets: octets.subarray(sets[set * SET.size + SET.from], sets[set * SET.size + SET.to]),
    ownerLength: 0,
  });

  return {
    find,
    closestTo(name) {
      const place = find(wireName(encodeName(name)));
      return place && { node: place.node, exact: place.labels === 0 };
    },
    nameOf: (node) => nameFromWire(octets, nodes[node * ROW + NAME]),
    profile: (node) => nodes[node * ROW + PROFILE]!,
    decidesAllTypes: (node) => (nodes[node * ROW + MARKS]! & DECIDES_ALL_TYPES) !== 0,
    records(node, type) {
      const first = nodes[node * ROW + FIRST_SET]!;
      const end = first + nodes[node * ROW + SET_COUNT]!;
      for (let set = first; set < end; set++) {
        if (sets[set * SET_ROW + SET_TYPE] === type) return (madeSets[set] ??= makeSet(set));
      }
      return undefined;
    },
    hasRecords: (node) => nodes[node * ROW + SET_COUNT]! > 0,
    existsAnyway: (node) => nodes[node * ROW + SET_COUNT]! > 0 || (nodes[node * ROW + MARKS]! & HAS_BELOW) !== 0,
    alias(node) {
      const place = nodes[node * ROW + ALIAS]!;
      if (place === NO) return undefined;
      let made = madeClosest.get(place);
      if (made === undefined) {
        made = { node: place >> 1, exact: (place & 1) !== 0 };
        madeClosest.set(place, made);
      }
      return made;
    },
    wildcard: (node) => nodes[node * ROW + WILDCARD]!,
    above: (node) => nodes[node * ROW + ABOVE]!,
    delegation(node) {
      const cut = nodes[node * ROW + NODE_CUT]!;
      return cut === NO ? undefined : (madeCuts[cut] ??= makeDelegation(cut));
    },
    negative(node, seconds) {
      const zone = nodes[node * ROW + NODE_ZONE]!;
      const row = zone * ZONE.size;
      const ttl = Math.min(seconds, zones[row + ZONE.longest]!);
      const made = (madeNegatives[zone] ??= new Map());
      let records = made.get(ttl);
      if (records === undefined) {
        const data = octets.subarray(zones[row + ZONE.soaFrom], zones[row + ZONE.soaTo]);
        const ownerLength = nameLength(zones[row + ZONE.apex]!);
        records = compileRecords([{ type: TYPE.SOA, ttl, data }], { ownerLength });
        made.set(ttl, records);
      }
      return records;
    },
  };
}

function wireName(name: Uint8Array): WireName {
  const labels = Uint8Array.from(labelOffsets(name));
  return { name, nameLength: name.length, labels, labelCount: labels.length };
}
