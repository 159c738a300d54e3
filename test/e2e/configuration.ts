/** One configuration with an endpoint for each case, a profile of its own, and a backup that is never down. */
import { LONG, type Case, type Cast } from "./case.ts";
import { idOf } from "./cases/table.ts";

export const BACKUP = "192.0.2.9";

const DEFAULTS = { interval: "2s", timeout: LONG, toleratedFailures: 0, recoverAfter: 1 };

/** YAML is a superset of JSON. Without cases there is nothing to probe. */
export function configurationOf(casts: ReadonlyMap<Case, Cast>): string {
  const monitors: Record<string, object> = {};
  const profiles: Record<string, object> = {};
  for (const [own, { monitor, parts = {}, endpoint }] of casts) {
    const id = idOf(own);
    monitors[id] = "protocol" in monitor ? { ...DEFAULTS, ...monitor } : withNames(monitor, id);
    for (const [part, keys] of Object.entries(parts)) monitors[`${id}-${part}`] = { ...DEFAULTS, ...keys };
    profiles[id] = {
      names: [`${id}.health.example.com`],
      method: "priority",
      ttl: "0s",
      endpoints: { primary: { ...endpoint, monitor: id }, backup: { address: BACKUP, alwaysServe: true } },
    };
  }
  return JSON.stringify({
    listen: { dns: ["127.0.0.1:0"], http: "127.0.0.1:0", workers: 1 },
    reload: { watch: false },
    zones: { "health.example.com": { nameservers: ["ns1.example.net"] } },
    monitors,
    profiles,
  });
}

function withNames(monitor: object, id: string): object {
  return JSON.parse(JSON.stringify(monitor).replaceAll(/\bID-/g, `${id}-`)) as object;
}
