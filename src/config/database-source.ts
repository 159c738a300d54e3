/** GeoIP databases, opened and read by whoever may do so, and what loading a configuration has to be told of them. */
import type { Client } from "../routing/order.ts";
import type { Snapshot } from "../routing/snapshot.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import type { Refusal } from "./diagnostic.ts";

export interface DatabaseSource {
  /** Opens `geoip.databases`, as they are written; together they may have so many octets. The problems of each. */
  readonly open: (names: readonly string[], most: number) => readonly DatabaseProblem[];
  /** Finds the place of every network. Problems may show only now; without one, every region that has clients is known. */
  readonly locate: (snapshot: Snapshot) => LocatedClients;
}

export interface DatabaseProblem extends Refusal {
  /** In the list of databases. */
  readonly index: number;
}

export interface LocatedClients {
  readonly problems: readonly DatabaseProblem[];
  readonly regions: readonly RegionCode[];
  /** One of each kind of clients that the databases and networks tell apart. */
  readonly clients: readonly Client[];
  /** The autonomous systems that have clients, of those that endpoints name. */
  readonly asns: readonly number[];
  /** Whether a database tells autonomous systems, looked at where endpoints name some. */
  readonly tellsAsns: boolean;
  /** In the list of databases: those of autonomous systems, where no endpoint names any. */
  readonly unused: readonly number[];
}
