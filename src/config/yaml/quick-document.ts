/**
 * The values of a YAML text without their positions, an order of magnitude faster than `document.ts`: `js-yaml` builds no
 * syntax tree. It decides nothing alone: a text that it cannot read, that looks unusual, or that holds any problem is
 * read again by `document.ts`, whose word counts.
 */
import { CORE_SCHEMA, defineMappingTag, load, YAMLException } from "js-yaml";
import type { Path } from "../path.ts";
import type { YamlDocument } from "./document.ts";
import type { WrittenFile } from "./written-file.ts";

/**
 * Anchors, which aliases could expand without end; directives; tags; merge keys; keys that JavaScript takes for more
 * than keys; numbers that may be too large for it. Any of them may also be part of a text: then reading is slow and right.
 */
const UNUSUAL = /(?:^|[\s[{,:-])(?:[&!]|[-+.\d]{1,299}[eE]\+?\d{3}|[-+.\d]{300})|^%|<<|__proto__/m;

/** Plain objects with keys that are written as text; js-yaml's own makes `null` of `~`. */
const mapping = defineMappingTag<Record<string, unknown>>("tag:yaml.org,2002:map", {
  create: () => ({}),
  addPair(object, key, value) {
    if (typeof key !== "string") return "a key that is no text";
    object[key] = value;
    return "";
  },
  has: (object, key) => typeof key === "string" && Object.hasOwn(object, key),
  keys: (object) => Object.keys(object),
  get: (object, key) => object[String(key)],
  identify: () => false,
});
const SCHEMA = CORE_SCHEMA.withTags(mapping);

/** The document, or undefined where only `readYaml` can tell what it is. */
export function readQuickly(text: string): YamlDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  let value: unknown;
  try {
    value = load(text, { schema: SCHEMA });
  } catch {
    return undefined;
  }
  const at = (path: Path): unknown =>
    path.reduce<unknown>(
      (inner, step) => (isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
      value,
    );
  return {
    readable: true,
    value,
    findings: [],
    // The rest is asked for a problem only, and with a problem the text is read again.
    ...NOTHING,
    has: (path) => at(path) !== undefined,
    keys(path) {
      const inner = at(path);
      return isObject(inner) ? Object.keys(inner) : [];
    },
  };
}

/** The document of a text that is no YAML, with the first problem alone; undefined where there is none. */
export function brokenDocument(text: string): YamlDocument | undefined {
  try {
    load(text, { schema: SCHEMA });
    return undefined;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const { line, column } = cause.mark ?? { line: 0, column: 0 };
    const position = { line: line + 1, column: column + 1 };
    const what = cause.reason.replaceAll(/\s+|"[^"]*"/g, " ").trim();
    const finding = { code: "yaml-syntax", path: [], position, what, found: "other text", wanted: "YAML 1.2" } as const;
    return { ...NOTHING, readable: false, value: null, findings: [finding] };
  }
}

const NOTHING: WrittenFile = {
  pathOf: (path) => path,
  position: () => ({ line: 1, column: 1 }),
  found: () => "",
  has: () => false,
  keys: () => [],
};

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}
