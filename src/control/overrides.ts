/**
 * The overrides that there are: set, cleared, ended by time, and told to the states of each generation that is served. An
 * override takes effect at once and is kept a moment later: a disk that is full must not keep an operator from taking a
 * broken site out. What could not be kept says so.
 */
import type { Clock, Logger } from "../shared/ports.ts";
import { err, ok } from "../shared/result.ts";
import { leftOf, nextChange } from "../state/book.ts";
import type { Override } from "../state/override.ts";
import type { Answer, AskedOverride, Cleared, ControlEvent, OverrideStatus } from "./control.ts";
import { instant } from "./describe.ts";
import type { Served } from "./served.ts";

export interface Overrides {
  list(): readonly Override[];
  /** Takes those that are kept from before a start. */
  restore(overrides: readonly Override[]): void;
  /** Takes those of a file that has come into use after the start, beside those that are set. */
  merge(overrides: readonly Override[]): void;
  /** The store keeps again: what was set and cleared meanwhile is kept now. */
  settle(): void;
  /** Tells a generation that is about to be served. */
  tell(served: Served): void;
  /** As it would be. */
  draft(asked: AskedOverride, author: string): Override;
  set(override: Override): Promise<OverrideStatus>;
  clear(overrides: readonly Override[]): Promise<Cleared>;
  statusOf(override: Override): OverrideStatus;
  stop(): void;
}

export interface OverrideStore {
  /** True once the override is durable; false where it could not be kept. */
  setOverride(override: Override): Promise<boolean>;
  clearOverrides(ids: readonly number[]): Promise<boolean>;
}

export interface OverridesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: OverrideStore;
  /** All generations that are served, the newest last. */
  readonly served: () => readonly Served[];
  /** Is told the profiles of the newest whose answers may have changed. */
  readonly onChange: (profiles: ReadonlySet<number>) => void;
  readonly onEvent: (event: ControlEvent) => void;
}

/** Each is looked at with every change of one. */
export const MOST_OVERRIDES = 1000;

/** Milliseconds that an answer waits for the disk; what is kept later is kept all the same. */
const KEEP_LIMIT = 2000;

/** Milliseconds that a timer can wait: 2^31 - 1. */
const LONGEST_TIMER = 2 ** 31 - 1;

