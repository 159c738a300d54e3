/**
 * What endpoints, or who speaks for them, report of themselves: the latest word on each subject, `PROFILE/ENDPOINT` or
 * `site:NAME`, kept in memory alone. Whether somebody may report, and whether there is such a subject, is judged before.
 */
import type { Clock } from "../shared/ports.ts";
import type { ProbeVerdict } from "./probes/probe.ts";

/** `up` and `load` are two words: one that is missing leaves the one before. */
export interface Report {
  readonly subject: string;
  readonly up?: boolean | undefined;
  /** Per cent; finite, and not less than 0. */
  readonly load?: number | undefined;
  /** Printable text. */
  readonly reason?: string | undefined;
  /** Milliseconds for which it counts, where who asks has no shorter time. */
  readonly validFor?: number | undefined;
}

/** A word, and since when it counts. Times are in milliseconds, instants since the Unix epoch. */
export interface Said<T> {
  readonly value: T;
  readonly at: number;
  readonly validFor: number | undefined;
  readonly reason: string | undefined;
}

export interface Latest {
  readonly up: Said<boolean> | undefined;
  readonly load: Said<number> | undefined;
}

export interface Reports {
  take(report: Report): void;
  /** The latest words on a subject, however old. */
  latest(subject: string): Latest;
  /** What the words on an endpoint, and on its site, are for a probe that believes them for `validFor` milliseconds. */
  judge(subject: string, validFor: number): ProbeVerdict;
  /** Calls back for each report, once it is taken; returns how to end that. */
  onReport(listener: (report: Report) => void): () => void;
}

export interface ReportsDeps {
  readonly clock: Clock;
  /** The site of an endpoint, whose reports are about it too. */
  readonly siteOf: (subject: string) => string | undefined;
}

/** Milliseconds: no report counts for longer than a day, and what is older is looked for once an hour. */
const LONGEST = 86_400_000;
const SWEEP_INTERVAL = 3_600_000;

const NOTHING: Latest = { up: undefined, load: undefined };

export function createReports({ clock, siteOf }: ReportsDeps): Reports {
  const latest = new Map<string, Latest>();
  /** Since when endpoints are asked about, and when last: there is a first report to wait for. */
  const asked = new Map<string, { readonly since: number; last: number }>();
  const listeners = new Set<(report: Report) => void>();
  let swept = clock();

  const sweep = (now: number): void => {
    if (now - swept < SWEEP_INTERVAL) return;
    swept = now;
    const isOld = (at = Number.NEGATIVE_INFINITY): boolean => now - at > LONGEST;
    for (const [subject, { up, load }] of latest) if (isOld(up?.at) && isOld(load?.at)) latest.delete(subject);
    for (const [subject, { last }] of asked) if (isOld(last)) asked.delete(subject);
  };

  const askedSince = (subject: string, now: number): number => {
    const known = asked.get(subject) ?? { since: now, last: now };
    known.last = now;
    asked.set(subject, known);
    return known.since;
  };

  return {
    take(report) {
      const now = clock();
      sweep(now);
      const { subject, up, load, validFor, reason } = report;
      const before = latest.get(subject) ?? NOTHING;
      const said = <T>(value: T | undefined, last: Said<T> | undefined): Said<T> | undefined =>
        value === undefined ? last : { value, at: now, validFor, reason };
      latest.set(subject, { up: said(up, before.up), load: said(load, before.load) });
      for (const listener of listeners) listener(report);
    },
    latest: (subject) => latest.get(subject) ?? NOTHING,
    judge(subject, validFor) {
      const now = clock();
      sweep(now);
      const since = askedSince(subject, now);
      const site = siteOf(subject);
      const subjects = site === undefined ? [subject] : [subject, `site:${site}`];
      const words = subjects.flatMap((one) => latest.get(one)?.up ?? []);
      const limitOf = ({ validFor: own = validFor }: Said<boolean>): number => Math.min(own, validFor);
      const counting = words.filter((word) => now - word.at < limitOf(word));
      const down = counting.find(({ value }) => !value);
      if (down !== undefined) return reportedDown(down.reason);
      if (counting.length > 0) return { ok: true };
      if (words.length === 0 && now - since < validFor) {
        return { ok: false, code: "not-probed", reason: "no report yet" };
      }
      const limit = words.length === 0 ? validFor : Math.max(...words.map(limitOf));
      return { ok: false, code: "no-report", reason: `no report for ${limit / 1000} s` };
    },
    onReport(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The reason is a word of whoever may report of the endpoint, as an override's is of an operator. */
function reportedDown(reason: string | undefined): ProbeVerdict {
  const told = reason === undefined ? "reported down" : `reported down: ${reason}`;
  return { ok: false, code: "reported-down", reason: told };
}
