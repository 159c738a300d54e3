/**
 * The matrix as CSV (RFC 4180), one line for each profile, region and endpoint. Spreadsheets take a cell that begins with
 * `=`, `+`, `-`, `@`, a tab or a carriage return for a formula: it gets an apostrophe in front.
 */
import { labelsText, noteText } from "./report-words.ts";
import type { ResidencyReport } from "./report.ts";

const COLUMNS = [
  "profile",
  "clients",
  "placed_by",
  "rules",
  "endpoint",
  "site",
  "labels",
  "by",
  "share",
  "otherwise",
  "removed",
  "share_in",
  "note",
];

export function reportCsv({ matrix }: ResidencyReport): string {
  const lines = matrix.flatMap((row) => {
    const { profile, clients, placedBy, rules, endpoints, otherwise, removed, sharesIn = "" } = row;
    const head = [profile, clients, placedBy, rules.join(" ")];
    const tail = [
      otherwise.join(" "),
      removed.map(({ endpoint, rule, because }) => `${endpoint} (${rule}: ${because})`).join("; "),
    ];
    const all = endpoints.map((one) => {
      const { endpoint, site = "", labels, by, share } = one;
      const shares = share === undefined ? ["", ""] : [String(share), sharesIn];
      return [...head, endpoint, site, labelsText(labels), by, shares[0]!, ...tail, shares[1]!, noteText(one, row)];
    });
    return all.length > 0 ? all : [[...head, "", "", "", "", "", ...tail, "", ""]];
  });
  return [COLUMNS, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
