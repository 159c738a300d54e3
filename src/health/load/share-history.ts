/**
 * The shares that an endpoint was given, as far back as resolvers remember answers. Each resolver asks again once a TTL, at
 * a time of its own: what clients have of the endpoint is the mean of its shares over the last TTL.
 */

/** From an instant to the next one. */
export interface ShareStep {
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
  /** 0 to 1. */
  readonly share: number;
}

/** At least one, in order of time. The first is as if it had always been. */
export type ShareHistory = readonly [ShareStep, ...ShareStep[]];

export function shareNow(history: ShareHistory): number {
  return history.at(-1)!.share;
}

/** The mean of the `ttl` milliseconds before `now`. */
export function meanShare(history: ShareHistory, ttl: number, now: number): number {
  const start = now - ttl;
  let sum = 0;
  let until = now;
  for (let i = history.length - 1; i >= 0 && until > start; i--) {
    const since = i === 0 ? start : Math.max(start, Math.min(until, history[i]!.since));
    sum += history[i]!.share * (until - since);
    until = since;
  }
  return ttl === 0 ? shareNow(history) : sum / ttl;
}

/** A share moves once in some seconds; more than these within a TTL of hours lose the oldest. */
const MOST_STEPS = 128;

export function withShare(history: ShareHistory, share: number, ttl: number, now: number): ShareHistory {
  if (share === shareNow(history)) return history;
  // The one before the first within the TTL is what was given at its beginning.
  const first = history.findLastIndex(({ since }) => since <= now - ttl);
  const kept = history.slice(Math.max(first, history.length + 1 - MOST_STEPS, 0));
  return [...(kept as [ShareStep, ...ShareStep[]]), { since: now, share }];
}
