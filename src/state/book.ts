/**
 * The state of each endpoint from all that is said of it: what probes found, and what operators have it be. Of several
 * overrides the narrower counts, and of two as narrow the later. Pure: the time comes in, and with it drains go on and
 * overrides end. What has become of it goes into the state table.
 */
import { settledHealth, type EndpointState, type Forced, type ProbedHealth } from "../routing/health-view.ts";
import type { Override } from "./override.ts";
import { SHARE_PARTS } from "./state-table.ts";

/** An override with the endpoints that it is for. */
export interface MatchedOverride {
  readonly override: Override;
  /** Of `narrownessOf` its pattern. */
  readonly narrowness: number;
  /** Ids. */
  readonly endpoints: Uint32Array;
}

export interface Book {
  /** Takes what probes found; returns the endpoints whose state has changed. */
  probe(found: Iterable<readonly [endpoint: number, health: ProbedHealth]>): readonly number[];
  /** Takes all overrides that there are, in place of those before; the same. */
  rule(overrides: readonly MatchedOverride[], now: number): readonly number[];
  stateOf(endpoint: number): EndpointState;
  /** What probes found of all endpoints, by id. */
  probed(): Iterable<readonly [endpoint: number, health: ProbedHealth]>;
  /** The override that the endpoint is held by. */
  holderOf(endpoint: number): Override | undefined;
  /** Of the endpoints that an override is for, how many it holds. */
  heldBy(override: number): number;
}

/** `count`: of endpoints. All are checking until a probe has found them. */
export function createBook(count: number): Book {
  const probed: ProbedHealth[] = Array.from<ProbedHealth>({ length: count }).fill(settledHealth("checking"));
  let rulings: readonly Ruling[] = [];
  /** By endpoint, 1 + its index among the rulings; 0 = none. */
  let holders = new Uint16Array(count);
  /** By the id of an override, how many endpoints it holds. */
  let held: ReadonlyMap<number, number> = new Map();

  const stateOf = (endpoint: number): EndpointState => {
    const { ramp, ...health } = probed[endpoint]!;
    const ruling = rulings[holders[endpoint]! - 1];
    if (ruling === undefined) return { ...health, forced: undefined, share: ramp };
    // Who is served whatever probes say is served whole.
    if (ruling.forced === "up") return { ...health, forced: "up", share: ruling.share, addressesDown: 0 };
    return { ...health, forced: ruling.forced, share: ruling.share * ramp };
  };

  return {
    stateOf,
    holderOf: (endpoint) => rulings[holders[endpoint]! - 1]?.override,
    heldBy: (id) => held.get(id) ?? 0,
    probed: () => probed.entries(),
    probe(found) {
      const changed: number[] = [];
      for (const [endpoint, health] of found) {
        if (isSame(probed[endpoint]!, health)) continue;
        probed[endpoint] = health;
        changed.push(endpoint);
      }
      return changed;
    },
    rule(overrides, now) {
      const before = { rulings, holders };
      const ordered = overrides
        .filter(({ override: { until } }) => until === undefined || until > now)
        .toSorted((a, b) => a.narrowness - b.narrowness || a.override.id - b.override.id);
      rulings = ordered.map(({ override }) => rulingAt(override, now));
      holders = new Uint16Array(count);
      // From the one that counts most: a thousand broad ones are not gone through, once each endpoint has its holder.
      let free = count;
      const counts = new Map<number, number>();
      for (let index = ordered.length; index > 0 && free > 0; index--) {
        const { override, endpoints } = ordered[index - 1]!;
        const before = free;
        for (const one of endpoints) {
          if (holders[one] !== 0) continue;
          holders[one] = index;
          free--;
        }
        counts.set(override.id, before - free);
      }
      held = counts;
      const changed: number[] = [];
      for (let endpoint = 0; endpoint < count; endpoint++) {
        const was = before.rulings[before.holders[endpoint]! - 1];
        const is = rulings[holders[endpoint]! - 1];
        if (was?.forced !== is?.forced || (was?.share ?? 1) !== (is?.share ?? 1)) changed.push(endpoint);
      }
      return changed;
    },
  };
}

function isSame(a: ProbedHealth, b: ProbedHealth): boolean {
  return (
    a === b ||
    (a.status === b.status &&
      a.ramp === b.ramp &&
      a.load === b.load &&
      a.addressesDown === b.addressesDown &&
      a.ttlStep === b.ttlStep)
  );
}

interface Ruling {
  readonly override: Override;
  readonly forced: Forced | undefined;
  readonly share: number;
}

function rulingAt(override: Override, now: number): Ruling {
  if (override.action !== "drain") return { override, forced: override.action, share: 1 };
  const share = leftOf(override, now);
  return share === 0 ? { override, forced: "out", share: 1 } : { override, forced: undefined, share };
}

/** What a drain has left of a share: 1 when it begins, 0 when it is over. Of another override 1. */
export function leftOf({ action, since, over }: Override, now: number): number {
  if (action !== "drain") return 1;
  return over === 0 ? 0 : Math.max(0, SHARE_PARTS - Math.max(0, Math.floor(stepsDone(since, over, now)))) / SHARE_PARTS;
}

function stepsDone(since: number, over: number, now: number): number {
  return ((now - since) / over) * SHARE_PARTS;
}

/** Milliseconds between two steps of a drain at least: each has plans compiled anew. */
const SHORTEST_STEP = 250;

/** When the states that overrides make change by themselves next: a step of a drain, or an end. */
export function nextChange(overrides: readonly Override[], now: number): number | undefined {
  const times = overrides.flatMap((override): number[] => {
    const { action, since, over, until } = override;
    const end = until === undefined ? [] : [until];
    if (action !== "drain" || leftOf(override, now) === 0) return end;
    const next = since + ((Math.floor(Math.max(0, stepsDone(since, over, now))) + 1) * over) / SHARE_PARTS;
    return [Math.min(since + over, Math.max(next, now + SHORTEST_STEP)), ...end];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
