/** `npm run docs`: writes README's reference tables from the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { withTables } from "./readme-tables.ts";

const README = new URL("../../README.md", import.meta.url);

writeFileSync(README, withTables(readFileSync(README, "utf8")));
