/**
 * Every name that geosteer knows, found by the octets of a query without making a string: a hash that is built from
 * the root towards the host, so that one pass gives the hash of the name and of each of its ancestors.
 */
import type { Query } from "../wire/query.ts";

export interface NameTable<T> {
  /**
   * What is known of the longest known ancestor of the query's name, itself included; undefined = not even the root.
   * `labels` tells how many labels of the query's name lie below it.
   */
  find(query: Query): { readonly value: T; readonly labels: number } | undefined;
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

  const lookUp = (query: Query, start: number, hash: number): Entry<T> | undefined => {
    for (let slot = hash & (size - 1); slots[slot] !== -1; slot = (slot + 1) & (size - 1)) {
      const entry = names[slots[slot]!]!;
      if (equals(entry.wire, query.name, start, query.nameLength)) return entry;
    }
    return undefined;
  };

  return {
    find(query) {
      const { name, labels, labelCount } = query;
      let hash = SEED;
      for (let label = labelCount - 1; label >= 0; label--) {
        const start = labels[label]!;
        for (let at = start, end = start + 1 + name[start]!; at < end; at++) hash = Math.imul(hash ^ name[at]!, PRIME);
        hashes[label] = hash;
      }
      for (let label = 0; label <= labelCount; label++) {
        const start = label === labelCount ? query.nameLength - 1 : labels[label]!;
        const entry = lookUp(query, start, label === labelCount ? SEED : hashes[label]!);
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
  const starts: number[] = [];
  for (let at = 0; wire[at]! > 0; at += 1 + wire[at]!) starts.push(at);
  let hash = SEED;
  for (const start of starts.toReversed()) {
    for (const octet of wire.subarray(start, start + 1 + wire[start]!)) hash = Math.imul(hash ^ octet, PRIME);
  }
  return hash;
}

function equals(wire: Uint8Array, name: Uint8Array, start: number, end: number): boolean {
  if (wire.length !== end - start) return false;
  for (let i = 0; i < wire.length; i++) if (wire[i] !== name[start + i]) return false;
  return true;
}
