/** The files that a configuration names: their paths count from wherever it says, which is its own folder. */
import { OFF } from "./schema/file.ts";
import type { Config } from "./schema/config.ts";

/** `npm:PACKAGE/FILE` is a file of an installed package. */
const OF_PACKAGE = "npm:";

/** The configuration with `from` applied to each path as it is written. */
export function withNamedFiles(
  { listen, api, dns, geoip, state, zones, ...config }: Config,
  from: (path: string) => string,
): Config {
  const known = (path: string | undefined): string | undefined => (path === undefined ? undefined : from(path));
  const knownOrOff = (path: string | undefined): string | undefined => (path === OFF ? OFF : known(path));
  const { tls } = api;
  return {
    ...config,
    listen: { ...listen, control: knownOrOff(listen.control) },
    api: {
      ...api,
      tokens: known(api.tokens),
      tls: tls && { certificate: from(tls.certificate), key: from(tls.key) },
    },
    state: { ...state, file: knownOrOff(state.file) },
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
