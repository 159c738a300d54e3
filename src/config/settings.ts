/** What a process needs before it can serve: addresses, threads, files. Where clients are steered is the snapshot's. */
import type { Monitoring } from "../health/monitoring.ts";
import type { Snapshot } from "../routing/snapshot.ts";
import type { DomainName } from "../shared/domain-name.ts";
import type { NoticeSettings } from "../shared/notice-settings.ts";
import type { LogLevel } from "../shared/ports.ts";
import type {
  Identity,
  ListenAddress,
  LoadLimits,
  RateLimitRules,
  TcpLimits,
  UdpTransport,
} from "../shared/server-settings.ts";
import type { Zone } from "../shared/zone.ts";
import type { Site } from "./build-sites.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { FailoverTime } from "./failover-times.ts";
import type { ResidencyFinding } from "./residency-findings.ts";
import type { RaisedSerial, ZoneVersion } from "./serial.ts";

export interface CheckedConfig {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  readonly monitoring: Monitoring;
  readonly sites: readonly Site[];
  readonly zones: readonly Zone[];
  /** The versions of the zones, which the next load needs for their serials. */
  readonly versions: readonly ZoneVersion[];
  /** Of each zone what it is made of itself, whatever profiles have names in it. */
  readonly contents: readonly ZoneContent[];
  /** The zones whose last change did not raise their own serial; none at a start. */
  readonly raised: readonly RaisedSerial[];
  /** What is allowed and seldom meant. */
  readonly warnings: readonly Diagnostic[];
  /** How long failover takes; none unless somebody reads the warnings. */
  readonly failover: readonly FailoverTime[];
  /** What the proof of residency rules has found; none unless a report is made of it. */
  readonly residency: readonly ResidencyFinding[];
}

export interface ZoneContent {
  readonly name: DomainName;
  /** Another one when its part of the configuration, its file or a file that it includes has changed. */
  readonly digest: string;
}

export interface Settings {
  readonly listen: {
    /** The addresses for UDP and TCP, at least one. */
    readonly dns: readonly ListenAddress[];
    /** The path of the Unix socket for the command line, or `off`; undefined = beside the state file. */
    readonly control: string | undefined;
    /** Where the API, metrics and health pages are served; undefined = nowhere. */
    readonly http: ListenAddress | undefined;
    readonly tcp: TcpLimits;
    readonly udp: UdpTransport;
    /** How many threads serve UDP; auto = one per core. */
    readonly workers: number | "auto";
  };
  readonly api: {
    /** Names under which the HTTP server may be asked, beside localhost and addresses. */
    readonly hosts: readonly DomainName[];
    /** The path of the file of tokens. */
    readonly tokens: string | undefined;
    /** Paths of PEM files; undefined = no TLS. */
    readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  };
  readonly state: {
    /** The path of the state file, or `off`; undefined = nothing is said of it. */
    readonly file: string | undefined;
    /** Milliseconds; older statuses are not taken over at a start. */
    readonly maxAge: number;
    /** Milliseconds that history is kept. */
    readonly keep: number;
    /** Octets of the state file above which the oldest history goes early. */
    readonly size: number;
  };
  /** Whether files that have changed are loaded again by themselves. */
  readonly reload: { readonly watch: boolean };
  readonly dns: DnsSettings;
  readonly geoip: {
    /** Paths of database files, or `npm:PACKAGE/FILE`; a later one fills what an earlier one lacks. */
    readonly databases: readonly string[];
  };
  readonly health: {
    /** Milliseconds that a start or reload waits for the first results of new probe targets. */
    readonly firstRound: number;
    /** What nobody has asked for within `after` milliseconds is probed every `factor` intervals; undefined = all alike. */
    readonly slowDown: { readonly after: number; readonly factor: number } | undefined;
    /** Milliseconds for which the last known addresses of a host are probed while the resolver fails. */
    readonly lastAddress: number;
  };
  /** In the order of the file. */
  readonly notices: readonly NoticeSettings[];
  readonly log: { readonly level: LogLevel };
  readonly limits: { readonly load: LoadLimits };
}

export interface DnsSettings {
  readonly identity: Identity;
  /** Octets of the longest answer over UDP. */
  readonly udpSize: number;
  /** Secrets of 16 octets; undefined = the process makes its own. */
  readonly cookieSecrets: readonly Uint8Array[] | undefined;
  /** Bits of a client subnet that are used at most. */
  readonly ecs: { readonly ipv4: number; readonly ipv6: number };
  readonly rateLimit: RateLimitRules;
}
