/** What `geosteer check demo.yaml` would print of a text: no lines when nothing is wrong. */
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";

export function diagnose(text: string): readonly string[] {
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1 });
  return loaded.ok ? [] : loaded.error.map(formatDiagnostic);
}
