/** What README says of keys, metrics, commands and error codes is what the code has, no more and no less. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readmeTables, tableNames, withTables } from "./support/readme-tables.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("README holds each reference table once", () => {
  expect(tableNames(README).toSorted()).toEqual([...readmeTables().keys()].toSorted());
});

test("README's reference tables are what the code makes (npm run docs writes them)", () => {
  expect(README).toBe(withTables(README));
});

test.for([...readmeTables()])("the table of %s has rows", ([, text]) => {
  expect(text.split("\n").length).toBeGreaterThan(6);
});
