/** The JSON Schema of the configuration, for editors: what `geosteer schema` prints and `config/schema.json` holds. */
import * as z from "zod";
import { configSchema } from "./schema/config.ts";

/** A JSON Schema as plain data, with the keywords that are read here. */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  /** A default that is computed, in words; no keyword of JSON Schema. */
  readonly defaultText?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

export function configJsonSchema(): JsonSchema {
  return generate((keywords) => {
    const { description, defaultText } = keywords;
    if (defaultText !== undefined) keywords.description = `${description ?? ""} Default: ${defaultText}.`.trim();
    delete keywords.defaultText;
  });
}

/** The schema with `defaultText` as a keyword of its own, for the reference. */
export function annotatedJsonSchema(): JsonSchema {
  return generate(() => undefined);
}

/** What `schema/values.ts` says of a value beside its type. */
interface Keywords {
  description?: string;
  defaultText?: string;
}

function generate(finish: (keywords: Keywords) => void): JsonSchema {
  const schema = z.toJSONSchema(configSchema, {
    // What an operator writes, not what it is turned into.
    io: "input",
    // The version that editors' YAML support is built on.
    target: "draft-7",
    override: ({ jsonSchema }) => finish(jsonSchema as Keywords),
  });
  return schema as JsonSchema;
}
