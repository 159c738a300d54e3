/** Gathers what is wrong with a file and those that it names, without the consequences of what was already reported. */
import type { Diagnostic, Position, Report } from "./diagnostic.ts";
import { formatPath, type Path } from "./path.ts";

export interface Findings {
  /** A value that is not well-formed. Nothing is concluded from it: it hides later reports of the same place. */
  readonly refuse: Report;
  /** A conclusion from well-formed values. */
  readonly report: Report;
  /** The configuration's first; of each file in its order. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** Diagnostics of one zone file: who gives a wrong file has enough of them. */
const MAX_OF_FILE = 100;

interface Source {
  readonly position: (path: Path, atKey: boolean) => Position;
  readonly found: (path: Path) => string;
}

export function createFindings(main: string, source: Source): Findings {
  const diagnostics: Diagnostic[] = [];
  const countOf = new Map<string, number>();
  /** The paths of all refused values and of all that they stand in. */
  const refused = new Set<string>();

  const report: Report = (finding) => {
    const { code, path, what, wanted, because = [path] } = finding;
    if (because.some((reason) => refused.has(JSON.stringify(reason)))) return;
    const { line, column } = finding.position ?? source.position(path, finding.atKey ?? false);
    const found = finding.found ?? source.found(path);
    const { file = main } = finding;
    const count = (countOf.get(file) ?? 0) + 1;
    countOf.set(file, count);
    if (file !== main && count > MAX_OF_FILE) return;
    diagnostics.push({ code, file, line, column, path: formatPath(path), what, found, wanted });
  };

  return {
    report,
    refuse(finding) {
      report(finding);
      for (let length = 0; length <= finding.path.length; length++) {
        refused.add(JSON.stringify(finding.path.slice(0, length)));
      }
      if (finding.explains !== undefined) refused.add(JSON.stringify(finding.explains));
    },
    diagnostics: () =>
      diagnostics.toSorted(
        (a, b) =>
          Number(a.file !== main) - Number(b.file !== main) ||
          (a.file === b.file ? 0 : a.file < b.file ? -1 : 1) ||
          a.line - b.line ||
          a.column - b.column ||
          (a.path < b.path ? -1 : 1),
      ),
  };
}
