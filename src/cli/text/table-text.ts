/**
 * A table that fits its screen: columns are as wide as their cells; where that is too wide, those that matter least are left
 * out, then those that may be cut are, the widest first. Rows come in parts, so that a long table is never held whole.
 */
import type { Screen } from "./screen.ts";
import { visible } from "./visible.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: "right";
  readonly style?: (row: Row) => Parameters<Screen["paint"]>[0] | undefined;
  /** The higher, the earlier the column is left out where there is no room; undefined = never. */
  readonly spare?: number;
  /** The width down to which the column may be cut; undefined = it may not. */
  readonly least?: number;
}

export interface Table<Row> {
  /**
   * Lines of these rows, the first time with the titles above; the first rows decide the widths. `more`: whether others
   * follow, which may have something in a column that is empty now.
   */
  readonly rows: (rows: readonly Row[], more?: boolean) => string;
}

/** Columns between cells. */
const GAP = 2;

interface Fitted<Row> extends Column<Row> {
  /** Its place among all columns. */
  readonly place: number;
  readonly width: number;
}

export function createTable<Row>(columns: readonly Column<Row>[], { width, paint }: Screen): Table<Row> {
  let fitted: readonly Fitted<Row>[] | undefined;

  const lineOf = (cells: readonly { readonly column: Fitted<Row>; readonly text: string; readonly row?: Row }[]) => {
    const parts = cells.map(({ column, text, row }) => {
      const shown = width === undefined ? text : cut(text, column.width);
      const padding = " ".repeat(Math.max(0, column.width - lengthOf(shown)));
      const style = row === undefined ? "dim" : column.style?.(row);
      const painted = style === undefined || shown === "" ? shown : paint(style, shown);
      return column.align === "right" ? padding + painted : painted + padding;
    });
    return `${parts.join(" ".repeat(GAP)).trimEnd()}\n`;
  };

  return {
    rows(rows, more = false) {
      const cells = rows.map((row) => columns.map((column) => visible(column.cell(row))));
      const head = fitted === undefined;
      fitted ??= fit(columns, cells, { width, more });
      const shown = fitted;
      const titles = head ? lineOf(shown.map((column) => ({ column, text: column.title }))) : "";
      const lines = rows.map((row, i) =>
        lineOf(shown.map((column) => ({ column, text: cells[i]![column.place]!, row }))),
      );
      return titles + lines.join("");
    },
  };
}

function fit<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  { width, more }: { readonly width: number | undefined; readonly more: boolean },
): readonly Fitted<Row>[] {
  const fitted = columns
    .map((column, place) => ({ ...column, place, width: Math.max(0, ...cells.map((row) => lengthOf(row[place]!))) }))
    .filter((column) => column.width > 0 || more)
    .map((column) => ({ ...column, width: Math.max(column.width, lengthOf(column.title)) }));
  if (width === undefined) return fitted;
  let kept = fitted;
  const excess = (): number => kept.reduce((sum, column) => sum + column.width + GAP, -GAP) - width;
  const cuttable = (): number =>
    kept.reduce((sum, column) => sum + Math.max(0, column.width - (column.least ?? column.width)), 0);
  while (excess() > cuttable() && kept.some(({ spare }) => spare !== undefined)) {
    const spare = Math.max(...kept.map((column) => column.spare ?? -1));
    kept = kept.filter((column) => column.spare !== spare);
  }
  while (excess() > 0) {
    const widest = kept
      .filter((column) => column.least !== undefined && column.width > column.least)
      .toSorted((a, b) => b.width - a.width)[0];
    if (widest === undefined) break;
    kept = kept.map((column) => (column === widest ? { ...column, width: column.width - 1 } : column));
  }
  return kept;
}

/** Code points: what is wider, or joins, is seldom in names and reasons. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function cut(text: string, width: number): string {
  return lengthOf(text) <= width
    ? text
    : `${Array.from(text)
        .slice(0, Math.max(0, width - 1))
        .join("")}…`;
}
