/** How many endpoints a profile leads to, those of nested profiles included: its plan is as large. */
import { counted } from "../counted.ts";
import type { Check } from "./check.ts";
import { MAX_LEVELS } from "./nesting.ts";

/**
 * A worker makes the plan of a profile anew when the health of an endpoint has changed, and answers nobody else
 * meanwhile: of 2,000 endpoints in about 10 ms.
 */
const MOST = 2000;

export const checkReach: Check = ({ config: { profiles }, graph: { childrenFirst, edgesOf } }, report) => {
  const tooMany = new Set<string>();
  for (const name of childrenFirst) {
    const reached = new Set([name]);
    let endpoints = 0;
    // Those deeper are refused by `nesting.ts`.
    for (let level = [name], depth = 0; level.length > 0 && depth < MAX_LEVELS && endpoints <= MOST; depth++) {
      for (const profile of level) endpoints += Object.keys(profiles[profile]!.endpoints).length;
      const beneath = level.flatMap(edgesOf).flatMap(({ child, host }) => (host === undefined ? [child] : []));
      level = [...new Set(beneath)].filter((child) => !reached.has(child));
      for (const child of level) reached.add(child);
    }
    if (endpoints <= MOST) continue;
    tooMany.add(name);
    // Of the profiles around one that leads to too many there is nothing more to say.
    if (edgesOf(name).some(({ child, host }) => host === undefined && tooMany.has(child))) continue;
    const nested = reached.size === 1 ? "" : ", those of nested profiles included";
    report({
      code: "too-many-endpoints",
      path: ["profiles", name],
      atKey: true,
      what: `a profile that leads to too many endpoints${nested}`,
      found: `more than ${counted(MOST, "endpoint")}`,
      wanted: `at most ${MOST.toLocaleString("en")}`,
    });
  }
};
