/** The report for a terminal: rule by rule whether it holds, then a table for each profile. */
import { counted } from "../../config/counted.ts";
import { wrapped } from "../text/lines.ts";
import type { Screen } from "../text/screen.ts";
import { createTable, type Column } from "../text/table-text.ts";
import { visible } from "../text/visible.ts";
import {
  clientsText,
  labelsText,
  noteText,
  otherwiseText,
  shareText,
  sharesText,
  verifiedText,
} from "./report-words.ts";
import type { ReportedEndpoint, ReportRow, ResidencyReport } from "./report.ts";

interface Line {
  readonly clients: string;
  readonly rules: string;
  readonly endpoint: string;
  readonly labels: string;
  readonly site: string;
  readonly share: string;
  readonly note: string;
}

export function reportText(report: ResidencyReport, screen: Screen): string {
  const { rules, matrix, verified, shares } = report;
  const parts = [rules.map((rule) => ruleText(rule, screen)).join("\n")];
  for (const [profile, rows] of Map.groupBy(matrix, (row) => row.profile)) {
    const table = createTable(columns, screen).rows(rows.flatMap(linesOf));
    parts.push(`${screen.paint("bold", visible(profile))}\n${table}`);
  }
  if (verified !== undefined) {
    const lines = verified.map((one) => `${visible(verifiedText(one))}\n`);
    parts.push(lines.join("") || "No endpoint has the label jurisdiction.\n");
  }
  parts.push(`Shares: ${sharesText(shares)}.\n`);
  return parts.join("\n");
}

function ruleText({ name, pass, words, reasons }: ResidencyReport["rules"][number], screen: Screen): string {
  const { paint } = screen;
  const verdict = pass ? paint("green", "pass") : paint("red", `fail, ${counted(reasons.length, "reason")}`);
  const lines = reasons.map(({ code, text, wanted }) =>
    indented(`- ${visible(text)}; wanted ${visible(wanted)} ${paint("dim", `(${code})`)}`, screen),
  );
  return `${paint("bold", visible(name))}  ${verdict}\n${indented(visible(words), screen)}${lines.join("")}`;
}

function indented(text: string, { width }: Screen): string {
  return wrapped(text, width === undefined ? undefined : Math.max(20, width - 2))
    .map((line) => `  ${line}\n`)
    .join("");
}

const columns: readonly Column<Line>[] = [
  { title: "CLIENTS", cell: ({ clients }) => clients, least: 7 },
  { title: "RULES", cell: ({ rules }) => rules, spare: 1, least: 8 },
  { title: "ENDPOINT", cell: ({ endpoint }) => endpoint, least: 14 },
  { title: "LABELS", cell: ({ labels }) => labels, spare: 2, least: 10 },
  { title: "SITE", cell: ({ site }) => site, spare: 3, least: 6 },
  { title: "SHARE", cell: ({ share }) => share, align: "right" },
  { title: "", cell: ({ note }) => note, spare: 4, least: 10 },
];

/** What is the same as in the line before is not said again. */
function linesOf(row: ReportRow): readonly Line[] {
  const head = { clients: clientsText(row), rules: row.rules.join(" ") || "none" };
  const lines = row.endpoints.map((endpoint) => lineOf(endpoint, row));
  const otherwise = { ...EMPTY, endpoint: otherwiseText(row), note: removedNote(row) };
  const all = row.otherwise.length > 0 || lines.length === 0 ? [...lines, otherwise] : lines;
  return all.map((line, i) => (i === 0 ? { ...line, ...head } : line));
}

function lineOf(endpoint: ReportedEndpoint, row: ReportRow): Line {
  return {
    ...EMPTY,
    endpoint: endpoint.endpoint,
    labels: labelsText(endpoint.labels),
    site: endpoint.site ?? "",
    share: shareText(endpoint.share, row.sharesIn),
    note: noteText(endpoint, row),
  };
}

function removedNote({ removed }: ReportRow): string {
  const count = new Set(removed.map(({ endpoint }) => endpoint)).size;
  return count === 0 ? "" : `rules remove ${counted(count, "endpoint")}`;
}

const EMPTY: Line = { clients: "", rules: "", endpoint: "", labels: "", site: "", share: "", note: "" };
