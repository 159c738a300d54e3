/** The file as it was written: what stands at a path, and where. Nothing is computed until the first question. */
import { isAlias, isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Position } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { type AliasTargets, keyText } from "./plain-value.ts";

export interface WrittenFile {
  /** The path as it is written: without the positions of lists in whose place one value stands. */
  readonly pathOf: (path: Path) => Path;
  /** The position of the last thing on the path that exists; a block collection or an empty value is at its key. */
  readonly position: (path: Path, atKey: boolean) => Position;
  /** What stands at the path, in a few words. */
  readonly found: (path: Path) => string;
  readonly has: (path: Path) => boolean;
  readonly keys: (path: Path) => readonly string[];
}

/** A value and, in a mapping, its key. */
interface Entry {
  readonly key: ParsedNode | undefined;
  readonly value: ParsedNode | null;
}

export function createWrittenFile(
  root: ParsedNode | null,
  targets: AliasTargets,
  positionAt: (offset: number) => Position,
): WrittenFile {
  /** The entries of each mapping that was asked for, so that a thousand questions do not read it a thousand times. */
  const indexes = new Map<ParsedNode, ReadonlyMap<string, Entry>>();

  function entriesOf(node: ParsedNode): ReadonlyMap<string, Entry> {
    let index = indexes.get(node);
    if (index === undefined) {
      const entries = new Map<string, Entry>();
      for (const { key, value } of isMap(node) ? node.items : []) {
        const text = keyText(key);
        if (!entries.has(text)) entries.set(text, { key, value });
      }
      index = entries;
      indexes.set(node, index);
    }
    return index;
  }

  const resolve = (node: ParsedNode | null): ParsedNode | null => (isAlias(node) ? (targets.get(node) ?? node) : node);

  function child(parent: Entry, step: string | number): Entry | undefined {
    const node = resolve(parent.value);
    if (node === null) return undefined;
    if (typeof step === "string") return entriesOf(node).get(step);
    const item = isSeq(node) ? node.items[step] : undefined;
    return item === undefined ? undefined : { key: undefined, value: item };
  }

  const top: Entry = { key: undefined, value: root };

  /** The last entry on the path that exists, and how many steps lead to it. */
  function walk(path: Path): { readonly entry: Entry; readonly steps: number } {
    let entry = top;
    for (const [steps, step] of path.entries()) {
      const next = child(entry, step);
      if (next === undefined) return { entry, steps };
      entry = next;
    }
    return { entry, steps: path.length };
  }

  function find(path: Path): Entry | undefined {
    const { entry, steps } = walk(path);
    return steps === path.length ? entry : undefined;
  }

  return {
    pathOf(path) {
      const steps: (string | number)[] = [];
      let entry: Entry | undefined = top;
      for (const step of path) {
        if (typeof step === "number" && isScalar(resolve(entry?.value ?? null))) continue;
        steps.push(step);
        entry = entry && child(entry, step);
      }
      return steps;
    },
    position(path, atKey) {
      const { entry, steps } = walk(path);
      const { key, value } = entry;
      const onKey = key !== undefined && (atKey || steps < path.length || !startsVisibly(value));
      return positionAt((onKey ? key : value)?.range[0] ?? 0);
    },
    found(path) {
      const entry = find(path);
      return entry === undefined ? "nothing" : describe(resolve(entry.value));
    },
    has: (path) => find(path) !== undefined,
    keys(path) {
      const node = resolve(find(path)?.value ?? null);
      return node === null ? [] : [...entriesOf(node).keys()];
    },
  };
}

/** Whether the value starts where a reader looks for it: not on the lines after its key, not nowhere. */
function startsVisibly(node: ParsedNode | null): boolean {
  if (node === null) return false;
  if (isCollection(node)) return node.flow === true;
  return isAlias(node) || node.range[1] > node.range[0];
}

/** Texts longer than this are cut, so that a diagnostic stays a line. */
const MAX_FOUND = 60;

function describe(node: ParsedNode | null): string {
  if (isMap(node)) return node.items.length === 0 ? "an empty mapping" : "a mapping";
  if (isSeq(node)) return node.items.length === 0 ? "an empty list" : "a list";
  if (!isScalar(node) || node.value === null) return "nothing";
  if (typeof node.value !== "string") return node.source ?? JSON.stringify(node.value);
  const text = node.value.length > MAX_FOUND ? `${node.value.slice(0, MAX_FOUND)}…` : node.value;
  return JSON.stringify(text);
}
