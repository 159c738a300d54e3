/** All servers of the benchmark, in the order of the report. */
import { floor } from "./floor.ts";
import { gdnsd } from "./gdnsd.ts";
import { geosteer } from "./geosteer.ts";
import { knot } from "./knot.ts";
import { powerdns } from "./powerdns.ts";
import type { ServerKind } from "./server.ts";

/** What the others are compared with. */
export const OURS = geosteer("geosteer", { udp: "auto", workers: 1 });
export const PORTABLE = geosteer("geosteer, portable UDP", { udp: "portable", workers: 1 });
export const OURS_WITH_TWO = geosteer("geosteer, 2 UDP workers", { udp: "auto", workers: 2 });
export { floor as FLOOR, gdnsd as GDNSD, knot as KNOT, powerdns as POWERDNS };

export const SERVERS: readonly ServerKind[] = [floor, OURS, PORTABLE, gdnsd, knot, powerdns];
