/** What docs/reference.md says of keys, metrics, commands and error codes is what the code has, no more and no less. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { referenceTables, tableNames, withTables } from "./support/reference-tables.ts";

const PAGE = readFileSync(new URL("../docs/reference.md", import.meta.url), "utf8");

test("docs/reference.md holds each table once", () => {
  expect(tableNames(PAGE).toSorted()).toEqual([...referenceTables().keys()].toSorted());
});

test("its tables are what the code makes (npm run docs writes them)", () => {
  expect(PAGE).toBe(withTables(PAGE));
});

test.for([...referenceTables()])("the table of %s has rows", ([, text]) => {
  expect(text.split("\n").length).toBeGreaterThan(4);
});
