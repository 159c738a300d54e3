/** What a process needs before it can serve: addresses, threads, files. Where clients are steered is the snapshot's. */
import type { Snapshot } from "../routing/snapshot.ts";
import type { IpPrefix } from "../shared/ip-address.ts";
import type { Zone } from "../shared/zone.ts";
import type { RaisedSerial, ZoneVersion } from "./serial.ts";

export interface CheckedConfig {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  readonly zones: readonly Zone[];
  /** Of the zones, for the serials of the next one. */
  readonly versions: readonly ZoneVersion[];
  /** The zones whose last change did not raise their own serial. None at a start. */
  readonly raised: readonly RaisedSerial[];
}

export interface Settings {
  readonly listen: {
    /** UDP and TCP; at least one. */
    readonly dns: readonly SocketAddress[];
    /** Metrics and health pages; undefined = off. */
    readonly http: SocketAddress | undefined;
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

export interface TcpLimits {
  readonly connections: number;
  /** Of one IPv4 address or IPv6 /64. */
  readonly perClient: number;
  /** Milliseconds. */
  readonly idle: number;
}

export interface DnsSettings {
  readonly identity: {
    readonly name: string | undefined;
    readonly version: string | undefined;
    readonly whoami: boolean;
    readonly allow: readonly IpPrefix[];
  };
  /** Octets. */
  readonly udpSize: number;
  /** 16 octets each; undefined: the process makes its own. */
  readonly cookieSecrets: readonly Uint8Array[] | undefined;
  /** Bits that are used at most. */
  readonly ecs: { readonly ipv4: number; readonly ipv6: number };
  readonly rateLimit: RateLimitSettings | undefined;
}

/** Rates are answers a second, 0 = no limit. */
export interface RateLimitSettings {
  readonly responses: number;
  readonly nodata: number;
  readonly nxdomains: number;
  readonly referrals: number;
  readonly errors: number;
  readonly all: number;
  /** Seconds. */
  readonly window: number;
  /** Every how many-th answer over the limit is sent truncated; 0 = none. */
  readonly slip: number;
  /** Bits of a network that is one client. */
  readonly ipv4Prefix: number;
  readonly ipv6Prefix: number;
  readonly entries: number;
  readonly exempt: readonly IpPrefix[];
}

export interface SocketAddress {
  /** An IP address in canonical text. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export type UdpTransport = "auto" | "batch" | "portable";

export type LogLevel = "debug" | "info" | "warn" | "error";
