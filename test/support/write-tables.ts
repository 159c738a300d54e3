/** `npm run docs`: writes the tables of docs/reference.md and docs/regions.md from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { referenceTables, withTables } from "./reference-tables.ts";
import { regionTables } from "./region-tables.ts";

const PAGES = { "reference.md": referenceTables(), "regions.md": regionTables() };

for (const [page, tables] of Object.entries(PAGES)) {
  const file = new URL(`../../docs/${page}`, import.meta.url);
  writeFileSync(file, withTables(readFileSync(file, "utf8"), tables));
}
