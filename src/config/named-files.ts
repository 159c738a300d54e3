/** The files that a configuration names: their paths count from wherever it says, which is its own folder. */
import { OFF } from "./schema/file.ts";
import type { Config, LoadConfig } from "./schema/config.ts";

/** `npm:PACKAGE/FILE` is a file of an installed package. */
const OF_PACKAGE = "npm:";

/**
 * The configuration with `from` applied to each path as it is written, and `servedFrom` to those of files that no load reads:
 * the server opens them later, whatever its working folder is by then.
 */
export function withNamedFiles(
  { listen, api, dns, geoip, state, zones, monitors, sites, endpoints, profiles, notices, ...config }: Config,
  from: (path: string) => string,
  servedFrom = from,
): Config {
  const known = (path: string | undefined): string | undefined => (path === undefined ? undefined : from(path));
  const served = (path: string | undefined): string | undefined => (path === undefined ? undefined : servedFrom(path));
  const servedOrOff = (path: string | undefined): string | undefined => (path === OFF ? OFF : served(path));
  const withLoad = <T extends { readonly load?: LoadConfig | undefined }>(keys: T): T =>
    keys.load === undefined ? keys : { ...keys, load: loadFrom(keys.load, known) };
  const { tls } = api;
  return {
    ...config,
    listen: { ...listen, control: servedOrOff(listen.control) },
    api: {
      ...api,
      tokens: served(api.tokens),
      tls: tls && { certificate: servedFrom(tls.certificate), key: servedFrom(tls.key) },
    },
    state: { ...state, file: servedOrOff(state.file) },
    dns: { ...dns, cookies: { ...dns.cookies, secrets: known(dns.cookies.secrets) } },
    geoip: {
      ...geoip,
      databases: geoip.databases?.map((name) => (name.startsWith(OF_PACKAGE) ? name : from(name))),
    },
    monitors: Object.fromEntries(
      Object.entries(monitors).map(([name, monitor]) => {
        const { ca, clientCertificate, clientKey, authorization } = monitor;
        return [
          name,
          {
            ...monitor,
            ca: known(ca),
            clientCertificate: known(clientCertificate),
            clientKey: known(clientKey),
            authorization: authorization && { ...authorization, file: known(authorization.file) },
          },
        ];
      }),
    ),
    notices: Object.fromEntries(
      Object.entries(notices).map(([name, { ca, urlFrom, secret, ...notice }]) => [
        name,
        {
          ...notice,
          ca: known(ca),
          urlFrom: urlFrom && { ...urlFrom, file: known(urlFrom.file) },
          secret: secret && { ...secret, file: known(secret.file) },
        },
      ]),
    ),
    sites: mapped(sites, withLoad),
    endpoints: mapped(endpoints, withLoad),
    profiles: mapped(profiles, (profile) => ({ ...profile, endpoints: mapped(profile.endpoints, withLoad) })),
    zones: Object.fromEntries(
      Object.entries(zones).map(([name, zone]) => [
        name,
        { ...zone, file: known(zone.file), includes: known(zone.includes) },
      ]),
    ),
  };
}

function loadFrom(load: LoadConfig, known: (path: string | undefined) => string | undefined): LoadConfig {
  const { from } = load;
  if (from === "push" || from.authorization === undefined) return load;
  const { authorization } = from;
  return { ...load, from: { ...from, authorization: { ...authorization, file: known(authorization.file) } } };
}

/** The same object where nothing of it changes: there are thousands of endpoints. */
function mapped<T>(all: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  const entries = Object.entries(all).map(([name, value]): [string, T] => [name, change(value)]);
  return Object.fromEntries(entries);
}
