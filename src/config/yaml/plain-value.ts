/**
 * YAML nodes to plain values. The library's own conversion is not used: its search for an alias's anchor visits the
 * whole document each time, and its search for duplicate keys compares each key with each other one.
 */
import { type Alias, isAlias, isScalar, isSeq, type Pair, type ParsedNode } from "yaml";
import type { Finding, Position } from "../diagnostic.ts";

/** Values that aliases may add, so that ten lines of nested aliases cannot fill the memory. */
const MAX_EXPANDED = 1_000_000;

const ALIAS_WANTED = "the value itself, or quotes around a text that begins with *";

/** What each alias stands for. */
export type AliasTargets = ReadonlyMap<Alias.Parsed, ParsedNode>;

interface PlainValue {
  /** Objects, arrays, strings, numbers, booleans and nulls, made for the caller to change. Refused entries are missing. */
  readonly value: unknown;
  readonly targets: AliasTargets;
  readonly findings: readonly Finding[];
}

export function plainValue(root: ParsedNode | null, positionAt: (offset: number) => Position): PlainValue {
  const findings: Finding[] = [];
  const targets = new Map<Alias.Parsed, ParsedNode>();
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<ParsedNode>();
  const path: (string | number)[] = [];
  let aliasDepth = 0;
  let expanded = 0;

  /** The plain value of a node; undefined = refused. */
  function convert(node: ParsedNode | null): unknown {
    if (node === null) return null;
    if (isAlias(node)) return convertAlias(node);
    if (aliasDepth > 0) expanded++;
    // YAML 1.2 section 7.1: an alias stands for the last anchor of its name before it, also where it is expanded later.
    else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return node.value;
    open.add(node);
    const value = isSeq(node) ? convertList(node.items) : convertMapping(node.items);
    open.delete(node);
    return value;
  }

  function convertList(items: readonly ParsedNode[]): unknown[] {
    return items.map((item, index) => {
      path.push(index);
      const value = convert(item);
      path.pop();
      return value;
    });
  }

  function convertMapping(items: readonly Pair<ParsedNode, ParsedNode | null>[]): object {
    const object: Record<string, unknown> = {};
    for (const { key: keyNode, value: valueNode } of items) {
      const key = keyText(keyNode);
      path.push(key);
      if (Object.hasOwn(object, key) || key === "__proto__") refuseKey(key, keyNode.range[0]);
      else {
        const value = convert(valueNode);
        if (value !== undefined) object[key] = value;
      }
      path.pop();
    }
    return object;
  }

  function convertAlias(alias: Alias.Parsed): unknown {
    const target = targets.get(alias) ?? anchors.get(alias.source);
    const what =
      target === undefined
        ? "the alias names no anchor before it"
        : open.has(target)
          ? "the alias stands inside its own anchor"
          : expanded > MAX_EXPANDED
            ? "the aliases of this file stand for too many values"
            : undefined;
    if (target === undefined || what !== undefined) {
      const found = `*${alias.source}`;
      findings.push({ code: "yaml-alias", path: [...path], what: what ?? "", found, wanted: ALIAS_WANTED });
      return undefined;
    }
    targets.set(alias, target);
    aliasDepth++;
    const value = convert(target);
    aliasDepth--;
    return value;
  }

  function refuseKey(key: string, offset: number): void {
    const at = { path: [...path], position: positionAt(offset), found: JSON.stringify(key) };
    if (key === "__proto__") {
      findings.push({ ...at, code: "bad-name", what: "a key of this name is not possible", wanted: "another name" });
    } else findings.push({ ...at, code: "duplicate-key", what: "the key is there twice", wanted: "each key once" });
  }

  return { value: convert(root), targets, findings };
}

export function keyText(key: ParsedNode | null): string {
  return isScalar(key) ? String(key.value) : "";
}
