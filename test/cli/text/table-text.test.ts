import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Column, createTable } from "../../../src/cli/text/table-text.ts";
import { plainScreen } from "../../support/desk.ts";

interface Row {
  readonly name: string;
  readonly count: number;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name, least: 6 },
  { title: "COUNT", cell: ({ count }) => String(count), align: "right" },
  { title: "NOTE", cell: ({ note }) => note, spare: 1, least: 8 },
];

const ROWS: readonly Row[] = [
  { name: "frankfurt", count: 7, note: "" },
  { name: "rio", count: 12_345, note: "is being drained" },
];

function lines(width: number | undefined, rows: readonly Row[] = ROWS): readonly string[] {
  return createTable(COLUMNS, plainScreen(width)).rows(rows).trimEnd().split("\n");
}

describe("createTable", () => {
  test("columns are as wide as their cells, numbers to the right, nothing behind the last word", () => {
    expect(lines(undefined)).toEqual([
      "NAME       COUNT  NOTE",
      "frankfurt      7",
      "rio        12345  is being drained",
    ]);
  });

  test.for([
    [34, ["NAME       COUNT  NOTE", "frankfurt      7", "rio        12345  is being drained"]],
    [30, ["NAME       COUNT  NOTE", "frankfurt      7", "rio        12345  is being dr…"]],
    [26, ["NAME      COUNT  NOTE", "frankfu…      7", "rio       12345  is being…"]],
    [20, ["NAME       COUNT", "frankfurt      7", "rio        12345"]],
    [14, ["NAME     COUNT", "frankf…      7", "rio      12345"]],
  ] as const)("within %i columns what may be cut is cut, and what may be spared is left out", ([width, wanted]) => {
    expect(lines(width)).toEqual(wanted);
  });

  test("a column without a word is left out, unless more rows follow", () => {
    const rows = [ROWS[0]!];
    expect(lines(undefined, rows)[0]).toBe("NAME       COUNT");
    expect(createTable(COLUMNS, plainScreen()).rows(rows, true)).toMatch(/^NAME +COUNT +NOTE\n/);
  });

  test("the titles come once, and later rows keep to the columns of the first", () => {
    const table = createTable(COLUMNS, plainScreen(40));
    table.rows(ROWS);
    expect(table.rows([{ name: "a-much-longer-name", count: 1, note: "x" }])).toBe("a-much-l…      1  x\n");
  });

  test("in a pipe nothing is ever cut", () => {
    const table = createTable(COLUMNS, plainScreen());
    table.rows(ROWS);
    expect(table.rows([{ name: "a-much-longer-name", count: 1, note: "x" }])).toBe("a-much-longer-name      1  x\n");
  });

  test("no text of the server moves the cursor or changes colours", () => {
    const rows = [{ name: "a\u001b[2Jb", count: 1, note: "x\r\ny\u009bz" }];
    expect(lines(undefined, rows)[1]).toBe(String.raw`a\u001b[2Jb      1  x\u000d\u000ay\u009bz`);
  });

  test("no line is wider than the screen, whatever the rows, down to the least that the columns need", () => {
    const row = fc.record({ name: fc.string({ minLength: 1 }), count: fc.nat(99_999), note: fc.string() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.integer({ min: 14, max: 100 }), (rows, width) => {
        for (const line of createTable(COLUMNS, plainScreen(width)).rows(rows).split("\n")) {
          expect(Array.from(line).length).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test("colours are on what is shown, and not on the space around it", () => {
    const paint = (style: unknown, text: string): string => `<${String(style)}:${text}>`;
    const columns: readonly Column<Row>[] = [
      { title: "NAME", cell: ({ name }) => name, style: () => "red" },
      { title: "COUNT", cell: ({ count }) => String(count), align: "right", style: () => "green" },
    ];
    expect(createTable(columns, { width: 80, paint }).rows([ROWS[1]!])).toBe(
      "<dim:NAME>  <dim:COUNT>\n<red:rio>   <green:12345>\n",
    );
  });
});