export function createOverrides({ clock, logger, store, served, onChange, onEvent }: OverridesDeps): Overrides {
  let all: readonly Override[] = [];
  /** The ids of those that a restart remembers. */
  const kept = new Set<number>();
  /** When those were set that a restart would bring back, by id. */
  const uncleared = new Map<number, number>();
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  const apply = (): void => {
    const now = clock();
    const generations = served();
    for (const [i, { states }] of generations.entries()) {
      const changed = states.rule(all, now);
      if (i === generations.length - 1) onChange(changed);
    }
    arm(now);
  };

  const arm = (now: number): void => {
    clearTimeout(timer);
    const next = nextChange(all, now);
    if (next === undefined) return;
    timer = setTimeout(turn, Math.min(LONGEST_TIMER, Math.max(1, Math.ceil(next - clock()))));
    timer.unref();
  };

  const renumbered = (override: Override, id: number): Override => {
    const { id: before, pattern } = override;
    logger.warn({ override: before, pattern, now: id }, "an override has another number: the state file has its own");
    return { ...override, id };
  };

  const keep = async (override: Override): Promise<void> => {
    if (await store.setOverride(override)) kept.add(override.id);
  };

  const clearKept = async (overrides: readonly Override[]): Promise<boolean> => {
    for (const { id, since } of overrides) if (kept.has(id)) uncleared.set(id, since);
    return forget(overrides.map(({ id }) => id));
  };

  const forget = async (ids: readonly number[]): Promise<boolean> => {
    const durable = await store.clearOverrides(ids);
    if (durable) for (const id of ids) uncleared.delete(id);
    return durable;
  };

  const settle = (): void => {
    for (const override of all) if (!kept.has(override.id)) void keep(override);
    if (uncleared.size > 0) void forget([...uncleared.keys()]);
  };

  const turn = (): void => {
    const now = clock();
    const ended = all.filter(({ until }) => until !== undefined && until <= now);
    all = all.filter((override) => !ended.includes(override));
    apply();
    if (ended.length === 0) return;
    void store.clearOverrides(ended.map(({ id }) => id));
    for (const override of ended) {
      const { id, pattern, action, author } = override;
      logger.info({ override: id, pattern, action, author }, "an override has ended");
      onEvent({ kind: "override", at: instant(now), change: "ended", override: statusOf(override) });
    }
  };

  const statusOf = (override: Override): OverrideStatus => {
    const { id, pattern, action, since, until, over, reason, author } = override;
    const current = served().at(-1)?.states;
    return {
      id,
      pattern,
      action,
      since: instant(since),
      until: until === undefined ? undefined : instant(until),
      over: action === "drain" ? over / 1000 : undefined,
      reason,
      author,
      matches: current?.matchesOf(pattern).length ?? 0,
      holds: current?.heldBy(id) ?? 0,
      left: leftOf(override, clock()),
      kept: kept.has(id),
    };
  };

  return {
    list: () => all,
    restore(overrides) {
      const now = clock();
      all = overrides.filter(({ until }) => until === undefined || until > now);
      for (const { id } of overrides) kept.add(id);
      lastId = Math.max(lastId, ...overrides.map(({ id }) => id));
    },
    merge(found) {
      const overrides = found.filter(({ id, since }) => uncleared.get(id) !== since);
      // Another one's by now.
      for (const { id, since } of found) if (uncleared.get(id) !== since) uncleared.delete(id);
      const theirs = new Set(overrides.map(({ id }) => id));
      lastId = Math.max(lastId, ...found.map(({ id }) => id));
      // What was set without the file gets a number that none in it has, and is kept now.
      const ours = all
        .filter(({ id }) => !kept.has(id))
        .map((one) => (theirs.has(one.id) ? renumbered(one, ++lastId) : one));
      for (const id of theirs) kept.add(id);
      all = [...overrides.filter(({ until }) => until === undefined || until > clock()), ...ours].toSorted(
        (a, b) => a.since - b.since || a.id - b.id,
      );
      apply();
      settle();
    },
    settle,
    tell({ states }) {
      const now = clock();
      states.rule(all, now);
      arm(now);
    },
    draft({ pattern, action, for: duration, over = 0, reason }, author) {
      const since = Math.round(clock());
      const until = duration === undefined ? undefined : since + duration;
      return { id: lastId + 1, pattern, action, since, until, over: action === "drain" ? over : 0, reason, author };
    },
    async set(draft) {
      const override = { ...draft, id: ++lastId };
      all = [...all, override];
      apply();
      await within(KEEP_LIMIT, keep(override));
      onEvent({ kind: "override", at: instant(clock()), change: "set", override: statusOf(override) });
      return statusOf(override);
    },
    async clear(overrides) {
      const cleared = overrides.map(statusOf);
      all = all.filter((override) => !overrides.includes(override));
      apply();
      const durable = await within(KEEP_LIMIT, clearKept(overrides));
      for (const override of cleared) onEvent({ kind: "override", at: instant(clock()), change: "cleared", override });
      return { cleared, kept: durable === true };
    },
    statusOf,
    stop: () => clearTimeout(timer),
  };
}

/** Waits for it, but not longer: then it is undefined. */
async function within<T>(limit: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limit, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Those that a request to clear is about. */
export function chosenOverrides(
  all: readonly Override[],
  which: { readonly id: number } | { readonly pattern: string },
): Answer<readonly Override[]> {
  const found = all.filter((one) => ("id" in which ? one.id === which.id : one.pattern === which.pattern));
  if (found.length > 0) return ok(found);
  const asked = "id" in which ? `with the id ${which.id}` : `with the pattern ${which.pattern}`;
  const there = all.slice(0, 10).map(({ id, pattern }) => `${id} (${pattern})`);
  const message = `no override ${asked}; ${there.length === 0 ? "there is none" : `there are ${there.join(", ")}`}`;
  return err({ code: "unknown-override", message });
}
