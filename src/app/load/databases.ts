/**
 * The GeoIP databases of one load: read, opened and made a table, or found to be those that are served already. Then their
 * table stays as it is: it is made of nothing but these files, the configured networks and the autonomous systems that
 * endpoints name.
 */
import { createHash, hash } from "node:crypto";
import type { DatabaseProblem, DatabaseSource, LocatedClients } from "../../config/database-source.ts";
import { PATH_WANTED } from "../../config/source-file.ts";
import { allNetworks, locateClients, namedAsns, type Geo } from "../../geo/load-geo.ts";
import { openDatabase, type Database, type DatabaseError } from "../../geo/open-database.ts";
import type { Snapshot } from "../../routing/snapshot.ts";
import { formatIpPrefix } from "../../shared/ip-address.ts";
import { databasePath } from "./database-path.ts";
import { readWholeFile, stampOf } from "./read-file.ts";
import type { TellFile } from "./source-file.ts";

/** What a table was made of. */
export interface GeoIdentity {
  readonly files: readonly FileIdentity[];
  /** A digest of the configured networks and of the autonomous systems that endpoints name. */
  readonly networks: string;
}

interface FileIdentity {
  readonly file: string;
  /** Of `stampOf`; undefined where a change might not show in it. */
  readonly stamp: string | undefined;
  /** Of its content. */
  readonly digest: string;
}

export interface LoadedGeo extends Geo {
  readonly identity: GeoIdentity;
}

/** The table that is served is still right. */
export interface KeptGeo {
  readonly kept: GeoIdentity;
}

/** What a load has to know of the table that is served. */
export type ServedGeo = Omit<LoadedGeo, "table">;

export interface Databases extends DatabaseSource {
  /** What has become of them once `locate` has found no problem. */
  readonly outcome: () => LoadedGeo | KeptGeo;
}

interface Content {
  readonly octets: Buffer;
  readonly identity: FileIdentity;
}

export function createDatabases(served: ServedGeo | undefined, tell: TellFile): Databases {
  let files: readonly string[] = [];
  let limit = 0;
  /** The problems of the files, which are opened once however often they are asked for. */
  let problems: readonly DatabaseProblem[] | undefined;
  let identities: readonly FileIdentity[] | undefined;
  let contents: readonly Content[] | undefined;
  let databases: readonly Database[] | undefined;
  let located: LocatedClients | undefined;
  let outcome: LoadedGeo | KeptGeo | undefined;

  const problemOf = ({ file, code, what, wanted }: DatabaseError): DatabaseProblem => {
    return { index: files.indexOf(file), code, what: `a GeoIP database that cannot be used: ${what}`, wanted };
  };

  const read = (): readonly DatabaseProblem[] => {
    let left = limit;
    const found: DatabaseProblem[] = [];
    contents = files.flatMap((file, index) => {
      const content = readWholeFile(file, { most: left, rule: "what is left of limits.load.databases" });
      if (content.ok) {
        const { octets, stamp } = content.value;
        left -= octets.length;
        return [{ octets, identity: { file, stamp, digest: hash("sha256", octets) } }];
      }
      const { reason, wanted = PATH_WANTED } = content.error;
      const what = `a GeoIP database that cannot be read: ${reason}`;
      found.push({ index, code: "geoip-unreadable", what, wanted });
      return [];
    });
    identities = contents.map(({ identity }) => identity);
    return found;
  };

  const openAll = (): readonly DatabaseProblem[] => {
    const found = contents === undefined ? read() : [];
    const opened = (contents ?? []).map(({ octets, identity: { file } }) => openDatabase({ file, octets }));
    databases = opened.flatMap((result) => (result.ok ? [result.value] : []));
    return [...found, ...opened.flatMap((result) => (result.ok ? [] : [problemOf(result.error)]))];
  };

  const open = (names: readonly string[], most: number): readonly DatabaseProblem[] => {
    limit = most;
    const paths = names.map(databasePath);
    const missing = paths.flatMap((found, index) => (found.ok ? [] : [{ ...found.error, index }]));
    files = paths.map((found, index) => (found.ok ? found.value : names[index]!));
    for (const found of paths) if (found.ok) tell(found.value, "database");
    if (missing.length > 0) {
      // Those that are there are looked at all the same.
      const unknown = new Set(missing.map(({ index }) => index));
      return [...missing, ...openAll().filter(({ index }) => !unknown.has(index))];
    }
    if (served !== undefined) {
      identities = unchanged(files, most, served.identity.files);
      if (identities !== undefined) return [];
      const found = read();
      if (found.length === 0 && hasContent(identities ?? [], served.identity.files)) return [];
      return [...found, ...openAll()];
    }
    return openAll();
  };

  const locate = (snapshot: Snapshot): LocatedClients => {
    const networks = digestOf(snapshot);
    if (databases === undefined && networks === served?.identity.networks) {
      outcome = { kept: { files: identities ?? [], networks } };
      return whatIsKnown(served);
    }
    const found = databases === undefined ? openAll() : [];
    if (found.length > 0) return { ...NOTHING, problems: found };
    const geo = locateClients(databases ?? [], snapshot);
    if (!geo.ok) return { ...NOTHING, problems: [problemOf(geo.error)] };
    outcome = { ...geo.value, identity: { files: identities ?? [], networks } };
    return whatIsKnown(geo.value);
  };

  return {
    open: (names, most) => (problems ??= open(names, most)),
    locate: (snapshot) => (located ??= locate(snapshot)),
    outcome() {
      if (outcome === undefined) throw new Error("no databases have been located");
      return outcome;
    },
  };
}

const NOTHING: LocatedClients = { problems: [], regions: [], asns: [], tellsAsns: false, unused: [], clients: [] };

function whatIsKnown({ known: { regions, asns }, tellsAsns, databases, clients }: Omit<Geo, "table">): LocatedClients {
  const unused = databases.flatMap(({ used }, index) => (used ? [] : [index]));
  return { problems: [], regions, asns, tellsAsns, unused, clients };
}

/** The identities of files that have not been touched; undefined where one may be another. */
function unchanged(
  files: readonly string[],
  most: number,
  served: readonly FileIdentity[],
): readonly FileIdentity[] | undefined {
  if (files.length !== served.length) return undefined;
  let octets = 0;
  for (const [i, file] of files.entries()) {
    const now = stampOf(file);
    octets += now?.size ?? 0;
    if (now === undefined || served[i]!.file !== file || served[i]!.stamp !== now.stamp) return undefined;
  }
  return octets <= most ? served : undefined;
}

function hasContent(files: readonly FileIdentity[], served: readonly FileIdentity[]): boolean {
  return (
    files.length === served.length &&
    files.every(({ file, digest }, i) => file === served[i]!.file && digest === served[i]!.digest)
  );
}

function digestOf(snapshot: Snapshot): string {
  const digest = createHash("sha256");
  for (const { prefix, location } of allNetworks(snapshot)) {
    digest.update(`${formatIpPrefix(prefix)} ${JSON.stringify(location)}\n`);
  }
  digest.update([...namedAsns(snapshot)].toSorted((a, b) => a - b).join(" "));
  return digest.digest("hex");
}
