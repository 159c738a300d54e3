/** `geosteer schema`: the JSON Schema of the configuration, for editors. */
import { configJsonSchema } from "../../config/json-schema.ts";
import { printJson } from "../print-text.ts";

export function schema(): Promise<void> {
  return printJson(configJsonSchema());
}
