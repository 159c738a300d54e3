/** All servers of the benchmark, in the order of the report. */
import { floor } from "./floor.ts";
import { gdnsd } from "./gdnsd.ts";
import { geosteer, type Chooses } from "./geosteer.ts";
import { knot } from "./knot.ts";
import { powerdns } from "./powerdns.ts";
import type { ServerKind } from "./server.ts";

/** What the others are compared with. */
export const OURS = geosteer("geosteer", { udp: "auto", workers: 1 });
export const PORTABLE = geosteer("geosteer, portable UDP", { udp: "portable", workers: 1 });
export const OURS_WITH_TWO = geosteer("geosteer, 2 UDP workers", { udp: "auto", workers: 2 });

const REGIONS = ["regions: [GEO-EU]", "regions: [GEO-NA]", "regions: [GEO-SA]", "regions: [WORLD]"];
const method = (name: string, chooses: Chooses): ServerKind => {
  return geosteer(`geosteer, ${name}`, { udp: "auto", workers: 1, chooses });
};
/** What the other methods are compared with. */
export const GEOGRAPHIC = method("geographic", { profile: "method: geographic", endpoints: REGIONS });
export const STICKY = method("sticky", { profile: "method: weighted, sticky: client", endpoints: [] });
export const MULTIVALUE = method("multivalue", { profile: "method: multivalue", endpoints: [] });
export const FENCED = method("fenced", {
  profile: "method: geographic",
  endpoints: REGIONS.map((regions, i) => `${regions}, labels: { jurisdiction: ${i === 0 ? "EU" : "none"} }`),
  rest: "residency: { eu: { clients: [EU], profiles: www, require: { jurisdiction: EU }, unknownClients: free } }",
});

export { floor as FLOOR, gdnsd as GDNSD, knot as KNOT, powerdns as POWERDNS };

export const SERVERS: readonly ServerKind[] = [
  floor,
  OURS,
  PORTABLE,
  gdnsd,
  knot,
  powerdns,
  GEOGRAPHIC,
  STICKY,
  MULTIVALUE,
  FENCED,
];
