import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configJsonSchema, type JsonSchema } from "../../src/config/json-schema.ts";

test("config/schema.json is configJsonSchema (geosteer schema > config/schema.json)", () => {
  const file = readFileSync(new URL("../../config/schema.json", import.meta.url), "utf8");
  expect(file).toBe(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
});

test("configJsonSchema: every key has a title and a description", () => {
  const bare: string[] = [];
  const visit = (schema: JsonSchema, path: string): void => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      const keyPath = `${path}.${key}`;
      if (value.title === undefined || value.description === undefined) bare.push(keyPath);
      visit(value, keyPath);
    }
    if (typeof schema.additionalProperties === "object") visit(schema.additionalProperties, `${path}.*`);
    for (const branch of schema.anyOf ?? []) visit(branch, path);
  };
  visit(configJsonSchema(), "");
  expect(bare).toEqual([]);
});

test("configJsonSchema: keywords are those of JSON Schema alone", () => {
  expect(JSON.stringify(configJsonSchema())).not.toMatch(/"defaultText"/);
});

test("configJsonSchema: a computed default is told in the description", () => {
  const zone = configJsonSchema().properties!["zones"]!.additionalProperties as JsonSchema;
  expect(zone.properties!["contact"]!.description).toBe("Who answers for the zone. Default: hostmaster@ the zone.");
});
