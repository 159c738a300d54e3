/** `geosteer history`: when which endpoint or profile changed its status, and why. */
import type { Transition } from "../../control/control.ts";
import type { Desk, DeskOptions, Ended } from "../remote/desk.ts";
import { printPages } from "../remote/print-pages.ts";
import { STATUS_STYLES } from "../text/status-text.ts";
import type { Column } from "../text/table-text.ts";
import { instantText } from "../text/time-text.ts";

export interface HistoryOptions extends DeskOptions {
  /** Milliseconds. */
  readonly since?: number;
}

const COLUMNS: readonly Column<Transition>[] = [
  { title: "AT", cell: ({ at }) => instantText(at) },
  { title: "SUBJECT", cell: ({ subject }) => subject, least: 16 },
  { title: "FROM", cell: ({ from }) => from, style: ({ from }) => STATUS_STYLES[from] },
  { title: "TO", cell: ({ to }) => to, style: ({ to }) => STATUS_STYLES[to] },
  { title: "REASON", cell: ({ reason }) => reason ?? "", least: 10 },
];

export function history(desk: Desk, subject: string | undefined, { since }: HistoryOptions): Promise<Ended> {
  const from = since === undefined ? undefined : new Date(desk.now() - since).toISOString();
  return printPages(desk, "/history", {
    columns: COLUMNS,
    query: { subject, since: from },
    none: `no change of ${subject === undefined ? "a status" : `the status of ${subject}`}${from === undefined ? "" : ` since ${instantText(from)}`} is kept\n`,
  });
}
