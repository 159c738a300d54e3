/** What each routing method asks of a profile and its endpoints. A new method is one entry in this table. */
import type { MethodName } from "../../routing/snapshot.ts";
import type { Report } from "../diagnostic.ts";
import { endpointPoint } from "../endpoint-point.ts";
import { type KeyHomes, keyHomes, refuseMisplacedKeys } from "../misplaced-keys.ts";
import type { Path } from "../path.ts";
import type { EndpointConfig, ProfileConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

interface MethodRules {
  /** The keys that not every method has. */
  readonly profileKeys: readonly (keyof ProfileConfig)[];
  readonly endpointKeys: readonly (keyof EndpointConfig)[];
  readonly check: (profile: ProfileConfig, path: Path, report: Report) => void;
}

const rules: Readonly<Record<MethodName, MethodRules>> = {
  priority: { profileKeys: [], endpointKeys: ["priority"], check: checkPriorities },
  weighted: { profileKeys: [], endpointKeys: ["weight"], check: () => undefined },
  performance: { profileKeys: ["tolerance"], endpointKeys: ["location", "networks"], check: checkLocations },
  geographic: {
    profileKeys: ["whenRegionDown"],
    endpointKeys: ["regions", "location", "networks"],
    check(profile, path, report) {
      checkRegions(profile, path, report);
      if (profile.whenRegionDown === "nearest") checkLocations(profile, path, report);
    },
  },
};

export const checkMethods: Check = ({ config, written }, report) => {
  for (const [profileName, profile] of Object.entries(config.profiles)) {
    const path = ["profiles", profileName];
    const { profileKeys, endpointKeys, check } = rules[profile.method];
    const chosen = `method ${profile.method}`;
    refuseMisplacedKeys(written, { path, chosen, allowed: profileKeys, homes: profileKeyHomes }, report);
    for (const name of Object.keys(profile.endpoints)) {
      const endpointPath = [...path, "endpoints", name];
      const choice = { path: endpointPath, chosen, allowed: endpointKeys, homes: endpointKeyHomes };
      refuseMisplacedKeys(written, choice, report);
    }
    check(profile, path, report);
  }
};

const profileKeyHomes = homesOf(({ profileKeys }) => profileKeys);
const endpointKeyHomes = homesOf(({ endpointKeys }) => endpointKeys);

function homesOf(keysOf: (method: MethodRules) => readonly string[]): KeyHomes {
  const keysByMethod = Object.entries(rules).map(([method, methodRules]) => [method, keysOf(methodRules)] as const);
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
  for (const [name, { regions, networks }] of Object.entries(endpoints)) {
    const endpointPath = [...path, "endpoints", name];
    const regionsPath = [...endpointPath, "regions"];
    if (regions === undefined && networks === undefined) {
      const wanted = "regions, or networks for an endpoint that only those reach";
      const because = [regionsPath, [...endpointPath, "networks"]];
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

/** An endpoint that only its networks reach needs no location. */
function checkLocations(profile: ProfileConfig, path: Path, report: Report): void {
  const isGeographic = profile.method === "geographic";
  for (const [name, endpoint] of Object.entries(profile.endpoints)) {
    const onlyNetworks = endpoint.networks !== undefined && (!isGeographic || endpoint.regions === undefined);
    if (onlyNetworks || endpointPoint(profile, endpoint) !== undefined) continue;
    const endpointPath = [...path, "endpoints", name];
    const keys = isGeographic ? ["location", "networks", "regions"] : ["location", "networks"];
    report({
      code: "missing-location",
      path: [...endpointPath, "location"],
      because: keys.map((key) => endpointPath.concat(key)),
      what: isGeographic ? "no location, and no region that has one point" : "no location",
      wanted: "a country (DE), a subdivision (DE-BY) or [latitude, longitude]",
    });
  }
}
