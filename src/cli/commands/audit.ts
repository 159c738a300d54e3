/** `geosteer audit`: who did what, from where, and what came of it. */
import type { AuditEntry } from "../../control/control.ts";
import type { Desk, Ended } from "../remote/desk.ts";
import { printPages } from "../remote/print-pages.ts";
import type { Column } from "../text/table-text.ts";
import { instantText } from "../text/time-text.ts";

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: "AT", cell: ({ at }) => instantText(at) },
  { title: "WHO", cell: ({ who }) => who, least: 8 },
  { title: "FROM", cell: ({ from }) => from, least: 8, spare: 1 },
  { title: "WHAT", cell: ({ what }) => what, least: 28 },
  {
    title: "RESULT",
    cell: ({ result }) => result,
    style: ({ result }) => (result === "done" ? undefined : "red"),
    least: 10,
  },
];

export function audit(desk: Desk): Promise<Ended> {
  return printPages(desk, "/audit", { columns: COLUMNS, none: "nothing was changed yet\n" });
}
