/** `npm run docs`: writes docs/openapi.json, and the tables of docs/*.md, from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { apiTables } from "./api-tables.ts";
import { openApiText } from "./openapi-text.ts";
import { publishedTables } from "./published-tables.ts";
import { referenceTables, withTables } from "./reference-tables.ts";
import { regionTables } from "./region-tables.ts";

const PAGES = {
  "api.md": apiTables(),
  "azure-and-route53.md": publishedTables(),
  "reference.md": referenceTables(),
  "regions.md": regionTables(),
};

for (const [page, tables] of Object.entries(PAGES)) {
  const file = new URL(`../../docs/${page}`, import.meta.url);
  writeFileSync(file, withTables(readFileSync(file, "utf8"), tables));
}

writeFileSync(new URL("../../docs/openapi.json", import.meta.url), openApiText());
