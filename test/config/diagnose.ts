/** What `geosteer check demo.yaml` would print of a text: no lines when nothing is wrong. */
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { ReadFile } from "../../src/config/source-file.ts";
import { err, ok } from "../../src/shared/result.ts";

export type Files = Readonly<Record<string, string>>;

/** `variables`: those of the environment. */
export function diagnose(text: string, files: Files = {}, variables: Files = {}): readonly string[] {
  const variable = (name: string): string | undefined => variables[name];
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf(files), variable });
  return loaded.ok ? [] : loaded.error.map(formatDiagnostic);
}

/** The warnings of a text that can be served. */
export function warningsOf(text: string, files: Files = {}): readonly string[] {
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf(files), warns: true });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value.warnings.map(formatDiagnostic);
}

/** Files by their paths. */
export function filesOf(files: Files): ReadFile {
  return (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    return text === undefined ? err({ reason: "no such file", wanted: undefined }) : ok(text);
  };
}
