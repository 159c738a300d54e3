/**
 * A configuration file to a checked configuration, or everything that is wrong with it at once. Pure: texts are handed
 * in, its own and those of the zone files and secrets that it names, and GeoIP databases are opened by a port.
 */
import type { DomainName } from "../shared/domain-name.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { LoadLimits } from "../shared/server-settings.ts";
import { withHostsFollowed } from "../routing/profiles-behind.ts";
import { proveResidency } from "../routing/residency/proof.ts";
import { buildMonitoring } from "./build-monitoring.ts";
import { buildNotices } from "./build-notices.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { buildSites } from "./build-sites.ts";
import { checks } from "./checks/table.ts";
import { readCookieSecrets } from "./cookie-secrets.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { DatabaseProblem, DatabaseSource } from "./database-source.ts";
import { isLogged, isWarning } from "./diagnostic-codes.ts";
import { dnsSettings } from "./dns-settings.ts";
import { failoverTimes } from "./failover-times.ts";
import { createFindings } from "./findings.ts";
import { readGroupings } from "./groupings.ts";
import { withoutUnusedKeys } from "./method-keys.ts";
import { readMonitorFiles } from "./monitor-files.ts";
import { withNamedFiles } from "./named-files.ts";
import type { Config } from "./schema/config.ts";
import { nextVersion, raisedSerials, type ZoneVersion } from "./serial.ts";
import type { CheckedConfig, Settings } from "./settings.ts";
import type { ReadFile } from "./source-file.ts";
import { servedZone, type StaticZone } from "./static-zone.ts";
import { steeringGraph } from "./steering-graph.ts";
import { toldAtOrigin } from "./told-at-origin.ts";
import { residencyFindings, type ResidencyFinding } from "./residency-findings.ts";
import { reportUnmatchedAsns } from "./unmatched-asns.ts";
import { reportUnmatchedRegions } from "./unmatched-regions.ts";
import { wellFormed } from "./well-formed.ts";
import { withWholeEndpoints } from "./whole-endpoints.ts";
import { readYaml, type YamlDocument } from "./yaml/document.ts";
import { brokenDocument, readQuickly } from "./yaml/quick-document.ts";
import { zoneContent } from "./zone-content.ts";
import { readZones, type ZoneIndex } from "./zone-index.ts";
import { reportImpossibleProbes, type ProbeRefusals } from "./impossible-probes.ts";

interface Source {
  /** The file's name in diagnostics. */
  readonly file: string;
  readonly text: string;
  /** The SOA serial of zones in YAML that have none of their own: when the file was changed, in seconds since 1970. */
  readonly serial: number;
  readonly readFile: ReadFile;
  /** Reads the file of secrets; as `readFile` unless given. */
  readonly readSecrets?: ReadFile;
  /** A variable of the environment; none unless given. */
  readonly variable?: (name: string) => string | undefined;
  /** Which probes this machine cannot make; none unless given. */
  readonly refusals?: ProbeRefusals;
  /** A path as it is written → one that `readFile` takes; the same unless given. */
  readonly pathFrom?: (path: string) => string;
  /** The same for a path that is opened by who serves; as `pathFrom` unless given. */
  readonly servedFrom?: (path: string) => string;
  /** None: whether the GeoIP databases can be used, and what they know, is not asked. */
  readonly databases?: DatabaseSource;
  /** Is told the limits of loading as soon as they are known, before any other file is read. */
  readonly onLimits?: (limits: LoadLimits) => void;
  /** Whether somebody reads the warnings: only then do all have positions. */
  readonly warns?: boolean;
  /** Whether what is found of residency rules is brought as data, for a report: nothing of it is refused then. */
  readonly reports?: boolean;
  /** What is served now: a zone that changes gets a later serial. */
  readonly served?: readonly ZoneVersion[];
}

type KeptSource = Source & Required<Pick<Source, "readSecrets">>;

/** The diagnostics are at least one: the configuration's first, then those of each other file, in its order. */
export function loadConfig(source: Source): Result<CheckedConfig, readonly Diagnostic[]> {
  const { readFile, readSecrets = readFile } = source;
  const kept = { ...source, readFile: keepFiles(readFile), readSecrets: keepFiles(readSecrets) };
  const quick = readQuickly(source.text);
  const result = quick && checked(kept, quick);
  // Positions are worth a slow reading only where there is something to point at.
  const { warns = false } = source;
  const isLarge = source.text.length > LARGE;
  // What is only logged has its path. A large file that is right is not to be refused for the memory of a line number.
  const isPlaced = ({ code }: Diagnostic): boolean => warns || (isLogged(code) && !isLarge);
  if (result?.ok === true && !result.value.warnings.some(isPlaced)) return result;
  const broken = isLarge ? brokenDocument(source.text) : undefined;
  return checked(kept, broken ?? readYaml(source.text));
}

/** Characters. A larger text that is no YAML, such as the log of another program, is not worth reading to its end. */
const LARGE = 2 ** 20;

/** Each file is opened once, so that all that is said of it is said of the same text. */
function keepFiles(readFile: ReadFile): ReadFile {
  const kept = new Map<string, ReturnType<ReadFile>>();
  return (path, below) => {
    const key = JSON.stringify([path, below]);
    const read = kept.get(key) ?? readFile(path, below);
    kept.set(key, read);
    return read;
  };
}

