/**
 * The one way from files to a generation: configuration → zone files → databases → tables. Reads and computes for as
 * long as it takes, so `load-process.ts` runs it in a process of its own, for serve, reload, check and explain alike.
 */
import path from "node:path";
import { loadConfig } from "../../config/load-config.ts";
import type { ZoneVersion } from "../../config/serial.ts";
import type { CheckedConfig } from "../../config/settings.ts";
import type { FileProblem, ReadFile } from "../../config/source-file.ts";
import type { Digests } from "../../control/changes.ts";
import type { WatchedLoad } from "../../health/load/load-book.ts";
import { watchedLoads } from "../../health/load/watched-loads.ts";
import { planProbes, type ProbePlan } from "../../health/probe-target.ts";
import { createPingSockets } from "../../health/probes/ping-socket.ts";
import { compileZones } from "../../server/names/compile-zones.ts";
import type { NameTable } from "../../server/names/name-table.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { LoadLimits } from "../../shared/server-settings.ts";
import { problemOf, type StartError } from "../start-error.ts";
import { createDatabases, type KeptGeo, type LoadedGeo, type ServedGeo } from "./databases.ts";
import { digestsOf } from "./digests.ts";
import { programRefusal } from "./program-refusal.ts";
import { liesBelow } from "./read-file.ts";
import { asText, readForeignTextFile, readTextFile, utf8OrForeign } from "./read-text-file.ts";
import { createArchiveWriter, readArchive, type ArchivedFile, type SourceArchive } from "./source-archive.ts";
import { tellOnce, type SourceFile, type TellFile } from "./source-file.ts";

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
  /** Whether what is found of residency rules is brought for a report, and nothing of it refused. */
  readonly reports?: boolean;
  /** Whether the texts are brought, to be kept. */
  readonly archives?: boolean;
  /** The octets of the archive of an earlier load: its texts stand in for the files, and other files are read. */
  readonly kept?: Uint8Array;
}

export interface Loaded {
  /** Without what has become of its parts: zones are the table of names, monitors are probes. */
  readonly config: Omit<CheckedConfig, "zones" | "monitoring">;
  readonly names: NameTable;
  /** The number of zones. */
  readonly zones: number;
  readonly geo: LoadedGeo | KeptGeo;
  /** What is to be probed. */
  readonly probes: ProbePlan;
  /** The loads that are watched. */
  readonly loads: readonly WatchedLoad[];
  readonly digests: Digests;
  /** The texts that all of it is made of, where they were asked for. */
  readonly archive: SourceArchive | undefined;
}

/** Octets of the configuration itself. 500 profiles of 250 endpoints take 6 MiB. */
export const CONFIGURATION = { most: 32 * 2 ** 20, rule: "as a configuration may have" };

export interface LoadEvents {
  /** Is told the limits that the configuration sets before any other file is read. */
  readonly onLimits?: (limits: LoadLimits) => void;
  /** Is told each file before it is read. */
  readonly onFile?: (file: SourceFile) => void;
}

