/** The zones with their static data, and which zone a name belongs to. */
import { type DomainName, selfAndAncestors } from "../shared/domain-name.ts";
import type { Findings } from "./findings.ts";
import { reportMisplacedKeys } from "./misplaced-keys.ts";
import type { Path } from "./path.ts";
import type { Config, ZoneConfig } from "./schema/config.ts";
import type { ReadFile } from "./source-file.ts";
import { createStaticZone, type StaticZone, type ZoneData } from "./static-zone.ts";
import { parseZoneName } from "./text/name.ts";
import type { WrittenFile } from "./yaml/written-file.ts";
import { readYamlZone } from "./yaml-zone.ts";
import { readFileZone } from "./zone-file/file-zone.ts";

export interface ZoneIndex {
  readonly zones: readonly StaticZone[];
  /** The zone that answers for the name: the most specific one that it lies in. */
  readonly zoneOf: (name: DomainName) => StaticZone | undefined;
  /** Whether a zone that the file declares, well-formed or not, could hold the name. */
  readonly mayHold: (name: DomainName) => boolean;
}

interface ZonesSource {
  readonly written: WrittenFile;
  readonly readFile: ReadFile;
}

type Sinks = Pick<Findings, "refuse" | "report">;

export function readZones(config: Config, { written, readFile }: ZonesSource, findings: Sinks): ZoneIndex {
  const { refuse } = findings;
  const byName = new Map<DomainName, StaticZone>();
  for (const [key, zone] of Object.entries(config.zones)) {
    const path = ["zones", key];
    const name = parseZoneName(key);
    if (!name.ok) refuse({ ...name.error, path, atKey: true, found: JSON.stringify(key) });
    else if (byName.has(name.value)) {
      const what = "two zones of one name";
      refuse({ code: "duplicate-zone", path, atKey: true, what, found: JSON.stringify(key), wanted: "each zone once" });
    } else {
      const data = readZone(path, name.value, zone, { written, readFile }, findings);
      byName.set(name.value, createStaticZone(path, name.value, data));
    }
  }

  const declared = written.keys(["zones"]).map((key) => parseZoneName(key));
  const declaredNames = new Set(declared.flatMap((name) => (name.ok ? [name.value] : [])));
  const someUnknown = declared.some(({ ok }) => !ok);
  return {
    zones: [...byName.values()],
    zoneOf(name) {
      const apex = selfAndAncestors(name).find((ancestor) => byName.has(ancestor));
      return apex === undefined ? undefined : byName.get(apex);
    },
    mayHold: (name) => someUnknown || selfAndAncestors(name).some((ancestor) => declaredNames.has(ancestor)),
  };
}

/** Keys that a master file takes the place of. */
const yamlOnly = new Map(["nameservers", "contact", "ttl", "soa", "records"].map((key) => [key, "no file"]));
const fileOnly = new Map([["includes", "a file"]]);

function readZone(
  path: Path,
  name: DomainName,
  config: ZoneConfig,
  { written, readFile }: ZonesSource,
  findings: Sinks,
): ZoneData {
  const { refuse } = findings;
  if (config.file !== undefined) {
    reportMisplacedKeys(written, { path, chosen: "a zone with a file", allowed: [], homes: yamlOnly }, refuse);
    const { file, includes } = config;
    return readFileZone([...path, "file"], { name, file, includes }, readFile, findings);
  }
  reportMisplacedKeys(written, { path, chosen: "a zone without a file", allowed: [], homes: fileOnly }, refuse);
  if (config.nameservers === undefined) {
    const because = [
      [...path, "nameservers"],
      [...path, "file"],
    ];
    const wanted = "DNS name, or a list of them";
    refuse({ code: "missing-key", path: [...path, "nameservers"], because, what: "missing key", wanted });
  }
  return readYamlZone(path, name, config, refuse);
}
