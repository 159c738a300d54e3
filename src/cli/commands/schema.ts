/** `geosteer schema`: the JSON Schema of the configuration, for editors. */
import { configJsonSchema } from "../../config/json-schema.ts";
import { printText } from "../print-text.ts";

export function schema(): void {
  printText(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
}
