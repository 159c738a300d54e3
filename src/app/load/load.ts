/**
 * The one way from files to a generation: configuration → zone files → databases → tables. Reads and computes for as
 * long as it takes, so `load-process.ts` runs it in a process of its own, for serve, reload, check and explain alike.
 */
import path from "node:path";
import { loadConfig } from "../../config/load-config.ts";
import type { ZoneVersion } from "../../config/serial.ts";
import type { CheckedConfig } from "../../config/settings.ts";
import type { ReadFile } from "../../config/source-file.ts";
import { probeTargets, type ProbeTarget } from "../../health/probe-target.ts";
import { compileZones } from "../../server/names/compile-zones.ts";
import type { NameTable } from "../../server/names/name-table.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { LoadLimits } from "../../shared/server-settings.ts";
import { problemOf, type StartError } from "../start-error.ts";
import { createDatabases, type KeptGeo, type LoadedGeo, type ServedGeo } from "./databases.ts";
import { liesBelow } from "./read-file.ts";
import { asText, readForeignTextFile, readTextFile } from "./read-text-file.ts";

export interface LoadRequest {
  /** The path of the configuration, from whose folder the paths in it count. */
  readonly file: string;
  /** Its octets, where they are no file's: `file` is then their name in diagnostics, without a folder. */
  readonly octets?: Uint8Array;
  /** The zones as they are served now: the serials of those that change rise. */
  readonly served: readonly ZoneVersion[];
  /** The leaf table that is served now: where it would be made again, it is kept. */
  readonly geo?: ServedGeo;
  /** Whether the warnings are read. */
  readonly warns: boolean;
}

export interface Loaded {
  /** Without what has become of its parts: zones are the table of names, monitors are probe targets. */
  readonly config: Omit<CheckedConfig, "zones" | "monitoring">;
  readonly names: NameTable;
  /** The number of zones. */
  readonly zones: number;
  readonly geo: LoadedGeo | KeptGeo;
  /** What is to be probed. */
  readonly targets: readonly ProbeTarget[];
}

/** Octets of the configuration itself. 500 profiles of 250 endpoints take 6 MiB. */
export const CONFIGURATION = { most: 32 * 2 ** 20, rule: "as a configuration may have" };

/** `onLimits` is told the limits that the configuration sets before any other file is read. */
export function load(
  { file, octets, served, geo, warns }: LoadRequest,
  onLimits: (limits: LoadLimits) => void,
): Result<Loaded, StartError> {
  const read = octets === undefined ? readTextFile(file, CONFIGURATION) : asText({ octets, changed: Date.now() });
  if (!read.ok) {
    const { reason, wanted } = read.error;
    const remedy = wanted === undefined ? "; give the path of a configuration file" : `, wanted ${wanted}`;
    return err([{ code: "config-unreadable", message: `${file}: ${reason}${remedy}` }]);
  }
  const { text, changed } = read.value;
  const folder = path.dirname(file);
  const files = namedFiles();
  const databases = createDatabases(geo);
  const config = loadConfig({
    file,
    text,
    // Another server with the same file, or this one after a restart, tells the same serial.
    serial: Math.floor(changed / 1000),
    served,
    warns,
    readFile: files.read,
    pathFrom: (name) => (path.isAbsolute(name) ? name : path.join(folder, name)),
    databases,
    onLimits(limits) {
      files.mayRead(limits.zoneFiles);
      onLimits(limits);
    },
  });
  if (!config.ok) return err(config.error.map(problemOf));
  const { zones, monitoring, ...rest } = config.value;
  const { snapshot } = rest;
  return ok({
    config: rest,
    names: compileZones(zones, snapshot),
    zones: zones.length,
    geo: databases.outcome(),
    targets: probeTargets({ snapshot, monitoring }),
  });
}

/** The files that the configuration names, which have one limit together. */
function namedFiles() {
  let left = 0;
  const read: ReadFile = (file, below) => {
    if (below !== undefined && !liesBelow(file, below)) {
      return err({
        reason: `not a file of ${below} or below`,
        wanted: "one there, or that folder in the zone's includes",
      });
    }
    const found = readForeignTextFile(file, { most: left, rule: "what is left of limits.load.zoneFiles" });
    if (!found.ok) return found;
    left -= found.value.size;
    return ok(found.value.text);
  };
  return {
    read,
    mayRead(octets: number) {
      left = octets;
    },
  };
}
