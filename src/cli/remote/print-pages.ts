/** A list of the server as a table or as JSON, printed page by page. */
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import { type Column, createTable } from "../text/table-text.ts";
import type { Desk, Ended } from "./desk.ts";
import type { Query } from "./http-client.ts";
import { pages } from "./pages.ts";

export interface Listed<Row> {
  readonly columns: readonly Column<Row>[];
  readonly query?: Query;
  /** What is printed where there is nothing. */
  readonly none: string;
  /** Rows at most. */
  readonly most?: number;
}

export async function printPages<Row>(desk: Desk, path: `/${string}`, listed: Listed<Row>): Promise<Ended> {
  const { client, json, screen, print } = desk;
  const { columns, query, none, most } = listed;
  const table = createTable(columns, screen);
  let printed = 0;
  for await (const page of pages<Row>(client, path, query, most)) {
    if (!page.ok) return page;
    const { items, next } = page.value;
    if (json)
      await print(items.map((item, i) => `${printed + i === 0 ? "[\n" : ",\n"}${JSON.stringify(item)}`).join(""));
    else if (items.length > 0) await print(table.rows(items, next !== undefined));
    printed += items.length;
  }
  if (json) await print(printed === 0 ? "[]\n" : "\n]\n");
  else if (printed === 0) await print(none);
  return ok(EXIT.done);
}
