/** The table of docs/api.md, made from the code: `npm run docs` writes it, `test/admin/api/api-page.test.ts` holds it. */
import { meaningOf, PROBLEM_STATUS, type ProblemCode } from "../../src/admin/api/problems.ts";
import { table } from "./reference-tables.ts";

export function apiTables(): ReadonlyMap<string, string> {
  const codes = Object.keys(PROBLEM_STATUS) as ProblemCode[];
  const rows = codes.map((code) => [String(PROBLEM_STATUS[code]), `\`${code}\``, meaningOf(code)]);
  const byStatus = rows.toSorted(([one], [other]) => Number(one) - Number(other));
  return new Map([["problems", table(["status", "code", "meaning"], byStatus)]]);
}