function checked(source: KeptSource, document: YamlDocument): Result<CheckedConfig, readonly Diagnostic[]> {
  const { readFile, readSecrets, databases, pathFrom = (path) => path, servedFrom } = source;
  const { variable = () => undefined } = source;
  const { problems, warnings, refuse, report } = createFindings(source.file, document);
  for (const finding of document.findings) refuse(finding);

  const parts: Config | undefined = document.readable ? wellFormed(document.value, refuse) : undefined;
  if (parts === undefined) return err(problems());
  const whole = withWholeEndpoints(parts, document, refuse);
  const config = withNamedFiles(withoutUnusedKeys(whole), pathFrom, servedFrom);
  source.onLimits?.(config.limits.load);
  const zones = readZones(config, { written: document, readFile }, { refuse, report });
  const cookieSecrets = readCookieSecrets(config, readSecrets, refuse);
  const monitorFiles = readMonitorFiles(config, { readFile: readSecrets, variable, refuse });
  const notices = buildNotices(config, { readFile: readSecrets, variable, refuse });
  const { databases: names = [] } = config.geoip;
  const refuseDatabases = (unusable: readonly DatabaseProblem[]): void => {
    for (const { index, ...problem } of unusable) refuse({ ...problem, path: ["geoip", "databases", index] });
  };
  if (databases !== undefined) refuseDatabases(databases.open(names, config.limits.load.databases));
  const groupings = readGroupings(config, document, refuse);
  const graph = steeringGraph(config, zones);
  const subject = { config, parts, zones, graph, groupings, written: document };
  for (const check of checks) check(subject, toldAtOrigin(parts, document, report));
  const early = problems();
  if (early.length > 0) return err(early);

  const snapshot = buildSnapshot(config, groupings);
  const profileIds = new Map(Object.keys(config.profiles).map((name, id) => [name, id]));
  const profileAt = (host: DomainName): number | undefined => profileIds.get(graph.profileOf(host) ?? "");
  let residency: readonly ResidencyFinding[] = [];
  if (databases !== undefined) {
    const located = databases.locate(snapshot);
    refuseDatabases(located.problems);
    reportUnmatchedRegions(config, groupings, located.regions, report);
    reportUnmatchedAsns(config, located, report);
    residency = residencyFindings(proveResidency({ snapshot, clients: located.clients, profileAt }));
    const tell = toldAtOrigin(parts, document, report);
    for (const finding of residency) if (source.reports !== true || isWarning(finding.code)) tell(finding);
  }
  const late = problems();
  if (late.length > 0) return err(late);

  const monitoring = buildMonitoring(config, monitorFiles);
  reportImpossibleProbes(monitoring, source.refusals ?? {}, report);

  const versions = versionsOf(config, zones, source);
  const serials = new Map(versions.map(({ name, serial }) => [name, serial]));
  return ok({
    settings: settingsOf(config, cookieSecrets, notices),
    snapshot: withHostsFollowed(snapshot, profileAt),
    monitoring,
    sites: buildSites(config),
    zones: zones.zones.map((zone) => servedZone(zone, serials.get(zone.name)!)),
    versions,
    contents: zones.zones.map(zoneContent),
    raised: raisedSerials(versions),
    warnings: warnings(),
    failover: source.warns === true ? failoverTimes(config, graph) : [],
    residency: source.reports === true ? residency : [],
  });
}

/** A zone's answers come from its file, and from the configuration where it is written there or has a profile's name. */
function versionsOf(config: Config, { zones, zoneOf }: ZoneIndex, source: Source): readonly ZoneVersion[] {
  const served = new Map<DomainName, ZoneVersion>((source.served ?? []).map((version) => [version.name, version]));
  const steered = new Set(Object.values(config.profiles).flatMap(({ names = [] }) => names.map(zoneOf)));
  return zones.map((zone) => {
    const { name, soa } = zone;
    const texts = textsOf(zone, steered.has(zone), config, source.text);
    return nextVersion(name, soa.serial ?? source.serial, texts, served.get(name));
  });
}

function textsOf({ path, soa, texts }: StaticZone, isSteered: boolean, { zones }: Config, text: string) {
  if (isSteered || soa.serial === undefined) return [text, ...texts];
  // Who raises a serial by hand does so for changes of the zone, not for each of the configuration.
  return texts.length > 0 ? texts : [JSON.stringify(zones[String(path[1])])];
}

function settingsOf(
  { listen, api, dns, geoip, state, reload, health, log, limits }: Config,
  cookieSecrets: Settings["dns"]["cookieSecrets"],
  notices: Settings["notices"],
): Settings {
  return {
    listen: { ...listen, control: listen.control, http: listen.http },
    api: { hosts: api.hosts ?? [], tokens: api.tokens, tls: api.tls },
    dns: dnsSettings(dns, cookieSecrets),
    geoip: { databases: geoip.databases ?? [] },
    state: { ...state, file: state.file },
    reload,
    health: { ...health, slowDown: health.slowDown },
    notices,
    log,
    limits,
  };
}
