/**
 * Loads: limits in their order, exactly one signal with its keys, a probe that can tell it; and a warning where there is
 * nobody whom a load could leave clients to.
 */
import { LOAD_INTERVAL, loadOf, probeSourceOf } from "../build-loads.ts";
import type { Report } from "../diagnostic.ts";
import { enabledOf } from "../enabled-endpoints.ts";
import { isProbed, monitorOf } from "../monitor-of.ts";
import { ofName } from "../of-name.ts";
import type { Path } from "../path.ts";
import type { Config, EndpointConfig, LoadConfig, MonitorConfig, ProfileConfig } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import { writtenEndpoints } from "../written-endpoints.ts";
import type { Check } from "./check.ts";

export const checkLoads: Check = ({ config, parts, graph }, report) => {
  const sites = Object.entries(parts.sites).map(([name, keys]) => ({ path: ["sites", name], keys }));
  for (const { path, keys } of [...sites, ...writtenEndpoints(parts)]) {
    if (keys.load === undefined) continue;
    checkOrder([...path, "load"], keys.load, report);
    checkSignal([...path, "load", "from"], keys.load, report);
  }
  const users = usersOf(config);
  checkProbes(users, config, report);
  checkAges(users, config, report);
  warnOfIdle(users, config, graph, report);
};

function checkOrder(path: Path, load: LoadConfig, report: Report): void {
  // Shares of 1, taken for per cent: nobody means to send all clients away at a load of one in a hundred.
  if (load.critical <= 1) {
    report({
      code: "out-of-range",
      path: [...path, "critical"],
      what: "limits of a load that are shares of 1",
      wanted: "per cent, as of all three: low: 70, high: 90, critical: 95",
    });
  }
  for (const [lower, higher] of [
    ["low", "high"],
    ["high", "critical"],
  ] as const) {
    if (load[lower] < load[higher]) continue;
    report({
      code: "out-of-range",
      path: [...path, higher],
      because: [
        [...path, lower],
        [...path, higher],
      ],
      what: `${higher} not above ${lower}`,
      wanted: `more than ${load[lower]}: low, high and critical rise`,
    });
  }
}

const SIGNALS = ["orca", "header", "json", "prometheus"] as const;
const OF_PROMETHEUS = ["query", "interval", "authorization"] as const;

function checkSignal(path: Path, { from }: LoadConfig, report: Report): void {
  if (from === "push") return;
  const given = SIGNALS.filter((key) => from[key] !== undefined);
  if (given.length !== 1) {
    report({
      code: "load-signal",
      path,
      because: [path, ...SIGNALS.map((key) => [...path, key])],
      what: given.length === 0 ? "no signal" : "more than one signal",
      found: given.length === 0 ? "none" : given.join(" and "),
      wanted: "one of orca, header, json and prometheus, or push",
    });
  }
  if (from.prometheus === undefined) {
    for (const key of OF_PROMETHEUS) {
      if (from[key] === undefined) continue;
      const what = `${key} means nothing without prometheus`;
      report({
        code: "misplaced-key",
        path: [...path, key],
        atKey: true,
        what,
        wanted: `no ${key}, or prometheus: URL`,
      });
    }
  } else if (from.query === undefined) {
    const wanted = "query, which prometheus needs";
    report({ code: "missing-key", path: [...path, "query"], what: "missing key", wanted });
  }
}

/** An endpoint of a profile that follows a load. */
interface User {
  readonly path: Path;
  readonly profileName: string;
  readonly profile: ProfileConfig;
  readonly endpoint: EndpointConfig;
  readonly load: LoadConfig;
  /** Whose load it is; undefined = its own. */
  readonly site: string | undefined;
}

function usersOf({ profiles, sites }: Config): readonly User[] {
  return Object.entries(profiles).flatMap(([profileName, profile]) =>
    Object.entries(profile.endpoints).flatMap(([name, endpoint]): User[] => {
      const found = loadOf(endpoint, sites);
      const path = ["profiles", profileName, "endpoints", name];
      return found === undefined ? [] : [{ path, profileName, profile, endpoint, ...found }];
    }),
  );
}

/** Tells of each load of which something holds for all users: a site's is of use where it is for one endpoint. */
function tellAll(
  users: readonly User[],
  isSo: (user: User) => boolean,
  tell: (at: Path, users: readonly User[]) => void,
) {
  for (const user of users) if (user.site === undefined && isSo(user)) tell([...user.path, "load"], [user]);
  const ofSites = Map.groupBy(users, ({ site }) => site);
  for (const [site, all] of ofSites) if (site !== undefined && all.every(isSo)) tell(["sites", site, "load"], all);
}

