/** The contract of a server in the benchmark: what it needs, and how it is started as one process with one UDP thread. */

export interface ServerKind {
  /** In the report. */
  readonly name: string;
  /** Debian packages that it needs and the machine lacks. */
  readonly missingPackages: () => readonly string[];
  readonly version: () => string;
  /** Writes its configuration into the directory; the command runs in the foreground until SIGTERM. */
  readonly configure: (setup: Setup) => Promise<Command>;
  /** Whether it sends each client to the nearest endpoint, as the others do; the floor and other methods do not. */
  readonly steers: boolean;
}

export interface Setup {
  /** Its own; empty. */
  readonly directory: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** The GeoIP file. */
  readonly database: string;
}

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
}
