/** Gathers what is wrong with a file, without the consequences of what was already reported. */
import type { Diagnostic, Position, Report } from "./diagnostic.ts";
import { formatPath, type Path } from "./path.ts";

export interface Findings {
  /** A value that is not well-formed. Nothing is concluded from it: it hides later reports of the same place. */
  readonly refuse: Report;
  /** A conclusion from well-formed values. */
  readonly report: Report;
  /** In the order of the file. */
  readonly diagnostics: () => readonly Diagnostic[];
}

interface Source {
  readonly position: (path: Path, atKey: boolean) => Position;
  readonly found: (path: Path) => string;
}

export function createFindings(file: string, source: Source): Findings {
  const diagnostics: Diagnostic[] = [];
  /** The paths of all refused values and of all that they stand in. */
  const refused = new Set<string>();

  const report: Report = (finding) => {
    const { code, path, what, wanted, because = [path] } = finding;
    if (because.some((reason) => refused.has(JSON.stringify(reason)))) return;
    const { line, column } = finding.position ?? source.position(path, finding.atKey ?? false);
    const found = finding.found ?? source.found(path);
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
      diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1)),
  };
}