export function load(request: LoadRequest, { onLimits, onFile }: LoadEvents = {}): Result<Loaded, StartError> {
  const { file, octets, served, geo, warns, reports = false, archives = false } = request;
  const kept = keptFiles(request);
  if (!kept.ok) return kept;
  const tell = tellOnce(onFile ?? (() => {}));
  const archive = archives ? createArchiveWriter() : undefined;
  const folder = path.dirname(file);
  // `a/..` stays, as in an $INCLUDE: `a` may be a link elsewhere.
  const nameOf = (name: string): string => (name.includes("/../") ? name : path.relative(folder, name));
  const ofFolder = kept.value.get(nameOf(file));
  if (octets === undefined) tell(file, "configuration");
  const own = octets === undefined ? ofFolder : { octets, changed: Date.now() };
  const read = own === undefined ? readTextFile(file, CONFIGURATION) : asText(own);
  if (!read.ok) {
    const { reason, wanted } = read.error;
    const remedy = wanted === undefined ? "; give the path of a configuration file" : `, wanted ${wanted}`;
    return err([{ code: "config-unreadable", message: `${file}: ${reason}${remedy}` }]);
  }
  const { text, changed } = read.value;
  archive?.add({ file: nameOf(file), changed, octets: read.value.octets });
  const files = namedFiles({
    tell,
    keptAs: (name) => kept.value.get(nameOf(name)),
    onText: (name, found) => archive?.add({ file: nameOf(name), ...found }),
  });
  const databases = createDatabases(geo, tell);
  const config = loadConfig({
    file,
    text,
    // Another server with the same file, or this one after a restart, tells the same serial.
    serial: Math.floor(changed / 1000),
    served,
    warns,
    reports,
    readFile: files.readZone,
    readSecrets: files.readSecrets,
    variable: (name) => process.env[name],
    refusals: { ping: () => createPingSockets().refusal(), program: programRefusal },
    pathFrom: (name) => (path.isAbsolute(name) ? name : path.join(folder, name)),
    // The server leaves its working folder.
    servedFrom: (name) => path.resolve(folder, name),
    databases,
    onLimits(limits) {
      files.mayRead(limits.zoneFiles);
      onLimits?.(limits);
    },
  });
  if (!config.ok) return err(config.error.map(problemOf));
  const { zones, monitoring, ...rest } = config.value;
  const { snapshot } = rest;
  const probes = planProbes({ snapshot, monitoring });
  return ok({
    config: rest,
    names: compileZones(zones, snapshot),
    zones: zones.length,
    geo: databases.outcome(),
    probes,
    loads: watchedLoads(monitoring.loads, probes),
    digests: digestsOf(snapshot, monitoring),
    archive: archive?.finish(),
  });
}

type Content = Pick<ArchivedFile, "changed" | "octets">;

/** The texts that stand in for files, by their paths from the configuration's folder. */
function keptFiles({ file, kept }: LoadRequest): Result<ReadonlyMap<string, Content>, StartError> {
  if (kept === undefined) return ok(new Map());
  const files = readArchive(kept);
  if (files.ok) return ok(new Map(files.value.map((one) => [one.file, one])));
  const message = `${file}: the generation that was kept of it is damaged (${files.error}); mend the file itself`;
  return err([{ code: "config-unreadable", message }]);
}

interface NamedFilesDeps {
  readonly tell: TellFile;
  readonly keptAs: (file: string) => Content | undefined;
  /** Is given each text of a zone once. */
  readonly onText: (file: string, content: Content) => void;
}

/** The files that the configuration names, which have one limit together. Each is opened once, whoever asks for it. */
function namedFiles({ tell, keptAs, onText }: NamedFilesDeps) {
  const known = new Map<string, Result<string, FileProblem>>();
  let left = 0;
  const readOnce = (file: string, kind: "zone" | "secrets"): Result<string, FileProblem> => {
    const key = `${kind} ${file}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const kept = kind === "zone" ? keptAs(file) : undefined;
    const found =
      kept === undefined
        ? readForeignTextFile(file, { most: left, rule: "what is left of limits.load.zoneFiles" })
        : asText(kept, utf8OrForeign);
    if (found.ok) left -= found.value.octets.length;
    if (found.ok && kind === "zone") onText(file, found.value);
    const text = found.ok ? ok(found.value.text) : found;
    known.set(key, text);
    return text;
  };
  const readZone: ReadFile = (file, below) => {
    tell(file, "zone");
    // What is kept was allowed when it was read.
    if (below !== undefined && keptAs(file) === undefined && !liesBelow(file, below)) {
      return err({
        reason: `not a file of ${below} or below`,
        wanted: "one there, or that folder in the zone's includes",
      });
    }
    return readOnce(file, "zone");
  };
  const readSecrets: ReadFile = (file) => {
    tell(file, "secrets");
    return readOnce(file, "secrets");
  };
  return {
    readZone,
    readSecrets,
    mayRead(octets: number) {
      left = octets;
    },
  };
}
