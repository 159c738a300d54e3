/**
 * What probes have reported since the start, by monitor. A monitor that is gone takes its series with it.
 *
 * Not prom-client's: its writer would hold the main thread where each of 10,000 profiles has a monitor of its own, and
 * to take a series away it must be told all of its labels.
 */
import type { Sample } from "./text-format.ts";

export interface FinishedProbe {
  readonly monitor: string;
  /** `success` or the code of the failure. */
  readonly outcome: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface StartedProbe {
  readonly monitor: string;
  /** Milliseconds by which it is late. */
  readonly delay: number;
}

export interface ProbeCounts {
  started(probe: StartedProbe): void;
  finished(probe: FinishedProbe): void;
  /** Forgets all monitors but these. */
  keep(monitors: ReadonlySet<string>): void;
  outcomes(): Iterable<Sample<"monitor" | "outcome">>;
  /** Histograms, in seconds. */
  delays(): Iterable<Sample<"monitor">>;
  durations(): Iterable<Sample<"monitor">>;
}

/** Seconds: from a neighbour on the same network to 10 s, the longest timeout that Azure allows. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity] as const;
/** Seconds: probes begin in turns of 25 ms; more than a second late is told in the log. */
const DELAYS = [0.05, 0.25, 1, 5, 30, Infinity] as const;

interface MonitorCounts {
  readonly outcomes: Map<string, number>;
  readonly delays: Histogram;
  readonly durations: Histogram;
}

export function createProbeCounts(): ProbeCounts {
  const counts = new Map<string, MonitorCounts>();
  const countsOf = (monitor: string): MonitorCounts => {
    let own = counts.get(monitor);
    if (own === undefined) {
      own = { outcomes: new Map(), delays: createHistogram(DELAYS), durations: createHistogram(DURATIONS) };
      counts.set(monitor, own);
    }
    return own;
  };
  return {
    started: ({ monitor, delay }) => countsOf(monitor).delays.observe(delay),
    finished({ monitor, outcome, duration }) {
      const { outcomes, durations } = countsOf(monitor);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      durations.observe(duration);
    },
    keep(monitors) {
      for (const monitor of counts.keys()) if (!monitors.has(monitor)) counts.delete(monitor);
    },
    *outcomes() {
      for (const [monitor, { outcomes }] of counts) {
        for (const [outcome, value] of outcomes) yield { labels: { monitor, outcome }, value };
      }
    },
    *delays() {
      for (const [monitor, { delays }] of counts) yield* delays.samples({ monitor });
    },
    *durations() {
      for (const [monitor, { durations }] of counts) yield* durations.samples({ monitor });
    },
  };
}

interface Histogram {
  /** Milliseconds. */
  observe(value: number): void;
  /** All at once: they must agree, and probes end while others are written. */
  samples<Label extends string>(labels: Readonly<Record<Label, string>>): readonly Sample<Label>[];
}

/** `bounds`: seconds, the last one infinite. */
function createHistogram(bounds: readonly number[]): Histogram {
  const atMost = bounds.map(() => 0);
  let sum = 0;
  return {
    observe(value) {
      sum += value;
      for (const [index, le] of bounds.entries()) if (value / 1000 <= le) atMost[index]! += 1;
    },
    samples: (labels) => [
      ...bounds.map((le, index) => ({ series: "_bucket" as const, labels, le, value: atMost[index]! })),
      { series: "_sum", labels, value: sum / 1000 },
      { series: "_count", labels, value: atMost.at(-1)! },
    ],
  };
}
