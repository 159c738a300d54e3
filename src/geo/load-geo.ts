/** Databases and own networks → the leaf table that workers share. */
import type { LeafTable } from "../routing/leaf-table.ts";
import type { Client } from "../routing/order.ts";
import type { Snapshot } from "../routing/snapshot.ts";
import { prefixesOf } from "../shared/ip-range.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { asnTree, NO_ASNS } from "./asn-tree.ts";
import { buildLeafTable } from "./build-leaf-table.ts";
import { DamagedDatabase } from "./damaged-database.ts";
import { knownClients } from "./known-clients.ts";
import { knownPlaces, type KnownPlaces } from "./known-places.ts";
import { networkTree, type MarkedNetwork } from "./network-tree.ts";
import { damagedError, openDatabase, type Database, type DatabaseError, type DatabaseFile } from "./open-database.ts";
import { specialPurposeNetworks } from "./special-purpose.ts";

export interface Geo {
  readonly table: LeafTable;
  readonly databases: readonly DatabaseFacts[];
  readonly known: KnownPlaces;
  /** One of each kind: `known-clients.ts`. */
  readonly clients: readonly Client[];
  /** Whether a database tells autonomous systems; of use, and looked at, only where endpoints name some. */
  readonly tellsAsns: boolean;
}

/** The part of a database that is kept once its leaves are in the table. */
export interface DatabaseFacts extends Pick<Database, "file" | "type" | "built"> {
  /** False for one of autonomous systems where no endpoint names any: nothing of it is in the table. */
  readonly used: boolean;
}

/** Opens the databases and makes their leaf table. The errors name every file that cannot be used. */
export function loadGeo(files: readonly DatabaseFile[], snapshot: Snapshot): Result<Geo, readonly DatabaseError[]> {
  const opened = files.map(openDatabase);
  const errors = opened.flatMap((result) => (result.ok ? [] : [result.error]));
  if (errors.length > 0) return err(errors);
  const geo = locateClients(
    opened.flatMap((result) => (result.ok ? [result.value] : [])),
    snapshot,
  );
  return geo.ok ? geo : err([geo.error]);
}

/** Makes the leaf table of databases. That one of them is damaged may show only now. */
export function locateClients(databases: readonly Database[], snapshot: Snapshot): Result<Geo, DatabaseError> {
  const named = namedAsns(snapshot);
  const [first] = databases;
  // A file of places that another kind has replaced: what is served is better than nothing.
  if (first !== undefined && named.size === 0 && databases.every(({ tells }) => tells === "asns")) {
    const what = `it tells autonomous systems alone, and no endpoint has asns (its type is ${first.type})`;
    return err({ file: first.file, code: "geoip-no-place", what, wanted: "a database of countries or cities" });
  }
  try {
    const networks = networkTree(allNetworks(snapshot));
    const prefixes = configuredNetworks(snapshot).map(({ prefix }) => prefix);
    const withAsns = named.size === 0 ? [] : databases.filter(({ mentionsAsns }) => mentionsAsns);
    const asns = withAsns.length === 0 ? NO_ASNS : asnTree(withAsns, named, networks);
    const withPlaces = databases.filter(({ tells }) => tells === "places");
    const table = buildLeafTable(withPlaces, networks, asns);
    const facts = databases.map(({ file, type, built, tells }): DatabaseFacts => {
      return { file, type, built, used: tells === "places" || named.size > 0 };
    });
    return ok({
      table,
      databases: facts,
      known: knownPlaces(table),
      clients: knownClients(table, prefixes),
      tellsAsns: asns.isTold,
    });
  } catch (cause) {
    if (!(cause instanceof DamagedDatabase)) throw cause;
    return err(damagedError(cause));
  }
}

/** The autonomous systems that endpoints name. */
export function namedAsns({ endpoints }: Pick<Snapshot, "endpoints">): ReadonlySet<number> {
  return new Set(endpoints.flatMap(({ placement }) => placement.asns));
}

/** The networks that cut the address space beside databases, and what is known of them. */
export function allNetworks(snapshot: Snapshot): readonly MarkedNetwork[] {
  const own = snapshot.networks.flatMap(({ cidrs }) => cidrs);
  return [...specialPurposeNetworks(own), ...configuredNetworks(snapshot)];
}

/** Own networks with their locations, and the `networks` of endpoints, which only cut leaves. */
export function configuredNetworks({ networks, endpoints }: Snapshot): readonly MarkedNetwork[] {
  return [
    ...networks.flatMap(({ cidrs, location }) => cidrs.map((prefix) => ({ prefix, location }))),
    ...endpoints.flatMap(({ placement }) =>
      placement.networks.flatMap(prefixesOf).map((prefix) => ({ prefix, location: undefined })),
    ),
  ];
}
