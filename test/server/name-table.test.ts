import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNameTable, type NameTable } from "../../src/server/name-table.ts";
import { decodeQuery } from "../../src/wire/decode-query.ts";
import { newQuery } from "../../src/wire/query.ts";
import { labelsName, queryPacket } from "../support/query-packet.ts";

type Labels = readonly (readonly number[])[];

/** The name of the longest known ancestor, and the labels below it. */
function find(table: NameTable<string>, labels: Labels): readonly [value: string, below: number] | undefined {
  const query = newQuery();
  const packet = queryPacket({ name: labelsName(...labels) });
  expect(decodeQuery(packet, packet.length, false, query)).toBe("");
  const found = table.find(query);
  return found && [found.value, found.labels];
}

function tableOf(names: readonly Labels[]): NameTable<string> {
  return createNameTable(names.map((labels) => ({ wire: labelsName(...labels), value: textOf(labels) })));
}

function textOf(labels: Labels): string {
  return labels.map((label) => label.join(" ")).join("/");
}

// Few different labels, so that names share suffixes; lower case, as names in the table are.
const label = fc.constantFrom([0x61], [0x62], [0x61, 0x61], [0x2e], [0], [1, 0x61], [0xff]);
const names = fc.array(label, { maxLength: 5 });

describe("NameTable.find", () => {
  test("finds the longest known ancestor of any name", () => {
    fc.assert(
      fc.property(fc.uniqueArray(names, { selector: textOf, maxLength: 30 }), names, (known, asked) => {
        const table = tableOf(known);
        const texts = new Set(known.map(textOf));
        const below = [...asked.keys(), asked.length].find((count) => texts.has(textOf(asked.slice(count))));
        expect(find(table, asked)).toEqual(below === undefined ? undefined : [textOf(asked.slice(below)), below]);
      }),
      { numRuns: 1000 },
    );
  });

  test("finds every one of many names, and no other", () => {
    const digits = (i: number): number[] => Array.from(String(i), (digit) => digit.charCodeAt(0));
    const known = Array.from({ length: 5000 }, (_, i) => [digits(i), [0x7a]]);
    const table = tableOf(known);
    for (const labels of known) expect(find(table, labels)).toEqual([textOf(labels), 0]);
    for (let i = 5000; i < 6000; i++) expect(find(table, [digits(i), [0x7a]])).toBeUndefined();
  });

  test("takes names of 127 labels", () => {
    const longest = Array.from({ length: 127 }, () => [0x61]);
    const table = tableOf([longest, [[0x61]], []]);
    expect(find(table, longest)).toEqual([textOf(longest), 0]);
    expect(find(table, longest.slice(1))).toEqual([textOf([[0x61]]), 125]);
    expect(find(table, [[0x62], ...longest.slice(1)])).toEqual([textOf([[0x61]]), 126]);
    expect(
      find(
        table,
        longest.map(() => [0x62]),
      ),
    ).toEqual(["", 127]);
  });

  test("finds the root alone for names that only it is above", () => {
    const table = tableOf([[]]);
    expect(find(table, [])).toEqual(["", 0]);
    expect(find(table, [[0x61]])).toEqual(["", 1]);
  });

  test("finds nothing in an empty table", () => {
    expect(find(tableOf([]), [[0x61]])).toBeUndefined();
  });
});
