/** The files that a configuration names: their paths count from wherever it says, which is its own folder. */
import type { Config } from "./schema/config.ts";

/** `npm:PACKAGE/FILE` is a file of an installed package. */
const OF_PACKAGE = "npm:";

/** The configuration with `from` applied to each path as it is written. */
export function withNamedFiles({ dns, geoip, zones, ...config }: Config, from: (path: string) => string): Config {
  const known = (path: string | undefined): string | undefined => (path === undefined ? undefined : from(path));
  return {
    ...config,
    dns: { ...dns, cookies: { ...dns.cookies, secrets: known(dns.cookies.secrets) } },
    geoip: {
      ...geoip,
      databases: geoip.databases?.map((name) => (name.startsWith(OF_PACKAGE) ? name : from(name))),
    },
    zones: Object.fromEntries(
      Object.entries(zones).map(([name, zone]) => [
        name,
        { ...zone, file: known(zone.file), includes: known(zone.includes) },
      ]),
    ),
  };
}
