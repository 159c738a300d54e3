/** Every key of the configuration, from its schema: for docs/reference.md, and to name what an unknown key could be. */
import { annotatedJsonSchema, type JsonSchema } from "./json-schema.ts";
import type { Path } from "./path.ts";

export interface KeyRow {
  /** `*` stands for a name that the operator chooses: `profiles.*.endpoints.*.weight`. */
  readonly path: string;
  readonly type: string;
  /** The default as it is written in YAML, or in words; `required` where there is none. */
  readonly default: string;
  readonly description: string;
}

/** All rows, in the order of the schema, a mapping before its keys. */
export function configKeyTable(): readonly KeyRow[] {
  return rowsOf(annotatedJsonSchema(), "");
}

function rowsOf(schema: JsonSchema, prefix: string): KeyRow[] {
  const rows: KeyRow[] = [];
  for (const [key, value, required] of entriesOf(schema)) {
    const path = prefix + key;
    const { title = "", description } = value;
    // A name that the operator chooses is a row only where there is something to say of it.
    if (description !== undefined) {
      rows.push({ path, type: title, default: defaultOf(value, required), description });
    }
    rows.push(...rowsOf(value, `${path}.`));
  }
  return rows;
}

function* entriesOf(schema: JsonSchema): Generator<[key: string, value: JsonSchema, required: boolean]> {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    yield [key, value, schema.required?.includes(key) ?? false];
  }
  if (typeof schema.additionalProperties === "object") yield ["*", schema.additionalProperties, false];
  for (const branch of schema.anyOf ?? []) yield* entriesOf(branch);
}

function defaultOf({ default: value, defaultText }: JsonSchema, required: boolean): string {
  if (required) return "required";
  if (defaultText !== undefined) return defaultText;
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The schema that `knownKeys` reads, made on first use. */
let schemaOfKeys: JsonSchema | undefined;

/** The keys that may stand in the mapping at `path`; none where the operator chooses them. */
export function knownKeys(path: Path): readonly string[] {
  schemaOfKeys ??= annotatedJsonSchema();
  let schemas: readonly JsonSchema[] = [schemaOfKeys];
  for (const step of path) {
    schemas = schemas.flatMap((schema) =>
      [...entriesOf(schema)].filter(([key]) => key === step || key === "*").map(([, value]) => value),
    );
  }
  return [...new Set(schemas.flatMap(ownKeys))];
}

function ownKeys(schema: JsonSchema): readonly string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.anyOf ?? []).flatMap(ownKeys)];
}
