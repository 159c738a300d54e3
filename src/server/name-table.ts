/**
 * Every name that geosteer knows, found by the octets of a query without making a string: a hash that is built from
 * the root towards the host, so that one pass gives the hash of the name and of each of its ancestors.
 */

/** A name in wire form, lower case: what a query has of its own. */
export interface WireName {
  /** `nameLength` octets with the root's zero. */
  readonly name: Uint8Array;
  readonly nameLength: number;
  /** Offsets of the labels, the root's not counted. */
  readonly labels: Uint8Array;
  readonly labelCount: number;
}

export interface Found<T> {
  readonly value: T;
  /** How many labels of the name lie below the one that was found. */
  readonly labels: number;
}

export interface NameTable<T> {
  /** What is known of the longest known ancestor of the name, itself included; undefined = not even the root. */
  find(name: WireName): Found<T> | undefined;
}

export function wireName(name: Uint8Array): WireName {
  const labels: number[] = [];
  for (let at = 0; name[at]! > 0; at += 1 + name[at]!) labels.push(at);
  return { name, nameLength: name.length, labels: Uint8Array.from(labels), labelCount: labels.length };
}

const SEED = 0x811c9dc5;
/** FNV-1a, 32 bits. The names come from configuration: nobody can choose them to collide. */
const PRIME = 0x01000193;

interface Entry<T> {
  readonly wire: Uint8Array;
  readonly value: T;
}

/** `names` in wire form, lower case, each once. */
export function createNameTable<T>(names: readonly Entry<T>[]): NameTable<T> {
  const size = 2 ** Math.ceil(Math.log2(names.length * 2 + 2));
  const slots = new Int32Array(size).fill(-1);
  for (const [index, { wire }] of names.entries()) {
    let slot = hashOf(wire) & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = index;
  }
  const hashes = new Uint32Array(128);
  const found = { value: undefined as T, labels: 0 };

  const lookUp = ({ name, nameLength }: WireName, start: number, hash: number): Entry<T> | undefined => {
    for (let slot = hash & (size - 1); slots[slot] !== -1; slot = (slot + 1) & (size - 1)) {
      const entry = names[slots[slot]!]!;
      if (equals(entry.wire, name, start, nameLength)) return entry;
    }
    return undefined;
  };

  return {
    find(wanted) {
      const { name, labels, labelCount } = wanted;
      let hash = SEED;
      for (let label = labelCount - 1; label >= 0; label--) {
        const start = labels[label]!;
        for (let at = start, end = start + 1 + name[start]!; at < end; at++) hash = Math.imul(hash ^ name[at]!, PRIME);
        hashes[label] = hash;
      }
      for (let label = 0; label <= labelCount; label++) {
        const start = label === labelCount ? wanted.nameLength - 1 : labels[label]!;
        const entry = lookUp(wanted, start, label === labelCount ? SEED : hashes[label]!);
        if (entry === undefined) continue;
        found.value = entry.value;
        found.labels = label;
        return found;
      }
      return undefined;
    },
  };
}

function hashOf(wire: Uint8Array): number {
  let hash = SEED;
  for (const start of wireName(wire).labels.toReversed()) {
    for (const octet of wire.subarray(start, start + 1 + wire[start]!)) hash = Math.imul(hash ^ octet, PRIME);
  }
  return hash;
}

function equals(wire: Uint8Array, name: Uint8Array, start: number, end: number): boolean {
  if (wire.length !== end - start) return false;
  for (let i = 0; i < wire.length; i++) if (wire[i] !== name[start + i]) return false;
  return true;
}
