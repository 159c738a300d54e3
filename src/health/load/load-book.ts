/**
 * The loads of all endpoints and sites that have one: takes readings from probes and reports, asks Prometheus, notices
 * those that have stopped, and tells whose share has changed. One timer for all. A load is kept over reloads as long as
 * what tells it is the same; nothing is kept over a restart.
 */
import type { Clock, Logger } from "../../shared/ports.ts";
import type { LoadSource, LoadSubject } from "../monitoring.ts";
import type { InstantAnswer } from "../probes/instant-query.ts";
import {
  afterReading,
  afterSilence,
  isLoad,
  shareOf,
  unknownLoad,
  type LoadLoop,
  type LoadState,
} from "./load-control.ts";

export interface LoadBook {
  /** Takes these in place of those before. */
  update(loads: readonly WatchedLoad[]): void;
  /** 0 to 1: what its load leaves an endpoint of its clients, by `PROFILE/ENDPOINT`. */
  shareOf(endpoint: string): number;
  /** Takes what a probe that has succeeded told; undefined = nothing that is a load. */
  probed(target: string, load: number | undefined): void;
  /** Takes a report of `PROFILE/ENDPOINT` or `site:NAME`. */
  reported(subject: string, load: number): void;
  /** Of the load that an endpoint follows, its own or its site's. */
  ofEndpoint(endpoint: string): LoadReading | undefined;
  /** Of a site's own load. */
  ofSite(site: string): LoadReading | undefined;
  /** All, in the order of the configuration. */
  readings(): readonly LoadReading[];
  stop(): void;
}

/** A load with the keys of the probe targets that tell it. */
export interface WatchedLoad extends LoadSubject {
  readonly targets: readonly string[];
}

export interface LoadReading {
  /** `PROFILE/ENDPOINT`, or `site:NAME`. */
  readonly name: string;
  readonly source: LoadSource["kind"];
  readonly endpoints: readonly string[];
  /** The latest reading, per cent; undefined = there was none. */
  readonly value: number | undefined;
  /** When it was taken, in milliseconds since the Unix epoch. */
  readonly at: number | undefined;
  /** The mean of readings, per cent; undefined = there was none. */
  readonly smoothed: number | undefined;
  /** 0 to 1. */
  readonly share: number;
  readonly isCritical: boolean;
  readonly isStale: boolean;
  /** Since the start, those that counted, and those that were no load. */
  readonly taken: number;
  readonly ignored: number;
}

export interface LoadBookDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly query: (
    url: string,
    query: string,
    authorization: string | undefined,
    signal: AbortSignal,
  ) => Promise<InstantAnswer>;
  /** Is told the endpoints whose share has changed. */
  readonly onChange: (endpoints: readonly string[]) => void;
}

/** A load as it is watched now. */
interface Entry {
  subject: WatchedLoad;
  state: LoadState;
  taken: number;
  ignored: number;
  /** The latest reading of each probe target. */
  readonly ofTargets: Map<string, { readonly load: number; readonly at: number }>;
}

/** A query, for all loads that are told by it. */
interface Poll {
  readonly source: LoadSource & { readonly kind: "prometheus" };
  readonly entries: readonly Entry[];
  due: number;
  running: AbortController | undefined;
}

/** Milliseconds that Prometheus has for an answer, at most as long as until the next question. */
const LONGEST_QUERY = 10_000;

/** Milliseconds between two warnings. */
const WARN_INTERVAL = 60_000;

