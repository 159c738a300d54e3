/**
 * The share of its clients that an endpoint keeps by its load: the controller, pure.
 *
 * The share that is wanted falls with the load l from 1 at `low` to 0 at `high`: f(l) = (high − l) ÷ (high − low). To set
 * s = f(l) at each reading would swing: resolvers keep answers for a TTL, so the load follows the share late, and small
 * moves of the load are answered by large ones of the share. So the share is set from what does not depend on it, the
 * demand D: the load that there would be at the whole share.
 *
 *   D = L ÷ S           L: the readings, smoothed; S: what clients had of the share then (the mean over the last TTL),
 *                       smoothed alike
 *   s = high ÷ (high − low + D), 1 at most: where l = D·s and s = f(l) meet; so l is between low and high
 *
 * If the load follows the share as S says, D does not depend on the share, and there is no loop that could swing. If not
 * (readings that lag, a load that is there without clients, resolvers with a mind of their own), there is one, whose gain
 * is l ÷ high at most, less than 1: it settles. A demand that falls is believed more slowly than one that rises.
 *
 * Steps are of 1/64, with hysteresis: down by one, up by two or three. Above `critical` the share is 0 until the load is
 * below `high`.
 *
 * Not here: how the share is spread over others (`routing/choices.ts`), and where readings come from (`load-book.ts`).
 */
import { meanShare, shareNow, withShare, type ShareHistory } from "./share-history.ts";

/** Per cent, and milliseconds. */
export interface LoadRules {
  /** Up to here an endpoint keeps all its clients. */
  readonly low: number;
  readonly high: number;
  /** Above, it is out. */
  readonly critical: number;
  /** The time constant of the mean of the readings. */
  readonly smooth: number;
  /** A reading counts no longer than this. */
  readonly maxAge: number;
}

/** What the controller is told with each call. */
export interface LoadLoop {
  readonly rules: LoadRules;
  /** Milliseconds that resolvers keep an answer with the endpoint. */
  readonly ttl: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

export interface LoadState {
  /** The latest reading, per cent; undefined = there was none. */
  readonly value: number | undefined;
  /** When it was taken; without one, since when one is waited for. */
  readonly at: number;
  /** The mean of readings. */
  readonly smoothed: number;
  /** The mean, as long a one, of what clients had of the share. */
  readonly smoothedShare: number;
  /** The load at the whole share. */
  readonly demand: number;
  readonly isCritical: boolean;
  /** Whether readings have stopped. */
  readonly isStale: boolean;
  readonly history: ShareHistory;
}

/** Per cent. More is no load but a mistake, such as a count. */
const MOST_LOAD = 1000;

/** Whether a reading can be a load. */
export function isLoad(reading: number): boolean {
  return reading >= 0 && reading <= MOST_LOAD;
}

/** Before the first reading an endpoint has all its clients. */
export function unknownLoad(now: number): LoadState {
  return {
    value: undefined,
    at: now,
    smoothed: 0,
    smoothedShare: 1,
    demand: 0,
    isCritical: false,
    isStale: false,
    history: [{ since: now, share: 1 }],
  };
}

/** 0 to 1, in steps of 1/64. */
export function shareOf({ history }: LoadState): number {
  return shareNow(history);
}

/** `reading`: a load. */
export function afterReading(state: LoadState, reading: number, loop: LoadLoop): LoadState {
  const { rules, ttl, now } = loop;
  const isFirst = state.value === undefined;
  const { history, ...means } = isFirst ? firstMeans(reading, loop) : laterMeans(state, reading, loop);
  // One reading alone proves nothing.
  const limit = state.isCritical ? rules.high : isFirst || state.isStale ? Number.POSITIVE_INFINITY : rules.critical;
  const isCritical = means.smoothed > limit;
  const demand = demandAfter(state, means, loop);
  const known = { value: reading, at: now, ...means, demand, isCritical, isStale: false };
  if (isFirst) return { ...known, history };
  const share = isCritical ? 0 : nextShare(shareNow(history), rules.high / (rules.high - rules.low + demand));
  return { ...known, history: withShare(history, share, ttl, now) };
}

/** Where the reading has become too old, health alone decides. */
export function afterSilence(state: LoadState, { rules, ttl, now }: LoadLoop): LoadState {
  if (state.isStale || now - state.at <= rules.maxAge) return state;
  return { ...state, isStale: true, isCritical: false, history: withShare(state.history, 1, ttl, now) };
}

const STEP = 1 / 64;

/** With less of its clients, the load of an endpoint does not tell of the demand. */
const LEAST_KNOWN = STEP / 2;

/** A load above `high` is smoothed by this part of the time. */
const ATTACK = 1 / 4;

/** In these times TTL and smoothing a demand that has fallen is believed. */
const CAUTION = 2;

/**
 * A demand that rises is believed at once, one that falls over a while: so what readings tell late cannot have the share
 * swing up before they tell what came of it.
 */
function demandAfter(
  state: LoadState,
  { smoothed, smoothedShare }: Omit<Means, "history">,
  { rules, ttl, now }: LoadLoop,
): number {
  if (smoothedShare < LEAST_KNOWN) return state.demand;
  const seen = smoothed / smoothedShare;
  if (state.value === undefined || seen >= state.demand) return seen;
  return state.demand + partOf(now - state.at, CAUTION * (ttl + rules.smooth)) * (seen - state.demand);
}

/** How much of the way a mean with a time constant goes in a time. */
function partOf(time: number, constant: number): number {
  return constant === 0 ? 1 : 1 - Math.exp(-time / constant);
}

type Means = Pick<LoadState, "smoothed" | "smoothedShare" | "history">;

/**
 * What clients had before a start nobody knows. An endpoint with less than its whole share was then at the load that
 * belongs to it; so it goes on, with an eighth at least.
 */
function firstMeans(reading: number, { rules: { low, high }, now }: LoadLoop): Means {
  const share = Math.max(STEP * 8, Math.min(1, Math.round((high - reading) / (high - low) / STEP) * STEP));
  return { smoothed: reading, smoothedShare: share, history: [{ since: now, share }] };
}

/** Readings may come at any times: each counts for the time since the one before. */
function laterMeans(state: LoadState, reading: number, { rules, ttl, now }: LoadLoop): Means {
  const { history } = state;
  const mean = meanShare(history, ttl, now);
  if (state.isStale) return { smoothed: reading, smoothedShare: mean, history };
  const isUrgent = reading > rules.high || state.isCritical;
  const part = partOf(now - state.at, rules.smooth * (isUrgent ? ATTACK : 1));
  return {
    smoothed: state.smoothed + part * (reading - state.smoothed),
    smoothedShare: state.smoothedShare + part * (mean - state.smoothedShare),
    history,
  };
}

/** Hysteresis. `wanted` may be above 1: how far tells that the whole is wanted for good. */
function nextShare(share: number, wanted: number): number {
  const steps = share / STEP;
  const wantedSteps = wanted / STEP;
  const isLess = wantedSteps < steps - 0.5;
  const isMore = wantedSteps >= steps + 1.5 + share;
  if (!isLess && !isMore && share > 0) return share;
  return Math.max(1, Math.min(64, Math.floor(wantedSteps))) * STEP;
}
