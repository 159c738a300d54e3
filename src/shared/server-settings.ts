/** What an operator sets of the server itself. Config checks it, the server obeys it. */
import type { IpPrefix } from "./ip-address.ts";

export interface ListenAddress {
  /** An IP address in canonical text. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** How UDP is served; auto: batched where the machine can, else portable. */
export type UdpTransport = "auto" | "batch" | "portable";

export interface TcpLimits {
  /** Connections at once, of all clients. */
  readonly connections: number;
  /** Connections at once, of one IPv4 address or IPv6 /64. */
  readonly perClient: number;
  /**
   * Milliseconds that a connection may idle while no more than half of the connections are in use; at most 6,553,500
   * (RFC 7828 section 3.1).
   */
  readonly idle: number;
}

/** What the server tells of itself. Whatever is undefined or false is not told. */
export interface Identity {
  /** The server's name: NSID (RFC 5001), `hostname.bind` and `id.server` (RFC 4892). */
  readonly name: string | undefined;
  /** What `version.bind` and `version.server` tell. */
  readonly version: string | undefined;
  /** Whether `whoami.geosteer` tells what is known of the client that asks. */
  readonly whoami: boolean;
  /** Who may ask for names of class CH. */
  readonly allow: readonly IpPrefix[];
}

/** The limits of answers over UDP to clients without a valid cookie. Rates are answers per second; 0 = unlimited. */
export interface RateLimitRules {
  readonly responses: number;
  readonly nodata: number;
  readonly nxdomains: number;
  readonly referrals: number;
  readonly errors: number;
  /** Rate of the answers to a network that are much larger than their queries. */
  readonly amplified: number;
  /** Rate of all answers to a network. */
  readonly all: number;
  /** Rate of the answers to all clients together; beyond it every one is truncated. */
  readonly server: number;
  /** Seconds that a flood counts at most once it has ended. */
  readonly window: number;
  /** Every how many-th answer over a limit is sent truncated; 0 = drop all, 1 = truncate all. */
  readonly slip: number;
  /** Bits of an address that make the network which counts as one client. */
  readonly ipv4Prefix: number;
  readonly ipv6Prefix: number;
  /** Accounts that there is memory for. */
  readonly entries: number;
  readonly exempt: readonly IpPrefix[];
}

/** What a load may take; one that wants more has failed. Sizes in octets. */
export interface LoadLimits {
  /** Milliseconds. */
  readonly time: number;
  readonly memory: number;
  /** All GeoIP databases together. */
  readonly databases: number;
  /** All zone files, and what they include, together. */
  readonly zoneFiles: number;
}
