/**
 * When a probe target is probed, pure; all times and intervals in milliseconds. It has a grid of planned starts, one
 * interval apart, that never shifts: neither a slow probe nor a late start moves the next one, so a rate of probes is
 * what the operator asked for, exactly. Planned starts that were missed are left out, not made up for. While results are
 * contested its starts are a shorter interval apart, beside the grid, which goes on afterwards.
 */

/** A planned start somewhere in an interval, so that targets that are planned together are spread. `share` is in [0, 1). */
export function spreadStart(now: number, interval: number, share: number): number {
  return now + interval * share;
}

/** The planned start after the one at `planned`: the next of its grid that is not past. */
export function nextStart(planned: number, interval: number, now: number): number {
  const intervals = Math.max(1, Math.ceil((now - planned) / interval));
  return planned + intervals * interval;
}

/** The start of the grid through `grid` that a start beside it stands in for: the last one that is no later. */
export function lastOnGrid(grid: number, start: number, interval: number): number {
  return grid + Math.floor((start - grid) / interval) * interval;
}
