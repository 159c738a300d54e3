/** How a server answers, whatever the zone: the part of a generation that is not steering. */
import type { Identity } from "../../shared/server-settings.ts";
import type { RateLimit } from "./rate-limit.ts";

export interface Service {
  readonly identity: Identity;
  /** Octets of the longest answer over UDP. */
  readonly udpSize: number;
  /** Bits of a client subnet that are used at most, by family; a longer one is cut. */
  readonly longestSubnet: { readonly ipv4: number; readonly ipv6: number };
  /** 16 octets each; the first makes cookies, all are accepted (RFC 9018 section 5). */
  readonly cookieSecrets: readonly Uint8Array[];
  /** Undefined = no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** One Int32, shared: whether a later configuration than the one that is served could not be loaded. */
  readonly stale: SharedArrayBuffer;
}
