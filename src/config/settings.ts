/** What a process needs before it can serve: addresses, threads, files. Where clients are steered is the snapshot's. */
import type { Snapshot } from "../routing/snapshot.ts";

export interface CheckedConfig {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

export interface Settings {
  readonly listen: {
    /** UDP and TCP; at least one. */
    readonly dns: readonly SocketAddress[];
    /** Metrics, API and dashboard; undefined = off. */
    readonly http: SocketAddress | undefined;
    readonly udp: UdpTransport;
    /** UDP worker threads; auto = one per core. */
    readonly workers: number | "auto";
  };
  readonly geoip: {
    /** Files, as written; a later one fills what an earlier one lacks. */
    readonly databases: readonly string[];
  };
  readonly log: { readonly level: LogLevel };
}

export interface SocketAddress {
  /** An IP address in canonical text. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export type UdpTransport = "auto" | "batch" | "portable";

export type LogLevel = "debug" | "info" | "warn" | "error";
