/** What a process needs before it can serve: addresses, threads, files. Where clients are steered is the snapshot's. */
import type { Snapshot } from "../routing/snapshot.ts";
import type { LogLevel } from "../shared/ports.ts";
import type { Identity, ListenAddress, RateLimitRules, TcpLimits, UdpTransport } from "../shared/server-settings.ts";
import type { Zone } from "../shared/zone.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { RaisedSerial, ZoneVersion } from "./serial.ts";

export interface CheckedConfig {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  readonly zones: readonly Zone[];
  /** Of the zones, for the serials of the next one. */
  readonly versions: readonly ZoneVersion[];
  /** The zones whose last change did not raise their own serial. None at a start. */
  readonly raised: readonly RaisedSerial[];
  /** What is allowed and seldom meant. */
  readonly warnings: readonly Diagnostic[];
}

export interface Settings {
  readonly listen: {
    /** UDP and TCP; at least one. */
    readonly dns: readonly ListenAddress[];
    /** Metrics and health pages; undefined = off. */
    readonly http: ListenAddress | undefined;
    readonly tcp: TcpLimits;
    readonly udp: UdpTransport;
    /** UDP worker threads; auto = one per core. */
    readonly workers: number | "auto";
  };
  readonly dns: DnsSettings;
  readonly geoip: {
    /** Files, as written; a later one fills what an earlier one lacks. */
    readonly databases: readonly string[];
  };
  readonly log: { readonly level: LogLevel };
}

export interface DnsSettings {
  readonly identity: Identity;
  /** Octets. */
  readonly udpSize: number;
  /** 16 octets each; undefined: the process makes its own. */
  readonly cookieSecrets: readonly Uint8Array[] | undefined;
  /** Bits that are used at most. */
  readonly ecs: { readonly ipv4: number; readonly ipv6: number };
  readonly rateLimit: RateLimitRules | undefined;
}
