/**
 * The share of an endpoint that has come back, pure: from 1/64 of it to the whole, in steps of 1/64 over its time. All
 * times in milliseconds.
 */

export interface Ramp {
  /** When it came back. */
  readonly since: number;
  /** Until it takes all of its clients again; above 0. */
  readonly over: number;
}

const PARTS = 64;

/** Between two steps at least: each has plans compiled anew. */
const SHORTEST_STEP = 250;

/** Above 0, at most 1. */
export function rampAt({ since, over }: Ramp, now: number): number {
  return Math.min(PARTS, 1 + stepsDone({ since, over }, now)) / PARTS;
}

/** When it grows next; undefined = it is whole. */
export function nextRampStep({ since, over }: Ramp, now: number): number | undefined {
  const done = stepsDone({ since, over }, now);
  if (done >= PARTS - 1) return undefined;
  return Math.min(since + over, Math.max(since + ((done + 1) * over) / (PARTS - 1), now + SHORTEST_STEP));
}

function stepsDone({ since, over }: Ramp, now: number): number {
  return Math.floor((Math.max(0, now - since) / over) * (PARTS - 1));
}
