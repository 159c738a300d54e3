/** What each routing method asks of a profile and its endpoints, and which keys mean nothing for it. */
import type { MethodName } from "../../routing/snapshot.ts";
import type { Report } from "../diagnostic.ts";
import { enabledOf } from "../enabled-endpoints.ts";
import { endpointPoint } from "../endpoint-point.ts";
import { methodKeys } from "../method-keys.ts";
import { type KeyHomes, keyHomes, reportMisplacedKeys } from "../misplaced-keys.ts";
import type { Path } from "../path.ts";
import type { ProfileConfig } from "../schema/config.ts";
import { ANY_LOCATION } from "../text/region.ts";
import type { Check } from "./check.ts";

type Rule = (profile: ProfileConfig, path: Path, report: Report) => void;

const rules: Readonly<Record<MethodName, Rule>> = {
  priority: checkPriorities,
  weighted: () => undefined,
  performance: checkLocations,
  geographic(profile, path, report) {
    checkRegions(profile, path, report);
    if (profile.whenRegionDown === "nearest") checkLocations(profile, path, report);
  },
  multivalue: checkTogether,
  subnet: checkSubnets,
};

export const checkMethods: Check = ({ config, written }, report) => {
  for (const [profileName, profile] of Object.entries(config.profiles)) {
    const path = ["profiles", profileName];
    const { method } = profile;
    // Of a method that was refused nothing follows.
    const ofMethod: Report = (finding) =>
      report({ ...finding, because: [...(finding.because ?? [finding.path]), [...path, "method"]] });
    // Each key once: whoever changes a method finds it on all endpoints.
    const told = new Set<string>();
    const keys = (at: Path): readonly string[] => written.keys(at).filter((key) => !told.has(key) && told.add(key));
    const warnOf = (at: Path, allowed: readonly string[], homes: KeyHomes): void => {
      const choice = { path: at, chosen: `method ${method}`, allowed, homes };
      reportMisplacedKeys({ keys }, choice, ofMethod, "unused-key");
    };
    warnOf(path, methodKeys[method].profile, profileKeyHomes);
    for (const name of Object.keys(profile.endpoints)) {
      warnOf([...path, "endpoints", name], methodKeys[method].endpoint, endpointKeyHomes);
    }
    rules[method](profile, path, ofMethod);
  }
};

const profileKeyHomes = homesOf("profile");
const endpointKeyHomes = homesOf("endpoint");

function homesOf(kind: "profile" | "endpoint"): KeyHomes {
  const keysByMethod = Object.entries(methodKeys).map(([method, keys]) => [method, keys[kind]] as const);
  return keyHomes(Object.fromEntries(keysByMethod), (methods) => `method ${methods}`);
}

function checkPriorities({ endpoints }: ProfileConfig, path: Path, report: Report): void {
  const entries = Object.entries(endpoints);
  const given = entries.filter(([, { priority }]) => priority !== undefined).length;
  const ownerOf = new Map<number, string>();
  for (const [name, { priority }] of entries) {
    const at = { path: [...path, "endpoints", name, "priority"] };
    if (priority === undefined) {
      if (given === 0) continue;
      const what = `priority on ${given} of ${entries.length} endpoints`;
      report({ ...at, code: "priority-mixed", what, wanted: "a priority on all endpoints or on none" });
      continue;
    }
    const other = ownerOf.get(priority);
    if (other !== undefined) {
      const found = `${priority}, also of ${other}`;
      report({ ...at, code: "priority-twice", what: "the same priority twice", found, wanted: "each once" });
    }
    ownerOf.set(priority, name);
  }
}

function checkRegions({ endpoints }: ProfileConfig, path: Path, report: Report): void {
  const ownerOf = new Map<string, string>();
  for (const [name, { regions, networks, asns }] of Object.entries(endpoints)) {
    const endpointPath = [...path, "endpoints", name];
    const regionsPath = [...endpointPath, "regions"];
    if (regions === undefined && networks === undefined && asns === undefined) {
      const wanted = "regions, or networks or asns for an endpoint that only those reach";
      const because = [regionsPath, [...endpointPath, "networks"], [...endpointPath, "asns"]];
      report({ code: "missing-regions", path: regionsPath, because, what: "no regions", wanted });
    }
    for (const [index, region] of (regions ?? []).entries()) {
      const { code } = region;
      const inForce = region.kind === "subdivision" ? region.subdivision.code : code;
      const other = ownerOf.get(inForce);
      ownerOf.set(inForce, name);
      if (other === undefined) continue;
      const isSame = other === name;
      report({
        code: "duplicate-region",
        path: [...regionsPath, index],
        what: isSame ? "the same region twice" : "a region on two endpoints",
        found: isSame ? code : `${code}, also on ${other}`,
        wanted: "each region on one endpoint",
      });
    }
  }
}

/** An endpoint that only its networks or autonomous systems reach needs no location. */
function checkLocations(profile: ProfileConfig, path: Path, report: Report): void {
  const isGeographic = profile.method === "geographic";
  for (const [name, endpoint] of Object.entries(profile.endpoints)) {
    const hasNetworks = endpoint.networks !== undefined || endpoint.asns !== undefined;
    const onlyNetworks = hasNetworks && (!isGeographic || endpoint.regions === undefined);
    if (onlyNetworks || endpointPoint(profile, endpoint) !== undefined) continue;
    const endpointPath = [...path, "endpoints", name];
    const keys = ["location", "networks", "asns", ...(isGeographic ? ["regions"] : [])];
    report({
      code: "missing-location",
      path: [...endpointPath, "location"],
      because: keys.map((key) => endpointPath.concat(key)),
      what: isGeographic ? "no location, and no region that has one point" : "no location",
      wanted: ANY_LOCATION,
    });
  }
}

/** A CNAME record stands alone at its name (RFC 1034 section 3.6.2), and what a profile decides is one answer. */
function checkTogether({ endpoints }: ProfileConfig, path: Path, report: Report): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const key = (["host", "profile"] as const).find((target) => endpoint[target] !== undefined);
    if (key === undefined) continue;
    report({
      code: "multivalue-target",
      path: [...path, "endpoints", name, key],
      what: `a ${key} in multivalue profile ${path.at(-1)}, whose endpoints are answered together`,
      wanted: `address: its IPv4 and IPv6 addresses; or method weighted, which may have a ${key}`,
    });
  }
}

function checkSubnets(profile: ProfileConfig, path: Path, report: Report): void {
  const enabled = enabledOf(profile);
  if (enabled.length === 0) return;
  const placed = enabled.filter(([, { networks, asns }]) => networks !== undefined || asns !== undefined);
  const because = enabled.flatMap(([name]) => ["networks", "asns"].map((key) => [...path, "endpoints", name, key]));
  const at = { path: [...path, "endpoints"], because, atKey: true };
  if (placed.length === 0) {
    const what = "no network decides, so all clients get the first endpoint that is up";
    report({
      ...at,
      code: "no-networks",
      what,
      found: "no endpoint with networks",
      wanted: "networks, or method priority",
    });
  } else if (placed.length === enabled.length && profile.names !== undefined) {
    const what = "clients whom none of the networks holds get no records";
    report({
      ...at,
      code: "no-others",
      what,
      found: "networks on all endpoints",
      wanted: "one endpoint without networks",
    });
  }
}
