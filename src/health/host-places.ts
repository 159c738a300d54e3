/** How many probes of one host may be under way. */
import type { ProbeTarget } from "./probe-target.ts";

/** A host that is asked for little is asked for so much at a time at most: a start has all of its targets due at once. */
const LEAST = 8;

/**
 * Places by host: as many as its targets need on average when all of them are silent until the time-out, a quarter more
 * for chance, and a few more. So the bound holds bursts back and never the schedule.
 */
export function hostPlaces(targets: Iterable<ProbeTarget>): (host: string) => number {
  const needed = new Map<string, number>();
  for (const { check, monitor } of targets) {
    needed.set(check.host, (needed.get(check.host) ?? 0) + monitor.timeout / monitor.fastInterval);
  }
  return (host) => LEAST + Math.ceil(1.25 * (needed.get(host) ?? 0));
}