function checkProbes(users: readonly User[], { monitors }: Config, report: Report): void {
  const isUntold = ({ profile, endpoint, load }: User): boolean => {
    if (probeSourceOf(load) === undefined) return false;
    const monitor = monitorOf(profile, endpoint);
    return monitor === undefined || !isProbed(profile, endpoint) || askersOf(monitor, load, monitors).length === 0;
  };
  tellAll(users, isUntold, (at, all) => {
    const monitorPaths = all.flatMap(({ path }) => [
      [...path, "monitor"],
      [...path.slice(0, 2), "monitor"],
    ]);
    report({
      code: "misplaced-key",
      path: [...at, "from"],
      because: [[...at, "from"], ...monitorPaths],
      what: "a load from the answers to probes means nothing without a probe by http or https",
      wanted: "a monitor of protocol http or https, or push or prometheus",
    });
  });
}

/** Who can tell a load, of a monitor and those that it is made of. One that does not exist, which is told elsewhere, is "unknown". */
function askersOf(
  name: string,
  load: LoadConfig,
  monitors: Config["monitors"],
  seen = new Set<string>(),
): readonly (MonitorConfig | "unknown")[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const monitor = ofName(monitors, name);
  if (monitor === undefined) return ["unknown"];
  const { protocol, method, all = [], any = [], of = [], not } = monitor;
  if (protocol !== undefined) {
    // The answer to a HEAD has no body.
    const hasIt = probeSourceOf(load)?.kind !== "json" || method !== "HEAD";
    return (protocol === "http" || protocol === "https") && hasIt ? [monitor] : [];
  }
  const parts = [...all, ...any, ...of, ...(not === undefined ? [] : [not])];
  return parts.flatMap((part) => askersOf(part, load, monitors, seen));
}

/** Else it is stale, and told so, between each reading and the next. */
function checkAges(users: readonly User[], { monitors }: Config, report: Report): void {
  const pauseOf = ({ profile, endpoint, load }: User): number => {
    if (load.from !== "push" && load.from.prometheus !== undefined) return load.from.interval ?? LOAD_INTERVAL;
    const monitor = monitorOf(profile, endpoint);
    if (probeSourceOf(load) === undefined || monitor === undefined) return 0;
    const askers = askersOf(monitor, load, monitors);
    return askers.length === 0 ? 0 : Math.min(...askers.map((asker) => (asker === "unknown" ? 0 : asker.interval)));
  };
  tellAll(
    users,
    (user) => pauseOf(user) >= user.load.maxAge,
    (at, all) => {
      const seconds = Math.max(...all.map(pauseOf)) / 1000;
      report({
        code: "out-of-range",
        path: [...at, "maxAge"],
        because: [[...at, "maxAge"], [...at, "from"], ...all.map(({ path }) => [...path, "monitor"])],
        what: "a reading counts no longer than it takes to the next one",
        wanted: `more than ${seconds}s, better three times as much`,
      });
    },
  );
}

function warnOfIdle(users: readonly User[], { profiles }: Config, graph: SteeringGraph, report: Report): void {
  const spilling = spillingProfiles(profiles, graph);
  tellAll(
    users,
    ({ profileName, profile, endpoint }) => !spilling.has(profileName) && profile.enabled && endpoint.enabled,
    (at, all) =>
      report({
        code: "idle-load",
        path: at,
        atKey: true,
        because: [at, [...at.slice(0, 2), "method"]],
        what: "a load without anybody who could take clients",
        found:
          all[0]!.profile.method === "geographic"
            ? "an endpoint that is a region's only one"
            : "the only endpoint in use",
        wanted: "no load, or more endpoints: in a geographic profile as endpoints of a nested one",
      }),
  );
}

/** The profiles whose endpoints have somebody to leave clients to: others there, or around them up to a region. */
function spillingProfiles(profiles: Config["profiles"], { childrenFirst }: SteeringGraph): ReadonlySet<string> {
  const spilling = new Set<string>();
  for (const name of childrenFirst.toReversed()) {
    const profile = profiles[name]!;
    if (profile.method === "geographic") continue;
    if (enabledOf(profile).length > 1) spilling.add(name);
    if (!spilling.has(name)) continue;
    for (const [, { profile: child }] of enabledOf(profile)) if (child !== undefined) spilling.add(child);
  }
  return spilling;
}
