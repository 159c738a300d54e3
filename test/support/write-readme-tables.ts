/** `npm run docs`: writes the reference tables of README and docs/regions.md from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { withTables } from "./readme-tables.ts";
import { regionTables } from "./region-tables.ts";

const README = new URL("../../README.md", import.meta.url);

writeFileSync(README, withTables(readFileSync(README, "utf8")));

const REGIONS = new URL("../../docs/regions.md", import.meta.url);

writeFileSync(REGIONS, withTables(readFileSync(REGIONS, "utf8"), regionTables()));