export function createLoadBook({ clock, logger, query, onChange }: LoadBookDeps): LoadBook {
  let entries: ReadonlyMap<string, Entry> = new Map();
  let byEndpoint: ReadonlyMap<string, Entry> = new Map();
  let byTarget: ReadonlyMap<string, readonly Entry[]> = new Map();
  let polls: readonly Poll[] = [];
  let timer: NodeJS.Timeout | undefined;
  let timerDue = Number.POSITIVE_INFINITY;
  let warned = Number.NEGATIVE_INFINITY;

  const loopOf = ({ subject: { rules, ttl } }: Entry, now: number): LoadLoop => ({ rules, ttl, now });

  const change = (entry: Entry, state: LoadState): void => {
    const before = entry.state;
    entry.state = state;
    if (state.isStale && !before.isStale) {
      const { name, rules } = entry.subject;
      logger.warn({ load: name, maxAge: rules.maxAge }, "no load is told any more: health alone decides");
    } else if (before.isStale && !state.isStale) logger.info({ load: entry.subject.name }, "a load is told again");
    if (shareOf(before) !== shareOf(state)) onChange(entry.subject.endpoints);
  };

  const take = (entry: Entry, reading: number): void => {
    if (!isLoad(reading)) {
      entry.ignored++;
      return;
    }
    entry.taken++;
    const { isStale } = entry.state;
    change(entry, afterReading(entry.state, reading, loopOf(entry, clock())));
    // Else the timer is set for the time at which the reading before would have been too old, or earlier.
    if (isStale) arm();
  };

  /** The mean of what the probes of an entry told last, as long as it counts. */
  const takeOfTarget = (entry: Entry, target: string, load: number): void => {
    const now = clock();
    if (!isLoad(load)) return take(entry, load);
    entry.ofTargets.set(target, { load, at: now });
    const counting = [...entry.ofTargets.values()].filter(({ at }) => now - at <= entry.subject.rules.maxAge);
    take(entry, counting.reduce((sum, one) => sum + one.load, 0) / counting.length);
  };

  const ask = async (poll: Poll, now: number): Promise<void> => {
    const { url, query: expression, authorization, interval } = poll.source;
    const running = new AbortController();
    poll.running = running;
    poll.due = now + interval;
    const end = setTimeout(() => running.abort(), Math.min(interval, LONGEST_QUERY));
    const answer = await query(url, expression, authorization, running.signal);
    clearTimeout(end);
    // It may have been left meanwhile.
    if (poll.running !== running) return;
    poll.running = undefined;
    if (answer.kind === "value") for (const entry of poll.entries) take(entry, answer.value);
    else warn(poll, answer.kind === "failed" ? answer.reason : "no value");
    arm();
  };

  const warn = ({ entries: [first] }: Poll, reason: string): void => {
    const now = clock();
    if (now - warned < WARN_INTERVAL) return;
    warned = now;
    logger.warn({ load: first!.subject.name, reason }, "Prometheus tells no load");
  };

  const turn = (): void => {
    timerDue = Number.POSITIVE_INFINITY;
    const now = clock();
    for (const poll of polls) if (poll.running === undefined && poll.due <= now) void ask(poll, now);
    for (const entry of entries.values()) change(entry, afterSilence(entry.state, loopOf(entry, now)));
    arm();
  };

  const arm = (): void => {
    let next = Number.POSITIVE_INFINITY;
    for (const { due, running } of polls) if (running === undefined) next = Math.min(next, due);
    for (const { state, subject } of entries.values()) {
      if (!state.isStale) next = Math.min(next, state.at + subject.rules.maxAge + 1);
    }
    if (next >= timerDue || next === Number.POSITIVE_INFINITY) return;
    clearTimeout(timer);
    timerDue = next;
    timer = setTimeout(turn, Math.max(0, Math.ceil(next - clock())));
  };

  const leave = (): void => {
    for (const poll of polls) {
      poll.running?.abort();
      poll.running = undefined;
    }
    clearTimeout(timer);
    timerDue = Number.POSITIVE_INFINITY;
  };

  return {
    update(loads) {
      leave();
      const now = clock();
      const before = entries;
      const dues = new Map(polls.map(({ source, due }) => [JSON.stringify(source), due]));
      entries = new Map(
        loads.map((subject): [string, Entry] => {
          const known = before.get(subject.name);
          if (known === undefined || JSON.stringify(known.subject.source) !== JSON.stringify(subject.source)) {
            return [subject.name, { subject, state: unknownLoad(now), taken: 0, ignored: 0, ofTargets: new Map() }];
          }
          known.subject = subject;
          for (const target of known.ofTargets.keys()) {
            if (!subject.targets.includes(target)) known.ofTargets.delete(target);
          }
          return [subject.name, known];
        }),
      );
      const all = [...entries.values()];
      byEndpoint = new Map(all.flatMap((entry) => entry.subject.endpoints.map((name) => [name, entry])));
      byTarget = grouped(all.flatMap((entry) => entry.subject.targets.map((target) => [target, entry])));
      const asked = grouped(
        all.flatMap((entry): [string, Entry][] =>
          entry.subject.source.kind === "prometheus" ? [[JSON.stringify(entry.subject.source), entry]] : [],
        ),
      );
      polls = [...asked].map(([key, ofKey]): Poll => {
        const source = ofKey[0]!.subject.source as Poll["source"];
        return { source, entries: ofKey, due: dues.get(key) ?? now, running: undefined };
      });
      arm();
    },
    shareOf(endpoint) {
      const entry = byEndpoint.get(endpoint);
      return entry === undefined ? 1 : shareOf(entry.state);
    },
    probed(target, load) {
      for (const entry of byTarget.get(target) ?? []) {
        if (load === undefined) entry.ignored++;
        else takeOfTarget(entry, target, load);
      }
    },
    reported(subject, load) {
      const entry = entries.get(subject);
      if (entry?.subject.source.kind === "push") take(entry, load);
    },
    ofEndpoint: (endpoint) => readingOf(byEndpoint.get(endpoint)),
    ofSite: (site) => readingOf(entries.get(`site:${site}`)),
    readings: () => [...entries.values()].map((entry) => readingOf(entry)!),
    stop() {
      leave();
      polls = [];
      entries = new Map();
    },
  };
}

function grouped<K>(pairs: readonly (readonly [K, Entry])[]): ReadonlyMap<K, readonly Entry[]> {
  const groups = new Map<K, Entry[]>();
  for (const [key, entry] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function readingOf(entry: Entry | undefined): LoadReading | undefined {
  if (entry === undefined) return undefined;
  const { subject, state, taken, ignored } = entry;
  const { value, at, smoothed, isCritical, isStale } = state;
  const isKnown = value !== undefined;
  return {
    name: subject.name,
    source: subject.source.kind,
    endpoints: subject.endpoints,
    value,
    at: isKnown ? at : undefined,
    smoothed: isKnown ? smoothed : undefined,
    share: shareOf(state),
    isCritical,
    isStale,
    taken,
    ignored,
  };
}
