/** Profiles that are nested in many: as many ways lead down as an engine that looks at each way would never finish. */
import { snapshotOf, type EndpointSpec, type ProfileSpec } from "./snapshot.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";

export const LEVELS = 10;
/** Endpoints of each profile but the last: 4 ** 9 ways. */
export const WIDTH = 4;

/** Each profile's endpoints are all the next profile; the last one has `bottom`. `top` is said of the first's. */
export function ladder(bottom: EndpointSpec, top: EndpointSpec = {}): Snapshot {
  const rungs = Array.from({ length: LEVELS }, (_, level): [string, ProfileSpec] => {
    const rung: EndpointSpec = level === LEVELS - 1 ? bottom : { nested: `p${level + 1}`, ...(level === 0 && top) };
    const endpoints = Array.from({ length: WIDTH }, (_, i): [string, EndpointSpec] => [`e${level}${i}`, rung]);
    return [`p${level}`, { method: "weighted", endpoints: Object.fromEntries(endpoints) }];
  });
  return snapshotOf({ profiles: Object.fromEntries(rungs) });
}
