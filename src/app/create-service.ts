/**
 * The settings of the server itself as its workers need them. What must outlive a reload is made here once: a secret
 * for cookies where none is configured, the accounts of the rate limits, and the mark of a configuration that failed.
 */
import { randomBytes } from "node:crypto";
import type { DnsSettings } from "../config/settings.ts";
import { createRateLimitTable } from "../server/answer/rate-limit.ts";
import type { Service } from "../server/answer/service.ts";
import type { Clock } from "../shared/ports.ts";
import type { RateLimitRules } from "../shared/server-settings.ts";

export interface Services {
  of(settings: DnsSettings): Service;
  /** Whether what is served is older than the configuration. */
  setStale(stale: boolean): void;
}

/** Octets (RFC 9018 section 4.4: SipHash takes a key of 128 bits). */
const SECRET = 16;

export function createServices({ clock }: { readonly clock: Clock }): Services {
  const ownSecret = randomBytes(SECRET);
  const stale = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  let accounts: SharedArrayBuffer | undefined;
  let entries = 0;

  const accountsFor = (rules: RateLimitRules): SharedArrayBuffer => {
    if (accounts === undefined || entries !== rules.entries) {
      const key = randomBytes(8);
      accounts = createRateLimitTable(rules.entries, Uint32Array.of(key.readUInt32LE(0), key.readUInt32LE(4)), clock());
      ({ entries } = rules);
    }
    return accounts;
  };

  return {
    of: ({ identity, udpSize, ecs, cookieSecrets, rateLimit }) => ({
      identity,
      udpSize,
      longestSubnet: ecs,
      cookieSecrets: cookieSecrets ?? [ownSecret],
      rateLimit: { rules: rateLimit, memory: accountsFor(rateLimit) },
      stale,
    }),
    setStale: (isStale) => void Atomics.store(new Int32Array(stale), 0, Number(isStale)),
  };
}
