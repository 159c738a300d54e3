/**
 * Whether memory grows. Collections of garbage make it a saw: the lowest of each of `SPANS` equal spans of time is what
 * is really kept, and a straight line through those (ordinary least squares) has a slope and a standard error. It grows
 * where we can be sure, by two standard errors, of more than `MOST`, and it has grown by more than `NOTICED`: in half an
 * hour that is 6 % an hour, in three minutes 60 %. The first third of the time does not count: code is compiled, caches
 * and pools fill.
 */

export interface Sample {
  /** Seconds since the start. */
  readonly at: number;
  /** Octets. */
  readonly value: number;
}

export interface Growth {
  /** Octets. */
  readonly mean: number;
  /** Share of the whole by which it grows in an hour, and two standard errors of that. */
  readonly perHour: number;
  readonly uncertainty: number;
  readonly grows: boolean;
}

/** Share of the whole in an hour: memory of 200 MiB then gains a gigabyte in four days. */
const MOST = 0.05;

/** Share of the whole, 4 MiB of 200. Less is what allocators take and give back. */
const NOTICED = 0.02;

const SPANS = 20;
const HOUR = 3600;

/** `whole`: octets of the process that it is a part of; its own mean where there is none. */
export function growthOf(samples: readonly Sample[], whole?: number): Growth {
  const end = samples.at(-1)?.at ?? 0;
  const lowest = lowestOfSpans(
    samples.filter(({ at }) => at >= end / 3),
    end / 3,
    end,
  );
  const { slope, error, mean } = lineThrough(lowest);
  const perHour = (slope / (whole ?? mean)) * HOUR;
  const uncertainty = ((2 * error) / (whole ?? mean)) * HOUR;
  const risen = (perHour / HOUR) * (end - end / 3);
  return { mean, perHour, uncertainty, grows: perHour - uncertainty > MOST && risen > NOTICED };
}

function lowestOfSpans(samples: readonly Sample[], from: number, to: number): readonly Sample[] {
  const lowest = new Map<number, Sample>();
  for (const sample of samples) {
    const span = Math.min(SPANS - 1, Math.floor(((sample.at - from) / (to - from)) * SPANS));
    const known = lowest.get(span);
    if (known === undefined || sample.value < known.value) lowest.set(span, sample);
  }
  return [...lowest.values()];
}

export interface Line {
  readonly slope: number;
  /** Standard error of the slope; infinite for fewer than three points. */
  readonly error: number;
  /** Of the values. */
  readonly mean: number;
}

export function lineThrough(points: readonly Sample[]): Line {
  const count = points.length;
  const middle = points.reduce((sum, { at }) => sum + at, 0) / count;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / count;
  const spread = points.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = points.reduce((sum, { at, value }) => sum + (at - middle) * (value - mean), 0) / spread;
  const rest = points.reduce((sum, { at, value }) => sum + (value - mean - slope * (at - middle)) ** 2, 0);
  const error = count < 3 ? Number.POSITIVE_INFINITY : Math.sqrt(rest / (count - 2) / spread);
  return { slope, error, mean };
}
