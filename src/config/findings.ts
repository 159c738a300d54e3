/** Gathers what is wrong with a file and those that it names, without the consequences of what was already reported. */
import { counted } from "./counted.ts";
import type { Diagnostic, Position, Report } from "./diagnostic.ts";
import { type DiagnosticCode, isWarning } from "./diagnostic-codes.ts";
import { formatPath, type Path } from "./path.ts";
import { withoutSecrets } from "./secret-paths.ts";
import { variableRemedy } from "./remedies/variables.ts";

export interface Findings {
  /** A value that is not well-formed. Nothing is concluded from it: it hides later reports of the same path. */
  readonly refuse: Report;
  /** A conclusion from well-formed values. */
  readonly report: Report;
  /** What is wrong: first of the configuration, then of each other file; within a file by position. */
  readonly problems: () => readonly Diagnostic[];
  /** What is allowed and seldom meant, in the same order. */
  readonly warnings: () => readonly Diagnostic[];
}

/** At most so many problems are told of one file, and so many warnings: who gives a wrong file has enough of them. */
const MAX_OF_FILE = 100;
/** And so many in all. */
const MAX_IN_ALL = 1000;

interface OfFile {
  /** All of the file while they are few, else at least those that stand first. */
  kept: Diagnostic[];
  count: number;
}

/** Problems, or warnings: neither takes the place of the other. */
interface Kind {
  readonly ofFiles: Map<string, OfFile>;
  /** Stands for those that are not told. */
  readonly more: { readonly code: DiagnosticCode; readonly word: string };
}

interface Source {
  readonly pathOf: (path: Path) => Path;
  readonly position: (path: Path, atKey: boolean) => Position;
  readonly found: (path: Path) => string;
}

export function createFindings(main: string, source: Source): Findings {
  const problems: Kind = { ofFiles: new Map(), more: { code: "more-problems", word: "problem" } };
  const warnings: Kind = { ofFiles: new Map(), more: { code: "more-warnings", word: "warning" } };
  /** The paths of all refused values and of all that they stand in. */
  const refused = new Set<string>();

  const report: Report = (finding) => {
    const { code, what, wanted, because = [finding.path] } = finding;
    if (because.some((reason) => refused.has(JSON.stringify(reason)))) return;
    const path = source.pathOf(finding.path);
    const { line, column } = finding.position ?? source.position(path, finding.atKey ?? false);
    const shown = withoutSecrets(path, finding.found ?? source.found(path));
    const isAsWritten = finding.found === undefined || finding.atKey === true;
    const remedy = isAsWritten ? variableRemedy(shown.found) : undefined;
    const { file = main } = finding;
    const place = { file, line, column, path: formatPath(shown.path) };
    const diagnostic = { code, ...place, what, found: shown.found, wanted: remedy ?? wanted };
    keep(isWarning(code) ? warnings : problems, diagnostic);
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
    problems: () => toldOf(problems, main),
    warnings: () => toldOf(warnings, main),
  };
}

function toldOf({ ofFiles, more }: Kind, main: string): readonly Diagnostic[] {
  const rank = (file: string): string => (file === main ? "" : file);
  const files = [...ofFiles].toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  const all = files.flatMap(([, ofFile]) => cut(firstOf(ofFile), MAX_OF_FILE, ofFile.count, more));
  const count = files.reduce((sum, [, ofFile]) => sum + ofFile.count, 0);
  return cut(all, MAX_IN_ALL, count, more);
}

function keep({ ofFiles }: Kind, diagnostic: Diagnostic): void {
  const ofFile = ofFiles.get(diagnostic.file) ?? { kept: [], count: 0 };
  ofFiles.set(diagnostic.file, ofFile);
  ofFile.count++;
  ofFile.kept.push(diagnostic);
  // Reports come in any order. One more is kept than are told: `more-problems` has its position.
  if (ofFile.kept.length > 2 * MAX_OF_FILE) ofFile.kept = firstOf(ofFile);
}

function firstOf({ kept }: OfFile): Diagnostic[] {
  return kept.toSorted(byPosition).slice(0, MAX_OF_FILE + 1);
}

/** At most `most` of the diagnostics: one line in place of the next one and all behind it. */
function cut(
  all: readonly Diagnostic[],
  most: number,
  count: number,
  { code, word }: Kind["more"],
): readonly Diagnostic[] {
  const next = all[most];
  if (next === undefined) return all;
  const what = counted(count - most, `more ${word}`);
  return [...all.slice(0, most), { ...next, code, what, found: `${counted(count, word)} in all`, wanted: "none" }];
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  return a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1);
}
