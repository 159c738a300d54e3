/** The `dns` section as the process needs it: what an operator may leave out is filled in. */
import type { RateLimitRules } from "../shared/server-settings.ts";
import type { Config } from "./schema/config.ts";
import type { DnsSettings } from "./settings.ts";

export function dnsSettings(
  { identity, udpSize, ecs, rateLimit }: Config["dns"],
  cookieSecrets: DnsSettings["cookieSecrets"],
): DnsSettings {
  const { name, version, whoami, allow } = identity;
  return {
    identity: { name, version, whoami, allow },
    udpSize,
    cookieSecrets,
    ecs,
    rateLimit: rateLimitRules(rateLimit),
  };
}

function rateLimitRules(config: Config["dns"]["rateLimit"]): RateLimitRules {
  const { responses } = config;
  return {
    ...config,
    nodata: config.nodata ?? responses,
    nxdomains: config.nxdomains ?? responses,
    referrals: config.referrals ?? responses,
    errors: config.errors ?? responses,
    exempt: config.exempt ?? [],
  };
}
