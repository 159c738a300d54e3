/** What docs/regions.md lists is what the code has. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tableNames, withTables } from "./support/reference-tables.ts";
import { regionTables } from "./support/region-tables.ts";

const PAGE = readFileSync(new URL("../docs/regions.md", import.meta.url), "utf8");

test("docs/regions.md holds each of its tables once, as the code makes it (npm run docs writes them)", () => {
  expect(tableNames(PAGE).toSorted()).toEqual([...regionTables().keys()].toSorted());
  expect(PAGE).toBe(withTables(PAGE, regionTables()));
});
