/**
 * A configuration file to a checked configuration, or everything that is wrong with it at once. Pure: the text is handed
 * in, and files that it names are not opened.
 */
import { err, ok, type Result } from "../shared/result.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { checks } from "./checks/table.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { createFindings } from "./findings.ts";
import type { Config } from "./schema/config.ts";
import type { CheckedConfig, Settings } from "./settings.ts";
import { wellFormed } from "./well-formed.ts";
import { readYaml, type YamlDocument } from "./yaml/document.ts";
import { readQuickly } from "./yaml/quick-document.ts";
import { readZones, type ZoneIndex } from "./zone-index.ts";

interface Source {
  /** As it is named in diagnostics. */
  readonly file: string;
  readonly text: string;
  /** The SOA serial of all zones. */
  readonly serial: number;
}

/** The diagnostics are in the order of the file, and at least one. */
export function loadConfig(source: Source): Result<CheckedConfig, readonly Diagnostic[]> {
  const quick = readQuickly(source.text);
  const result = quick && checked(source, quick);
  // Places are worth a slow reading only where there is something to place.
  return result?.ok === true ? result : checked(source, readYaml(source.text));
}

function checked({ file, serial }: Source, document: YamlDocument): Result<CheckedConfig, readonly Diagnostic[]> {
  const { diagnostics, refuse, report } = createFindings(file, document);
  for (const finding of document.findings) refuse(finding);

  let config: Config | undefined;
  let zones: ZoneIndex | undefined;
  if (document.readable) config = wellFormed(document.value, refuse);
  if (config !== undefined) {
    zones = readZones(config, document, refuse);
    for (const check of checks) check({ config, zones, places: document }, report);
  }
  const problems = diagnostics();
  if (config === undefined || zones === undefined || problems.length > 0) return err(problems);
  return ok({ settings: settingsOf(config), snapshot: buildSnapshot(config, zones, serial) });
}

function settingsOf({ listen, geoip, log }: Config): Settings {
  return { listen: { ...listen, http: listen.http }, geoip: { databases: geoip.databases ?? [] }, log };
}
