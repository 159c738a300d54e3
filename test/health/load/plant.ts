/**
 * What a controller of loads is in a loop with, in virtual time: clients behind resolver caches, endpoints whose load
 * follows them, and readings of it.
 */
import {
  afterReading,
  isLoad,
  shareOf,
  unknownLoad,
  type LoadRules,
  type LoadState,
} from "../../../src/health/load/load-control.ts";

export interface Plant {
  /** The load at the whole share, per cent, at a time in seconds. */
  readonly demand: (time: number) => number;
  /** A load that is there without clients. */
  readonly base?: number;
  /** Seconds that resolvers keep answers in truth. */
  readonly cached: number;
  /** Seconds: the time constant of what the endpoint tells. */
  readonly lag?: number;
  /** What a reading is multiplied by; the first is 0. */
  readonly noise?: (index: number, reading: number) => number;
}

export interface Watched {
  readonly time: number;
  readonly share: number;
  readonly load: number;
  readonly isCritical: boolean;
}

export const RULES: LoadRules = { low: 70, high: 90, critical: 95, smooth: 30_000, maxAge: 60_000 };

/**
 * Runs one endpoint whose spilled clients are taken by others without limit. Seconds. Returns what was after each
 * reading; the load is the true one.
 */
export function run(
  plant: Plant,
  { ttl, interval, seconds, rules = RULES }: { ttl: number; interval: number; seconds: number; rules?: LoadRules },
): readonly Watched[] {
  let state: LoadState = unknownLoad(0);
  /** The share at each second. */
  const shares: number[] = [];
  const watched: Watched[] = [];
  let told: number | undefined;
  for (let time = 0; time < seconds; time++) {
    const load = (plant.base ?? 0) + plant.demand(time) * had(shares, plant.cached);
    told = told === undefined || !plant.lag ? load : told + (1 - Math.exp(-1 / plant.lag)) * (load - told);
    if (time % interval === 0) {
      const reading = told * (plant.noise?.(time / interval, told) ?? 1);
      if (isLoad(reading)) state = afterReading(state, reading, { rules, ttl: ttl * 1000, now: time * 1000 });
      watched.push({ time, share: shareOf(state), load, isCritical: state.isCritical });
    }
    shares.push(shareOf(state));
  }
  return watched;
}

/** The mean of the last shares: resolvers ask again at times of their own. */
function had(shares: readonly number[], cached: number): number {
  const last = shares.slice(-cached);
  const before = cached - last.length;
  return (last.reduce((sum, share) => sum + share, 0) + before) / cached;
}

/** The largest less the smallest. */
export function swing(watched: readonly Watched[]): number {
  const shares = watched.map(({ share }) => share);
  return Math.max(...shares) - Math.min(...shares);
}
