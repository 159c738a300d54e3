/**
 * Warnings about `whenAllDown` where a geographic profile keeps the clients of a region that is down: `whenRegionDown`
 * of `serve` or `nodata` decides alone, in that profile and for those nested in it.
 */
import { keepsClients } from "../build-snapshot.ts";
import type { Report } from "../diagnostic.ts";
import { hasWord } from "../failover-times.ts";
import type { Config, ProfileConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkFences: Check = ({ config: { profiles }, written }, report) => {
  const parentsOf = parents(profiles);
  for (const [name, profile] of Object.entries(profiles)) {
    if (profile.enabled && written.has(["profiles", name, "whenAllDown"])) {
      checkOwn(name, profile, report);
      checkAround(name, profile, parentsOf.get(name) ?? [], report);
    }
  }
};

type Parent = readonly [name: string, profile: ProfileConfig];

function parents(profiles: Config["profiles"]): ReadonlyMap<string, readonly Parent[]> {
  const found = new Map<string, Parent[]>();
  for (const parent of Object.entries(profiles)) {
    for (const { profile: child } of Object.values(parent[1].endpoints)) {
      if (child === undefined) continue;
      const known = found.get(child);
      if (known === undefined) found.set(child, [parent]);
      else known.push(parent);
    }
  }
  return found;
}

function checkOwn(name: string, profile: ProfileConfig, report: Report): void {
  if (!keepsClients(profile)) return;
  const { whenRegionDown } = profile;
  const get = whenRegionDown === "serve" ? "its endpoints all the same" : "no records";
  report({
    code: "overruled-key",
    path: ["profiles", name, "whenAllDown"],
    because: [
      ["profiles", name, "whenAllDown"],
      ["profiles", name, "whenRegionDown"],
    ],
    what: `whenAllDown means nothing beside whenRegionDown ${whenRegionDown}: clients whose region is down get ${get}`,
    wanted: "no whenAllDown, or whenRegionDown climb or nearest",
  });
}

/** A profile that would serve what is down counts as down, so that a fence around it gives no records instead. */
function checkAround(name: string, profile: ProfileConfig, around: readonly Parent[], report: Report): void {
  const [first] = around;
  if (first === undefined || profile.names !== undefined || hasWord(profile)) return;
  if (!around.every(([, parent]) => parent.whenRegionDown === "nodata")) return;
  report({
    code: "overruled-key",
    path: ["profiles", name, "whenAllDown"],
    because: [["profiles", name, "whenAllDown"], ...around.map(([parent]) => ["profiles", parent, "whenRegionDown"])],
    what: `whenAllDown serveAll means nothing inside ${first[0]}: when all is down its clients get no records`,
    found: `whenRegionDown nodata around it`,
    wanted: `no whenAllDown, or whenRegionDown serve in ${first[0]}`,
  });
}
