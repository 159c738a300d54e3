/**
 * Damping of flaps: who goes down again soon after it has come back, comes back later the next time.
 *
 * - A flap: degraded within `window` after the return from degraded. It counts one.
 * - With n flaps counted, degraded lasts at least `recoverAfter × interval × 2ⁿ`, but no longer than `max` because of this.
 * - Each whole `window` that it then stays online counts one less. So a flap is never also a decay.
 * - More flaps than lead to `max` are not counted: the first quiet window shortens the next time.
 *
 * All is a matter of one number that a state has, and of how long it was online; no time of its own is kept.
 */
import type { MonitorTiming } from "./monitoring.ts";

export type DampingRules = Pick<MonitorTiming, "damping" | "interval" | "recoverAfter">;

/** The flaps that count when it goes down after `online` milliseconds; `returned`: it was degraded before that. */
export function flapsAfter(flaps: number, returned: boolean, online: number, rules: DampingRules): number {
  if (rules.damping === undefined) return 0;
  const isFlap = returned && online < rules.damping.window;
  return isFlap ? Math.min(flaps + 1, mostFlaps(rules)) : flapsLeft(flaps, online, rules);
}

/** The flaps that count still after so many milliseconds online. */
export function flapsLeft(flaps: number, online: number, { damping }: DampingRules): number {
  if (damping === undefined) return 0;
  return Math.max(0, flaps - Math.floor(Math.max(0, online) / damping.window));
}

/** Milliseconds that degraded lasts at least because of these flaps. */
export function dampedFor(flaps: number, rules: DampingRules): number {
  return rules.damping === undefined || flaps === 0 ? 0 : Math.min(rules.damping.max, baseOf(rules) * 2 ** flaps);
}

/** What is doubled: the time that a recovery takes with probes at their normal pace. */
function baseOf({ recoverAfter, interval }: DampingRules): number {
  return recoverAfter * interval;
}

function mostFlaps(rules: DampingRules): number {
  return Math.max(1, Math.ceil(Math.log2(rules.damping!.max / baseOf(rules))));
}
